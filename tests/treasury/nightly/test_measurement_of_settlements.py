"""What is settled before the end of a hedge, and which leg of a swap is the hedge."""

from datetime import timedelta
from decimal import Decimal

import pytest

from hedges.models import EffectivenessResult, ValuationResult
from tests.factories import book, hedged, swaps
from tests.treasury.nightly import measured
from tests.treasury.nightly.by_hand import TODAY, cents, factor, forward, spot_of, weeks_ago
from tests.treasury.nightly.test_measurement_by_hand import (
    DUE,
    NOTIONAL,
    START,
    company,
    fair,
    holds,
    near,
    whole,
)

pytestmark = pytest.mark.django_db


def test_a_future_is_carried_at_nothing_and_what_it_paid_before_is_not_the_hedges(bank) -> None:
    entity = company("IFRS9")
    oil = book.risk("WTI", kind="COMMODITY", base_unit_id="BBL", quote_currency_id="USD", market_symbol="WTI")
    contract = book.futures_contract(oil, code="CLH27")
    future = book.instrument(
        "FUTURE", 5000, of=entity, risk=oil, counterparty=bank, contract=contract, contract_count=5,
        entry_price=Decimal("68.5"), trade_date=weeks_ago(40),
    )  # fmt: skip
    fuel = book.exposure(-5000, of=entity, risk=oil, expected_date=DUE)
    book.relationship(
        of=entity, items=[(fuel, -5000)], instruments=[(future, 5000)], designation_date=START,
        hedge_end_date=TODAY,
    )  # fmt: skip
    for day in (START, weeks_ago(5), TODAY):
        [row] = measured.on(day)
        assert (row["opening_fair_value"], row["carrying_amount"], row["no_longer_designated_amount"]) == (
            0,
            0,
            0,
        )
        assert row["settled_amount"] == row["fair_value_change"] == row["cumulative_change_instrument"]
        holds(row)
    assert row["settled_amount"] != 0


def test_what_a_reset_has_paid_is_settled_on_its_day(entity, bank) -> None:
    start = weeks_ago(20)
    debt = book.exposure(
        -1_000_000, of=entity, kind="RECOGNISED_LIABILITY", expected_date=start + timedelta(364)
    )
    swap = swaps.cross_currency_swap(
        of=entity, counterparty=bank, start_date=start, settlement_date=start + timedelta(days=364),
        payment_months=3, flow_days=[91, 182, 273, 364], flow_accruals=[0.25] * 4, resets_notional=True,
        counter_amount=Decimal(-920_000),
    )  # fmt: skip
    book.relationship(
        of=entity, items=[(debt, -1_000_000)], instruments=[(swap, 1_000_000)], designation_date=start,
        hedge_end_date=start + timedelta(days=364),
    )  # fmt: skip
    reset = start + timedelta(days=91)
    [before], [now] = measured.on(reset), measured.on(TODAY)
    assert before["settled_amount"] == 0 != before["carrying_amount"]
    assert now["settled_amount"] == cents(1_000_000 * spot_of(7) - 920_000)
    assert (
        now["carrying_amount"] == now["opening_fair_value"] + now["fair_value_change"] - now["settled_amount"]
    )
    holds(now)


def fx_swap(entity, bank, near_date, rate: str):
    return book.instrument(
        "FX_SWAP", -NOTIONAL, of=entity, counterparty=bank, trade_date=START, settlement_date=DUE,
        near_settlement_date=near_date, near_rate=Decimal("0.8"), near_counter_amount=Decimal(-480_000),
        strike_rate=Decimal(rate), counter_amount=Decimal(rate) * NOTIONAL, counter_currency_id="EUR",
    )  # fmt: skip


def test_the_far_leg_of_an_fx_swap_is_the_hedge_from_the_designation_on(entity, bank) -> None:
    rate = f"{forward(DUE, START, spot_of(30)):.6f}"
    item = book.exposure(NOTIONAL, of=entity, expected_date=DUE)
    swap = fx_swap(entity, bank, weeks_ago(10), rate)
    book.relationship(
        of=entity, items=[(item, NOTIONAL)], instruments=[(swap, -NOTIONAL)], designation_date=START,
        hedge_end_date=DUE,
    )  # fmt: skip
    opening = fair(whole(float(rate), START, spot_of(30)), START)
    for week in (20, 10, 9, 0):
        [row] = measured.on(weeks_ago(week))
        now = fair(whole(float(rate), weeks_ago(week), spot_of(week)), weeks_ago(week))
        assert near(row["opening_fair_value"], opening)
        assert near(row["carrying_amount"], now) and near(row["fair_value_change"], now - opening)
        assert row["settled_amount"] == 0
        holds(row)


def test_tests_look_at_the_far_leg_and_the_valuation_at_both(entity, bank) -> None:
    near_date, rate = TODAY + timedelta(days=20), f"{forward(DUE, START, spot_of(30)):.6f}"
    item = book.exposure(NOTIONAL, of=entity, expected_date=DUE)
    swap = fx_swap(entity, bank, near_date, rate)
    book.relationship(
        of=entity, items=[(item, NOTIONAL)], instruments=[(swap, -NOTIONAL)], designation_date=START,
        hedge_end_date=DUE,
    )  # fmt: skip
    hedged.night()
    far = whole(float(rate), TODAY, spot_of(0))
    both = far + NOTIONAL * (forward(near_date, TODAY, spot_of(0)) - 0.8) * factor(near_date)
    row, valued = EffectivenessResult.objects.get(), ValuationResult.objects.get()
    assert valued.present_value == cents(both)
    opening = fair(whole(float(rate), START, spot_of(30)), START)
    assert near(row.cumulative_change_instrument, fair(far, TODAY) - opening)


def test_the_aligned_points_of_a_net_investment_run_to_the_end_of_the_hedged_period(entity, bank) -> None:
    far = DUE + timedelta(days=1500)
    rate = f"{forward(DUE, START, spot_of(30)):.6f}"
    subsidiary = book.exposure(NOTIONAL, of=entity, kind="NET_INVESTMENT", expected_date=far)
    hedge = book.forward(
        -NOTIONAL, of=entity, strike=rate, trade_date=START, settlement_date=DUE, counterparty=bank
    )
    book.relationship(
        of=entity, items=[(subsidiary, NOTIONAL)], instruments=[(hedge, -NOTIONAL)], hedge_type="NET_INVESTMENT",
        designated_component="SPOT", designation_date=START, hedge_end_date=DUE,
        file={"cost_relation": "TIME_PERIOD", "excluded_treatment": "DEFERRED"},
    )  # fmt: skip
    [row], [cost] = measured.on(TODAY), measured.costs_on(TODAY)
    points = -NOTIONAL * (float(rate) - spot_of(30))
    assert abs(float(cost["knot_aligned_values"][0]) - points) < 1
    assert abs(cost["knot_aligned_values"][-1] - cost["knot_actual_values"][-1]) < 1
    holds(row)
