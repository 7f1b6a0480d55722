"""The cost of hedging reserve of an excluded element on the knots of its hedge, in its three movements.

Formula, cumulative: recognised R and opening value A0 by ``cost_of_hedging`` (IFRS 9: actual against aligned; ASC 815:
the actual alone); amortised = A0·Σ units in force · days / (all units · days of the term); what stands in the reserve
leaves it with the units that are taken out (``item_release``), and all of it at the end of the term. Reserve =
recognised + amortised − released.
Units: int64 minor units of the functional currency, assets and gains +; days and units whole numbers. Reference: IFRS 9
6.5.15, 6.5.16, B6.5.29 to B6.5.39; ASC 815-20-25-83A; rules section 5.
Worked example: time value 20 over 2 years, then 13, then 0 → recognised −7, −20; amortised 10, 20; reserve 3, 0.

A cost that is related to a transaction is not amortised: it leaves with the item, which ``item_release`` does for the
relationship as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from treasury.quant.codes import Framework
from treasury.quant.measurement.columns import CostReserveColumns
from treasury.quant.measurement.cost_of_hedging import cost_of_hedging
from treasury.quant.measurement.item_release import item_release
from treasury.quant.measurement.shares import plus_share
from treasury.quant.numbers import Bool, Int


@dataclass(frozen=True, slots=True)
class CostPath:
    """Elements × knots, the first knot the opening one. One-dimensional columns are one an element.

    ``days``: of the term that have passed; ``in_force``: units between the knot before and this one; ``removed``:
    units that are taken out at the knot; ``units``: all that were put in. ``is_deferred`` false: nothing goes to
    equity. ``is_amortised``: over time, else with the item.
    """

    actual: Int
    aligned: Int
    days: Int
    in_force: Int
    removed: Int
    units: Int
    term_days: Int
    framework: Int
    is_deferred: Bool
    is_amortised: Bool


def cost_reserve(path: CostPath) -> CostReserveColumns:
    """Recognised, amortised and released, shape (n, knots), of elements that each have one date of inception."""
    alone = (path.framework != Framework.IFRS9)[:, None]
    aligned = np.where(alone, path.actual, path.aligned)
    zero = np.zeros_like(path.actual)
    deferred = path.is_deferred[:, None]
    recognised = zero.copy()
    if path.actual.size:
        recognised[:, 1:] = cost_of_hedging(path.actual, aligned, False).reserve
    recognised = np.where(deferred, recognised, 0)
    opening = np.where(
        np.abs(path.actual[:, :1]) > np.abs(aligned[:, :1]), aligned[:, :1], path.actual[:, :1]
    )
    opening = np.where(deferred & path.is_amortised[:, None], opening, 0)
    steps = np.diff(path.days, axis=1, prepend=path.days[:, :1])
    # Units in their largest common measure: where none is taken out, days alone are left.
    measure = np.maximum(np.gcd.reduce(np.column_stack([path.units, path.in_force]), axis=1), 1)
    passed = np.cumsum(path.in_force // measure[:, None] * steps, axis=1)
    whole = np.maximum(path.units // measure * path.term_days, 1)[:, None]
    amortised = np.asarray(plus_share(zero, np.broadcast_to(opening, zero.shape), passed, whole))
    whole_units = np.broadcast_to(path.units[:, None], zero.shape)
    left = item_release(recognised + amortised, zero, _leaving(path), whole_units, zero, zero)
    gone = np.asarray(left.happened) + np.asarray(left.lost) + np.asarray(left.afterwards)
    released = np.where(path.is_amortised[:, None], gone, 0)
    return CostReserveColumns(recognised, amortised, released)


def _leaving(path: CostPath) -> Int:
    """Units taken out at each knot, and at the end of the term those that are still in."""
    taken = np.cumsum(path.removed, axis=1)
    over = path.days >= path.term_days[:, None]
    out = np.where(over, path.units[:, None], taken)
    return np.asarray(np.diff(out, axis=1, prepend=0))
