"""Variance reduction says how much calmer the item is together with its hedge.

Formula: 1 − Var(ΔItem + ΔHI)/Var(ΔItem); against a hypothetical that mirrors the item 1 − Var(ΔHI −
ΔHypo)/Var(ΔHypo); volatility reduction 1 − √ of the quotient. Sample statistics (n − 1). Units: fractions,
1 is a perfect hedge, below 0 the hedge adds risk. Reference: rules section 4; FAQ §7. Worked example: item
1, −1, hedge −0.5, 0.5 → 0.75 and 0.5.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.codes import EffectivenessStatus, Reason
from treasury.quant.columns import VarianceReductionColumns
from treasury.quant.effectiveness.regression_status import EDGE
from treasury.quant.effectiveness.series import as_matrix, observed_points, prepare
from treasury.quant.numbers import Bool, Float, Int, floats, where_reason
from treasury.quant.sums import row_sum


def variance_reduction(
    instrument_changes: ArrayLike,
    item_changes: ArrayLike,
    observed: ArrayLike | None = None,
    hypothetical: bool = False,
    minimum: ArrayLike = 0.80,
) -> VarianceReductionColumns:
    """Both ratios and a status per row, shape (n, w) → (n,); ``minimum`` scalar or (n,), its edge passes.

    Under two points or a constant item: NaN, INCONCLUSIVE, ``too_few_points`` or ``constant_item``.
    """
    hedge = as_matrix("instrument_changes", instrument_changes)
    item = as_matrix("item_changes", item_changes)
    present = observed_points(item, hedge, observed)
    pair = prepare(item, hedge, present, common_scale=True)
    together = pair.y - pair.x if hypothetical else pair.y + pair.x
    own = _squares(pair.x, pair.present, pair.count)
    few = pair.count < 2
    flat = ~few & (own == 0)
    with np.errstate(all="ignore"):
        left = np.where(few | flat, np.nan, _squares(together, pair.present, pair.count) / own)
        beyond = np.isinf(left)
        left = np.where(beyond, np.nan, left)
        value, calmer = 1.0 - left, 1.0 - np.sqrt(left)
        # As in the regression's verdict, a rounding error of the statistics is the edge itself.
        limit = floats(minimum)
        fails = value < limit - EDGE * np.maximum(1.0, np.abs(limit))
    open_ = few | flat | beyond
    status = np.where(fails, EffectivenessStatus.NOT_EFFECTIVE, EffectivenessStatus.EFFECTIVE)
    status = np.where(open_, EffectivenessStatus.INCONCLUSIVE, status).astype(np.int8)
    reasons = where_reason(few, Reason.TOO_FEW_POINTS) | where_reason(flat, Reason.CONSTANT_ITEM)
    reasons |= where_reason(beyond, Reason.OUT_OF_RANGE) | where_reason(fails, Reason.VARIANCE_REDUCTION_LOW)
    return VarianceReductionColumns(value, calmer, pair.count.astype(np.int64), status, reasons)


def _squares(values: Float, mask: Bool, count: Int) -> Float:
    shifted = np.where(mask, values - values[:, :1], 0.0)
    mean = row_sum(shifted) / np.maximum(count, 1)
    deviation = np.where(mask, shifted - mean[:, None], 0.0)
    return row_sum(deviation * deviation)
