"""The outcome of a hedge: what was lost or gained together with it, and by how much it softened the change.

Formula: net = unhedged change + hedge change; net ratio = net / |exposure|; loss reduction = −hedge change
/ unhedged change. Units: amounts in one currency, gains +; ratios fractions. Reference: CME; rules section
2.
Worked example: −300,000 + 29,475 = −270,525; −2.70525 % of 10,000,000; loss reduced by 9.825 %.
"""

from __future__ import annotations

from decimal import localcontext

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.codes import Reason
from treasury.quant.columns import HedgeOutcomeColumns
from treasury.quant.numbers import EXACT, amounts, finite_or_nan, ratio, where_reason
from treasury.quant.ratios.scaling import within_range


def hedge_outcome(
    exposure: ArrayLike, unhedged_change: ArrayLike, hedge_change: ArrayLike
) -> HedgeOutcomeColumns:
    """Net change and its ratios; int64 minor units, Decimal or float64 that broadcast.

    The loss reduction is null without an unhedged change; above 1 the hedge more than made good, below 0 it
    added to the loss. For an unhedged gain it is the share of the gain that the hedge cost.
    """
    item, bare, hedge = np.broadcast_arrays(
        amounts(exposure), amounts(unhedged_change), amounts(hedge_change)
    )
    with localcontext(EXACT), np.errstate(over="ignore"):
        net, too_large = within_range(np.asarray(bare + hedge))
        net_ratio, net_beyond = finite_or_nan(ratio(net, np.abs(item)) + 0.0)
        reduction, reduction_beyond = finite_or_nan(ratio(-hedge, bare) + 0.0)
    reasons = where_reason(np.asarray(item == 0, dtype=bool), Reason.ZERO_EXPOSURE)
    reasons = reasons | where_reason(np.asarray(bare == 0, dtype=bool), Reason.ZERO_UNHEDGED_CHANGE)
    reasons = reasons | where_reason(too_large | net_beyond | reduction_beyond, Reason.OUT_OF_RANGE)
    return HedgeOutcomeColumns(net, net_ratio, reduction, reasons)
