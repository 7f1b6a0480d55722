"""The effective rate is the one that discounts the cash flows to the carrying amount.

Formula: C = Σ CF_j·(1 + rate)^(−t_j); solved for x = ln(1 + rate) by Newton's method on ln P − ln Q, held in a
bracket that it halves whenever Newton leaves it or is slow. Units: fraction a year, annual compounding; years
from today; amounts in one currency, any sign. Reference: IFRS 9 appendix A, B5.4.1; rules section 5.
Worked example: 100 against 110 in a year → 0.10.

Exactly one change of sign among −C, CF_1, CF_2, ... has exactly one rate above −100 % (Descartes); none has
none; with more they are counted. No rate, or several, is NaN with reason ``no_unique_rate``; a rate that
float64 cannot hold is NaN with reason ``out_of_range``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.codes import Reason
from treasury.quant.measurement.columns import EffectiveRateColumns
from treasury.quant.measurement.rate_brackets import isolate
from treasury.quant.measurement.rate_terms import Terms, bounds, logarithmic_sides, sign_changes, terms_of
from treasury.quant.numbers import Bool, Float, Mask, floats, where_reason

#: Far more than Newton or halving needs; the bracket ends any search before.
_STEPS = 200
#: Years that any cash flow may lie ahead.
LONGEST = 10_000.0
_NEAR = 4e-16


def effective_rate(
    carrying_amount: ArrayLike, cash_flows: ArrayLike, years: ArrayLike
) -> EffectiveRateColumns:
    """The rate of each row: carrying amounts (n,), cash flows (n, flows), years (flows,) or (n, flows).

    Years rise and are above 0. Fewer flows in a row: fill with zero flows at later years.
    """
    x, reasons = logarithmic_rate(*checked(carrying_amount, cash_flows, years))
    return EffectiveRateColumns(np.expm1(x), reasons)


def checked(
    carrying_amount: ArrayLike,
    cash_flows: ArrayLike,
    years: ArrayLike,
    field: str = "carrying_amount",
) -> tuple[Float, Float, Float]:
    """The three columns as float64, or a refusal by the field's name."""
    amount, flows, time = floats(carrying_amount), floats(cash_flows), floats(years)
    if amount.ndim != 1 or not np.all(np.isfinite(amount) & (amount != 0)):
        raise InputError(field, "finite amounts other than 0, one a row")
    if (
        flows.ndim != 2
        or flows.shape[0] != amount.size
        or flows.shape[1] == 0
        or not np.isfinite(flows).all()
    ):
        raise InputError("cash_flows", f"finite amounts, {amount.size} rows of them", got=str(flows.shape))
    if (
        time.ndim not in (1, 2)
        or time.shape[-1] != flows.shape[1]
        or time.shape[:-1] not in ((), (amount.size,))
    ):
        raise InputError("years", "one for each of the cash flows", got=str(time.shape))
    rising = np.all(time > 0) and np.all(time[..., 1:] > time[..., :-1])
    if not rising or not np.all(time <= LONGEST):
        raise InputError("years", f"years above 0 up to {LONGEST:g}, each above the one before it")
    return amount, flows, np.broadcast_to(time, flows.shape)


def logarithmic_rate(amount: Float, flows: Float, years: Float) -> tuple[Float, Mask]:
    """x = ln(1 + rate) of each row, NaN where there is no such rate, and the reasons."""
    terms = terms_of(amount, flows, years)
    changes = sign_changes(terms)
    solvable = changes > 0
    lower, upper = np.zeros(amount.size), np.zeros(amount.size)
    chosen = np.flatnonzero(solvable)
    lower[chosen], upper[chosen] = bounds(terms.rows(chosen))
    many = np.flatnonzero(changes > 1)
    count, low, high = isolate(terms.rows(many), lower[many], upper[many])
    solvable[many], lower[many], upper[many] = count == 1, low, high
    beyond = np.zeros(amount.size, dtype=bool)
    x = np.full(amount.size, np.nan)
    chosen = np.flatnonzero(solvable)
    x[chosen], beyond[chosen] = _solved(terms.rows(chosen), lower[chosen], upper[chosen])
    reasons = where_reason(~solvable, Reason.NO_UNIQUE_RATE) | where_reason(beyond, Reason.OUT_OF_RANGE)
    return np.where(beyond, np.nan, x), reasons


def _solved(terms: Terms, lower: Float, upper: Float) -> tuple[Float, Bool]:
    """The root between two bounds with opposite signs, and where the bounds do not enclose one.

    A row stops by itself, so that its digits do not depend on the rows beside it.
    """
    at_lower, at_upper = (logarithmic_sides(terms, x)[0] for x in (lower, upper))
    beyond = np.sign(at_lower) == np.sign(at_upper)
    rising = at_upper > at_lower
    low, high = lower.copy(), upper.copy()
    x = np.where((low < 0) & (high > 0), 0.0, 0.5 * (low + high))
    step_before = high - low
    active = np.flatnonzero(~beyond)
    for _ in range(_STEPS):
        if active.size == 0:
            break
        here, left, right = x[active], low[active], high[active]
        value, slope = logarithmic_sides(terms.rows(active), here)
        root_is_right = (value > 0) ^ rising[active]
        left, right = np.where(root_is_right, here, left), np.where(root_is_right, right, here)
        with np.errstate(all="ignore"):
            newton = here - value / slope
        slow = np.abs(newton - here) > 0.5 * step_before[active]
        outside = ~((newton >= left) & (newton <= right))
        there = np.where(outside | slow, 0.5 * (left + right), newton)
        there = np.where(value == 0, here, there)
        step = np.abs(there - here)
        x[active], low[active], high[active], step_before[active] = there, left, right, step
        active = active[step > _NEAR * (1.0 + np.abs(there))]
    return x, beyond
