"""Savings to loss and the frontier: worked figures, corners, what is undefined, what is refused."""

import numpy as np
import pytest

from treasury.kernel.errors import InputError
from treasury.quant import catalogue
from treasury.quant.codes import Reason, reason_names
from treasury.quant.ratios.hedging_frontier import hedging_frontier
from treasury.quant.ratios.savings_to_loss import savings_to_loss

BASE = {
    "exposure_amount": "1000000",
    "scenario_rates": ["1.00", "1.05", "1.10", "1.15", "1.20"],
    "forward_rate": "1.12",
    "hedge_ratios": [0, 0.25, 0.5, 0.75],
}


def ask(code="savings_to_loss", **change):
    answer = catalogue.calculate(code, {**BASE, **change})
    return answer["result"], answer["reasons"]


def test_a_receivable_by_hand():
    # Mean 1.10, so 0.02 a unit is saved; losses of all of it 120,000 70,000 20,000 -30,000 -80,000, place 3.8.
    result, reasons = ask()
    half = result["curve"][2]
    assert half["expected_savings_amount"] == "10000"
    assert half["potential_loss_amount"] == "55000"
    assert half["savings_to_loss_ratio"] == pytest.approx(10 / 55, rel=1e-15)
    assert [point["savings_to_loss_ratio"] for point in result["curve"]] == sorted(
        point["savings_to_loss_ratio"] for point in result["curve"]
    )
    assert (result["best_hedge_ratio"], reasons) == (0.75, ["corner_solution"])


def test_a_payable_loses_when_the_rate_rises_and_costs_are_on_its_size():
    result, _ = ask(exposure_amount="-1000000", cost_per_unit="0.001", hedge_ratios=[0.5])
    (half,) = result["curve"]
    assert half["expected_savings_amount"] == "-10500"  # 0.5 * (-20,000 - 1,000)
    assert half["potential_loss_amount"] == "35000"  # 0.5 * (30,000 + 0.8 * 50,000)


def test_expected_shortfall_is_the_mean_of_what_is_at_least_the_quantile():
    result, _ = ask(risk_measure="expected_shortfall", confidence_level=0.6, hedge_ratios=[0])
    # Place 2.4: quantile 20,000 + 0.4 * 50,000 = 40,000, beyond it 70,000 and 120,000.
    assert result["curve"][0]["potential_loss_amount"] == "95000"
    result, _ = ask(risk_measure="expected_shortfall", confidence_level=0.75, hedge_ratios=[0])
    # Place 3 is a loss itself, 70,000, and counts.
    assert result["curve"][0]["potential_loss_amount"] == "95000"


def test_nothing_is_open_at_one():
    result, reasons = ask(hedge_ratios=[0.5, 1, 1.5])
    assert result["curve"][1]["savings_to_loss_ratio"] is None
    assert result["curve"][1]["potential_loss_amount"] == "0"
    assert reasons == ["zero_exposure", "corner_solution"]
    # Beyond 1 the hedge is what is open: losses of -E(S - F) * (1 - h) turn round.
    assert result["curve"][2]["potential_loss_amount"] == "35000"
    assert result["best_hedge_ratio"] == 1.5


def test_an_open_part_that_cannot_lose_has_no_ratio():
    result, reasons = ask(forward_rate="0.9", hedge_ratios=[0.5])
    assert result["curve"][0]["potential_loss_amount"] == "-55000"
    assert (result["curve"][0]["savings_to_loss_ratio"], result["best_hedge_ratio"]) == (None, None)
    assert reasons == ["no_potential_loss"]


def test_no_exposure_has_no_ratio():
    result, reasons = ask(exposure_amount="0")
    assert result["curve"][0]["potential_loss_amount"] == "0"
    assert (result["best_hedge_ratio"], reasons) == (None, ["zero_exposure"])


def test_when_hedging_costs_the_least_hedge_is_the_best_corner():
    result, reasons = ask(forward_rate="1.05", hedge_ratios=[0.75, 0.25, 0.5])
    assert (result["best_hedge_ratio"], reasons) == (0.25, ["corner_solution"])


def test_the_frontier_trades_cost_for_risk():
    result, reasons = ask("hedging_frontier", forward_rate="1.05", hedge_ratios=[0, 0.5, 1, 1.5])
    assert [point["expected_cost_amount"] for point in result["points"]] == ["0", "25000", "50000", "75000"]
    assert [point["risk_amount"] for point in result["points"]] == ["40000", "20000", "0", "70000"]
    assert [point["efficient"] for point in result["points"]] == [True, True, True, False]
    saves, _ = ask("hedging_frontier", hedge_ratios=[0, 0.5, 1])
    assert [point["efficient"] for point in saves["points"]] == [False, False, True]
    assert reasons == []


def test_equal_points_are_efficient_together():
    result, _ = ask("hedging_frontier", forward_rate="1.05", hedge_ratios=[0.5, 0.5])
    assert [point["efficient"] for point in result["points"]] == [True, True]


def test_sums_beyond_float64_have_a_reason():
    for function in (savings_to_loss, hedging_frontier):
        ours = function([1e300, 1.0], [1e300, 2e300, 1.0], 1.0, 0.0, [0.0, 0.5])
        assert ours.reasons[0] & Reason.OUT_OF_RANGE
        assert not ours.reasons[1] & Reason.OUT_OF_RANGE
    assert "out_of_range" in reason_names(ours.reasons[0])
    assert not ours.efficient[0].any()


@pytest.mark.parametrize("code", ["savings_to_loss", "hedging_frontier"])
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"scenario_rates": []}, "scenario_rates"),
        ({"scenario_rates": [1, float("nan")]}, "scenario_rates[1]"),
        ({"hedge_ratios": []}, "hedge_ratios"),
        ({"hedge_ratios": [0.5, -0.5]}, "hedge_ratios[1]"),
        ({"forward_rate": float("inf")}, "forward_rate"),
        ({"confidence_level": 1}, "confidence_level"),
        ({"confidence_level": 0}, "confidence_level"),
        ({"cost_per_unit": -1}, "cost_per_unit"),
        ({"risk_measure": "variance"}, "risk_measure"),
    ],
)
def test_bad_inputs_are_refused_by_name(code, change, field):
    with pytest.raises(InputError) as caught:
        ask(code, **change)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("args", "field"),
    [
        (([1.0], [np.nan], 1.0, 0.0, [0.5]), "scenario_rates"),
        (([np.inf], [1.0], 1.0, 0.0, [0.5]), "exposure"),
        (([1.0], [], 1.0, 0.0, [0.5]), "scenario_rates"),
        (([1.0], [1.0], 1.0, 0.0, []), "hedge_ratios"),
        (([1.0], [1.0], 1.0, 0.0, [-0.5]), "hedge_ratios"),
        (([1.0, 2.0], [[1.0]] * 3, 1.0, 0.0, [0.5]), "scenario_rates"),
        (([1.0], [1.0], 1.0, 0.0, [0.5], "variance"), "risk_measure"),
        (([1.0], [1.0], 1.0, 0.0, [0.5], "value_at_risk", 1.0), "confidence_level"),
    ],
)
def test_columns_that_do_not_fit_are_refused_by_name(args, field):
    with pytest.raises(InputError) as caught:
        savings_to_loss(*args)
    assert caught.value.field == field
