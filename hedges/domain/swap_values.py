"""Interest-rate swaps on given days: every flow an index into two curves, one pass for all.

Units: quote currency of the risk, asset +; shape (swaps, days). Floating rates are projected on the curve of their
index and every flow is discounted on that of its currency; a leg with payment days of its own has its own flows.
Reference: rules section 3.
"""

import numpy as np

from hedges.domain.lookup import Lookup
from hedges.domain.terms import Flows, Found, Terms
from hedges.queries.flow_columns import COUNTS
from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.kernel.day_count import ACT_360, ACT_365, ACTUAL, thirty_days, year_days
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
    # What a leg does not pay counts nothing in it, whatever its rate would be.
    of_fixed, of_floating = (
        np.where(pays, flows.accrual, 0.0) for pays in (flows.is_fixed, flows.is_floating)
    )
    rates = np.where(flows.is_floating, rates, 0.0)
    fixed = annuity(flows.offsets, np.broadcast_to(of_fixed, factors.shape), factors)
    floating = floating_annuity(flows.offsets, rates, of_floating, factors)
    return UnitLegs(
        annuity=np.where(unseen, np.nan, fixed),
        floating=np.where(unseen, np.nan, floating),
        elapsed=segment_sums(np.where(flows.is_fixed, elapsed, 0.0), flows.offsets),
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
    rates = projected_rates(curves, place, index, start, end, index_accruals(flows, risk, lookup), fixing)
    return rates, discount_factors(curves, place, lookup.quote_curve[risk][row], end)


def index_accruals(flows: Flows, risk: Int, lookup: Lookup) -> Float:
    """Periods as the index counts them: like the money market of its currency where the leg says that it does not."""
    if not flows.day_count.any():
        return flows.accrual
    year = np.array([year_days(currency) for currency in lookup.quote_currencies])[risk][flows.row]
    of_money = np.where(year == ACTUAL[ACT_365], COUNTS.index(ACT_365), COUNTS.index(ACT_360))
    is_other = (flows.day_count > 0) & (flows.day_count != of_money)
    return np.where(is_other, (flows.pay_date - flows.period_start) / year, flows.accrual)


def unseen_flows(flows: Flows, on: Int, factors: Float) -> Bool:
    """Where a payment to come has no discount factor (days, swaps): the formulas take such a flow for a past one."""
    unseen = (flows.pay_date >= on) & np.isnan(factors)
    return segment_sums(unseen.astype(np.float64), flows.offsets) > 0


def elapsed_accruals(flows: Flows, on: Int) -> Float:
    """The part of the running period that has passed, as an accrual; 0 for every other period.

    On its payment date a flow is still part of the value, so that all of it has accrued: otherwise the clean value
    would jump by a coupon. The next period has not begun to accrue that day. Where a leg counts months of 30 days, so
    many of those have passed.
    """
    length = np.maximum(flows.pay_date - flows.period_start, 1)
    passed = on - flows.period_start
    running = (passed > 0) & (on <= flows.pay_date)
    counted = flows.counts_thirty
    if counted.any():
        begun, european = flows.period_start, flows.is_european
        length = np.where(counted, np.maximum(thirty_days(begun, flows.pay_date, european), 1), length)
        passed = np.where(counted, thirty_days(begun, on, european), passed)
    return np.where(running, flows.accrual * passed / length, 0.0)
