"""A fair value hedge moves the hedged item's carrying amount by its change for the hedged risk.

Formula: adjustment_t = Σ ΔItem up to t; ineffectiveness = ΔHI + ΔItem of the period, which is what profit or
loss is left with. Units: functional currency, gains +; an asset's adjustment is +, a liability whose value
rises has a negative change. The same under the three frameworks.
Reference: IFRS 9 6.5.8 to 6.5.10; IAS 39.89; ASC 815-25-35-1; rules section 5.
Worked example: instrument −30, −10, item 28, 12 → adjustment 28, 40; ineffectiveness −2, 2.
"""

from __future__ import annotations

from decimal import localcontext

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.measurement.checks import running_sums, same_shape, series
from treasury.quant.measurement.columns import FairValueHedgeColumns
from treasury.quant.numbers import EXACT


def fair_value_hedge(instrument_changes: ArrayLike, item_changes: ArrayLike) -> FairValueHedgeColumns:
    """Cumulative adjustment and ineffectiveness of each period, shape (n, periods), of changes per period.

    Fewer periods in a row: fill with zero changes. A firm commitment's adjustment is its asset or liability.
    """
    hedge = series("instrument_changes", instrument_changes)
    item = series("item_changes", item_changes)
    same_shape("instrument_changes", hedge, "item_changes", item)
    with localcontext(EXACT):
        return FairValueHedgeColumns(running_sums(item), np.asarray(hedge + item))
