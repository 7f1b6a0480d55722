"""The two years of the demo company as steps in the order of time. Each step is one transaction with one
audit event.

A day goes: plans and statements in the morning, deals after lunch, designations after the deals, quotes at
the close, the night in the evening. On the fifth working day of a month the accounts of the last one are
closed, entity by entity. Nobody approves what they wrote, and everything is approved before it is used.
"""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from operator import attrgetter

from exposures.models import ExposureVersion
from hedges.models import AccountMapVersion, HedgeRelationshipVersion, InstrumentVersion
from treasury.demo.company.accounts import account_maps
from treasury.demo.company.book import exposures, instruments
from treasury.demo.company.calendar import closings, go_live_date
from treasury.demo.company.fates import chosen_changes, credit_fact
from treasury.demo.company.last_week import PUT_OFF
from treasury.demo.company.market_needs import company_quotes
from treasury.demo.company.parties import ENTITIES
from treasury.demo.company.relationships import of_stream, relationships
from treasury.demo.company.risks import policy_versions
from treasury.demo.company.trade_events import ended_by_events
from treasury.demo.company.waiting import waiting_exposures, waiting_trades
from treasury.demo.market.reference_rates import business_date, weekly_dates
from treasury.demo.seeding.book import DemoBook
from treasury.demo.seeding.desk_steps import approve, desk_steps
from treasury.demo.seeding.reference import record_reference
from treasury.demo.seeding.steps import Close, Night, Step, at
from treasury.domain import credit_facts
from treasury.models import Counterparty, PolicyVersion

NIGHT_COUNT = 60
NIGHT_TIME = time(22, 15, tzinfo=UTC)
LONG_AGO = date(2015, 1, 1)


def timeline() -> list[Step | Night | Close]:
    """Steps, past nights and closes together. The order is fixed: progress is counted in it."""
    steps: list[Step | Night | Close] = [
        *_first_load(),
        *_plans(),
        *_statements(),
        *_deals(),
        *_quotes(),
        *_changes(),
        _credit_fact(),
        *desk_steps(),
        *_waiting(),
        *_closes(),
    ]
    steps += [Night(datetime.combine(day, NIGHT_TIME), day) for day in past_nights()]
    return sorted(steps, key=attrgetter("at"))


def past_nights() -> list[date]:
    """Sixty weekly nights before the last one, which a worker runs at the time of the clock."""
    return weekly_dates(NIGHT_COUNT + 1)[:-1]


def _first_load() -> Iterator[Step]:
    day = go_live_date()
    yield Step(
        at(day, 6),
        "first load",
        lambda book, why: record_reference(actor=book.people["administrator"], reason=why),
    )
    yield Step(at(day, 6, 30), "market data so far", partial(_record_quotes, LONG_AGO, day))
    yield from _policies(day, 7)
    for number, (entity, accounts) in enumerate(account_maps().items()):
        yield Step(
            at(day, 8, number),
            "chart of accounts",
            lambda book, why, entity=entity, accounts=accounts: book.record_accounts(
                entity, accounts, day, why
            ),
        )
    yield Step(at(day, 8, 30), "agrees with the ledger", partial(approve, AccountMapVersion))


def _policies(day: date, hour: int) -> Iterator[Step]:
    specs = [spec for spec in policy_versions() if spec.valid_from == day]
    if specs:
        yield Step(at(day, hour), specs[0].reason, lambda book, why: book.record_policies(specs, why))
        yield Step(at(day, hour, 30), "agreed by the board", partial(approve, PolicyVersion))


def _plans() -> Iterator[Step]:
    """New exposures and changed ones, on the planning rounds and wherever the ledger has a new item."""
    new: dict[date, list] = {}
    changed: dict[date, list] = {}
    for spec in exposures().values():
        new.setdefault(spec.versions[0].recorded_on, []).append(spec)
        for version in spec.versions[1:]:
            if version.terms["status"] != "SETTLED":
                changed.setdefault(version.recorded_on, []).append((spec, version))
    for day, specs in new.items():
        why = "first load" if day == go_live_date() else "new in plan or ledger"
        yield Step(at(day, 9), why, lambda book, why, specs=specs: book.record_exposures(specs, why))
    for day, changes in changed.items():
        yield Step(
            at(day, 9, 20), "quarterly plan", lambda book, why, c=changes: book.amend_exposures(c, why)
        )
        yield from _policies(day, 7)
    for day in {**new, **changed}:
        yield Step(at(day, 10, 30), "plan agreed", partial(approve, ExposureVersion))


def _statements() -> Iterator[Step]:
    """What the bank statements of a week say was settled, booked on its Friday."""
    otherwise = ended_by_events() | {PUT_OFF}
    for specs, model, amend in (
        (exposures(), ExposureVersion, "settle_exposures"),
        (instruments(), InstrumentVersion, "amend_trades"),
    ):
        settled: dict[date, list] = {}
        for spec in specs.values():
            if spec.reference in otherwise:
                continue
            for version in spec.versions[1:]:
                if version.terms["status"] == "SETTLED":
                    settled.setdefault(version.recorded_on, []).append((spec, version))
        hour = 11 if model is ExposureVersion else 12
        for day, changes in settled.items():
            yield Step(
                at(day, hour),
                "bank statement",
                lambda book, why, amend=amend, changes=changes: getattr(book, amend)(changes, why),
            )
            yield Step(at(day, hour, 30), "agrees with the bank", partial(approve, model))


def _deals() -> Iterator[Step]:
    traded: dict[date, list] = {}
    for spec in instruments().values():
        traded.setdefault(spec.terms["trade_date"], []).append(spec)
    designated: dict[date, list] = {}
    for relationship in relationships():
        designated.setdefault(relationship.documented_on, []).append(relationship)
    for day, specs in traded.items():
        yield Step(at(day, 13), "dealing day", lambda book, why, specs=specs: book.capture_trades(specs, why))
        yield Step(at(day, 14), "agrees with the confirmation", partial(approve, InstrumentVersion))
    for day, specs in designated.items():
        yield Step(
            at(day, 15), "hedge documentation", lambda book, why, specs=specs: book.designate(specs, why)
        )
        for minute, late in enumerate(spec for spec in specs if spec.late_reason):
            yield Step(
                at(day, 15, 10 + minute),
                "late, but the intent is on record",
                lambda book, why, code=late.code: book.accept_late(code, why),
            )
        yield Step(at(day, 15, 40), "documentation complete", partial(approve, HedgeRelationshipVersion))


def _changes() -> Iterator[Step]:
    """Changes of hedges that people choose; those that the facts demand come at the month's end."""
    for minute, change in enumerate(chosen_changes()):
        code = of_stream(change.stream)[change.number].code
        yield Step(
            at(change.day, 16, minute),
            change.reason,
            lambda book, why, change=change, code=code: book.change(code, change, why),
        )
    for day in sorted({change.day for change in chosen_changes()}):
        yield Step(at(day, 16, 30), "effect seen and agreed", partial(approve, HedgeRelationshipVersion))


def _credit_fact() -> Step:
    return Step(at(credit_fact().day, 16, 40), "in the news of the day", _record_credit_fact)


def _closes() -> Iterator[Close]:
    for month, day in closings():
        for number, entity in enumerate(ENTITIES):
            yield Close(at(day, 8, 10 * number), entity.code, month)


def _quotes() -> Iterator[Step]:
    """Quotes become known at the close of the last business day of their week."""
    known = go_live_date()
    for day in weekly_dates():
        if day > known:
            yield Step(
                at(day, 17), "close of the week", partial(_record_quotes, known + timedelta(days=1), day)
            )
            known = day


def _waiting() -> Iterator[Step]:
    """What was entered on the last day and waits for a second person."""
    day = business_date()
    yield Step(
        at(day, 18), "new in the plan", lambda book, why: book.amend_exposures(waiting_exposures(), why)
    )
    yield Step(at(day, 18, 10), "dealt today", lambda book, why: book.capture_trades(waiting_trades(), why))


def _record_credit_fact(book: DemoBook, why: str) -> None:
    said = asdict(credit_fact())
    party = Counterparty.objects.get(code=said.pop("counterparty"))
    day = said.pop("day")
    credit_facts.record(counterparty=party, fact_date=day, actor=book.people["treasurer"], reason=why, **said)


def _record_quotes(first: date, last: date, book: DemoBook, why: str) -> None:
    book.record_quotes(company_quotes().rows(first, last), why)
