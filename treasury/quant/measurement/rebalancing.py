"""Rebalancing changes volumes from then on; what is booked is never re-scaled.

Formula: cumulative change_t = Σ over the periods up to t of volume in force · change per unit in the period; over
layers, each of which starts at zero on its own date, it is the sum of theirs. Removed volume counts no further
here: it is at fair value through profit or loss from then on.
Units: change per unit in functional currency, volume in units; amounts in functional currency, gains +.
Reference: IFRS 9 6.5.5, B6.5.7 to B6.5.21; rules section 5.
Worked example: per unit +2 then +3, 100 units, then 80 → 200, 440 (not 80·5 = 400).
"""

from __future__ import annotations

from decimal import localcontext

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.measurement.checks import running_sums, same_shape, series, zero_of
from treasury.quant.numbers import EXACT, Amounts


def cumulative_changes(changes_per_unit: ArrayLike, volume_in_force: ArrayLike) -> Amounts:
    """Cumulative change of a layer, shape (n, periods), of the change per unit of each period and the volume
    that was in force in it; Decimal or float64.
    """
    per_unit, volume = (
        series("changes_per_unit", changes_per_unit),
        series("volume_in_force", volume_in_force),
    )
    same_shape("changes_per_unit", per_unit, "volume_in_force", volume)
    if per_unit.dtype.kind == "i":
        raise InputError("changes_per_unit", "Decimal or float64, no minor units", got=str(per_unit.dtype))
    with localcontext(EXACT):
        return running_sums(per_unit * volume)


def relationship_changes(layer_changes: ArrayLike, relationship: ArrayLike, count: int) -> Amounts:
    """Cumulative changes of each relationship, shape (count, periods): the sum of its layers' (layers, periods).

    ``relationship`` holds 0 to count − 1 per layer. Added volume is a layer with its own hypothetical, which is
    zero up to the date it was added.
    """
    layers, index = series("layer_changes", layer_changes), np.asarray(relationship)
    if index.shape != layers.shape[:-1] or index.dtype.kind not in "iu" or layers.ndim != 2:
        raise InputError("relationship", f"one for each of {layers.shape[0]} layers", got=str(index.shape))
    if index.size and (index.min() < 0 or index.max() >= count):
        raise InputError("relationship", f"numbers from 0 to {count - 1}")
    series("layer_changes", layers.T if layers.size else layers)  # minor units that add up
    result = np.full((count, layers.shape[1]), zero_of(layers), dtype=layers.dtype)
    with localcontext(EXACT):
        # Sorted by relationship and then by size, so that the order of the layers changes no digit.
        for period in range(layers.shape[1]):
            order = (
                np.lexsort((layers[:, period], index)) if layers.dtype.kind != "O" else np.arange(index.size)
            )
            np.add.at(result[:, period], index[order], layers[order, period])
    return result
