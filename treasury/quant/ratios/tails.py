"""The tail of a set of losses: its quantile, and the mean of what lies beyond.

Formula, of m losses L₁ ≤ … ≤ Lₘ at confidence c: place p = c·(m − 1), value at risk = L₁₊⌊p⌋ + (p − ⌊p⌋)·(L₂₊⌊p⌋ −
L₁₊⌊p⌋) (linear interpolation, type 7 of Hyndman and Fan); expected shortfall = mean of the losses that are at least
that value at risk. Units and sign: those of the losses, loss +. Reference: rules section 2; Hyndman and Fan 1996.
Worked example: losses 1, 2, 3, 4, 5 at 0.9 → place 3.6, value at risk 4.6, shortfall 5; at 0.75 → 4 and 4.5.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import numpy as np

from treasury.kernel.errors import InputError
from treasury.quant.numbers import EXACT, Amounts
from treasury.quant.sums import row_sum

#: A mean of decimals keeps this many digits where it does not come out even.
_DIGITS = 60


def tail(losses: Amounts, confidence_level: float | Decimal) -> tuple[Amounts, Amounts]:
    """Value at risk and expected shortfall along the last axis, Decimal or float64, at least one loss.

    The place is worked out exactly from the level as it is written, so that a quantile that is one of the losses
    counts it in.
    """
    level = confidence(confidence_level)
    ranked = np.sort(losses, axis=-1)
    size = ranked.shape[-1]
    place = Fraction(level) * (size - 1)
    low = int(place)
    weight: Any = place - low
    lower, higher = ranked[..., low], ranked[..., min(low + 1, size - 1)]
    with localcontext(EXACT), np.errstate(over="ignore", invalid="ignore"):
        if losses.dtype.kind == "O":
            part = Decimal(weight.numerator) / Decimal(weight.denominator)
            value = np.asarray(lower + (higher - lower) * part, dtype=object)
        else:
            value = np.asarray(np.minimum(lower + (higher - lower) * float(weight), higher))
        beyond = np.asarray(ranked >= value[..., None], dtype=bool)
        return value, mean(np.where(beyond, ranked, _zero(ranked)), beyond.sum(axis=-1))


def confidence(level: float | Decimal) -> Decimal:
    """A level above 0 and below 1 as the shortest decimal that it prints as."""
    exact = Decimal(str(level))
    if not (exact.is_finite() and 0 < exact < 1):
        raise InputError("confidence_level", "a number above 0 and below 1", got=str(level))
    return exact


def total(values: Amounts) -> Amounts:
    """Sum along the last axis: exact for Decimal."""
    if values.dtype.kind != "O":
        return row_sum(values)
    with localcontext(EXACT):
        return np.asarray(values.sum(axis=-1), dtype=object)


def mean(values: Amounts, count: Any) -> Amounts:
    """Sum along the last axis by the count; among Decimals to 60 digits."""
    return divided(total(values), count)


def divided(values: Amounts, count: Any) -> Amounts:
    """Amounts by a count above 0; among Decimals to 60 digits."""
    if values.dtype.kind != "O":
        return np.asarray(values / count)
    with localcontext(EXACT) as context:
        context.prec = _DIGITS
        pairs = np.broadcast(values, np.asarray(count))
        result = np.empty(pairs.shape, dtype=object)
        result.reshape(-1)[:] = [Decimal(one) / int(other) for one, other in pairs]
        return result


def _zero(values: Amounts) -> Any:
    return Decimal(0) if values.dtype.kind == "O" else 0.0
