"""Interest-rate and cross-currency swaps on given days: every flow an index into a curve, one pass a kind.

Units: quote currency of the risk, asset +; shape (swaps, days). One curve a currency, for discounting and projecting.
Reference: rules section 3.
"""

import numpy as np

from hedges.domain.lookup import Lookup
from hedges.domain.terms import Flows, Terms
from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.curves.zero import discount_factors, projected_rates
from treasury.quant.numbers import Float, Int
from treasury.quant.sums import segment_sums
from treasury.quant.valuation.cross_currency_swap import cross_currency_swap_value
from treasury.quant.valuation.interest_rate_swap import annuity, floating_annuity, interest_rate_swap_value


def interest_rate_swaps(
    terms: Terms, flows: Flows, lookup: Lookup, days: Int
) -> tuple[dict[str, Float], Int]:
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
    found = {
        "present_value": value.present_value.T,
        "clean_value": value.clean_value.T,
        "accrued_amount": value.accrued_amount.T,
    }
    return found, lookup.curve_age(terms.risk[:, None], days)


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
    curve = lookup.quote_curve[risk][row]
    place = lookup.market.position(on)
    start, end = (flows.period_start - on) / DAYS_PER_YEAR, (flows.pay_date - on) / DAYS_PER_YEAR
    fixing = lookup.market.value(lookup.market.fixings, flows.period_start, lookup.fixing[risk][row])
    age = lookup.market.age(lookup.market.fixings, flows.period_start, lookup.fixing[risk][row])
    fixing = np.where(age > stale_after[row], np.nan, fixing)
    curves = lookup.market.curves
    rates = projected_rates(curves, place, curve, start, end, flows.accrual, fixing) + spread[row]
    factors = discount_factors(curves, place, curve, end)
    elapsed = _elapsed(flows, on)
    return UnitLegs(
        annuity=annuity(flows.offsets, np.broadcast_to(flows.accrual, factors.shape), factors),
        floating=floating_annuity(flows.offsets, rates, flows.accrual, factors),
        elapsed=segment_sums(elapsed, flows.offsets),
        earned=segment_sums(np.where(elapsed > 0, rates * elapsed, 0.0), flows.offsets),
    )


def cross_currency_swaps(
    terms: Terms, flows: Flows, lookup: Lookup, days: Int
) -> tuple[dict[str, Float], Int]:
    """Fixed coupons and principals of both legs, with the first exchange as long as it is to come."""
    row = flows.row
    on = days.T[:, row]
    place, years = lookup.market.position(on), (flows.pay_date - on) / DAYS_PER_YEAR
    curves, risk = lookup.market.curves, terms.risk
    spot = lookup.spot(risk[:, None], days).T
    elapsed = segment_sums(_elapsed(flows, on), flows.offsets)
    legs = []
    for curve, coupon, principal in (
        (lookup.base_curve[risk], terms.fixed_rate, terms.notional),
        (lookup.quote_curve[risk], terms.counter_fixed_rate, -terms.counter_amount),
    ):
        factors = discount_factors(curves, place, curve[row], years)
        coupons = coupon * annuity(flows.offsets, np.broadcast_to(flows.accrual, factors.shape), factors)
        last = _factors(lookup, days, curve, terms.settlement_date)
        first = np.where(terms.start_date > days.T, _factors(lookup, days, curve, terms.start_date), 0.0)
        legs.append((principal * (coupons + last - first), principal * coupon * elapsed))
    (receive, receive_accrued), (pay, pay_accrued) = legs
    value = cross_currency_swap_value(receive, pay, spot).present_value
    accrued = receive_accrued * spot - pay_accrued
    found = {
        "present_value": value.T,
        "clean_value": (value - accrued).T,
        "accrued_amount": accrued.T,
        "spot_rate": spot.T,
    }
    age = np.maximum(lookup.spot_age(risk[:, None], days), lookup.curve_age(risk[:, None], days))
    return found, age


def _factors(lookup: Lookup, days: Int, curve: Int, target: Int) -> Float:
    years = np.maximum(target[:, None] - days, 0) / DAYS_PER_YEAR
    place = lookup.market.position(days)
    return discount_factors(lookup.market.curves, place, curve[:, None], years).T


def _elapsed(flows: Flows, on: Int) -> Float:
    """The part of the running period that has passed, as an accrual; 0 for every other period.

    On its payment date a flow is still part of the value, so that all of it has accrued: otherwise the clean value
    would jump by a coupon. The next period has not begun to accrue that day.
    """
    length = np.maximum(flows.pay_date - flows.period_start, 1)
    passed = on - flows.period_start
    running = (passed > 0) & (on <= flows.pay_date)
    return np.where(running, flows.accrual * passed / length, 0.0)
