"""A month of an entity is closed once, in order, by a run of its own; what stands in the way is named."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from hedges.domain import closing, reversal
from hedges.enums import PeriodStatus
from hedges.models import AccountingPeriod, JournalEntry
from tests.factories import book, closable, hedged, market
from treasury.domain import runs
from treasury.domain.refusals import Refusal
from treasury.enums import RunKind, RunStatus
from treasury.models import AuditEvent, CalculationRun
from treasury.nightly import pipeline
from treasury.queries import published

pytestmark = pytest.mark.django_db
GAIN = {"cumulative_recognised": 40, "cumulative_ineffectiveness": 2}


@pytest.fixture
def entity(monkeypatch: pytest.MonkeyPatch) -> Any:
    closable.measures(monkeypatch, lambda version: closable.whole(**GAIN))
    return closable.ready()


def counts() -> tuple[int, ...]:
    return (
        CalculationRun.objects.count(),
        AccountingPeriod.objects.count(),
        JournalEntry.objects.count(),
        AuditEvent.objects.count(),
    )


def codes(entity: Any, month: date = closable.MONTH) -> list[str]:
    return [one.code for one in closing.blockers(entity, month)]


def test_a_close_publishes_posts_and_closes(entity: Any) -> None:
    person = book.user("HEDGE_ACCOUNTANT")
    run = closable.close(entity, actor=person)
    assert run.status == RunStatus.PUBLISHED, run.status_reason
    period = AccountingPeriod.objects.get(entity=entity)
    assert (period.period_start, period.status, period.run, period.closed_by) == (
        closable.MONTH, PeriodStatus.CLOSED, run, person
    )  # fmt: skip
    assert closable.balances(entity) == {
        "DERIVATIVE": 42, "CASH_FLOW_HEDGE_RESERVE": -40, "INEFFECTIVENESS": -2
    }  # fmt: skip
    entry = closable.entries(entity)[0]
    assert (entry.number, entry.entry_date, entry.paragraph) == (
        1, date(2026, 9, 30), "IFRS 9 6.5.11(a)-(c), 6.5.15, 6.5.16"
    )  # fmt: skip


def test_closing_again_says_by_which_run_and_changes_nothing(entity: Any) -> None:
    person = book.user("HEDGE_ACCOUNTANT")
    run = closable.close(entity)
    before = counts()
    again = closing.request(entity=entity, period=date(2026, 9, 17), actor=person)
    assert (again.run, again.is_closed, again.is_new) == (run, True, False)
    assert f"closed already, by run {run.pk}" in again.answer
    pipeline.drain(run.pk, owner="late")
    assert counts() == before


def test_the_next_month_posts_what_has_not_been_posted(entity: Any, monkeypatch: Any) -> None:
    closable.close(entity)
    more = closable.whole(cumulative_recognised=90, cumulative_ineffectiveness=10, cumulative_reclassified=30)
    closable.measures(monkeypatch, lambda version: more)
    closable.close(entity, date(2026, 10, 1))
    assert closable.balances(entity) == {
        "DERIVATIVE": 100, "CASH_FLOW_HEDGE_RESERVE": -60, "INEFFECTIVENESS": -10, "HEDGED_ITEM_RESULT": -30
    }  # fmt: skip
    second = closable.ledger(entity)[3:]
    assert second[:3] == [
        (2, "REMEASUREMENT", "DERIVATIVE", 58, 0),
        (2, "REMEASUREMENT", "CASH_FLOW_HEDGE_RESERVE", 0, 50),
        (2, "REMEASUREMENT", "INEFFECTIVENESS", 0, 8),
    ]


def test_a_reversal_is_a_new_entry_and_the_next_close_posts_anew(entity: Any) -> None:
    closable.close(entity)
    entry, accountant = closable.entries(entity)[0], book.user("HEDGE_ACCOUNTANT")
    with pytest.raises(Refusal, match="open period, 2026-10"):
        reversal.propose(entry=entry, actor=accountant, reason="back", entry_date=date(2026, 9, 30))
    with pytest.raises(Refusal, match="needs a reason"):
        reversal.propose(entry=entry, actor=accountant, reason=" ")
    made = closable.reversed_by_two(entry)
    assert (made.number, made.period.period_start, made.reversal_of) == (2, date(2026, 10, 1), entry)
    assert closable.balances(entity) == {}
    with pytest.raises(Refusal, match="taken back already"):
        reversal.propose(entry=entry, actor=accountant, reason="again")
    with pytest.raises(Refusal, match="reversal is not taken back"):
        reversal.propose(entry=made, actor=accountant, reason="back again")
    closable.close(entity, date(2026, 10, 1))
    assert closable.balances(entity)["DERIVATIVE"] == 42


def test_months_are_closed_in_order_from_the_first(entity: Any) -> None:
    closable.close(entity)
    assert codes(entity, date(2026, 8, 1)) == ["order"]
    closable.reversed_by_two(closable.entries(entity)[0], "opens October")
    assert AccountingPeriod.objects.get(entity=entity, period_start=date(2026, 10, 1)).status == "OPEN"
    assert codes(entity, date(2026, 10, 1)) == []


def test_a_month_that_is_not_over_is_not_closed(entity: Any) -> None:
    found = closing.blockers(entity, date(2199, 1, 1))
    assert found[0].code == "not_over"
    assert "2199-01-31" in found[0].text


def test_a_refused_close_leaves_nothing_behind() -> None:
    entity = hedged.hedged_book(1)
    waiting = book.exposure(of=entity, approve=False)
    accountant = book.user("HEDGE_ACCOUNTANT")
    before = counts()
    with pytest.raises(Refusal) as refused:
        closing.request(entity=entity, period=closable.MONTH, actor=accountant)
    said = str(refused.value)
    for part in ("account map of", "is missing on 2026-09-30", waiting.exposure.external_reference,
                 "waits for approval", "rates"):  # fmt: skip
        assert part in said
    assert counts()[:3] == before[:3]


def test_an_account_map_without_a_needed_role_names_it(entity: Any) -> None:
    chart = {role: one for role, one in closable.ACCOUNTS.items() if role != "INEFFECTIVENESS"}
    closable.accounts(entity, chart)
    found = closing.blockers(entity, closable.MONTH)
    assert [one.code for one in found] == ["accounts"]
    assert "no account for INEFFECTIVENESS" in found[0].text


def test_an_old_rate_is_named(entity: Any, monkeypatch: Any) -> None:
    from treasury.models import RulePack

    assert codes(entity) == []
    pack = RulePack.objects.get(framework="IFRS9")
    assert pack.stale_after_days == 10
    later = date(2026, 12, 1)
    monkeypatch.setattr("hedges.domain.before_close.today", lambda entity: date(2027, 3, 1))
    monkeypatch.setattr("hedges.domain.before_close.before_close.rates_have_come", lambda day: True)
    found = [one for one in closing.blockers(entity, later) if one.code == "rates"]
    assert [one.subject for one in found] == ["USDEUR"]
    assert "days old" in found[0].text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"status": "UNDEFINED", "reasons": "{stale_data}"}, r"could not be measured \(stale data\)"),
        ({"fair_value_change": Decimal(41)}, "do not add up"),
    ],
)
def test_what_the_measurement_leaves_open_fails_the_run_and_nothing_is_left(
    entity: Any, monkeypatch: Any, fields: dict, said: str
) -> None:
    closable.measures(monkeypatch, lambda version: closable.whole(**GAIN) | fields)
    run = closable.close(entity)
    assert run.status == RunStatus.FAILED
    assert re.search(said, run.status_reason), run.status_reason
    assert (AccountingPeriod.objects.count(), JournalEntry.objects.count()) == (0, 0)
    closable.measures(monkeypatch, lambda version: closable.whole(**GAIN))
    again = closable.close(entity)
    assert (again.status, again.revision) == (RunStatus.PUBLISHED, 2)


def test_an_entry_that_the_standard_does_not_know_fails_the_run(monkeypatch: Any) -> None:
    market.record()
    closable.measures(monkeypatch, lambda version: closable.whole(cost_amortised=5, **GAIN))
    entity = closable.ready_of(book.entity(accounting_framework="IAS39"), begun=closable.MONTH)
    run = closable.close(entity)
    assert (run.status, JournalEntry.objects.count()) == (RunStatus.FAILED, 0)
    assert "The standard knows no such entry: cost of hedging amortised under IAS39" in run.status_reason


def test_an_undecided_status_that_a_person_has_decided_is_no_hindrance(entity: Any, monkeypatch: Any) -> None:
    decided = {"framework": "IFRS9", "effectiveness_status": "INCONCLUSIVE", "decided_by_person": "t"}
    closable.measures(monkeypatch, lambda version: closable.whole(**GAIN) | decided)
    assert closable.close(entity).status == RunStatus.PUBLISHED


def test_pages_read_the_night_and_not_the_close(entity: Any) -> None:
    night = hedged.night(date(2026, 9, 25))
    run = closable.close(entity)
    assert published.published_run()["id"] == night.pk
    assert published.last_run()["id"] == night.pk
    assert list(published.nights(until=book.TODAY).values_list("pk", flat=True)) == [night.pk]
    assert published.published_run(run_id=run.pk)["id"] == run.pk


def test_a_close_sees_its_own_entity_alone(entity: Any) -> None:
    from hedges.models import EffectivenessResult

    other = hedged.hedged_book(2)
    run = closable.close(entity)
    rows = EffectivenessResult.objects.filter(run_id=run.pk)
    assert {row.entity_id for row in rows} == {entity.pk}
    assert run.book_snapshot.relationship_count == 1
    assert other.pk != entity.pk


def test_the_steps_of_a_close_are_two() -> None:
    assert [step.value for step in pipeline.steps_of(RunKind.CLOSE)][:1] == ["EFFECTIVENESS"]
    assert runs.must_wait(RunKind.CLOSE, date(2026, 10, 31)) is False
