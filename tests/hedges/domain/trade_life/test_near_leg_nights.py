"""What nights make of a roll: cover once in every bucket and count, a value that is locked, closes as before."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from hedges.domain.attribution.why_moved import UNEXPLAINED, End, why_moved
from hedges.models import (
    EffectivenessResult,
    HedgeRatioResult,
    HorizonBucketResult,
    InstrumentVersion,
    MeasurementResult,
    ValuationResult,
)
from hedges.queries.bucket_content import dates
from tests.factories import book, hedged, market
from tests.hedges.domain.trade_life.lives import both
from tests.hedges.domain.trade_life.rolls import rolled
from treasury.kernel.money import to_minor_units

pytestmark = pytest.mark.django_db
TODAY = book.TODAY
SETTLES, LATER = TODAY + timedelta(7), date(2027, 3, 5)
DAY = timedelta(1)


@pytest.fixture
def entity():
    """Its market has a spot rate of its own on every day."""
    market.record()
    days = {TODAY + DAY * n: Decimal(f"1.0{60 + 3 * n}") for n in range(-1, 9) if n}
    market.record(*[("FX_SPOT", "EURUSD", "SPOT", day, rate, "TEST", True) for day, rate in days.items()])
    book.rule_pack()
    return book.entity()


def deal(entity: Any) -> Any:
    """Sold 600,000 against a receivable that moves to the later date; a payable stands on the other side."""
    book.exposure(600_000, of=entity, expected_date=LATER)
    book.exposure(-500_000, of=entity, expected_date=LATER)
    old = book.forward(-600_000, of=entity, trade_date=TODAY - timedelta(90), settlement_date=SETTLES)
    return both(rolled(old, on=TODAY, settlement_date=LATER))


def buckets(run: Any) -> dict[int, Decimal]:
    rows = HorizonBucketResult.objects.filter(run=run).exclude(hedge_amount=0)
    return dict(rows.values_list("month_from", "hedge_amount"))


def ratio(run: Any, entity: Any, subject: str = "ENTITY_RISK") -> HedgeRatioResult:
    return HedgeRatioResult.objects.get(run=run, entity=entity, subject=subject)


def test_cover_moves_from_bucket_to_bucket_with_the_deal_and_is_counted_once(entity):
    deal(entity)
    runs = {day: hedged.night(day) for day in (TODAY, SETTLES - DAY, SETTLES, SETTLES + DAY)}
    assert buckets(hedged.night(TODAY - DAY)) == {0: -600_000}, "the day before the deal the old trade covers"
    for day, run in runs.items():
        assert buckets(run) == {3: -600_000}, day
        row = ratio(run, entity)
        assert (row.derivative_amount, row.positions_hedged, row.positions_total) == (-600_000, 1, 2), day


def test_the_value_of_what_is_closed_is_locked(entity):
    event = deal(entity)
    worth = {}
    for day in (TODAY, SETTLES - DAY):
        run = hedged.night(day)
        pair = ValuationResult.objects.filter(
            run=run, instrument__in=[event.instrument_id, event.near_leg_id]
        )
        old, near = pair.order_by("instrument_id")
        assert abs(old.present_value) > 1000, "alone each of them moves with the market"
        assert old.present_value + near.present_value == pytest.approx(
            Decimal(-12_000) * Decimal(old.discount_factor), abs=Decimal("0.01")
        )
        worth[day] = old.present_value
    run = hedged.night(SETTLES)
    left = set(ValuationResult.objects.filter(run=run).values_list("instrument_id", flat=True))
    assert event.near_leg_id not in left, "settled with the old trade"


def test_a_roll_changes_nothing_that_is_measured_or_tested_of_the_old_trade(entity):
    market.record_spreads(entity.code)
    due = date(2027, 1, 29)
    item = book.exposure(600_000, of=entity, expected_date=due)
    old = book.forward(-600_000, of=entity, trade_date=hedged.DESIGNATED, settlement_date=due)
    market.record_spreads(old.counterparty.code)
    book.rule_pack("ASC815")
    terms: dict[str, Any] = {
        "of": entity, "items": [(item, 600_000)], "instruments": [(old, -600_000)], "hedge_end_date": due,
        "designation_date": hedged.DESIGNATED,
    }  # fmt: skip
    first = book.relationship(**terms)
    book.relationship(framework="ASC815", parallel_of=first.relationship, **terms)
    run = hedged.night()
    event = both(rolled(InstrumentVersion.objects.get(pk=old.pk), on=TODAY))
    again = hedged.night(new_revision=True)
    for results in (MeasurementResult, EffectivenessResult):
        rows = [
            [{name: value for name, value in row.items() if name != "run_id"} for row in found]
            for found in (
                results.objects.filter(run=one).order_by("relationship_id").values() for one in (run, again)
            )
        ]
        assert len(rows[0]) == 2
        assert rows[0] == rows[1]
    related = HedgeRatioResult.objects.filter(subject="RELATIONSHIP")
    assert {row.hedge_ratio for row in related} == {1.0}
    one, two = ratio(run, entity), ratio(again, entity)
    assert (
        (one.hedge_amount, one.positions_hedged) == (two.hedge_amount, two.positions_hedged) == (-600_000, 1)
    )
    assert event.near_leg_id in set(
        ValuationResult.objects.filter(run=again).values_list("instrument_id", flat=True)
    )


def test_why_a_ratio_moved_still_sums_over_a_roll_and_its_settlement(entity):
    old = book.forward(-600_000, of=entity, trade_date=TODAY - timedelta(90), settlement_date=SETTLES)
    for due in (SETTLES, LATER):
        book.exposure(900_000, of=entity, expected_date=due)
    runs = [hedged.night(TODAY - DAY)]
    both(rolled(old, on=TODAY, settlement_date=LATER))
    runs += [hedged.night(day) for day in (TODAY, SETTLES, SETTLES + DAY)]
    moved = [_moved(entity, first, last, month) for month in (0, 3) for first, last in pairwise(runs)]
    assert [{cause: hedge for cause, hedge in one.items() if hedge} for one in moved] == [
        {"NEW_TRADE": 60_000_000}, {}, {}, {"NEW_TRADE": -60_000_000}, {}, {},
    ]  # fmt: skip


def _moved(entity: Any, first: Any, last: Any, month: int) -> dict[str, int]:
    rows = [HorizonBucketResult.objects.get(run=run, month_from=month) for run in (first, last)]
    found = why_moved(
        entity_id=entity.pk,
        risk_id=book.risk().pk,
        unit="USD",
        first=_end(first, rows[0]),
        last=_end(last, rows[1]),
    )
    assert UNEXPLAINED not in [line.cause for line in found.lines]
    return {line.cause: line.hedge for line in found.lines}


def _end(run: Any, row: HorizonBucketResult) -> End:
    return End(
        run_id=run.pk, as_of=run.as_of_date, known_at=run.known_at,
        span=dates(run.as_of_date, row.month_from, row.month_to),
        exposure=to_minor_units(row.net_exposure_amount, "USD"), hedge=to_minor_units(row.hedge_amount, "USD"),
    )  # fmt: skip
