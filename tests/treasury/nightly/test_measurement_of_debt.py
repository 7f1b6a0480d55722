"""A fair value hedge of fixed-rate debt: the item mirrors the swap; its adjustment wears off at an effective rate."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from hedges.domain.explanation.explain import explain
from hedges.models import MeasurementResult
from tests.factories import book, changes, clock, hedged, market, swaps
from tests.treasury.nightly import measured
from tests.treasury.nightly.by_hand import TODAY, factor, weeks_ago
from tests.treasury.nightly.test_measurement_by_hand import holds
from tests.treasury.quant.scalar.measurement import present_value, rate_by_halving
from treasury.quant.dates.schedule import payment_days

pytestmark = pytest.mark.django_db
START, ENDED = weeks_ago(30), weeks_ago(10)
DUE = START + timedelta(days=730)
AMOUNT = 2_000_000
SHIFTED = 20


def designated(entity, bank, margin="0", ended=ENDED):
    """A loan at a fixed rate, swapped to floating; rates have risen 20 weeks ago, and the hedge ended 10 weeks ago."""
    market.record(*market.rates("EUR", weeks=SHIFTED, deposit="0.034", swap="0.036"))
    index = swaps.rate_index()
    days = [int(day) for day in payment_days(START, DUE, 6, ("EUR",))]
    periods = [end - begin for begin, end in zip([0, *days], days, strict=False)]
    loan = book.exposure(
        -AMOUNT, of=entity, risk=index, kind="RECOGNISED_LIABILITY", start_date=START, expected_date=DUE,
        payment_months=6, spread_rate=Decimal(margin),
    )  # fmt: skip
    swap = swaps.interest_rate_swap(
        AMOUNT, of=entity, counterparty=bank, risk=index, start_date=START, settlement_date=DUE, pay_fixed=False,
        fixed_rate=Decimal("0.02"), spread_rate=Decimal(0), flow_days=days,
        flow_accruals=[length / 360 for length in periods],
    )  # fmt: skip
    fields = {"hedge_type": "FAIR_VALUE", "designation_date": START, "hedge_end_date": ended}
    version = book.relationship(
        of=entity, items=[(loan, -AMOUNT)], instruments=[(swap, AMOUNT)], **fields,
    )  # fmt: skip
    return [START + timedelta(days=day) for day in days], periods, version


def left_by_hand(
    adjustment: float,
    days: list[date],
    periods: list[int],
    on: date,
    amount: int = AMOUNT,
    ended: date = ENDED,
) -> float:
    """What is left of the adjustment of a loan at par, by two effective rates found by halving."""
    discounted = [length / 360 * factor(day, START) for day, length in zip(days, periods, strict=True)]
    coupon = (1 - factor(DUE, START)) / sum(discounted)
    flows, years = [], []
    for day, length in zip(days, periods, strict=True):
        if day > ended:
            begun = max(day - timedelta(days=length), ended)
            flows.append(-amount * coupon * (day - begun).days / 360)
            years.append((day - ended).days / 365)
    flows[-1] -= amount
    rates = [rate_by_halving(carried, flows, years) for carried in (-amount + adjustment, -amount)]
    passed = (on - ended).days / 365
    ahead = [(flow, year - passed) for flow, year in zip(flows, years, strict=True) if year > passed]
    first, second = (present_value(*zip(*ahead, strict=True), rate) for rate in rates)
    return first - second


def test_the_adjustment_wears_off_at_the_recalculated_effective_rate(entity, bank) -> None:
    days, periods, _ = designated(entity, bank)
    [row] = measured.on(ENDED)
    adjustment = row["item_adjustment"]
    assert adjustment > 5_000, "rates rose: fixed debt is worth less"
    assert row["cumulative_change_instrument"] < 0 == row["item_adjustment_amortised"]
    before = Decimal(0)
    for week in (8, 5, 1, 0):
        day = weeks_ago(week)
        [row] = measured.on(day)
        assert row["item_adjustment"] == adjustment, "what was adjusted stays"
        expected = float(adjustment) - left_by_hand(float(adjustment), days, periods, day)
        assert abs(float(row["item_adjustment_amortised"]) - expected) < 3
        by_days = float(adjustment) * (day - ENDED).days / (DUE - ENDED).days
        assert abs(float(row["item_adjustment_amortised"]) - by_days) > 20
        assert before < row["item_adjustment_amortised"] < adjustment
        before = row["item_adjustment_amortised"]
        assert row["reasons"] == []
        holds(row)


def test_a_part_that_is_released_wears_off_from_its_release(db) -> None:
    """A quarter of the loan leaves ten weeks ago, the rest four weeks ago: each at the rate of its own day."""
    part, rest, stopped = AMOUNT // 4, AMOUNT - AMOUNT // 4, weeks_ago(4)
    with clock.at(changes.BEFORE):
        book.rule_pack()
        market.record()
        entity, bank = book.entity(), book.counterparty()
        market.record_spreads(bank.code, entity.code)
        days, periods, version = designated(entity, bank, ended=stopped)
    changes.approve(changes.rebalanced(version, item=-rest, on=ENDED), on=ENDED)
    [row] = measured.on(ENDED)
    first = float(row["item_adjustment"]) / 4
    assert row["item_adjustment_amortised"] == 0 and first > 1000
    for week in (8, 5):
        [row] = measured.on(weeks_ago(week))
        expected = first - left_by_hand(first, days, periods, weeks_ago(week), part)
        assert row["life_stage"] == "ACTIVE"
        assert row["item_adjustment_amortised"] > 0
        assert abs(float(row["item_adjustment_amortised"]) - expected) < 1
        holds(row)
    [row] = measured.on(stopped)
    second = float(row["item_adjustment"]) - first
    [row] = measured.on(TODAY)
    expected = first - left_by_hand(first, days, periods, TODAY, part)
    expected += second - left_by_hand(second, days, periods, TODAY, rest, stopped)
    assert abs(float(row["item_adjustment_amortised"]) - expected) < 3
    holds(row)
    hedged.night()
    [result] = MeasurementResult.objects.select_related("relationship", "run")
    found = explain("measurements", result, "item_adjustment_amortised")
    assert found.agrees
    assert sum(step.code == "basis_adjustment_amortisation" for step in found.worked.steps) == 2


def test_at_its_maturity_nothing_of_it_is_left(entity, bank) -> None:
    designated(entity, bank)
    market.record(*market.quotes(DUE, weeks=60))
    for day, is_left in ((DUE - timedelta(days=1), True), (DUE, False), (DUE + timedelta(days=1), False)):
        [row] = measured.on(day)
        assert (row["item_adjustment"] != row["item_adjustment_amortised"]) == is_left


def test_without_one_rate_it_goes_by_days_and_says_so(entity, bank) -> None:
    """With a margin like this the lender pays the whole loan and more: no rate makes nothing of it."""
    designated(entity, bank, margin="-5")
    [row] = measured.on(TODAY)
    passed = Decimal((TODAY - ENDED).days) / (DUE - ENDED).days
    assert row["reasons"] == ["no_unique_rate"] and row["status"] == "OK"
    assert row["item_adjustment"] > 1_000
    assert abs(row["item_adjustment_amortised"] - row["item_adjustment"] * passed) <= Decimal("0.01")


def test_every_number_of_it_is_explained(entity, bank) -> None:
    designated(entity, bank)
    hedged.night()
    [row] = MeasurementResult.objects.select_related("relationship", "run")
    for field in ("item_adjustment", "item_adjustment_amortised", "cumulative_ineffectiveness"):
        one = explain("measurements", row, field)
        assert one.agrees, (field, one.problem)
    steps = explain("measurements", row, "item_adjustment_amortised").worked.steps
    assert "basis_adjustment_amortisation" in {step.code for step in steps}
