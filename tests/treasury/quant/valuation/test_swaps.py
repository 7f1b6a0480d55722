"""FX, interest-rate and cross-currency swaps, on ragged flows."""

import numpy as np
import pytest
import QuantLib as ql

from treasury.kernel.errors import InputError
from treasury.quant.columns import FlowColumns
from treasury.quant.curves.zero import ZeroCurves, discount_factors, projected_rates
from treasury.quant.valuation.cross_currency_swap import cross_currency_swap_value
from treasury.quant.valuation.flows import flow_factors, flows_value
from treasury.quant.valuation.fx_forward import fx_forward_value
from treasury.quant.valuation.fx_swap import fx_swap_value
from treasury.quant.valuation.interest_rate_swap import annuity, floating_annuity, interest_rate_swap_value

CURVES = ZeroCurves(
    ("EUR", "USD"), np.array([0.5, 2.0, 10.0]), np.array([[[0.02, 0.022, 0.03], [0.04, 0.038, 0.037]]])
)


def test_an_fx_swap_is_its_two_legs_and_a_settled_one_is_left_out():
    near, far = (-1e6, 1.10, 1.11, 0.99), (1e6, 1.12, 1.15, 0.95)
    value = fx_swap_value(*near, *far)
    assert value.present_value == pytest.approx(-1e6 * 0.01 * 0.99 + 1e6 * 0.03 * 0.95, rel=1e-12)
    assert value.present_value == value.first_leg_value + value.second_leg_value
    settled = fx_swap_value(*(np.nan if i == 2 else v for i, v in enumerate(near)), *far, near_settled=True)
    assert settled.first_leg_value == 0.0
    assert settled.present_value == fx_forward_value(*far).present_value


def schedule(today, effective, months, count):
    calendar = ql.NullCalendar()
    return ql.Schedule(
        effective, effective + ql.Period(count * months, ql.Months), ql.Period(months, ql.Months), calendar,
        ql.Unadjusted, ql.Unadjusted, ql.DateGeneration.Forward, False,
    )  # fmt: skip


@pytest.mark.parametrize("seasoned_days", [0, 100])
def test_quantlib_agrees_on_swaps(seasoned_days):
    today = ql.Date(13, 6, 2025)
    ql.Settings.instance().evaluationDate = today
    ql.Settings.instance().includeTodaysCashFlows = False
    dates = [today, today + 182, today + 730, today + 3650]
    rates = [0.02, 0.02, 0.022, 0.03]
    curve = ql.ZeroCurve(dates, rates, ql.Actual365Fixed(), ql.NullCalendar(), ql.Linear(), ql.Continuous)
    handle = ql.YieldTermStructureHandle(curve)
    ours = ZeroCurves(("EUR",), np.array([182, 730, 3650]) / 365, np.array([[rates[1:]]]))
    effective = today - seasoned_days
    index = ql.IborIndex(
        "x",
        ql.Period(6, ql.Months),
        0,
        ql.EURCurrency(),
        ql.NullCalendar(),
        ql.Unadjusted,
        False,
        ql.Actual360(),
        handle,
    )
    fixed_dates, floating_dates = schedule(today, effective, 12, 5), schedule(today, effective, 6, 10)
    index.addFixing(effective, 0.0234, True)
    swap = ql.VanillaSwap(
        ql.VanillaSwap.Payer,
        1e7,
        fixed_dates,
        0.025,
        ql.Actual365Fixed(),
        floating_dates,
        index,
        0.0,
        ql.Actual360(),
    )
    swap.setPricingEngine(ql.DiscountingSwapEngine(handle))

    def leg(dates, basis):
        days = np.array([d - today for d in dates])
        return days[:-1], days[1:], (days[1:] - days[:-1]) / basis

    _, pay, accrual = leg(fixed_dates, 365)
    fixed = annuity([0, pay.size], accrual, discount_factors(ours, 0, 0, pay / 365))
    start, end, accrual = leg(floating_dates, 360)
    forwards = projected_rates(ours, 0, 0, start / 365, end / 365, accrual, 0.0234)
    floating = floating_annuity([0, end.size], forwards, accrual, discount_factors(ours, 0, 0, end / 365))
    value = interest_rate_swap_value(
        [1e7], [True], 0.025, fixed, floating, seasoned_days / 365, 0.0234 * seasoned_days / 360
    )
    assert value.present_value[0] == pytest.approx(swap.NPV(), abs=1e-6 * 1e7 * 1e-3)
    assert value.fixed_leg_value[0] == pytest.approx(-swap.fixedLegNPV(), rel=1e-10)
    assert value.floating_leg_value[0] == pytest.approx(swap.floatingLegNPV(), rel=1e-10)
    assert value.par_rate[0] == pytest.approx(swap.fairRate(), rel=1e-10)
    expected_accrued = 1e7 * (0.0234 * seasoned_days / 360 - 0.025 * seasoned_days / 365)
    assert value.accrued_amount[0] == pytest.approx(expected_accrued, rel=1e-12, abs=1e-9)
    assert value.clean_value[0] + value.accrued_amount[0] == pytest.approx(value.present_value[0], abs=1e-8)


def test_the_par_rate_gives_zero_and_the_receiver_the_negative():
    annuities, floating = np.array([4.2, 0.9]), np.array([0.11, 0.02])
    par = floating / annuities
    assert interest_rate_swap_value(1e7, True, par, annuities, floating).present_value == pytest.approx(
        0, abs=1e-8
    )
    payer = interest_rate_swap_value(1e7, True, 0.03, annuities, floating, 0.25, 0.004)
    receiver = interest_rate_swap_value(1e7, False, 0.03, annuities, floating, 0.25, 0.004)
    assert np.array_equal(payer.present_value, -receiver.present_value)
    assert np.array_equal(payer.accrued_amount, -receiver.accrued_amount)
    assert np.isnan(interest_rate_swap_value(1e7, True, 0.03, 0.0, 0.0).par_rate)


def test_ragged_flows_are_the_plain_sums_and_past_ones_count_nothing():
    rng = np.random.default_rng(5)
    offsets = np.array([0, 3, 3, 10, 11])
    flows = FlowColumns(offsets, rng.integers(1, 3000, 11).astype(np.int32), rng.normal(0, 1e6, 11))
    currency = np.array([0, 1, 1, 0])
    factors = flow_factors(CURVES, flows, 0, currency)
    values = flows_value(offsets, flows.amounts, factors)
    for i in range(4):
        mine = slice(offsets[i], offsets[i + 1])
        years = flows.pay_days[mine] / 365
        rate = np.interp(years, CURVES.node_years, CURVES.zero_rates[0, currency[i]])
        assert values[i] == pytest.approx(
            (flows.amounts[mine] * np.exp(-rate * years)).sum(), rel=1e-13, abs=1e-9
        )
    assert values[1] == 0.0
    late = flow_factors(CURVES, flows, 0, currency, shift_days=-int(flows.pay_days[0]) - 1)
    assert np.isnan(late[0])
    history = flow_factors(CURVES, flows, np.zeros((2, 1), dtype=int), currency, np.array([[0], [7]]))
    assert history.shape == (2, 11)
    assert np.array_equal(flows_value(offsets, flows.amounts, history)[0], values)


def test_an_instrument_is_valued_the_same_alone_and_in_any_company():
    rng = np.random.default_rng(6)
    counts = rng.integers(0, 40, 200)
    offsets = np.concatenate([[0], np.cumsum(counts)])
    amounts, factors = rng.normal(0, 1e6, offsets[-1]), rng.uniform(0.3, 1, offsets[-1])
    whole = flows_value(offsets, amounts, factors)
    for i in range(200):
        mine = slice(offsets[i], offsets[i + 1])
        assert flows_value([0, counts[i]], amounts[mine], factors[mine])[0] == whole[i]


def test_a_cross_currency_swap_receives_at_spot_and_pays():
    value = cross_currency_swap_value([1e6, 2e6], [1.1e6, 2.0e6], 1.1)
    assert value.present_value == pytest.approx([0, 2e5], abs=1e-6)


@pytest.mark.parametrize("offsets", [[1, 3], [0, 2], [0, 3, 2], [0, 4], [[0, 3]]])
def test_offsets_that_do_not_fit_are_refused(offsets):
    with pytest.raises(InputError, match="offsets"):
        flows_value(offsets, [1.0, 2.0, 3.0], [1.0, 1.0, 1.0])
