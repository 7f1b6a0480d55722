"""IAS 39 and ASC 815: each month of a hedge goes by the newest test on record in it, and without one stays open."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from hedges.domain import closing, relationship_approval
from hedges.domain.assessment import decisions, on_demand
from hedges.domain.changes import de_designate, discontinue
from hedges.models import AssessmentRecord, HedgeRelationship, MeasurementResult
from tests.factories import book, clock, closable, hedged, market
from treasury.domain import audit
from treasury.domain.refusals import Refusal
from treasury.enums import RunStatus

pytestmark = pytest.mark.django_db
ENDS = [date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)]
STOP = date(2026, 10, 20)
BEFORE_STOP = date(2026, 10, 19)
OCTOBER = ENDS[-1]


def of(entity: Any) -> HedgeRelationship:
    return HedgeRelationship.objects.get(entity=entity)


def after_test(entity: Any, day: date, decide: str | None = None) -> Any:
    """A test on demand; where it comes to nothing, what a person decides."""
    (record,) = on_demand.on_demand(
        relationships=[of(entity)], as_of_date=day, actor=book.user("HEDGE_ACCOUNTANT")
    )
    if decide:
        decisions.decide(
            relationship=of(entity), subject="TEST", as_of_date=day, status=decide, reason="the terms match",
            actor=book.user("APPROVER"),
        )  # fmt: skip
    return record


def found(entity: Any, day: date, status: str) -> None:
    """A test on demand of a day that came out so."""
    version = of(entity).versions.get(version_number=1)
    with audit.action("test.tested", actor=book.user()):
        (record,) = book.bare_support([version])
        record.occasion, record.as_of_date, record.effectiveness_status = "ON_DEMAND", day, status
        record.save()


def stopped(entity: Any, on: date = STOP) -> None:
    terms = {
        "relationship": of(entity),
        "from_date": on,
        "reason": "no more",
        "actor": book.user("HEDGE_ACCOUNTANT"),
    }
    failed = AssessmentRecord.objects.filter(as_of_date=on, effectiveness_status="NOT_EFFECTIVE").exists()
    with clock.at(on):
        change = (
            discontinue.propose(cause="CRITERIA_FAILED", **terms) if failed else de_designate.propose(**terms)
        )
        relationship_approval.approve(versions=[change], actor=book.user("APPROVER"))


def said(entity: Any, month: date = OCTOBER) -> list[str]:
    code = of(entity).code
    return [
        one.text.removeprefix(f"{code} ")
        for one in closing.blockers(entity, month)
        if one.code in ("untested", "inconclusive")
    ]


def row(run: Any) -> MeasurementResult:
    assert run.status == RunStatus.PUBLISHED, run.status_reason
    return MeasurementResult.objects.get(run_id=run.pk)


@pytest.fixture(params=["IAS39", "ASC815"])
def framework(request: pytest.FixtureRequest) -> str:
    market.record(*market.quotes(weeks=30))
    # Too few weeks for a slope, so that a person has to decide.
    book.rule_pack(request.param, observation_minimum=59)
    return request.param


def test_month_by_month_and_at_once_come_to_the_same(framework: str) -> None:
    slow = closable.hedges(1, accounting_framework=framework)
    quick = closable.hedges(1, accounting_framework=framework)
    for day in ENDS:
        verdict = "NOT_EFFECTIVE" if day.month == 8 else "EFFECTIVE"
        after_test(slow, day, verdict)
        assert closable.close(slow, day).status == RunStatus.PUBLISHED
        after_test(quick, day, verdict)
    last = row(closable.close(quick, OCTOBER))
    assert False in last.knot_qualifying
    assert closable.balances(slow) == closable.balances(quick)
    assert last.cumulative_recognised == MeasurementResult.objects.filter(
        entity=slow, run__as_of_date=OCTOBER
    ).values_list("cumulative_recognised", flat=True).get()  # fmt: skip


def test_a_past_month_without_a_test_is_named(framework: str) -> None:
    entity = closable.hedges(1, accounting_framework=framework)
    missing = {day: f"has no test of {day:%Y-%m} on record: test it for {day}, then close." for day in ENDS}
    assert said(entity) == [missing[day] for day in ENDS[:-1]], "the close makes that of its own month"
    with pytest.raises(Refusal, match="has no test of 2026-06 on record"):
        closable.close(entity, OCTOBER)
    hedged.night(date(2026, 7, 24))
    after_test(entity, date(2026, 8, 14), "EFFECTIVE")
    assert said(entity) == [
        missing[ENDS[0]],
        "has a test without a result: decide on it for 2026-07-24.",
        missing[ENDS[3]],
    ]
    found(entity, date(2026, 7, 30), "EFFECTIVE")
    assert said(entity) == [missing[ENDS[0]], missing[ENDS[3]]], "the newer test counts"


def test_a_closed_month_keeps_its_answer_whatever_is_tested_later(framework: str) -> None:
    entity = closable.hedges(1, accounting_framework=framework)
    for day in ENDS[:4]:
        found(entity, day, "EFFECTIVE")
    after_test(entity, ENDS[3], "EFFECTIVE")
    assert closable.close(entity, ENDS[3]).status == RunStatus.PUBLISHED
    found(entity, date(2026, 8, 31), "NOT_EFFECTIVE")
    after_test(entity, OCTOBER, "EFFECTIVE")
    assert all(row(closable.close(entity, OCTOBER)).knot_qualifying)


def test_a_decision_is_for_the_test_that_counts(framework: str) -> None:
    entity = closable.hedges(1, accounting_framework=framework)
    for day in ENDS[:-1]:
        found(entity, day, "EFFECTIVE")
    after_test(entity, date(2026, 10, 15), "EFFECTIVE")
    refused = closable.close(entity, OCTOBER)
    assert refused.status == RunStatus.FAILED
    assert "test without a result: test it for 2026-10-31, then decide" in refused.status_reason
    after_test(entity, OCTOBER, "EFFECTIVE")
    assert row(closable.close(entity, OCTOBER)).decided_by_person


@pytest.fixture
def ending(framework: str) -> Any:
    """A hedge that ends on 20 October; its earlier months were effective."""
    entity = closable.hedges(1, accounting_framework=framework)
    for day in ENDS[:-1]:
        found(entity, day, "EFFECTIVE")
    return entity


@pytest.mark.parametrize("day", [BEFORE_STOP, STOP])
def test_a_hedge_that_failed_on_its_last_day_gives_the_month_to_profit_or_loss(
    ending: Any, day: date
) -> None:
    found(ending, day, "NOT_EFFECTIVE")
    stopped(ending)
    last = row(closable.close(ending, OCTOBER))
    assert (last.effectiveness_status, last.is_qualifying) == ("NOT_EFFECTIVE", False)
    at = dict(zip(last.knot_dates, last.knot_recognised, strict=True))
    assert at[STOP] == at[ENDS[3]] == last.cumulative_recognised


def test_the_month_in_which_a_hedge_ends_has_to_be_tested(ending: Any) -> None:
    stopped(ending)
    assert said(ending) == ["has no test of 2026-10 on record: test it for 2026-10-19, then close."]
    after_test(ending, BEFORE_STOP)
    assert said(ending) == ["has a test without a result: decide on it for 2026-10-19."]
    after_test(ending, BEFORE_STOP, "EFFECTIVE")
    last = row(closable.close(ending, OCTOBER))
    assert (last.effectiveness_status, last.is_qualifying, last.decided_by_person) == (
        "EFFECTIVE",
        True,
        True,
    )


def test_a_test_after_the_end_does_not_count(ending: Any) -> None:
    found(ending, date(2026, 10, 16), "EFFECTIVE")
    found(ending, date(2026, 10, 23), "NOT_EFFECTIVE")
    stopped(ending)
    assert row(closable.close(ending, OCTOBER)).is_qualifying


def test_a_release_on_the_first_goes_by_the_month_before(framework: str) -> None:
    entity = closable.hedges(1, accounting_framework=framework)
    for day in ENDS[:3]:
        found(entity, day, "EFFECTIVE")
    found(entity, ENDS[3], "NOT_EFFECTIVE")
    stopped(entity, date(2026, 10, 1))
    assert said(entity) == []
    assert not row(closable.close(entity, OCTOBER)).is_qualifying


def test_the_night_previews_the_same_and_waits_for_nobody(ending: Any) -> None:
    found(ending, BEFORE_STOP, "NOT_EFFECTIVE")
    stopped(ending)
    night = row(hedged.night(date(2026, 10, 30)))
    close = row(closable.close(ending, OCTOBER))
    assert night.cumulative_recognised == close.cumulative_recognised
    assert (night.is_qualifying, close.is_qualifying) == (False, False)
    untested = closable.hedges(1, accounting_framework=of(ending).entity.accounting_framework)
    preview = hedged.night(date(2026, 10, 30), new_revision=True)
    assert MeasurementResult.objects.filter(run_id=preview.pk, entity=untested).count() == 1


def test_ifrs_9_asks_for_no_test() -> None:
    entity = closable.ready()
    assert said(entity) == []
    found(entity, ENDS[2], "NOT_EFFECTIVE")
    assert all(row(closable.close(entity, OCTOBER)).knot_qualifying)


def test_a_hedge_whose_option_has_expired_names_a_day_that_can_be_tested(framework: str) -> None:
    entity = book.entity(accounting_framework=framework)
    bank, expiry, due = book.counterparty(), date(2026, 9, 18), date(2026, 9, 22)
    market.record_spreads(bank.code, entity.code)
    item = book.exposure(1_000_000, of=entity, expected_date=due)
    option = book.instrument(
        "OPTION", -500_000, of=entity, counterparty=bank, option_kind="PUT", option_side="BOUGHT",
        strike_rate=Decimal("0.92"), trade_date=hedged.DESIGNATED, expiry_date=expiry, settlement_date=due,
        counter_amount=Decimal(460_000), counter_currency_id="EUR", premium_amount=Decimal(-9000),
        premium_currency_id="EUR",
    )  # fmt: skip
    version = book.relationship(
        of=entity, items=[(item, 500_000)], instruments=[(option, -500_000)],
        designation_date=hedged.DESIGNATED, hedge_end_date=due,
    )  # fmt: skip
    closable.accounts(entity)
    last = date(2026, 9, 17)
    assert said(entity)[-1] == f"has no test of 2026-09 on record: test it for {last}, then close."
    on_demand.on_demand(
        relationships=[version.relationship], as_of_date=last, actor=book.user("HEDGE_ACCOUNTANT")
    )
    # What has expired keeps its value, so that the hedge's own last day can be tested too.
    [record] = on_demand.on_demand(
        relationships=[version.relationship], as_of_date=due, actor=book.user("HEDGE_ACCOUNTANT")
    )
    ahead = next(one for one in record.numbers["criteria"] if one["criterion"] == "prospective_dollar_offset")
    assert (ahead["value"], ahead["reasons"]) == (None, ["flow_past"])
