"""The catalogue as a contract: names, examples, all or nothing, and no null without a reason."""

import json
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.treasury.quant.holds import assert_holds
from treasury.kernel.errors import InputError
from treasury.quant import catalogue
from treasury.quant.codes import Reason, reason_names

CONTRACT = {
    "hedge_ratio": "hedge_ratio open_amount flags",
    "position_count_ratio": "position_count_ratio",
    "notional_value": "notional_amount",
    "futures_contracts": "contract_notional contract_count_unrounded contract_count covered_amount residual_amount "
    "cover_ratio",
    "futures_profit": "profit_amount",
    "hedge_outcome": "net_change_amount net_change_ratio loss_reduction_ratio",
    "minimum_variance_hedge_ratio": "hedge_ratio correlation spot_standard_deviation futures_standard_deviation "
    "r_squared standard_error confidence_lower confidence_upper observation_count contract_count_unrounded "
    "contract_count tailed_contract_count_unrounded tailed_contract_count",
    "horizon_profile": "buckets coverage_declines",
    "fx_forward_value": "present_value spot_element forward_element basis_element",
    "interest_rate_swap_value": "present_value fixed_leg_value floating_leg_value par_rate accrued_amount clean_value",
    "fx_swap_value": "present_value near_leg_value far_leg_value",
    "cross_currency_swap_value": "present_value receive_leg_value pay_leg_value",
    "fx_option_value": "present_value unit_value delta gamma vega theta rho_base rho_quote intrinsic_value time_value",
    "sensitivity_hedge": "hedge_ratio instrument_notional",
    "portfolio_minimum_variance": "hedge_ratios r_squared residual_variance_ratio",
    "minimum_variance_stability": "windows lowest_hedge_ratio highest_hedge_ratio",
    "savings_to_loss": "curve best_hedge_ratio",
    "hedging_frontier": "points",
    "cash_flow_at_risk": "value_at_risk expected_shortfall standard_deviation",
    "hedge_turnover": "turnover_ratio programme_kind",
    "beta_hedge": "contract_count_unrounded contract_count",
    "hedged_rate": "weighted_rate arithmetic_rate hedged_ratio blended_rate all_in_rate",
    "fx_forward_rate": "forward_rate forward_points",
    "option_payoff": "payoff_rate profit_rate exercised effective_rate",
    "variance_reduction": "variance_reduction_ratio volatility_reduction_ratio status",
    "critical_terms_match": "terms status",
    "credit_dominance": "credit_ratio status",
    "credit_adjustment": "credit_value_adjustment debit_value_adjustment fair_value",
    "dollar_offset": "cumulative_ratios period_ratios status",
    "prospective_dollar_offset": "scenario_ratios worst_ratio worst_scenario_index margin status",
    "effectiveness_regression": "slope offset_slope intercept r_squared slope_standard_error "
    "intercept_standard_error residual_standard_deviation t_statistic f_statistic p_value slope_confidence_lower "
    "slope_confidence_upper durbin_watson t_statistic_unit_slope largest_leverage largest_leverage_index "
    "observation_count criteria status",
    "hypothetical_derivative": "fixed_rate present_value_at_designation",
    "cash_flow_hedge_reserve": "reserve oci_movement ineffectiveness",
    "reserve_release": "released_with_items released_with_lost_flows released_afterwards not_recovered"
    " reserve_balance",
    "cost_of_hedging": "reserve oci_movement profit_or_loss",
    "fair_value_hedge": "carrying_amount_adjustment ineffectiveness",
    "basis_adjustment_amortisation": "effective_rate amortisation",
}
CODES = list(catalogue.MEASURES)
#: Examples in millions, whose value is a difference of them.
LARGE_AMOUNTS = (
    "fx_forward_value",
    "interest_rate_swap_value",
    "fx_swap_value",
    "cross_currency_swap_value",
)


@pytest.mark.parametrize("code", CONTRACT)
def test_the_fields_of_an_answer_are_the_contract(code):
    entry = catalogue.MEASURES[code]
    assert set(entry.calculate(entry.example)["result"]) == set(CONTRACT[code].split())


@pytest.mark.parametrize("code", CODES)
def test_the_worked_example_comes_out(code):
    entry = catalogue.MEASURES[code]
    answer = entry.calculate(entry.example)
    assert_holds(
        answer["result"],
        entry.example_result,
        {"rel": 1e-12, "abs": 1e-8 if code in LARGE_AMOUNTS else 1e-13},
    )
    assert answer["reasons"] == list(entry.example_reasons)
    assert set(answer["result"]) == set(entry.example_result)


@pytest.mark.parametrize("code", CODES)
def test_every_field_of_an_answer_is_described(code):
    entry = catalogue.MEASURES[code]

    def names_in(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                if not isinstance(inner, (dict, list)) or not inner or not isinstance(inner[0], dict):
                    yield key
                yield from names_in(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from names_in(inner)

    described = {result.name for result in entry.results}
    inputs = {inner.name for item in entry.inputs for inner in item.items}
    assert set(names_in(entry.calculate(entry.example)["result"])) <= described | (inputs & {"bucket"})
    assert entry.summary.endswith(".")
    assert entry.formula
    assert entry.reference
    assert entry.used_in


def test_fields_lead_to_their_measures():
    assert catalogue.FIELDS["hedge_ratio"] == (
        "hedge_ratio",
        "sensitivity_hedge",
        "minimum_variance_hedge_ratio",
        "minimum_variance_stability",
        "savings_to_loss",
        "hedging_frontier",
    )
    assert catalogue.FIELDS["coverage_ratio"] == ("horizon_profile",)
    assert "status" not in catalogue.FIELDS
    assert "flags" not in catalogue.FIELDS


def test_the_description_is_json():
    entries = json.loads(json.dumps(catalogue.describe(), allow_nan=False))
    assert [entry["code"] for entry in entries] == CODES
    regression = next(entry for entry in entries if entry["code"] == "effectiveness_regression")
    defaults = {item["name"]: item["default"] for item in regression["inputs"] if not item["required"]}
    assert defaults == {
        "item_kind": "item",
        "intercept": True,
        "confidence_level": 0.95,
        "slope_lower": 0.8,
        "slope_upper": 1.25,
        "r_squared_minimum": 0.8,
        "observation_minimum": 30,
    }


def test_an_array_is_answered_whole_or_not_at_all():
    good = {"price": "2", "contract_multiplier": 3}
    answers = catalogue.calculate("notional_value", [good, {**good, "contract_count": -4}])
    assert [answer["result"]["notional_amount"] for answer in answers] == ["6", "-24"]
    with pytest.raises(InputError) as caught:
        catalogue.calculate("notional_value", [good, good, {**good, "price": "x"}])
    assert (caught.value.index, caught.value.field) == (2, "price")
    assert "item 2: price: expected a number" in str(caught.value)


def test_amounts_are_worked_out_in_decimal_and_not_rounded():
    result = catalogue.calculate(
        "notional_value",
        {"price": "0.1234567890123456789", "contract_multiplier": "1e-20", "contract_count": 3},
    )["result"]
    assert Decimal(result["notional_amount"]) == Decimal("0.1234567890123456789") * 3 / 10**20
    assert "e" not in result["notional_amount"].lower()
    wide = catalogue.calculate("hedge_ratio", {"hedged_amount": "1e-300", "exposure_amount": 1e300})["result"]
    assert wide["open_amount"].startswith("9" * 300)
    assert wide["open_amount"].endswith("9")


def test_an_unknown_measure_is_refused_with_the_known_ones():
    with pytest.raises(InputError, match="expected one of hedge_ratio, position_count_ratio"):
        catalogue.calculate("hedge_ration", {})


numbers = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([0.0, 1.0, -1.0, 1e-300, -1e-300, 1e300, 1e16, 1 + 2**-52]),
)


def no_null_without_reason(answer):
    json.dumps(answer, allow_nan=False)
    text = json.dumps(answer["result"])
    if "null" in text:
        assert answer["reasons"], answer
    assert set(answer["reasons"]) <= set(reason_names((1 << 62) - 1))
    assert len(Reason) > 1


@given(
    st.lists(st.tuples(numbers, numbers), min_size=1, max_size=12),
    st.booleans(),
    st.sampled_from(["item", "hypothetical"]),
)
def test_extreme_series_give_numbers_or_reasons(pairs, intercept, kind):
    hedge, item = [list(column) for column in zip(*pairs, strict=True)]
    series = {"instrument_changes": hedge, "item_changes": item, "item_kind": kind}
    no_null_without_reason(
        catalogue.calculate("effectiveness_regression", {**series, "intercept": intercept})
    )
    no_null_without_reason(catalogue.calculate("dollar_offset", series))
    no_null_without_reason(
        catalogue.calculate("minimum_variance_hedge_ratio", {"spot_changes": hedge, "futures_changes": item})
    )


@given(numbers, numbers, numbers, numbers)
def test_extreme_amounts_give_numbers_or_reasons(a, b, c, d):
    no_null_without_reason(catalogue.calculate("hedge_ratio", {"hedged_amount": a, "exposure_amount": b}))
    no_null_without_reason(
        catalogue.calculate(
            "hedge_outcome", {"exposure_amount": a, "unhedged_change_amount": b, "hedge_change_amount": c}
        )
    )
    inputs = {"amount_to_hedge": a, "price": b, "contract_multiplier": abs(c) or 1, "hedge_ratio": d}
    with suppress(InputError):  # more contracts than can be counted: a refusal by name, under test at the API
        no_null_without_reason(catalogue.calculate("futures_contracts", inputs))
    forward = {"notional_amount": a, "strike_rate": b, "forward_rate": c, "discount_factor": abs(d) or 1}
    no_null_without_reason(catalogue.calculate("fx_forward_value", {**forward, "spot_rate": d}))
    row = {
        "bucket": 1,
        "inflow_amount": abs(a),
        "outflow_amount": -abs(b),
        "hedge_amount": c,
        "target_ratio": d,
    }
    no_null_without_reason(
        catalogue.calculate("horizon_profile", {"buckets": [row, {**row, "inflow_amount": 0}]})
    )


@given(
    st.sampled_from(["call", "put"]),
    st.floats(1e-300, 1e300),
    st.floats(1e-300, 1e300),
    st.floats(-1000, 1000),
    st.floats(-1000, 1000),
    st.floats(0, 1e6),
    st.floats(0, 1e6),
)
def test_extreme_options_give_numbers_or_reasons(kind, spot, strike, base, quote, volatility, years):
    inputs = {
        "option_kind": kind,
        "side": "sold",
        "notional_amount": 1e6,
        "spot_rate": spot,
        "strike_rate": strike,
        "base_rate": base,
        "quote_rate": quote,
        "implied_volatility": volatility,
        "years_to_expiry": years,
    }
    no_null_without_reason(catalogue.calculate("fx_option_value", inputs))


def test_no_formula_reads_the_clock_or_the_disk():
    root = Path(catalogue.__file__).parent
    for path in root.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if path.name != "cli.py":
            for word in (
                "open(",
                "now(",
                "today(",
                "time(",
                "environ",
                "random",
                "scipy.stats",
                "import django",
            ):
                assert word not in source, (path, word)
