"""Zero curves: continuous ACT/365F zero rates per date, currency and node, linear in the rate, flat
outside.

Formula: D(t) = exp(−z(t)·t). FX forward: F(t) = S · [D_base(t)/D_base(s)] / [D_quote(t)/D_quote(s)], where s is the
spot date; with s today F = S · D_base(t) / D_quote(t).
Units: rates are fractions per year, years ACT/365F, discount factors dimensionless. Reference: rules
section 3.
Worked example: z = 0.03, t = 0.5 → D = 0.985112.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.curves.interpolation import check_stack, gather
from treasury.quant.curves.period_rates import period_rates
from treasury.quant.numbers import Float, Int, floats


@dataclass(frozen=True, slots=True)
class ZeroCurves:
    """Zero rates of all curves on all dates of a snapshot: ``zero_rates[stack row, curve, node]``.

    Dates on which no curve changes share a row of the stack: ``rows`` has the stack row of each date; without it the
    dates are the rows.
    """

    currencies: tuple[str, ...]
    node_years: Float
    zero_rates: Float
    rows: Int | None = None

    def __post_init__(self) -> None:
        check_stack("zero_rates", self.node_years, self.zero_rates, len(self.currencies))

    def currency_index(self, currency: str) -> int:
        """Position of a currency in the arrays."""
        return self.currencies.index(currency)

    def stack_rows(self, date_index: ArrayLike) -> Int:
        """Rows of ``zero_rates`` on dates."""
        index = np.asarray(date_index)
        return index if self.rows is None else np.asarray(self.rows[index])


def zero_rates(
    curves: ZeroCurves, date_index: ArrayLike, currency_index: ArrayLike, years: ArrayLike
) -> Float:
    """Continuous zero rate at ``years`` from each date; all arguments broadcast."""
    return gather(curves.node_years, curves.zero_rates, curves.stack_rows(date_index), currency_index, years)


def discount_factors(
    curves: ZeroCurves, date_index: ArrayLike, currency_index: ArrayLike, years: ArrayLike
) -> Float:
    """Discount factors at ``years`` (≥ 0) from each date; all arguments broadcast, for example to (n, dates).

    A flow that lies in the past (years < 0) has no discount factor, nor has one under a rate so absurd that its factor
    is 0 or infinite as a float: NaN.
    """
    time = floats(years)
    rate = zero_rates(curves, date_index, currency_index, time)
    with np.errstate(over="ignore"):
        factors = np.exp(-rate * time)
    usable = (factors > 0) & (factors < np.inf) & (time >= 0)
    return np.asarray(factors) if np.all(usable) else np.where(usable, factors, np.nan)


def forward_rates(
    curves: ZeroCurves,
    spot_rate: ArrayLike,
    date_index: ArrayLike,
    base_index: ArrayLike,
    quote_index: ArrayLike,
    years: ArrayLike,
    spot_years: ArrayLike = 0.0,
) -> Float:
    """FX forward, quote per base, from the spot date (``spot_years`` from today); all arguments broadcast.

    Exactly the spot rate to the spot date itself.
    """
    base = discount_factors(curves, date_index, base_index, years)
    quote = discount_factors(curves, date_index, quote_index, years)
    if np.any(np.asarray(spot_years) != 0):
        base = base / discount_factors(curves, date_index, base_index, spot_years)
        quote = quote / discount_factors(curves, date_index, quote_index, spot_years)
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
    start_factor = discount_factors(curves, date_index, currency_index, np.maximum(start, 0.0))
    end_factor = discount_factors(curves, date_index, currency_index, np.maximum(end, 0.0))
    return period_rates(start, end, start_factor, end_factor, accruals, known_fixing)
