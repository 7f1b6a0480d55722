"""Published cases that are regressions, a count of contracts or an option, each as a hedge worked to its close.

The series of a case are the weeks before the designation: the test at inception finds the numbers that it prints.
"""

import json
from datetime import date, timedelta
from decimal import Decimal
from math import exp, sqrt
from pathlib import Path
from typing import Any

import pytest

from hedges.models import AssessmentRecord
from tests.factories import book, clock
from tests.workflow import company, ledger
from tests.workflow.pairs import Pair

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parents[1] / "golden"
JANUARY = date(2026, 1, 1)
EVE = company.BEGUN - timedelta(days=1)


def case(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((GOLDEN / name).read_text())["cases"][0]
    return found


def hedged_after(spot: list[float], future: list[float], first: str) -> tuple[company.Hedged, list[Decimal]]:
    """A company whose item and future have moved by so much in each week up to the designation; the last two prices."""
    with clock.at(EVE):
        book.rule_pack("IFRS9", observation_minimum=len(spot))
    hedged = company.Hedged(company.founded())
    prices = [Decimal(first), Decimal(first)]
    day = company.BEGUN - timedelta(weeks=len(spot))
    hedged.prices(day, *prices, told=company.BEGUN)
    for changes in zip(spot, future, strict=True):
        prices = [price + Decimal(repr(change)) for price, change in zip(prices, changes, strict=True)]
        day += timedelta(weeks=1)
        hedged.prices(day, *prices, told=company.BEGUN)
    return hedged, prices


def test_case_r01_jet_fuel_is_bought_with_futures_on_heating_oil():
    """2,000,000 gallons and 37 contracts of 42,000: R² 0.861875, t 9.0065, and the lower of both changes in equity."""
    given = case("jet_fuel_cross_hedge.json")
    inputs, printed = given["inputs"], given["result"]
    hedged, (spot, future) = hedged_after(inputs["spot_changes"], inputs["futures_changes"], "2.000")
    bought = 42_000 * 37
    fuel, oil = hedged.item(-2_000_000), hedged.future(bought, entry=future)
    version = hedged.designated(
        [(fuel, -2_000_000)], [(oil, bought)], assessment_method="REGRESSION", designated_hedge_ratio="0.777"
    )
    numbers = AssessmentRecord.objects.get(version=version).numbers
    assert numbers["observation_count"] == 15
    assert numbers["r_squared"] == pytest.approx(printed["correlation"] ** 2, abs=1e-12)
    # Both ways round a straight line through the same points has the same t.
    assert -numbers["t_statistic"] == pytest.approx(9.00654161735396, abs=1e-9)
    assert numbers["durbin_watson"] is not None
    hedged.prices(company.month_end(JANUARY), spot + Decimal("0.05"), future + Decimal("0.04"))
    row = company.measured(company.close(hedged.of, JANUARY), version)
    assert (row.cumulative_change_instrument, row.cumulative_change_hypothetical) == (62_160, 100_000)
    assert ledger.moved(version, JANUARY) == (62_160, 0)
    ledger.holds(row)


def test_case_g01_norris_is_found_by_the_test_at_inception():
    """36 pairs of changes: intercept −0.262323, slope 1.002117, their standard errors, R² 0.999994, F 5,436,386."""
    certified = json.loads((GOLDEN / "nist_norris.json").read_text())["cases"][0]
    inputs = certified["inputs"]
    hedged, (spot, future) = hedged_after(inputs["item_changes"], inputs["instrument_changes"], "1000")
    item, sold = hedged.item(1000), hedged.future(-1000, entry=future)
    version = hedged.designated([(item, 1000)], [(sold, -1000)], assessment_method="REGRESSION")
    numbers = AssessmentRecord.objects.get(version=version).numbers
    assert numbers["offset_slope"] == pytest.approx(1.00211681802045, rel=1e-9)
    # In euros of a thousand tons that are sold.
    assert numbers["intercept"] == pytest.approx(0.262323073774029 * 1000, rel=1e-9)
    hedged.prices(company.month_end(JANUARY), spot - 10, future - 9)
    row = company.measured(company.close(hedged.of, JANUARY), version)
    assert ledger.moved(version, JANUARY) == (9000, 0)
    ledger.holds(row)


def test_case_s03_nine_contracts_on_a_tenth_of_a_fund():
    """Ten million at 2185.00, 9 contracts of 50: 983,250 are hedged, 65.50 points later 29,475 on either side."""
    hedged = company.Hedged(company.founded(), due=date(2026, 3, 20))
    with clock.at(EVE):
        hedged.contract = book.futures_contract(
            hedged.risk,
            contract_multiplier=Decimal(50),
            tick_size=Decimal("0.25"),
            last_trade_date=hedged.due,
        )
    hedged.prices(company.BEGUN, "2185", "2185")
    units = (Decimal(10_000_000) / 2185).quantize(Decimal("0.001"))
    fund = hedged.item(units, kind="RECOGNISED_ASSET", expected_date=date(2026, 12, 31))
    contracts = round(Decimal(1_000_000) / (2185 * 50))
    with clock.at(company.BEGUN):
        sold = book.instrument(
            "FUTURE", -50 * contracts, of=hedged.of, risk=hedged.risk, contract=hedged.contract,
            contract_count=Decimal(-contracts), entry_price=Decimal(2185), trade_date=company.BEGUN,
            settlement_date=hedged.due,
        )  # fmt: skip
    version = hedged.designated([(fund, 450)], [(sold, -450)], hedge_type="FAIR_VALUE")
    assert contracts == 9
    assert round(450 / units, 6) == Decimal("0.098325")
    hedged.prices(company.month_end(JANUARY), "2119.5", "2119.5")
    row = company.measured(company.close(hedged.of, JANUARY), version)
    assert (row.cumulative_change_instrument, row.item_adjustment) == (29_475, -29_475)
    assert ledger.posted(version, "FAIR_VALUE_HEDGE_RESULT") == 0
    # What the whole fund has lost, less the futures: 270,296.17, but for the thousandth of a unit.
    lost = units * (Decimal("2119.5") - 2185)
    assert abs(lost + row.cumulative_change_instrument + Decimal("270296.17")) < Decimal("0.02")
    ledger.holds(row)


def test_case_v02_a_call_of_garman_and_kohlhagen():
    """S 1.56, K 1.60, half a year, 6 % and 8 %, 12 %: 0.029099 a euro, all of it time value, deferred."""
    begun, due = date(2026, 1, 1), date(2026, 7, 2)
    years, pair = (due - begun).days / 365, Pair("EURUSD", begun, due)
    forward = 1.56 * exp((0.06 - 0.08) * 0.5)
    # Half a year is no number of days: the same variance and discount in those that there are.
    vol = Decimal(0.12 * sqrt(0.5 / years)).quantize(Decimal("1e-10"))
    pair.quotes(begun, "1.56", forward, exp(-0.06 * 0.5))
    pair.volatility(begun, vol)
    item = pair.item(-1_000_000)
    with clock.at(begun):
        call = book.instrument(
            "OPTION", 1_000_000, strike_rate=Decimal("1.6"), option_kind="CALL", option_side="BOUGHT",
            counter_amount=Decimal(-1_600_000), counter_currency_id="USD", premium_currency_id="USD",
            premium_amount=Decimal("-29099.25"), expiry_date=due, **pair._terms(),
        )  # fmt: skip
    version = pair.designated(
        (item, -1_000_000), (call, 1_000_000), designated_component="INTRINSIC",
        file={"excluded_treatment": "DEFERRED", "cost_relation": "TRANSACTION"},
    )  # fmt: skip
    for day in company.last_days(JANUARY):
        pair.quotes(day, "1.72", "1.7", 0.98)
        pair.volatility(day, vol)
    row = company.measured(company.close(pair.of, JANUARY), version)
    assert row.opening_fair_value == Decimal("29099.25")
    assert -ledger.posted(version, "DERIVATIVE", "INSTRUMENT_DESIGNATED") == Decimal("29099.25")
    assert ledger.cost(row).knot_actual_values[0] == Decimal("29099.25")
    # At 1.70 the right to buy at 1.60 protects 0.10 a euro, as the flow costs more.
    assert row.cumulative_change_instrument == row.cumulative_recognised == Decimal("98000.00")
    ledger.holds(row)
