"""Zero curves: continuous ACT/365F zero rates per date, currency and node, linear in the rate, flat
outside.

Formula: D(t) = exp(−z(t)·t). FX forward by covered parity: F = S · D_base(t) / D_quote(t).
Units: rates are fractions per year, years ACT/365F, discount factors dimensionless. Reference: rules
section 3.
Worked example: z = 0.03, t = 0.5 → D = 0.985112.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.curves.interpolation import check_stack, gather
from treasury.quant.numbers import Float, floats


@dataclass(frozen=True, slots=True)
class ZeroCurves:
    """Zero rates of all currencies on all dates of a snapshot: ``zero_rates[date, currency, node]``."""

    currencies: tuple[str, ...]
    node_years: Float
    zero_rates: Float

    def __post_init__(self) -> None:
        check_stack("zero_rates", self.node_years, self.zero_rates, len(self.currencies))

    def currency_index(self, currency: str) -> int:
        """Position of a currency in the arrays."""
        return self.currencies.index(currency)


def zero_rates(
    curves: ZeroCurves, date_index: ArrayLike, currency_index: ArrayLike, years: ArrayLike
) -> Float:
    """Continuous zero rate at ``years`` from each date; all arguments broadcast."""
    return gather(curves.node_years, curves.zero_rates, date_index, currency_index, years)


def discount_factors(
    curves: ZeroCurves, date_index: ArrayLike, currency_index: ArrayLike, years: ArrayLike
) -> Float:
    """Discount factors at ``years`` (≥ 0) from each date; all arguments broadcast, for example to (n, dates).

    A flow that lies in the past (years < 0) has no discount factor: NaN.
    """
    time = floats(years)
    rate = zero_rates(curves, date_index, currency_index, time)
    factors = np.exp(-rate * time)
    return np.where(time < 0, np.nan, factors) if np.any(time < 0) else np.asarray(factors)


def forward_rates(
    curves: ZeroCurves,
    spot_rate: ArrayLike,
    date_index: ArrayLike,
    base_index: ArrayLike,
    quote_index: ArrayLike,
    years: ArrayLike,
) -> Float:
    """FX forward by covered parity, quote per base: S · D_base / D_quote; all arguments broadcast."""
    base = discount_factors(curves, date_index, base_index, years)
    quote = discount_factors(curves, date_index, quote_index, years)
    return np.asarray(floats(spot_rate) * base / quote)


def projected_rates(
    curves: ZeroCurves,
    date_index: ArrayLike,
    currency_index: ArrayLike,
    start_years: ArrayLike,
    end_years: ArrayLike,
    accruals: ArrayLike,
    known_fixing: ArrayLike = np.nan,
) -> Float:
    """Simple floating rates per period: (D(start)/D(end) − 1)/accrual, or the known fixing once a period
    has begun.

    ``accruals`` are the period's year fractions in its own day count (> 0). A period that starts today
    (start 0) takes the fixing if one is known, else the curve; one that began earlier has only the fixing
    (NaN where it is missing). A period that has ended has no rate: NaN.
    """
    start, end = floats(start_years), floats(end_years)
    fixing = floats(known_fixing)
    start_factor = discount_factors(curves, date_index, currency_index, np.maximum(start, 0.0))
    end_factor = discount_factors(curves, date_index, currency_index, np.maximum(end, 0.0))
    projected = (start_factor / end_factor - 1.0) / floats(accruals)
    begun = np.where(start < 0, fixing, np.where((start == 0) & ~np.isnan(fixing), fixing, projected))
    return np.where(end < 0, np.nan, begun)
