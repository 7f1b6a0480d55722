"""Every vectorised value against the plain one of ``scalar.valuation``, on random and extreme rows.

Within 1e-12 of the amounts that are added up; options within 1e-9 of the number (QuantLib holds them too).
"""

import math
import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.treasury.quant.scalar import valuation as plain
from treasury.quant.valuation.components import round_components
from treasury.quant.valuation.credit import credit_adjustment
from treasury.quant.valuation.cross_currency_swap import cross_currency_swap_value, principal_leg_value
from treasury.quant.valuation.flows import flows_value
from treasury.quant.valuation.futures import futures_profit, notional_value
from treasury.quant.valuation.fx_forward import fx_forward_present_value, fx_forward_value
from treasury.quant.valuation.fx_option import fx_option_value
from treasury.quant.valuation.fx_swap import fx_swap_value
from treasury.quant.valuation.interest_rate_swap import annuity, floating_annuity, interest_rate_swap_value
from treasury.quant.valuation.option_payoff import option_payoff
from treasury.quant.valuation.spot import spot_value

few = settings(max_examples=60)


def sized(low, high):
    """Floats that are 0 or not so near to it that products leave the normal numbers."""
    return st.floats(low, high).map(lambda value: value if abs(value) > 1e-12 else 0.0)


amounts = st.one_of(st.sampled_from([0.0, 1e-9, -1e-9, 1e15, -1e15, 1.0]), sized(-1e9, 1e9))
rates = st.one_of(st.sampled_from([1e-6, 1.0, 1e6]), st.floats(1e-3, 1e3))
yields = st.one_of(st.sampled_from([0.0, -0.05, 1.0]), sized(-0.05, 0.2))
factors = st.one_of(st.sampled_from([1.0, 1e-9, 1.2]), st.floats(0.01, 1.1))
spans = st.one_of(st.sampled_from([0.0, 1e-9, 50.0]), sized(0, 10))
perhaps = st.booleans()


@pytest.fixture(autouse=True)
def _no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def rows_of(*columns):
    """One to six rows, as tuples."""
    return st.lists(st.tuples(*columns), min_size=1, max_size=6)


def columns_of(rows):
    return [np.array(column) for column in zip(*rows, strict=True)]


def close(ours, exact, gross, share=1e-12):
    """``exact`` None: undefined. ``gross`` is the size of what was added up."""
    if exact is None:
        return math.isnan(ours)
    return (
        abs(Fraction(float(ours)) - Fraction(exact))
        <= Fraction(share) * Fraction(gross) + Fraction(5e-324) * 8
    )


@few
@given(rows_of(amounts, rates, rates, factors, rates, rates, perhaps, rates))
def test_fx_forwards(rows):
    ours = fx_forward_value(*columns_of(rows))
    for i, row in enumerate(rows):
        gross = abs(row[0]) * max(row[1], row[2], *row[4:6], row[7]) * 1.2
        for name, value in plain.fx_forward(*row).items():
            assert close(getattr(ours, name)[i], value, gross), name
        # The whole is the sum of its parts to the last digit of its parts.
        parts = ours.spot_element[i] + ours.forward_element[i]
        assert close(ours.present_value[i], Fraction(float(parts)), gross)
    blank = fx_forward_value(*columns_of(rows)[:4])
    assert np.array_equal(fx_forward_present_value(*columns_of(rows)[:4]), ours.present_value)
    assert np.isnan([blank.spot_element, blank.forward_element, blank.basis_element]).all()


@few
@given(rows_of(amounts, rates, rates, factors, amounts, rates, rates, factors, perhaps))
def test_fx_swaps(rows):
    ours = fx_swap_value(*columns_of(rows))
    for i, row in enumerate(rows):
        gross = abs(row[0]) * max(row[1:3]) * 1.2 + abs(row[4]) * max(row[5:7]) * 1.2
        for name, value in plain.fx_swap(row[:4], row[4:8], row[8]).items():
            assert close(getattr(ours, name)[i], value, gross), name


@settings(max_examples=250)
@given(
    rows_of(perhaps, rates, sized(-3, 3), yields, yields, st.one_of(spans, yields.map(abs)), spans, perhaps)
)
@example([(True, 1.1, 0.0, 0.03, 0.03, 0.0, 1.0, False), (False, 1.1, 0.0, 0.03, 0.03, 0.1, 0.0, True)])
@example([(True, 1.1, 0.5, 0.02, 0.04, 0.0, 0.5, False), (False, 1.1, -0.5, -0.05, 0.04, 0.1, 0.0, True)])
def test_options(rows):
    """Strikes far in and out of the money, no volatility, expiry today, negative rates."""
    call, spot, distance, base, quote, volatility, years, spot_based = columns_of(rows)
    strike = spot * np.exp(distance)
    ours = fx_option_value(
        np.where(call, 1, -1), 1e6, spot, strike, base, quote, volatility, years, spot_based
    )
    for i in range(len(rows)):
        deviation = volatility[i] * math.sqrt(years[i])
        # Where the spread is a rounding error of the moneyness, the moneyness decides, and one bit of it.
        assume(deviation == 0 or deviation > 1e-6)
        expected = plain.fx_option(
            bool(call[i]), *map(float, (spot[i], strike[i], base[i], quote[i], volatility[i], years[i])),
            bool(spot_based[i]),
        )  # fmt: skip
        if deviation == 0 and (expected["delta"] is None or math.isnan(ours.delta[i])):
            moneyness = math.log(spot[i] / strike[i]) + (quote[i] - base[i]) * years[i]
            assume(moneyness == 0 and np.log(spot[i] / strike[i]) + (quote[i] - base[i]) * years[i] == 0)
        size = (spot[i] + strike[i]) * max(1.0, math.exp(-min(base[i], quote[i]) * years[i]))
        scale = {"gamma": 1 / (spot[i] * (deviation or 1)), "delta": size / spot[i]}
        speed = size * (volatility[i] / math.sqrt(years[i]) if years[i] else 1) + size
        scale |= {"theta": speed, "vega": size * math.sqrt(years[i]), "rho_base": size * years[i]}
        scale |= {"rho_quote": size * years[i]}
        for name, value in expected.items():
            found = getattr(ours, name)[i]
            if value is None:
                assert math.isnan(found), name
                continue
            # d1 is known to a rounding error over the deviation.
            blur = 1e-12 * max(1.0, 1e-3 / deviation if deviation else 1.0)
            assert found == pytest.approx(value, rel=1e-9, abs=blur * scale.get(name, size)), (name, rows[i])
        assert ours.unit_value[i] >= 0
        assert ours.present_value[i] == 1e6 * ours.unit_value[i]


@few
@given(rows_of(perhaps, perhaps, rates, factors, rates))
def test_payoffs(rows):
    call, bought, strike, premium, spot = columns_of(rows)
    ours = option_payoff(np.where(call, 1, -1), np.where(bought, 1, -1), strike, premium, spot)
    for i, row in enumerate(rows):
        for name, value in plain.option_payoff(*row).items():
            found = getattr(ours, name)[i]
            assert found == value if name == "exercised" else close(found, value, sum(row[2:])), name


@few
@given(rows_of(rates, rates, factors, amounts))
def test_futures_and_what_is_held_at_spot(rows):
    entry, exit_, multiplier, contracts = columns_of(rows)
    profit, notional = (
        futures_profit(entry, exit_, multiplier, contracts),
        notional_value(entry, multiplier, contracts),
    )
    held = spot_value(contracts, entry)
    for i, row in enumerate(rows):
        gross = max(row[:2]) * row[2] * abs(row[3])
        assert close(profit[i], plain.futures_profit(*row), gross)
        assert close(notional[i], plain.notional_value(row[0], *row[2:]), gross)
        assert close(held[i], plain.notional_value(row[0], 1, row[3]), abs(row[3]) * row[0])
    exact = [np.array([Fraction(value) for value in column], dtype=object) for column in (entry, exit_)]
    assert futures_profit(*exact, 50, -9).tolist() == [
        plain.futures_profit(a, b, 50, -9) for a, b, *_ in rows
    ]


flow = st.tuples(amounts, st.one_of(st.none(), factors))
legs = st.lists(st.lists(flow, max_size=9), min_size=1, max_size=6)


def ragged(parts):
    offsets = np.concatenate([[0], np.cumsum([len(part) for part in parts])])
    return offsets, [element for part in parts for element in part]


def as_floats(values):
    return np.array([np.nan if value is None else value for value in values], dtype=float)


@few
@given(legs)
def test_ragged_cash_flows(parts):
    offsets, flows = ragged(parts)
    ours = flows_value(offsets, as_floats([a for a, _ in flows]), as_floats([d for _, d in flows]))
    for i, part in enumerate(parts):
        gross = sum(abs(amount) for amount, _ in part) * 1.2
        assert close(ours[i], plain.flows_value(part), gross)


fixed_legs = st.lists(st.tuples(st.floats(0.01, 1.1), st.one_of(st.none(), factors)), max_size=6)
floating_legs = st.lists(st.tuples(yields, st.floats(0.01, 1.1), st.one_of(st.none(), factors)), max_size=8)


@few
@given(rows_of(amounts, perhaps, yields, fixed_legs, floating_legs, sized(0, 1), sized(-0.05, 0.2)))
def test_interest_rate_swaps(rows):
    size, pays, rate, fixed, floating, elapsed, running = zip(*rows, strict=True)
    offsets, flows = ragged(fixed)
    annuities = annuity(offsets, as_floats([a for a, _ in flows]), as_floats([d for _, d in flows]))
    offsets, flows = ragged(floating)
    per_unit = floating_annuity(offsets, *(as_floats([f[k] for f in flows]) for k in range(3)))
    ours = interest_rate_swap_value(
        np.array(size),
        np.array(pays),
        np.array(rate),
        annuities,
        per_unit,
        np.array(elapsed),
        np.array(running),
    )
    for i, row in enumerate(rows):
        for name, value in plain.interest_rate_swap(*row).items():
            gross = 30 * (1 if name == "par_rate" else abs(row[0]))
            if name == "par_rate" and value is not None:
                gross = 1e3 + abs(value)
            assert close(getattr(ours, name)[i], value, gross), name


period = st.tuples(
    amounts, yields, st.floats(0.01, 1.1), st.one_of(st.none(), factors), st.one_of(st.none(), factors)
)


@few
@given(st.lists(st.lists(period, max_size=7), min_size=1, max_size=5))
def test_legs_of_principal_with_any_notional_a_period(parts):
    offsets, flows = ragged(parts)
    ours = principal_leg_value(offsets, *(as_floats([f[k] for f in flows]) for k in range(5)))
    for i, part in enumerate(parts):
        gross = sum(abs(one[0]) for one in part) * 4
        assert close(ours[i], plain.principal_leg(part), gross)


@few
@given(rows_of(amounts, amounts, rates))
def test_cross_currency_swaps(rows):
    ours = cross_currency_swap_value(*columns_of(rows))
    for i, row in enumerate(rows):
        gross = abs(row[0]) * row[2] + abs(row[1])
        assert close(ours.present_value[i], plain.cross_currency_swap(*row), gross)
        assert (ours.first_leg_value[i], ours.second_leg_value[i]) == row[:2]


@few
@given(rows_of(amounts, yields.map(abs), yields.map(abs), spans))
def test_credit(rows):
    ours = credit_adjustment(*columns_of(rows))
    for i, row in enumerate(rows):
        for name, value in plain.credit(*row).items():
            assert close(getattr(ours, name)[i], value, abs(row[0])), name
        assert ours.credit_value_adjustment[i] <= 0 <= ours.debit_value_adjustment[i]


money = sized(-1e9, 1e9)


@few
@given(rows_of(money, money, money, st.sampled_from([0, 2, 3])))
def test_rounded_components_sum_to_the_rounded_total(rows):
    total, first, second, exponent = columns_of(rows)
    whole, parts = round_components(total, [first, second], exponent)
    assert (sum(parts) == whole).all()
    for i, row in enumerate(rows):
        places = int(row[3])
        shifted = [abs(value) * 10**places % 1 for value in row[:3]]
        assume(all(abs(rest - 0.5) > 1e-5 for rest in shifted))  # a half that binary does not hold
        assert (whole[i], [part[i] for part in parts]) == plain.components(row[0], row[1:3], places)


@few
@given(rows_of(amounts, rates, rates, factors), st.randoms(use_true_random=False))
def test_sign_scale_and_order_of_rows(rows, random):
    size, strike, forward, factor = columns_of(rows)
    value = fx_forward_value(size, strike, forward, factor).present_value
    assert np.array_equal(fx_forward_value(-size, strike, forward, factor).present_value, -value)
    assert np.array_equal(fx_forward_value(4 * size, strike, forward, factor).present_value, 4 * value)
    assert not fx_forward_value(0 * size, strike, forward, factor).present_value.any()
    assert not fx_forward_value(size, forward, forward, factor).present_value.any()
    order = np.array(random.sample(range(len(rows)), len(rows)))
    moved = fx_forward_value(size[order], strike[order], forward[order], factor[order]).present_value
    assert np.array_equal(moved, value[order])


@settings(max_examples=120)
@given(rows_of(rates, sized(-3, 3), yields, yields, yields.map(abs), spans))
def test_call_less_put_is_the_forward(rows):
    spot, distance, base, quote, volatility, years = columns_of(rows)
    strike = spot * np.exp(distance)
    terms = (spot, strike, base, quote, volatility, years)
    call, put = (fx_option_value(kind, 1.0, *terms) for kind in (1, -1))
    forward = spot * np.exp(-base * years) - strike * np.exp(-quote * years)
    size = spot * np.exp(-base * years) + strike * np.exp(-quote * years)
    assert (np.abs(call.unit_value - put.unit_value - forward) <= 1e-13 * size).all()
    for one in (call, put):
        assert (one.unit_value >= 0).all()
        assert (one.time_value >= -1e-13 * size).all()
        assert (np.abs(one.intrinsic_value + one.time_value - one.unit_value) <= 1e-15 * size).all()


@few
@given(rows_of(amounts, perhaps, st.floats(0.1, 30), sized(-1, 5)))
def test_a_swap_at_its_par_rate_is_worth_nothing_and_the_other_side_the_negative(rows):
    size, pays, fixed, floating = columns_of(rows)
    par = interest_rate_swap_value(size, pays, 0.0, fixed, floating).par_rate
    at_par = interest_rate_swap_value(size, pays, par, fixed, floating).present_value
    assert (np.abs(at_par) <= 1e-15 * np.abs(size) * (np.abs(floating) + 1e-300)).all()
    one, other = (
        interest_rate_swap_value(size, side, 0.03, fixed, floating, 0.2, 0.004) for side in (pays, ~pays)
    )
    assert np.array_equal(one.present_value, -other.present_value)
    assert np.array_equal(one.clean_value, -other.clean_value)
    assert (np.abs(one.clean_value + one.accrued_amount - one.present_value) <= 1e-14 * np.abs(size)).all()
