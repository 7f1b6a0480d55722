"""Which periods qualify, and what that makes of the reserve under IAS 39 and ASC 815."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from hedges.domain.measurement.book import Book, read
from hedges.domain.measurement.measure import measure
from hedges.domain.measurement.periods import EFFECTIVE, INCONCLUSIVE, NOT_EFFECTIVE
from hedges.domain.sealed import Sealed, Shard
from hedges.domain.unsealed import inputs_now
from hedges.models import AssessmentDecision
from tests.factories import book, market
from tests.treasury.nightly import measured
from tests.treasury.nightly.by_hand import TODAY
from tests.treasury.nightly.test_measurement_by_hand import company, designated
from treasury.domain import audit

pytestmark = pytest.mark.django_db
AUGUST, SEPTEMBER = date(2026, 8, 31), date(2026, 9, 30)


def found_on(day: date, framework: str, bank) -> tuple[Sealed, Book]:
    """A hedge of twice the item, so that a lower-of and a whole change are not the same."""
    designated(company(framework), bank, item=300_000)
    sealed = inputs_now(day)
    return sealed, read(Shard(sealed, 0, 1).at)


def when_tested(whole: Book, status: int) -> Book:
    return on_record(whole, (TODAY, status))


def on_record(whole: Book, *rows: tuple[date, int]) -> Book:
    ids = whole.relationships["relationship_id"]
    found = {
        "relationship_id": np.repeat(ids, len(rows)),
        "tested_on": np.array([day.toordinal() for day, _ in rows], dtype=np.int64),
        "status": np.array([status for _, status in rows], dtype=np.int64),
    }
    return replace(whole, tested=found)


def answers(whole: Book, *rows: tuple[date, bool]) -> dict[str, np.ndarray]:
    ids = whole.relationships["relationship_id"]
    return {
        "relationship_id": np.repeat(ids, len(rows)),
        "period_end": np.array([day.toordinal() for day, _ in rows], dtype=np.int64),
        "is_qualifying": np.array([answer for _, answer in rows], dtype=bool),
    }


def decided(whole: Book, *rows: tuple[date, bool]) -> Book:
    found = answers(whole, *rows)
    found["tested_on"] = found.pop("period_end")
    return replace(whole, decisions=found)


def recognised(sealed: Sealed, whole: Book) -> dict[str, int]:
    found = measure(sealed, whole)
    days = [date.fromordinal(day).isoformat() for day in found.knots.dates[0].tolist()]
    return dict(zip(days, found.recognised[0].tolist(), strict=True))


@pytest.mark.parametrize("framework", ["IAS39", "ASC815"])
def test_a_period_that_failed_goes_to_profit_or_loss_and_stays_there(entity, bank, framework) -> None:
    sealed, whole = found_on(TODAY, framework, bank)
    good = recognised(sealed, when_tested(whole, EFFECTIVE))
    now = recognised(sealed, when_tested(whole, NOT_EFFECTIVE))
    assert now[TODAY.isoformat()] == now[SEPTEMBER.isoformat()] == good[SEPTEMBER.isoformat()]
    assert good[TODAY.isoformat()] != good[SEPTEMBER.isoformat()]
    failed = replace(whole, closed=answers(whole, (SEPTEMBER, False)))
    later = recognised(sealed, when_tested(failed, EFFECTIVE))
    assert later[SEPTEMBER.isoformat()] == later[AUGUST.isoformat()]
    if framework == "ASC815":
        step = good[TODAY.isoformat()] - good[SEPTEMBER.isoformat()]
        assert later[TODAY.isoformat()] - later[SEPTEMBER.isoformat()] == step


def test_ifrs_9_measures_on(entity, bank) -> None:
    sealed, whole = found_on(TODAY, "IFRS9", bank)
    failed = replace(whole, closed=answers(whole, (SEPTEMBER, False)))
    assert recognised(sealed, when_tested(failed, NOT_EFFECTIVE)) == recognised(
        sealed, when_tested(whole, EFFECTIVE)
    )


def test_a_person_decides_where_the_test_does_not_and_a_close_stands(entity, bank) -> None:
    sealed, whole = found_on(TODAY, "ASC815", bank)
    open_ones = decided(whole, (AUGUST, False), (SEPTEMBER, False), (TODAY, False))
    closed = replace(open_ones, closed=answers(whole, (SEPTEMBER, True)))
    unsure = [(day, INCONCLUSIVE) for day in (AUGUST, SEPTEMBER, TODAY)]
    result = measure(sealed, on_record(closed, *unsure))
    months = {date.fromordinal(day).month: bool(flag) for day, flag in zip(
        result.knots.dates[0].tolist(), result.periods.knots[0].tolist(), strict=True)}  # fmt: skip
    assert (months[8], months[9], months[10]) == (False, True, False)
    assert result.periods.is_decided.all() and (result.periods.status == NOT_EFFECTIVE).all()
    sure = measure(sealed, when_tested(closed, EFFECTIVE))
    assert not sure.periods.is_decided.any(), "nothing was left for a person to decide"
    assert sure.periods.knots[0, -1]


def test_the_newest_recorded_decision_counts(entity, bank) -> None:
    version, _ = designated(company("ASC815"), bank)
    with audit.action("test.tested", actor=book.user()):
        [test] = book.bare_support([version])
        test.occasion, test.as_of_date, test.effectiveness_status = "ON_DEMAND", SEPTEMBER, "INCONCLUSIVE"
        test.save()
    for status in ("EFFECTIVE", "NOT_EFFECTIVE"):
        person = book.user("HEDGE_ACCOUNTANT")
        with audit.action("test.decided", actor=person):
            AssessmentDecision.objects.create(
                relationship_id=version.relationship_id, subject="TEST", as_of_date=SEPTEMBER,
                decided_status=status, decided_by=person, reason="looked at by hand",
            )  # fmt: skip
    [answer] = read(Shard(inputs_now(TODAY), 0, 1).at).decisions["is_qualifying"].tolist()
    assert answer is False


@pytest.mark.parametrize("framework", ["IAS39", "ASC815"])
def test_a_failed_month_does_not_adjust_the_item_of_a_fair_value_hedge(entity, bank, framework) -> None:
    designated(company(framework), bank, kind="FIRM_COMMITMENT", hedge_type="FAIR_VALUE")
    sealed = inputs_now(TODAY)
    whole = read(Shard(sealed, 0, 1).at)
    good = measure(sealed, when_tested(whole, EFFECTIVE))
    failed = replace(whole, closed=answers(whole, (SEPTEMBER, False)))
    later = measure(sealed, when_tested(failed, EFFECTIVE))
    days = good.knots.dates[0].tolist()
    first, last = days.index(AUGUST.toordinal()), days.index(SEPTEMBER.toordinal())
    of_the_month = good.hypothetical[0, last] - good.hypothetical[0, first]
    assert of_the_month != 0
    assert later.amounts["item_adjustment"] - good.amounts["item_adjustment"] == of_the_month
    instrument = good.instrument[0, last] - good.instrument[0, first]
    change = later.amounts["cumulative_ineffectiveness"] - good.amounts["cumulative_ineffectiveness"]
    assert change == of_the_month, "profit or loss has the instrument's change alone"
    assert instrument != of_the_month


def test_a_day_on_which_earnings_follow_asks_for_no_quote(entity, bank) -> None:
    """Four weeks without quotes: the lag points into them, but nothing there has to be valued."""
    later, ours = TODAY + timedelta(weeks=4), company("ASC815")
    file = {"release_pattern": "BASIS_ADJUSTMENT", "keeps_basis_in_reserve": True, "earnings_lag_days": 10}
    designated(ours, bank, due=later + timedelta(days=200), file=file)
    market.record(*market.quotes(later, weeks=1))
    for code in (bank.code, ours.code):
        market.record_spreads(code, until=later, weeks=1)
    [row] = measured.on(later)
    assert row["status"] == "OK", row["reasons"]
    assert (later - timedelta(days=10)).isoformat() not in row["knot_dates"]
