"""The hypothetical derivative starts at zero, and the proof is another way of valuing it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from treasury.kernel.errors import InputError
from treasury.quant.catalogue import calculate
from treasury.quant.codes import reason_names
from treasury.quant.measurement.hypothetical_derivative import (
    hypothetical_forward,
    hypothetical_option,
    hypothetical_swap,
    struck_level,
)

CODE = "hypothetical_derivative"
FORWARD = {"kind": "fx_forward", "spot_rate": 1.56, "base_rate": 0.08, "quote_rate": 0.06, "years": 0.5}
SWAP = {
    "kind": "interest_rate_swap",
    "notional_amount": "10000000",
    "pay_fixed": True,
    "payment_years": ["0.5", "1", "1.5"],
    "discount_factors": [0.99, 0.978, 0.965],
    "forward_rates": ["0.021", "0.024", "0.027"],
    "accruals": ["0.5", "0.5", "0.5"],
}
OPTION = {
    "kind": "option",
    "option_kind": "call",
    "side": "bought",
    "notional_amount": 1000000,
    "spot_rate": 1.56,
    "strike_rate": 1.6,
    "base_rate": 0.08,
    "quote_rate": 0.06,
    "implied_volatility": 0.12,
    "years_to_expiry": 0.5,
}
rates = st.floats(-0.2, 0.4)
years = st.floats(0, 30)
prices = st.floats(0.001, 1000)


def value_at(code, inputs, **rate):
    return calculate(code, {key: value for key, value in inputs.items() if key != "kind"} | rate)["result"]


@pytest.mark.parametrize("compounding", ["continuous", "annual", "simple"])
def test_a_forward_is_struck_at_parity(compounding):
    inputs = FORWARD | {"compounding": compounding}
    result = calculate(CODE, inputs)["result"]
    assert result["strike_rate"] == value_at("fx_forward_rate", inputs)["forward_rate"]
    assert result["present_value_at_designation"] == 0.0


@given(prices, rates, rates, years, st.sampled_from(["continuous", "annual", "simple"]))
def test_a_forwards_two_legs_are_worth_the_same(spot, base, quote, time, compounding):
    """Base bought and quote paid, each discounted at its own rate, without the forward's valuation function."""
    growth = {
        "continuous": lambda rate: math.exp(rate * time),
        "annual": lambda rate: (1 + rate) ** time,
        "simple": lambda rate: 1 + rate * time,
    }[compounding]
    result = hypothetical_forward(spot, base, quote, time, compounding)
    if growth(base) <= 0 or growth(quote) <= 0:
        assert np.isnan(result.struck_rate) and reason_names(result.reasons) == ["out_of_range"]
        return
    legs = spot / growth(base) - float(result.struck_rate) / growth(quote)
    assert legs == pytest.approx(0, abs=1e-13 * spot / growth(base))
    assert result.present_value_at_designation == 0
    off = hypothetical_forward(spot * 1.01, base, quote, time, compounding)
    assert off.struck_rate > result.struck_rate


def test_a_swap_is_struck_at_par_and_worth_nothing_there():
    result = calculate(CODE, SWAP)["result"]
    assert result["fixed_rate"] == pytest.approx(
        (0.021 * 0.99 + 0.024 * 0.978 + 0.027 * 0.965) / (0.99 + 0.978 + 0.965), rel=1e-15
    )
    valued = value_at("interest_rate_swap_value", SWAP, fixed_rate=repr(result["fixed_rate"]))
    assert result["present_value_at_designation"] == valued["present_value"]
    assert abs(result["present_value_at_designation"]) < 1e-8
    receiver = calculate(CODE, SWAP | {"pay_fixed": False})["result"]
    assert receiver["fixed_rate"] == result["fixed_rate"]


@given(
    st.lists(
        # Rates of twelve decimals: where only one of 1e-309 is left, the last digits that floats have are its first.
        st.tuples(
            st.floats(0.1, 2), st.floats(-0.05, 0.2).map(lambda rate: round(rate, 12)), st.floats(0.2, 1.2)
        ),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from([-1e10, -1.0, 1e-6, 1e6, 123456789.25]),
    st.booleans(),
)
def test_swaps_of_any_schedule_start_at_zero(periods, notional, pay_fixed):
    accruals, forwards, factors = (np.array(side) for side in zip(*periods, strict=True))
    result = hypothetical_swap(notional, pay_fixed, [0, len(periods)], forwards, accruals, factors)
    par = float(result.struck_rate[0])
    legs = [notional * a * d * (f - par) for a, f, d in zip(accruals, forwards, factors, strict=True)]
    sizes = [
        abs(notional * a * d) * (abs(f) + abs(par))
        for a, f, d in zip(accruals, forwards, factors, strict=True)
    ]
    assert sum(legs) == pytest.approx(0, abs=1e-14 * sum(sizes))
    assert abs(result.present_value_at_designation[0]) <= 4e-15 * sum(sizes)


def test_a_swap_with_nothing_left_to_pay_has_no_rate():
    found = hypothetical_swap([1e6, 1e6], True, [0, 1, 1], [0.02], [0.5], [np.nan])
    assert np.isnan([found.struck_rate, found.present_value_at_designation]).all()
    assert [reason_names(mask) for mask in found.reasons] == [["out_of_range"]] * 2


@pytest.mark.parametrize("basis", ["forward", "spot"])
@pytest.mark.parametrize(
    ("kind", "strike", "moved"),
    [("call", 1.6, False), ("put", 1.5, False), ("call", 1.5, True), ("put", 1.6, True)],
)
def test_an_option_at_the_hedged_level_has_no_intrinsic_value(kind, strike, moved, basis):
    inputs = OPTION | {"option_kind": kind, "strike_rate": strike, "intrinsic_basis": basis}
    answer = calculate(CODE, inputs)
    level = 1.56 if basis == "spot" else 1.5444777406487
    assert answer["result"]["strike_rate"] == pytest.approx(level if moved else strike, rel=1e-12)
    assert answer["result"]["present_value_at_designation"] == 0.0
    assert answer["reasons"] == (["struck_at_the_money"] if moved else [])
    valued = value_at("fx_option_value", inputs, strike_rate=repr(answer["result"]["strike_rate"]))
    assert valued["intrinsic_value"] == 0.0
    assert valued["time_value"] > 0  # which the hypothetical leaves out
    if moved:
        assert value_at("fx_option_value", inputs)["intrinsic_value"] > 0


def test_a_level_at_the_money_but_for_rounding_is_not_said_to_be_moved():
    forward = float(hypothetical_forward(1.56, 0.08, 0.06, 0.5).struck_rate)
    levels = forward * (1 + np.arange(-4, 5) * 2e-16)
    for kind in (1, -1):
        result = hypothetical_option(kind, 1e9, 1.56, levels, 0.08, 0.06, 0.1, 0.5)
        assert not result.reasons.any() and not result.present_value_at_designation.any()
        assert result.struck_rate == pytest.approx(levels, rel=1e-14)


@given(st.sampled_from([1, -1]), prices, prices, rates, rates, years, st.booleans())
def test_options_of_any_level_start_at_zero_as_close_to_it_as_can_be(
    kind, spot, level, base, quote, time, on_spot
):
    result = hypothetical_option(kind, 1e9, spot, level, base, quote, 0.1, time, on_spot)
    assert result.present_value_at_designation == 0
    target = spot if on_spot else spot * math.exp((quote - base) * time)
    expected = max(level, target) if kind == 1 else min(level, target)
    assert float(result.struck_rate) == pytest.approx(expected, rel=1e-13)
    if abs(level / target - 1) > 1e-11:
        assert bool(result.reasons) == (kind * (target - level) > 0)


@pytest.mark.parametrize(
    ("inputs", "field"),
    [
        ({**FORWARD, "kind": "future"}, "kind"),
        ({**FORWARD, "pay_fixed": True}, "pay_fixed"),
        ({**FORWARD, "years": None}, "years"),
        ({key: value for key, value in OPTION.items() if key != "side"}, "side"),
        ({**OPTION, "years": 1}, "years"),
        ({**OPTION, "notional_amount": -1}, "notional_amount"),
        ({**FORWARD, "base_rate": -1.5, "compounding": "annual"}, "base_rate"),
        ({**SWAP, "fixed_rate": 0.02}, "fixed_rate"),
        ({**SWAP, "accruals": ["0.5"]}, "accruals"),
        ({**SWAP, "payment_years": ["0.5", "0.4", "1"]}, "payment_years[1]"),
    ],
)
def test_what_a_kind_does_not_take_or_misses_is_refused_by_name(inputs, field):
    with pytest.raises(InputError) as caught:
        calculate(CODE, inputs)
    assert caught.value.field == field


@given(st.sampled_from([1, -1]), prices, prices)
def test_a_level_that_is_in_the_money_is_struck_at_the_money(kind, hedged, level):
    """The strike has no intrinsic value, is one of the two, and is the hedged level wherever that has none."""
    strike = float(struck_level(kind, hedged, level))
    assert strike in (hedged, level)
    assert max(kind * (level - strike), 0.0) == 0.0
    if max(kind * (level - hedged), 0.0) == 0.0:
        assert strike == hedged
