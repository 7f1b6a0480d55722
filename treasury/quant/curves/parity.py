"""The FX forward by covered parity from two rates, under the usual ways of compounding.

Formula: continuous F = S·e^((r_q − r_b)·t); annual F = S·((1 + r_q)/(1 + r_b))^t; simple F = S·(1 +
r_q·t)/(1 + r_b·t).
Units: quote per base, rates per year, forward points = F − S in the rate's own unit. Reference: rules
section 3.
Worked example: S 1.56, r_b 8 %, r_q 6 %, t 0.5, continuous → 1.5444777406487.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.numbers import Float, floats


def parity_forward_rate(
    spot_rate: ArrayLike,
    base_rate: ArrayLike,
    quote_rate: ArrayLike,
    years: ArrayLike,
    compounding: str = "continuous",
) -> Float:
    """Forward rate; broadcasts. Annual rates must be above −1, simple ones leave 1 + r·t above 0: NaN
    otherwise."""
    spot, base, quote, time = floats(spot_rate), floats(base_rate), floats(quote_rate), floats(years)
    with np.errstate(all="ignore"):
        if compounding == "continuous":
            return np.asarray(spot * np.exp((quote - base) * time))
        if compounding == "annual":
            top, bottom, power = 1.0 + quote, 1.0 + base, time
        elif compounding == "simple":
            top, bottom, power = 1.0 + quote * time, 1.0 + base * time, np.ones_like(time)
        else:
            raise InputError("compounding", "continuous, annual or simple", got=str(compounding))
        return np.where((top > 0) & (bottom > 0), spot * np.power(top / bottom, power), np.nan)
