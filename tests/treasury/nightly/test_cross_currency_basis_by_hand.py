"""The currency basis that is excluded of a cross-currency swap, deferred in equity: worked out again by flow."""

from datetime import date, timedelta
from decimal import Decimal
from math import exp, log

import pytest

from hedges.domain.explanation.explain import explain
from hedges.models import CostOfHedgingResult
from tests.factories import book, hedged, market, swaps
from tests.treasury.nightly import measured
from tests.treasury.nightly.by_hand import (
    TODAY,
    factor,
    forward,
    pillar,
    quote,
    spot_date,
    spot_of,
    weeks_ago,
    years,
)
from tests.treasury.nightly.test_measurement_by_hand import company, holds

pytestmark = pytest.mark.django_db
START = weeks_ago(30)
FIRST, END = START + timedelta(days=365), START + timedelta(days=730)
SIZE = 1_000_000
BEGUN = 30


def points(week: int) -> float:
    """Forward points of EURUSD in a year: covered parity would have about 0.022."""
    return 0.031 - 0.0002 * week


@pytest.fixture(autouse=True)
def forward_points(entity) -> None:
    market.record(
        *(
            quote("FORWARD_POINTS", "EURUSD", "1Y", weeks_ago(week), f"{points(week):.4f}")
            for week in range(BEGUN + 1)
        )
    )


def spread(to: date, week: int) -> float:
    """The market's forward of the dollar, its carry flat around the one tenor, less the one by covered parity."""
    day, spot = weeks_ago(week), spot_of(week)
    outright = 1 / (1 / spot + round(points(week), 4))
    rate = log(outright / spot) / years(pillar(12, day), spot_date(day))
    return spot * exp(rate * years(to, spot_date(day))) - forward(to, day, spot)


def basis(flows: list[tuple[float, date]], week: int) -> float:
    """Of flows that are all still to come."""
    day = weeks_ago(week)
    return sum(
        amount * (spread(to, week) * factor(to, day) + spread(to, BEGUN) * (1 - factor(to, day)))
        for amount, to in flows
    )


SWAP = [(50_000, FIRST), (1_050_000, END)]
DEBT = [(SIZE, END)]


def designated(entity, bank, *, relation="TIME_PERIOD", debt=SIZE, swap=None, **fields) -> None:
    item = book.exposure(-debt, of=entity, kind="RECOGNISED_LIABILITY", expected_date=END)
    hedge = swaps.cross_currency_swap(
        SIZE, of=entity, counterparty=bank, start_date=START, settlement_date=END, flow_days=[365, 730],
        flow_accruals=[1.0, 1.0], **(swap or {}),
    )  # fmt: skip
    file = {"basis_excluded": True, "cost_relation": relation, "excluded_treatment": "DEFERRED"}
    book.relationship(
        of=entity, items=[(item, -debt)], instruments=[(hedge, SIZE)], designation_date=START, hedge_end_date=END,
        file=file, **fields,
    )  # fmt: skip


@pytest.mark.parametrize("relation", ["TRANSACTION", "TIME_PERIOD"])
def test_it_is_a_forward_for_every_flow_and_waits_in_equity(entity, bank, relation) -> None:
    designated(entity, bank, relation=relation)
    [row], [cost] = measured.on(TODAY), measured.costs_on(TODAY)
    actual, aligned = cost["knot_actual_values"], cost["knot_aligned_values"]
    assert cost["element"] == "CURRENCY_BASIS"
    for knot, week in ((0, BEGUN), (-1, 0)):
        assert abs(float(actual[knot]) - basis(SWAP, week)) < 0.02
        assert abs(float(aligned[knot]) - basis(DEBT, week)) < 0.02
    assert abs(actual[0]) > abs(aligned[0]) > 1000, "more than what the debt calls for is no cost of hedging"
    assert cost["cost_recognised"] == aligned[-1] - aligned[0] != 0
    share = (TODAY - START).days / (END - START).days if relation == "TIME_PERIOD" else 0
    # The opening cost leaves the reserve against its sign, day by day.
    assert abs(float(cost["cost_amortised"]) - float(aligned[0]) * share) < 0.02
    assert row["cost_recognised"] == cost["cost_recognised"]
    assert cost["excluded_in_profit_or_loss"] == (actual[-1] - actual[0]) - cost["cost_recognised"] != 0
    holds(row)


def test_the_designated_part_is_the_rest_and_nothing_of_it_waits_at_the_end(entity, bank) -> None:
    designated(entity, bank)
    [row], [cost] = measured.on(TODAY), measured.costs_on(TODAY)
    moved = cost["knot_actual_values"][-1] - cost["knot_actual_values"][0]
    assert abs(row["cumulative_change_instrument"] - (row["fair_value_change"] - moved)) < SIZE / 1000
    assert row["cumulative_change_instrument"] != row["fair_value_change"]


def test_what_has_been_paid_has_no_basis_any_more(entity, bank) -> None:
    """One coupon of the swap is behind: a swap that ends today has none at all."""
    begun, paid = START, weeks_ago(10)
    item = book.exposure(-SIZE, of=entity, kind="RECOGNISED_LIABILITY", expected_date=TODAY)
    hedge = swaps.cross_currency_swap(
        SIZE, of=entity, counterparty=bank, start_date=begun, settlement_date=TODAY,
        flow_days=[(paid - begun).days, (TODAY - begun).days], flow_accruals=[0.4, 0.2],
    )  # fmt: skip
    file = {"basis_excluded": True, "cost_relation": "TIME_PERIOD", "excluded_treatment": "DEFERRED"}
    book.relationship(
        of=entity, items=[(item, -SIZE)], instruments=[(hedge, SIZE)], designation_date=START,
        hedge_end_date=TODAY, file=file,
    )  # fmt: skip
    [after], [now] = measured.costs_on(weeks_ago(9)), measured.costs_on(TODAY)
    left = basis([(SIZE * (1 + 0.05 * 0.2), TODAY)], 9)
    assert abs(float(after["knot_actual_values"][-1]) - left) < 0.02
    # What is left on the last day is two days of carry: the spot rate is for the spot date.
    assert abs(float(now["knot_actual_values"][-1]) - SIZE * 1.01 * spread(TODAY, 0)) < 0.02
    assert abs(now["knot_actual_values"][-1]) < abs(now["knot_actual_values"][0]) / 10
    assert now["cost_recognised"] + now["cost_amortised"] == now["cost_released"]


def test_a_reset_lends_the_quote_leg_at_the_forward_too(entity, bank) -> None:
    designated(entity, bank, swap={"resets_notional": True})
    [cost] = measured.costs_on(TODAY)
    unit = 1.03 * factor(END) - factor(FIRST)
    expected = basis(SWAP, 0) - SIZE * spread(FIRST, 0) * unit
    assert abs(float(cost["knot_actual_values"][-1]) - expected) < 0.02


@pytest.mark.parametrize("framework", ["ASC815", "IFRS9"])
def test_it_can_be_proved_from_its_explanation(bank, framework) -> None:
    designated(company(framework), bank)
    hedged.night()
    row = CostOfHedgingResult.objects.get()
    assert row.element == "CURRENCY_BASIS"
    for field in ("cost_recognised", "cost_amortised", "cost_released", "excluded_in_profit_or_loss"):
        found = explain("costs-of-hedging", row, field)
        assert found.agrees, field
    assert Decimal(row.cost_recognised) != 0
