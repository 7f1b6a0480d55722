"""Forwards and an option of published cases and of the rules, from the quotes to the journal and back to zero."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from scipy.optimize import brentq
from scipy.stats import norm

from tests.workflow import company, ledger
from tests.workflow.pairs import Pair

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parents[1] / "golden"
CENT = Decimal("0.01")


def test_case_a08_the_forecast_sale_with_its_journal():
    """EUR 770,000 sold at 1.23: 23,100, then 7,700 in equity; 30,800 to revenue with the sale, 947,100 in all."""
    case = json.loads((GOLDEN / "forward_forecast_sale_eur.json").read_text())
    assert "23100" in json.dumps(case)
    begun, year_end, sale = date(2018, 10, 15), date(2018, 12, 31), date(2019, 2, 1)
    pair = Pair("EURUSD", begun, sale)
    pair.quotes(begun, "1.26", "1.23")
    version = pair.designated((pair.item(770_000), 770_000), (pair.forward(-770_000, "1.23"), -770_000))
    pair.quotes(year_end, "1.21", "1.20")
    pair.quotes(date(2019, 1, 31), "1.20", "1.20")
    pair.quotes(sale, "1.19", "1.19")
    company.recorded(date(2019, 2, 28))
    reserves = []
    for month in (date(2018, 12, 1), date(2019, 1, 1), date(2019, 2, 1)):
        row = company.measured(company.close(pair.of, month), version)
        ledger.holds(row)
        reserves.append(ledger.moved(version, month))
    assert reserves == [(23_100, 0), (0, 0), (7700, 0)]
    assert ledger.posted(version, "CASH_FLOW_HEDGE_RESERVE", "RECLASSIFICATION") == -30_800
    revenue = ledger.posted(version, "HEDGED_ITEM_RESULT", month=date(2019, 2, 1))
    assert (revenue, revenue + 770_000 * Decimal("1.19")) == (30_800, 947_100)
    assert -ledger.posted(version, "SETTLEMENT") == 30_800
    assert ledger.entries(version) == [
        ("2018-12-31", "REMEASUREMENT", "DERIVATIVE", 23_100), ("2018-12-31", "REMEASUREMENT", "RESERVE", -23_100),
        ("2019-02-28", "REMEASUREMENT", "DERIVATIVE", 7700), ("2019-02-28", "REMEASUREMENT", "RESERVE", -7700),
        ("2019-02-28", "RECLASSIFICATION", "RESERVE", 30_800), ("2019-02-28", "RECLASSIFICATION", "RESULT", -30_800),
        ("2019-02-28", "INSTRUMENT_RELEASED", "SETTLEMENT", 30_800),
        ("2019-02-28", "INSTRUMENT_RELEASED", "DERIVATIVE", -30_800),
    ]  # fmt: skip
    assert (row.reserve_balance, row.life_stage) == (0, "MATURED")
    ledger.rolls_forward(pair.of, date(2018, 12, 1), date(2019, 2, 1))


def test_case_v06_a_forward_thirty_days_on():
    """CAD 1,000,000 bought at 1.05358, the forward at 1.06206 with 60 days to go: 8,463.64 in equity."""
    begun, seen, due = date(2026, 1, 29), date(2026, 2, 28), date(2026, 4, 29)
    pair = Pair("CADAUD", begun, due)
    pair.quotes(begun, "1.0530", "1.05358", 0.997)
    version = pair.designated(
        (pair.item(-1_000_000), -1_000_000), (pair.forward(1_000_000, "1.05358"), 1_000_000)
    )
    for day in (date(2026, 2, 27), seen):
        pair.quotes(day, "1.0612", "1.06206", 1 / (1 + 0.0116 * 60 / 360))
    row = company.measured(company.close(pair.of, date(2026, 2, 1)), version)
    ledger.holds(row)
    assert (row.opening_fair_value, row.carrying_amount) == (0, Decimal("8463.64"))
    assert ledger.posted(version, "CASH_FLOW_HEDGE_RESERVE") == Decimal("8463.64")


@pytest.mark.parametrize(
    ("discounted", "spot", "element"), [(True, 344_750, -88_650), (False, 350_000, -93_900)]
)
def test_the_forward_of_the_rules_with_its_element_deferred(discounted, spot, element):
    """N 10m, S0 1.1000, K 1.1220, then S 1.1350, F 1.1480, D 0.985: value 256,100, its spot element designated."""
    begun, seen, due = date(2026, 1, 1), date(2026, 2, 27), date(2026, 6, 15)
    pair = Pair("EURUSD", begun, due)
    pair.quotes(begun, "1.1000", "1.1220", 0.98)
    version = pair.designated(
        (pair.item(-10_000_000), -10_000_000), (pair.forward(10_000_000, "1.1220"), 10_000_000),
        designated_component="SPOT",
        file={"excluded_treatment": "DEFERRED", "cost_relation": "TRANSACTION", "spot_is_discounted": discounted},
    )  # fmt: skip
    pair.quotes(date(2026, 1, 30), "1.1000", "1.1220", 0.98)
    for day in (seen, date(2026, 2, 28)):
        pair.quotes(day, "1.1350", "1.1480", 0.985)
    company.close(pair.of, date(2026, 1, 1))
    row = company.measured(company.close(pair.of, date(2026, 2, 1)), version)
    ledger.holds(row)
    near(row.carrying_amount, 256_100)
    near(ledger.posted(version, "CASH_FLOW_HEDGE_RESERVE"), spot)
    near(ledger.posted(version, "COST_OF_HEDGING_RESERVE"), element)
    cost = ledger.cost(row)
    near(cost.knot_actual_values[0], 220_000)
    near(cost.knot_actual_values[-1], 220_000 + element)
    pair.quotes(due, "1.1500", "1.1500")
    for month in range(3, 6):
        for day in company.last_days(date(2026, month, 1)):
            pair.quotes(day, "1.1350", "1.1480", 0.985)
    company.recorded(date(2026, 6, 30))
    for month in range(3, 6):
        company.close(pair.of, date(2026, month, 1))
    row = company.measured(company.close(pair.of, date(2026, 6, 1)), version)
    ledger.holds(row)
    assert (row.settled_amount, row.reserve_balance, row.cost_reserve_balance) == (280_000, 0, 0)
    near(row.cost_released, -220_000)
    near(ledger.posted(version, "HEDGED_ITEM_RESULT"), 280_000)
    ledger.rolls_forward(pair.of, date(2026, 1, 1), date(2026, 6, 1))


def near(found, expected) -> None:
    """To the cent: the quotes keep ten decimals, and ten million euros of them."""
    assert abs(found - expected) <= CENT, (found, expected)


def volatility(worth: float, spot: float, years: float) -> Decimal:
    """At the money forward, without interest: the volatility at which the put is worth so much a unit."""
    found = brentq(lambda vol: spot * (2 * norm.cdf(vol * years**0.5 / 2) - 1) - worth, 1e-6, 2.0, xtol=1e-15)
    return Decimal(found).quantize(Decimal("1e-10"))


def test_the_time_value_of_two_years():
    """20 at inception, 13 after a year, 0 at the end: reserve 3, then 0; OCI +3, −3; profit or loss −10, −10."""
    begun, half, due = date(2024, 12, 31), date(2025, 12, 31), date(2026, 12, 31)
    pair = Pair("EURUSD", begun, due)
    pair.quotes(begun, "1.2", "1.2")
    pair.volatility(begun, volatility(0.02, 1.2, 2))
    version = pair.designated(
        (pair.item(1_000_000), 1_000_000),
        (pair.put(1_000_000, "1.2", premium_amount=Decimal(-20_000)), -1_000_000),
        designated_component="INTRINSIC",
        file={"excluded_treatment": "DEFERRED", "cost_relation": "TIME_PERIOD"},
    )
    pair.quotes(half, "1.2", "1.2")
    pair.volatility(half, volatility(0.013, 1.2, 1))
    pair.quotes(due, "1.2", "1.2")
    months = [date(2025, 12, 1)] + [date(2026, month, 1) for month in range(1, 13)]
    for month in months[1:-1]:
        day = company.month_end(month)
        pair.quotes(day, "1.2", "1.2")
        pair.volatility(day, "0.02")
    rows = [company.measured(company.close(pair.of, month), version) for month in months]
    ledger.holds(rows[-1])
    first, last = rows[0], rows[-1]
    assert [row.carrying_amount for row in (first, last)] == [13_000, 0]
    assert [row.cost_reserve_balance for row in (first, last)] == [3000, 0]
    assert first.opening_fair_value == 20_000
    amortised = [ledger.posted(version, "COST_OF_HEDGING", month=month) for month in months]
    assert (amortised[0], sum(amortised[1:])) == (-10_000, -10_000)
    reserve = [ledger.posted(version, "COST_OF_HEDGING_RESERVE", month=month) for month in months]
    assert (reserve[0], sum(reserve[1:])) == (3000, -3000)
    assert ledger.posted(version, ("INEFFECTIVENESS", "EXCLUDED_COMPONENT", "CASH_FLOW_HEDGE_RESERVE")) == 0
    ledger.rolls_forward(pair.of, months[0], months[-1])
