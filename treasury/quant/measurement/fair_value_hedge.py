"""A fair value hedge moves the hedged item's carrying amount by its change for the hedged risk.

Formula: adjustment_t = Σ ΔItem of the periods up to t that qualify; ineffectiveness = ΔHI + ΔItem of the period,
ΔHI alone in one that does not, which is what profit or loss is left with. Under IFRS 9 every period qualifies, under
IAS 39 and ASC 815 one that was highly effective; what was adjusted before stays on the item. Units: functional
currency, gains +; an asset's adjustment is +, a liability whose value rises has a negative change.
Reference: IFRS 9 6.5.8 to 6.5.10; IAS 39.88(e), 39.89, AG113; ASC 815-20-25-75, 815-25-35-1; rules section 5.
Worked example: instrument −30, −10, item 28, 12 → adjustment 28, 40; ineffectiveness −2, 2. The second period failed →
28, 28; −2, −10.
"""

from __future__ import annotations

from decimal import localcontext

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.codes import Framework
from treasury.quant.measurement.checks import (
    booleans,
    frameworks,
    only_where,
    running_sums,
    same_shape,
    series,
)
from treasury.quant.measurement.columns import FairValueHedgeColumns
from treasury.quant.numbers import EXACT


def fair_value_hedge(
    instrument_changes: ArrayLike,
    item_changes: ArrayLike,
    framework: ArrayLike = Framework.IFRS9,
    highly_effective: ArrayLike = True,
) -> FairValueHedgeColumns:
    """Cumulative adjustment and ineffectiveness of each period, shape (n, periods), of changes per period.

    ``highly_effective`` is one a period and is ignored by IFRS 9; ``framework`` is one for all or one a row. Fewer
    periods in a row: fill with zero changes. A firm commitment's adjustment is its asset or liability.
    """
    hedge = series("instrument_changes", instrument_changes)
    item = series("item_changes", item_changes)
    same_shape("instrument_changes", hedge, "item_changes", item)
    rule = frameworks(framework, hedge.shape[:-1])
    qualifies = booleans("highly_effective", highly_effective, hedge.shape) | (rule == Framework.IFRS9)
    with localcontext(EXACT):
        counted = only_where(qualifies, item)
        return FairValueHedgeColumns(running_sums(counted), np.asarray(hedge + counted))
