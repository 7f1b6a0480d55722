"""What the hedged risk of designated items is worth on given days, in the quote currency: shape (items, days).

A recognised item and a net investment are worth their amount at the spot rate or price; a designated spot element too
(all undiscounted). A forecast or a commitment is worth what its hypothetical derivative is, with the other sign: a
forward struck to zero at designation; for floating interest a swap at the par rate of that day; for one-sided risk
(designated intrinsic value) the intrinsic value of options at the hedged levels, or at the money where those have
intrinsic value at designation. Only terms of the item enter, so that neither credit nor currency basis does: forwards
of currencies are by covered parity, those of quantities are the market's, discounted in the same way also where a
future that is settled daily hedges them. Days after the item's own date repeat it. Reference: B6.5.5, rules 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from hedges.domain.lookup import Lookup
from hedges.domain.swap_values import unit_legs
from hedges.domain.terms import Flows, Terms
from treasury.kernel.day_count import year_days
from treasury.quant.dates.schedule import payment_days
from treasury.quant.measurement.hypothetical_derivative import struck_level
from treasury.quant.numbers import Bool, Float, Int, ratio
from treasury.quant.valuation.fx_forward import fx_forward_value


@dataclass(frozen=True, slots=True)
class Items:
    """One row an item; `amount` signed in major units of the risk's base.

    `is_fixed`: of interest the fair value is hedged, not the cash flows.
    """

    amount: Float
    risk: Int
    expected_date: Int
    start_date: Int
    payment_months: Int
    spread_rate: Float
    at_spot: Bool
    is_fixed: Bool
    stale_after: Int


@dataclass(frozen=True, slots=True)
class Seen:
    """Values (items, days), NaN where a quote is missing; where a quote is too old, and a curve could not be made."""

    value: Float
    stale: Bool
    not_built: Bool


def item_values(items: Items, lookup: Lookup, days: Int) -> Seen:
    """Values of two-sided risk; column 0 of `days` is the designation date."""
    last = np.minimum(days, items.expected_date[:, None])
    risk = items.risk[:, None]
    result = np.full(days.shape, np.nan)
    spot = lookup.spot(risk, last)
    result[:] = items.amount[:, None] * (spot - spot[:, :1])
    age, broken = lookup.spot_age(risk, last), np.zeros(days.shape, dtype=bool)
    rows = np.flatnonzero(is_forward(items, lookup))
    if rows.size:
        result[rows] = _forwards(
            items.amount[rows], items.risk[rows], items.expected_date[rows], lookup, last[rows]
        )
        used = (lookup.base_parity[risk[rows]], lookup.quote_curve[risk[rows]])
        age[rows] = np.maximum(age[rows], lookup.curve_age(last[rows], *used))
        broken[rows] = lookup.not_built(last[rows], *used)
    floating = np.flatnonzero(lookup.is_rate[items.risk] & (items.payment_months > 0))
    if floating.size:
        result[floating] = _floating(items, floating, lookup, last[floating])
        used = (lookup.projection[risk[floating]], lookup.quote_curve[risk[floating]])
        age[floating] = lookup.curve_age(last[floating], *used)
        broken[floating] = lookup.not_built(last[floating], *used)
    return Seen(result, age > items.stale_after[:, None], broken)


def is_forward(items: Items, lookup: Lookup) -> Bool:
    """Whose hypothetical derivative is a forward: whose price is set by the market on a later day."""
    return np.asarray(~items.at_spot & ~lookup.is_rate[items.risk])


def one_sided_values(amount: Float, items: Items, options: Terms, lookup: Lookup, days: Int) -> Seen:
    """Pairs of an item and an option leg, row by row: −side·|amount|·max(±(F − K), 0)·D, F to the item's own date.

    K is the hedged level; one in the money at designation is struck at the forward, where the value is zero then.
    """
    last = np.minimum(days, np.minimum(items.expected_date, options.expiry_date)[:, None])
    risk = items.risk[:, None]
    forward = lookup.parity_forward(risk, last, items.expected_date[:, None])
    factor = lookup.factor(risk, last, items.expected_date[:, None])
    sign = options.option_sign[:, None]
    strike = struck_level(sign, options.strike_rate[:, None], forward[:, :1])
    payoff = np.maximum(sign * (forward - strike), 0.0)
    value = -options.option_side[:, None] * np.abs(amount)[:, None] * payoff * factor
    used = (lookup.base_parity[risk], lookup.quote_curve[risk])
    age = np.maximum(lookup.spot_age(risk, last), lookup.curve_age(last, *used))
    return Seen(value, age > items.stale_after[:, None], lookup.not_built(last, *used))


def _forwards(amount: Float, risk: Int, target: Int, lookup: Lookup, days: Int) -> Float:
    forward = lookup.parity_forward(risk[:, None], days, target[:, None])
    factor = lookup.factor(risk[:, None], days, target[:, None])
    return fx_forward_value(amount[:, None], forward[:, :1], forward, factor).present_value


def _floating(items: Items, rows: Int, lookup: Lookup, days: Int) -> Float:
    """Against the par rate of the designation date, clean: amount × (floating − par × annuity), less that if fixed."""
    flows = schedules(items, rows, lookup.quote_currencies)
    legs = unit_legs(flows, items.risk[rows], np.zeros(rows.size), items.stale_after[rows], lookup, days)
    par = ratio(legs.floating[:1], legs.annuity[:1])
    value = legs.floating - par * legs.annuity
    accrued = legs.earned - par * legs.elapsed
    # What makes floating interest dearer makes fixed interest worth less.
    amount = np.where(items.is_fixed[rows], -items.amount[rows], items.amount[rows])
    return (amount * (value - accrued)).T


def schedules(items: Items, rows: Int, currencies: Sequence[str]) -> Flows:
    """Payment dates of floating-rate items on business days, accruing as their money market counts."""
    terms = np.column_stack([items.start_date, items.expected_date, items.payment_months, items.risk])[rows]
    kinds, kind = np.unique(terms, axis=0, return_inverse=True)
    found = [_schedule(start, end, months, currencies[risk]) for start, end, months, risk in kinds.tolist()]
    sizes = np.array([len(days) - 1 for days in found], dtype=np.int64)
    ends = [np.concatenate([days[side] for days in found]) for side in (slice(1, None), slice(-1))]
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    flows = Flows.of_both_legs(offsets, ends[0], ends[1], np.ones(ends[0].size)).take(kind.ravel())
    basis = np.array([year_days(currencies[risk]) for risk in items.risk[rows].tolist()], dtype=np.float64)
    return replace(flows, accrual=(flows.pay_date - flows.period_start) / basis[flows.row])


def _schedule(start: int, end: int, months: int, currency: str) -> Int:
    """The start and every payment date, rolled back from the end, of one kind of item."""
    days = payment_days(date.fromordinal(start), date.fromordinal(end), months, (currency,))
    return start + np.array([0, *days], dtype=np.int64)
