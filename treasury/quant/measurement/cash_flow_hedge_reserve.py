"""The cash flow hedge reserve holds what the hedge gained, up to what the hedged flows lost.

Formula, cumulative: IFRS 9 L = sign(ΔHI)·min(|ΔHI|, |ΔHypo|), 0 where the signs differ. IAS 39 the same on
the sums over the periods that were highly effective. ASC 815 L = Σ of the instrument's changes in those
periods, no lower-of. OCI = L_t − L_{t−1}; ineffectiveness = period ΔHI − OCI.
Units: functional currency, gains +, both inputs cumulative since designation; the hypothetical derivative
mirrors the item, so that a good hedge has the same sign. Reference: IFRS 9 6.5.11; IAS 39.88(e), 39.96,
AG113; ASC 815-30-35-3, 815-20-35-2; rules section 5.
Worked example (ΔHI | ΔHypo | L | OCI | P&L): 40|42|40|40|0; 100|90|90|50|10; 85|95|85|−5|−10; −10|5|0|−85|−10;
60|−8|0|0|70.

IAS 39 after a failed period: 39.88(e) asks that the hedge was highly effective "throughout the financial
reporting periods for which it was designated", and AG113 stops hedge accounting from the last date at which it
was. A failed period's gain or loss has gone to profit or loss, and 39.96 adjusts the reserve only for hedges
that qualify. So its lower-of runs over the qualifying periods: both cumulative changes leave out the failed
ones, on both sides alike. A lower-of of the whole cumulative changes would take a failed period back out of
profit or loss in the next period that passes; this one never re-books a failed period. ASC 815 does the same
without the lower-of: earlier AOCI stays.
"""

from __future__ import annotations

from decimal import localcontext

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.codes import Framework
from treasury.quant.measurement.checks import (
    booleans,
    changes,
    frameworks,
    only_where,
    running_sums,
    same_shape,
    series,
)
from treasury.quant.measurement.columns import ReserveColumns
from treasury.quant.measurement.lower_of import lower_of
from treasury.quant.numbers import EXACT


def cash_flow_hedge_reserve(
    instrument_changes: ArrayLike,
    hypothetical_changes: ArrayLike,
    framework: ArrayLike = Framework.IFRS9,
    highly_effective: ArrayLike = True,
) -> ReserveColumns:
    """Reserve, OCI and ineffectiveness of each period, shape (n, periods); one framework for all or one a row.

    ``highly_effective`` is one a period and is ignored by IFRS 9. Fewer periods in a row: repeat its last
    cumulative amounts, which adds periods without a movement. Before reclassification: the balance is L less
    what was reclassified and basis-adjusted.
    """
    hedge = series("instrument_changes", instrument_changes)
    item = series("hypothetical_changes", hypothetical_changes)
    same_shape("instrument_changes", hedge, "hypothetical_changes", item)
    rule = frameworks(framework, hedge.shape[:-1])
    passed = booleans("highly_effective", highly_effective, hedge.shape) | (rule == Framework.IFRS9)
    with localcontext(EXACT):
        period = changes(hedge)
        # What failed is taken out again, so that without a failure the cumulative figures stay as they came.
        qualifying = hedge - running_sums(only_where(~passed, period))
        mirrored = item - running_sums(only_where(~passed, changes(item)))
        reserve = np.where(rule == Framework.ASC815, qualifying, lower_of(qualifying, mirrored))
        movement = changes(reserve)
        return ReserveColumns(reserve, movement, np.asarray(period - movement))
