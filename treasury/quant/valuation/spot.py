"""What is held at the spot rate: a natural offset's carrying amount, or a quantity at its price.

Formula: value = quantity × price. Units: quantity signed (asset or inflow +) in the risk's base unit, price
in quote currency per unit. Reference: FAQ §1, rules section 3. Worked example: a loan of EUR −10,000,000 at
1.10 → −11,000,000.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.numbers import Float, floats


def spot_value(quantity: ArrayLike, price: ArrayLike) -> Float:
    """quantity × price, float64; broadcasts."""
    return np.asarray(floats(quantity) * floats(price))
