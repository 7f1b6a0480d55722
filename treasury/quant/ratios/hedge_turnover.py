"""Hedge turnover says how much of a hedge is traded in a year, and whether it moves by more than its exposure does.

Formula: turnover = Σ|H_t − H_{t−1}| / average |H| / years, the average being that of |H_t| over all points (equal
steps). Static: every step leaves H where it is (a roll too), or moves it in proportion to E,
|H_t − H_{t−1}·E_t/E_{t−1}| ≤ lot size, or opens it together with E; dynamic otherwise. Amounts that are equal to nine
digits are equal. Units: a fraction per year; amounts signed in the risk unit. Reference: FAQ §4, rules section 2.
Worked example: H −60, −60, −66, −66 on E 100, 100, 110, 110 over half a year → Σ|ΔH| 6, average 63, turnover 0.190476,
static; H −60, −66 on E 100, 100 → dynamic.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.codes import Reason
from treasury.quant.numbers import Bool, Float, finite_or_nan, floats, where_reason
from treasury.quant.ratios.columns import TurnoverColumns
from treasury.quant.ratios.scaling import checked_finite, exponents
from treasury.quant.sums import row_sum

_EQUAL = 1e-9


def hedge_turnover(
    hedge_amounts: ArrayLike, exposure_amounts: ArrayLike, years: ArrayLike, lot_size: ArrayLike = 0.0
) -> TurnoverColumns:
    """Turnover of n programmes of m points, (n, m) → (n,), with each step's change and whether it was one of the
    hedge's own, (n, m − 1); ``years`` above 0 and ``lot_size`` from 0 on, scalars or (n,).

    One point: ``too_few_points``; no hedge at any point: ``no_positions``; both have neither turnover nor kind.
    """
    hedge, item = _series("hedge_amounts", hedge_amounts), _series("exposure_amounts", exposure_amounts)
    if hedge.shape != item.shape:
        raise InputError("exposure_amounts", f"shape {hedge.shape}, as hedge_amounts", got=str(item.shape))
    span, lot = checked_finite("years", floats(years)), checked_finite("lot_size", floats(lot_size))
    if np.any(span <= 0):
        raise InputError("years", "a number above 0")
    if np.any(lot < 0):
        raise InputError("lot_size", "a number from 0 on")
    scale = exponents(hedge)
    scaled = np.ldexp(hedge, -scale[:, None] - 1)
    steps = np.diff(scaled, axis=-1)
    with np.errstate(all="ignore"):
        average = row_sum(np.abs(scaled)) / hedge.shape[-1]
        value, beyond = finite_or_nan(row_sum(np.abs(steps)) / average / span)
        changes, _ = finite_or_nan(np.ldexp(steps, scale[:, None] + 1))
        own = own_moves(hedge, item, lot)
    few, none = np.full(hedge.shape[0], hedge.shape[-1] < 2), ~hedge.any(axis=-1)
    undefined = few | none
    reasons = where_reason(few, Reason.TOO_FEW_POINTS) | where_reason(none, Reason.NO_POSITIONS)
    reasons |= where_reason(beyond & ~undefined, Reason.OUT_OF_RANGE)
    dynamic = np.where(undefined, -1, own.any(axis=-1)).astype(np.int64)
    return TurnoverColumns(np.where(undefined, np.nan, value), dynamic, changes, own, reasons)


def own_moves(hedge: Float, item: Float, lot_size: Float) -> Bool:
    """The steps in which the hedge moves otherwise than in proportion to the exposure, (n, m − 1)."""
    before, after, item_before, item_after = hedge[:, :-1], hedge[:, 1:], item[:, :-1], item[:, 1:]
    opens = (item_before == 0) & (before == 0) & (item_after != 0)
    wanted = np.where(item_before == 0, before, _in_proportion(before, item_after, item_before))
    return np.asarray(_apart(after, before, lot_size) & _apart(after, wanted, lot_size) & ~opens)


def _in_proportion(amount: Float, top: Float, bottom: Float) -> Float:
    """amount·top/bottom; its parts scaled, so that it overflows only where it is beyond float64 itself."""
    (a, a_power), (t, t_power), (b, b_power) = np.frexp(amount), np.frexp(top), np.frexp(bottom)
    return np.ldexp(a * t / np.where(bottom == 0, 1.0, b), a_power + t_power - b_power)


def _apart(one: Float, other: Float, lot_size: Float) -> Bool:
    """Whether two amounts are more than a lot apart, and more than the digits of a float explain."""
    slack = _EQUAL * np.maximum(np.abs(one), np.abs(other))
    lots = lot_size[:, None] if lot_size.ndim else lot_size
    return np.asarray(~(np.abs(one - other) <= lots + np.where(np.isinf(slack), 0.0, slack)))


def _series(name: str, values: ArrayLike) -> Float:
    array = np.atleast_2d(floats(values))
    if array.ndim != 2 or not array.size:
        raise InputError(name, "shape (rows, points), not empty", got=str(array.shape))
    return checked_finite(name, array)
