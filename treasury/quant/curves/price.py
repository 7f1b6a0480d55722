"""At-the-money volatilities by expiry: the surface read at ln(K/F) = 0."""

from __future__ import annotations

from numpy.typing import ArrayLike

from treasury.quant.curves import volatility
from treasury.quant.numbers import Float


def implied_volatilities(
    surface: volatility.VolatilitySurface, date_index: ArrayLike, pair_index: ArrayLike, years: ArrayLike
) -> Float:
    """Volatility at ``years`` from each date, linear in total variance; all arguments broadcast."""
    return volatility.implied_volatilities(surface, date_index, pair_index, 0.0, years)
