"""Hedge ratios and horizon profiles of a night, worked out again from a tiny book."""

from datetime import date, timedelta

import pytest

from hedges.models import HedgeRatioResult, HorizonBucketResult
from tests.factories import book, hedged
from tests.treasury.nightly.by_hand import SPOT, TODAY, cents

pytestmark = pytest.mark.django_db


def test_a_position_is_hedged_by_designation_by_offset_and_by_the_rest(entity, bank) -> None:
    """The first is designated, a loan stands against the second, the third has only a proxy."""
    first, _, third = (
        book.exposure(
            100_000, of=entity, kind="RECOGNISED_ASSET", expected_date=TODAY + timedelta(days=30 * n)
        )
        for n in (1, 2, 3)
    )
    hedge = book.forward(-100_000, of=entity, counterparty=bank)
    book.relationship(of=entity, items=[(first, 100_000)], instruments=[(hedge, -100_000)])
    loan = book.exposure(-60_000, of=entity, kind="RECOGNISED_LIABILITY")
    book.instrument("NATURAL_OFFSET", -60_000, of=entity, offset_exposure=loan.exposure)
    proxy = book.forward(-100_000, of=entity, risk=book.risk("GBPEUR"), counterparty=bank)
    book.relationship(of=entity, items=[(third, 100_000)], instruments=[(proxy, -100_000)])
    hedged.night()
    row = HedgeRatioResult.objects.get(subject="ENTITY_RISK", risk=book.risk())
    assert (row.exposure_amount, row.natural_offset_amount, row.hedge_amount) == (300_000, -60_000, -160_000)
    assert (row.positions_hedged, row.positions_total, row.counted_as_hedged_from) == (2, 3, 0.5)
    assert row.hedge_ratio == pytest.approx(160 / 300)


def test_hedge_ratios_by_risk_entity_and_relationship(entity, bank) -> None:
    receivable = book.exposure(1_000_000, of=entity, kind="RECOGNISED_ASSET")
    loan = book.exposure(-300_000, of=entity, kind="RECOGNISED_LIABILITY")
    book.exposure(250_000, of=entity)
    book.instrument("NATURAL_OFFSET", -300_000, of=entity, offset_exposure=loan.exposure)
    hedge = book.forward(-600_000, of=entity, counterparty=bank)
    book.relationship(of=entity, items=[(receivable, 600_000)], instruments=[(hedge, -600_000)])
    hedged.night()
    row = HedgeRatioResult.objects.get(subject="ENTITY_RISK")
    assert (row.exposure_amount, row.derivative_amount, row.natural_offset_amount) == (
        1_250_000,
        -600_000,
        -300_000,
    )
    assert (row.hedge_amount, row.open_amount) == (-900_000, 350_000)
    assert (row.hedge_ratio, row.derivative_hedge_ratio, row.natural_offset_ratio) == (0.72, 0.48, 0.24)
    assert (row.positions_hedged, row.positions_total, row.position_count_ratio) == (1, 2, 0.5)
    assert row.flags == ["count_differs"]
    group = HedgeRatioResult.objects.get(subject="ENTITY")
    assert (group.amount_unit, group.exposure_amount) == ("EUR", cents(1_250_000 * SPOT))
    assert group.hedge_ratio == pytest.approx(0.72, abs=1e-8)
    relationship = HedgeRatioResult.objects.get(subject="RELATIONSHIP")
    assert (relationship.exposure_amount, relationship.hedge_amount, relationship.hedge_ratio) == (
        600_000,
        -600_000,
        1.0,
    )


def test_a_hedge_in_the_wrong_direction_and_a_ratio_over_nothing(entity, bank) -> None:
    book.exposure(1_000_000, of=entity)
    book.forward(200_000, of=entity, counterparty=bank)
    book.forward(50_000, of=entity, risk=book.risk("GBPEUR"), counterparty=bank)
    hedged.night()
    wrong = HedgeRatioResult.objects.get(subject="ENTITY_RISK", risk__code="USDEUR")
    assert (wrong.hedge_ratio, "wrong_direction" in wrong.flags) == (-0.2, True)
    nothing = HedgeRatioResult.objects.get(subject="ENTITY_RISK", risk__code="GBPEUR")
    assert (nothing.hedge_ratio, nothing.reasons) == (None, ["zero_exposure", "no_positions"])


def test_the_horizon_profile(entity, bank) -> None:
    for amount, day, kind in (
        (1_000_000, date(2026, 12, 15), "FIRM_COMMITMENT"),
        (-200_000, date(2027, 1, 10), "FORECAST"),
        (500_000, date(2027, 1, 30), "FORECAST"),
        (400_000, date(2029, 12, 31), "FORECAST"),
    ):
        book.exposure(amount, of=entity, expected_date=day, kind=kind)
    book.forward(-600_000, of=entity, counterparty=bank, settlement_date=date(2026, 12, 15))
    book.forward(-100_000, of=entity, counterparty=bank, settlement_date=date(2027, 2, 1))
    book.policy(
        of=entity, risk=book.risk(), bands=[(0, 3, "0.8", "0.85", "0.9"), (3, 36, "0.1", "0.3", "0.5")]
    )
    hedged.night()
    buckets = list(HorizonBucketResult.objects.order_by("month_from"))
    assert [row.month_from for row in buckets] == [0, 3, 6, 9, 12, 18, 24, 36]
    first, second, last = buckets[0], buckets[1], buckets[-1]
    assert (first.inflow_amount, first.outflow_amount, first.net_exposure_amount) == (
        1_000_000,
        -200_000,
        800_000,
    )
    assert (first.firm_amount, first.forecast_amount, first.forward_amount) == (1_000_000, -200_000, -600_000)
    assert (first.coverage_ratio, first.flags, first.position_count) == (0.75, ["under_hedged"], 2)
    assert (first.min_to_hedge_amount, first.max_to_hedge_amount) == (-40_000, -120_000)
    assert (second.coverage_ratio, second.cumulative_coverage_ratio) == (0.2, 700_000 / 1_300_000)
    assert (second.month_to, last.month_to, second.coverage_declines) == (6, None, True)
    assert (last.net_exposure_amount, last.lower_ratio, last.min_to_hedge_amount) == (400_000, None, None)
    assert (buckets[2].coverage_ratio, buckets[2].reasons) == (None, ["zero_exposure"])
    assert last.reasons == ["no_band"]
