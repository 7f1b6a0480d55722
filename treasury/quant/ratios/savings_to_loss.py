"""Savings to loss sets what a hedge ratio is expected to save against what its open part may lose. The words are the
field's, this definition is our own.

Formula: J(h) = savings/loss; savings = h·(E·(F − mean S) − |E|·cost per unit), the mean over the scenarios of hedged
minus unhedged cash flow; loss = value at risk or expected shortfall (``tails``) of −(1 − h)·E·(S − F). Undefined at
h = 1, where nothing is open, and where the open part loses nothing at that confidence. J runs one way on either side
of h = 1, so the best ratio is a corner, the end of a side: decide by the frontier (``hedging_frontier``). Units:
quote currency, E in base, inflow +; savings +, loss +. Reference: FAQ §7 (words), rules section 2 (formula).
Worked example: E 100, S 1.0, 1.1, 1.2, 1.3, 1.4, F 1.25, cost 0.01, h 0.5, value at risk at 0.75 → savings 2, loss
7.5, J 0.266667.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.codes import Reason
from treasury.quant.numbers import EXACT, Amounts, Bool, Float, finite_or_nan, floats, ratio, where_reason
from treasury.quant.ratios.columns import SavingsToLossColumns
from treasury.quant.ratios.scaling import checked_finite
from treasury.quant.ratios.tails import divided, tail, total

RISK_MEASURES = ("value_at_risk", "expected_shortfall")


def savings_to_loss(
    exposure: ArrayLike,
    scenario_rates: ArrayLike,
    forward_rate: ArrayLike,
    cost_per_unit: ArrayLike,
    hedge_ratios: ArrayLike,
    risk_measure: str = "value_at_risk",
    confidence_level: float | Decimal = 0.95,
) -> SavingsToLossColumns:
    """The curve of n exposures over k ratios: exposure, forward and cost (n,), scenarios (n, m) or (m,), ratios
    (n, k) or (k,), from 0 on; all Decimal, or float64.

    Reasons per row: ``zero_exposure`` (no exposure, or a ratio of 1), ``no_potential_loss`` (an open part that
    loses nothing), ``corner_solution``, ``out_of_range``. Of equally good ratios the smallest is the best.
    """
    savings, loss, ratios = savings_and_loss(
        exposure, scenario_rates, forward_rate, cost_per_unit, hedge_ratios, risk_measure, confidence_level
    )
    nothing_open = (ratios == 1) | (np.asarray(exposure) == 0).reshape(-1, 1)
    none = np.broadcast_to(np.asarray(nothing_open, dtype=bool), loss.shape)
    calm = ~none & np.asarray(loss <= 0, dtype=bool)
    value, _ = finite_or_nan(ratio(savings, np.where(none | calm, loss * 0, loss)) + 0.0)
    lost = ~none & ~calm & np.isnan(value)
    best, corner = _best(value, floats(ratios))
    reasons = where_reason(none.any(axis=-1), Reason.ZERO_EXPOSURE)
    reasons |= where_reason(calm.any(axis=-1), Reason.NO_POTENTIAL_LOSS)
    reasons |= where_reason((lost | beyond(savings) | beyond(loss)).any(axis=-1), Reason.OUT_OF_RANGE)
    reasons |= where_reason(corner, Reason.CORNER_SOLUTION)
    return SavingsToLossColumns(savings, loss, value, best, reasons)


def savings_and_loss(
    exposure: ArrayLike,
    scenario_rates: ArrayLike,
    forward_rate: ArrayLike,
    cost_per_unit: ArrayLike,
    hedge_ratios: ArrayLike,
    risk_measure: str,
    confidence_level: float | Decimal,
) -> tuple[Amounts, Amounts, Amounts]:
    """Expected savings and potential loss of each ratio, (n, k), and the ratios; Decimal where these are."""
    item, rates, forward, cost, ratios = _arrays(
        exposure, scenario_rates, forward_rate, cost_per_unit, hedge_ratios
    )
    if risk_measure not in RISK_MEASURES:
        raise InputError("risk_measure", "one of " + ", ".join(RISK_MEASURES), got=str(risk_measure))
    which = RISK_MEASURES.index(risk_measure)
    with localcontext(EXACT), np.errstate(over="ignore", invalid="ignore"):
        size = np.abs(item)
        gap = forward[:, None] - rates
        per_unit = np.where((item < 0)[:, None], -gap, gap)
        saved = divided(size * total(per_unit), rates.shape[-1]) - size * cost
        below = tail(per_unit, confidence_level)[which]
        above = tail(-per_unit, confidence_level)[which]
        open_part = np.abs(1 - ratios) * size[:, None]
        loss = open_part * np.where(ratios <= 1, below[:, None], above[:, None])
        return _finite(ratios * saved[:, None]), _finite(np.asarray(loss)), ratios


def beyond(values: Amounts) -> Bool:
    """Where an amount is undefined because it is beyond float64; never among Decimals."""
    return np.isnan(values) if values.dtype.kind == "f" else np.zeros(values.shape, dtype=bool)


def _finite(values: Amounts) -> Amounts:
    return finite_or_nan(values + 0.0)[0] if values.dtype.kind == "f" else values


def _best(value: Float, ratios: Float) -> tuple[Float, Bool]:
    """The ratio of the largest value, and whether no ratio with a value lies on either side of it (on its side of 1).

    Of equal values the smallest ratio counts.
    """
    ratios = np.broadcast_to(ratios, value.shape)
    defined = ~np.isnan(value)
    some = defined.any(axis=-1)
    top = np.where(defined, value, -np.inf).max(axis=-1, initial=-np.inf)
    best = np.where(defined & (value == top[:, None]), ratios, np.inf).min(axis=-1, initial=np.inf)
    same_side = defined & ((ratios < 1) == (best < 1)[:, None])
    lower = (same_side & (ratios < best[:, None])).any(axis=-1)
    higher = (same_side & (ratios > best[:, None])).any(axis=-1)
    return np.where(some, best, np.nan), some & ~(lower & higher)


def _arrays(*given: ArrayLike) -> tuple[Amounts, Amounts, Amounts, Amounts, Amounts]:
    """Rows first, all Decimal or all float64, checked and broadcast."""
    kinds = [np.asarray(value) for value in given]
    is_exact = [kind.dtype.kind == "O" for kind in kinds]
    item, rates, forward, cost, ratios = kinds if all(is_exact) else [floats(value) for value in given]
    if not any(is_exact):
        names = ("exposure", "scenario_rates", "forward_rate", "cost_per_unit", "hedge_ratios")
        for name, value in zip(names, (item, rates, forward, cost, ratios), strict=True):
            checked_finite(name, value)
    item, forward, cost = (np.atleast_1d(part) for part in np.broadcast_arrays(item, forward, cost))
    for name, value in (("scenario_rates", rates), ("hedge_ratios", ratios)):
        fits = value.ndim in (1, 2) and value.shape[-1] and value.shape[:-1] in ((), (1,), item.shape)
        if not fits:
            raise InputError(name, f"shape (n,) or ({item.size}, n), not empty", got=str(value.shape))
    if np.any(ratios < 0):
        raise InputError("hedge_ratios", "ratios from 0 on")
    return item, np.atleast_2d(rates), forward, cost, np.atleast_2d(ratios)
