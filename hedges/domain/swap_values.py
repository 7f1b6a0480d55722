"""Interest-rate swaps on given days: every flow an index into two curves, one pass for all.

Units: quote currency of the risk, asset +; shape (swaps, days). Floating rates are projected on the curve of their
index and every flow is discounted on that of its currency. Reference: rules section 3.
"""

import numpy as np

from hedges.domain.lookup import Lookup
from hedges.domain.terms import Flows, Found, Terms
from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.curves.zero import discount_factors, projected_rates
from treasury.quant.numbers import Bool, Float, Int
from treasury.quant.sums import segment_sums
from treasury.quant.valuation.interest_rate_swap import annuity, floating_annuity, interest_rate_swap_value


def interest_rate_swaps(terms: Terms, flows: Flows, lookup: Lookup, days: Int) -> Found:
    """Value, clean value and accrued amount."""
    legs = unit_legs(flows, terms.risk, terms.spread_rate, terms.stale_after, lookup, days)
    value = interest_rate_swap_value(
        np.abs(terms.notional),
        terms.pay_fixed,
        terms.fixed_rate,
        legs.annuity,
        legs.floating,
        legs.elapsed,
        legs.earned,
    )
    numbers = {
        "present_value": value.present_value.T,
        "clean_value": value.clean_value.T,
        "accrued_amount": value.accrued_amount.T,
    }
    used = (lookup.projection[terms.risk][:, None], lookup.quote_curve[terms.risk][:, None])
    return Found(numbers, lookup.curve_age(days, *used), lookup.not_built(days, *used))


class UnitLegs:
    """Legs per unit of notional, shape (days, swaps): annuity, floating leg, elapsed years, earned floating rate."""

    __slots__ = ("annuity", "earned", "elapsed", "floating")

    def __init__(self, annuity: Float, floating: Float, elapsed: Float, earned: Float) -> None:
        self.annuity, self.floating, self.elapsed, self.earned = annuity, floating, elapsed, earned


def unit_legs(
    flows: Flows, risk: Int, spread: Float, stale_after: Int, lookup: Lookup, days: Int
) -> UnitLegs:
    """`days` (swaps, days). A period that has begun takes the fixing of its start, none older than the stale limit."""
    row = flows.row
    on = days.T[:, row]
    rates, factors = projected(flows, risk, stale_after, lookup, on)
    rates = rates + spread[row]
    elapsed = elapsed_accruals(flows, on)
    unseen = unseen_flows(flows, on, factors)
    fixed = annuity(flows.offsets, np.broadcast_to(flows.accrual, factors.shape), factors)
    floating = floating_annuity(flows.offsets, rates, flows.accrual, factors)
    return UnitLegs(
        annuity=np.where(unseen, np.nan, fixed),
        floating=np.where(unseen, np.nan, floating),
        elapsed=segment_sums(elapsed, flows.offsets),
        earned=segment_sums(np.where(elapsed > 0, rates * elapsed, 0.0), flows.offsets),
    )


def projected(flows: Flows, risk: Int, stale_after: Int, lookup: Lookup, on: Int) -> tuple[Float, Float]:
    """Floating rate and discount factor of every flow; `on` (days, flows): the day of each."""
    row = flows.row
    place = lookup.market.position(on)
    start, end = (flows.period_start - on) / DAYS_PER_YEAR, (flows.pay_date - on) / DAYS_PER_YEAR
    fixing = lookup.market.value(lookup.market.fixings, flows.period_start, lookup.fixing[risk][row])
    age = lookup.market.age(lookup.market.fixings, flows.period_start, lookup.fixing[risk][row])
    fixing = np.where(age > stale_after[row], np.nan, fixing)
    curves, index = lookup.market.curves, lookup.projection[risk][row]
    rates = projected_rates(curves, place, index, start, end, flows.accrual, fixing)
    return rates, discount_factors(curves, place, lookup.quote_curve[risk][row], end)


def unseen_flows(flows: Flows, on: Int, factors: Float) -> Bool:
    """Where a payment to come has no discount factor (days, swaps): the formulas take such a flow for a past one."""
    unseen = (flows.pay_date >= on) & np.isnan(factors)
    return segment_sums(unseen.astype(np.float64), flows.offsets) > 0


def elapsed_accruals(flows: Flows, on: Int) -> Float:
    """The part of the running period that has passed, as an accrual; 0 for every other period.

    On its payment date a flow is still part of the value, so that all of it has accrued: otherwise the clean value
    would jump by a coupon. The next period has not begun to accrue that day.
    """
    length = np.maximum(flows.pay_date - flows.period_start, 1)
    passed = on - flows.period_start
    running = (passed > 0) & (on <= flows.pay_date)
    return np.where(running, flows.accrual * passed / length, 0.0)
