"""Cross-currency swaps on given days: fixed coupons and principals of both legs, of fixed or of resetting notional.

A flow of N in the base currency at T is worth N·F(T)·D(T) in the quote currency, F the market's forward, so that a swap
agrees with forwards flow by flow. Principals are exchanged with the first and with the last payment; where the notional
resets, the quote leg is set anew to the spot rate at each period's start and the difference is paid that day: settled
differences stand in `profit`. The first notional is the one dealt.
Units: quote currency of the risk, asset +; shape (swaps, days). Reference: rules section 3.
"""

import numpy as np

from hedges.domain.lookup import Lookup
from hedges.domain.swap_values import elapsed_accruals, unseen_flows
from hedges.domain.terms import Flows, Found, Terms
from treasury.quant.numbers import Float, Int
from treasury.quant.sums import segment_sums
from treasury.quant.valuation.cross_currency_swap import cross_currency_swap_value, principal_leg_value


def cross_currency_swaps(
    terms: Terms, flows: Flows, lookup: Lookup, days: Int, since: Int | None = None
) -> Found:
    """Value, clean value and accrued amount, and the gain that resets have settled.

    On days before `since` (one a swap), the history that a test looks at, the first exchange counts as made: with both
    exchanges to come the principal would move with no rate, and such weeks say nothing about the swap that is tested.
    """
    row, first = flows.row, flows.is_first
    on, risk = days.T[:, row], terms.risk[row]
    spot = lookup.spot(terms.risk[:, None], days).T
    # A reset counts on its own day, with the payment that it belongs to; the first exchange does not.
    begun = (flows.period_start < on) | (first & (flows.period_start == on))
    if since is not None:
        begun |= first & (on < since[row])
    quote_start = np.where(begun, np.nan, lookup.factor(risk, on, flows.period_start))
    quote_end = np.where(flows.pay_date < on, np.nan, lookup.factor(risk, on, flows.pay_date))
    start_carry = lookup.carry(risk, on, flows.period_start)
    base_start, base_end = start_carry * quote_start, lookup.carry(risk, on, flows.pay_date) * quote_end
    notionals = _quote_notionals(terms, flows, lookup, on, spot[:, row] * start_carry)
    coupon, size = terms.counter_fixed_rate[row], terms.notional[row]
    accrual = flows.accrual
    receive = principal_leg_value(flows.offsets, size, terms.fixed_rate[row], accrual, base_start, base_end)
    pay = principal_leg_value(flows.offsets, notionals, coupon, accrual, quote_start, quote_end)
    unseen = unseen_flows(flows, on, base_end + quote_end)
    value = np.where(unseen, np.nan, cross_currency_swap_value(receive, pay, spot).present_value)
    passed = elapsed_accruals(flows, on)
    base_accrued = segment_sums(size * terms.fixed_rate[row] * passed, flows.offsets)
    quote_accrued = segment_sums(np.where(passed > 0, notionals * coupon * passed, 0.0), flows.offsets)
    accrued = base_accrued * spot - quote_accrued
    running = (flows.period_start < on) & (on <= flows.pay_date)
    since_dealt = np.where(running, notionals + terms.counter_amount[row], 0.0)
    settled = np.where(terms.resets_notional, segment_sums(since_dealt, flows.offsets), np.nan)
    numbers = {
        "present_value": value.T,
        "clean_value": (value - accrued).T,
        "accrued_amount": accrued.T,
        "profit": settled.T,
        "spot_rate": spot.T,
    }
    place = terms.risk[:, None]
    used = (lookup.base_implied[place], lookup.quote_implied[place], lookup.quote_curve[place])
    age = np.maximum(lookup.spot_age(place, days), lookup.curve_age(days, *used))
    return Found(numbers, age, lookup.not_built(days, *used))


def _quote_notionals(terms: Terms, flows: Flows, lookup: Lookup, on: Int, start_forward: Float) -> Float:
    """Notional of the quote leg in each period (days, flows): dealt, fixed at its start, or the forward to it."""
    row = flows.row
    risk, dealt = terms.risk[row], -terms.counter_amount[row]
    fixed = lookup.spot(risk, flows.period_start)
    age = lookup.spot_age(risk, flows.period_start)
    fixed = np.where(age > terms.stale_after[row], np.nan, fixed)
    rate = np.where(flows.period_start <= on, fixed, start_forward)
    resets = terms.resets_notional[row] & ~flows.is_first
    return np.where(resets, terms.notional[row] * rate, dealt)
