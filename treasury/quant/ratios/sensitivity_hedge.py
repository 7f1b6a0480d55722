"""The hedge that moves as much as the item: sized by present value of a basis point, or by delta.

Formula: hedge ratio = item sensitivity / instrument sensitivity; instrument notional = hedge ratio × item
notional, both sensitivities per unit of their own notional. Units: a fraction of notionals. Reference: FAQ
§7, rules section 2.
Worked example: item 4.5, instrument 4.0 per basis point and million, item notional 10m → ratio 1.125,
11.25m.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.numbers import Float, amounts, ratio


def sensitivity_hedge_ratio(item_sensitivity: ArrayLike, instrument_sensitivity: ArrayLike) -> Float:
    """item / instrument, + when both move the same way, so that the hedge takes the other side; broadcasts,
    NaN where the instrument does not move."""
    return np.asarray(ratio(amounts(item_sensitivity), amounts(instrument_sensitivity)) + 0.0)
