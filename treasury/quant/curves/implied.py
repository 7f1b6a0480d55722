"""Curves implied by forward points and forward prices: the rate at which the market, not parity, carries a unit.

Formula: a pair base/quote is carried from its spot date s at κ(T) = ln(F/S)/(T − s), F the outright to T. As zero
rates from today z_quote* = z_base + c and z_base* = z_quote − c, with c(T)·T = κ(T)·(T − s) + κ1·s, κ1 that of the
first tenor: where κ is one number so is c. c is linear between quoted dates, flat before the first and beyond the
last; S·[D_b*(T)/D_b*(s)]/[D_q*(T)/D_q*(s)] brings every quoted outright back. Forward prices of a quantity are from
today (s = 0): its yield is z_quote − c.
Units: c per year, continuous, ACT/365F from the quote's date; points in units of the rate. Reference: rules section
3; J. Hull, Options, Futures, and Other Derivatives, chapter 5.
Worked example: S 1.10, points 0.0110 to T = 0.5, s = 0: c = ln(1.111/1.10)/0.5 = 0.019901.
"""

from __future__ import annotations

import numpy as np

from treasury.quant.curves.spreading import spread_out
from treasury.quant.numbers import Bool, Float, floats


def carries(spot_rates: Float, outrights: Float, years: Float) -> Float:
    """κ = ln(F/S)/years: spots (n,), outrights and years (n, k) from where the carry begins. NaN where a rate is not
    above 0 or the years are not."""
    ratio = outrights / floats(spot_rates)[:, None]
    fit = (ratio > 0) & (spot_rates[:, None] > 0) & (years > 0) & np.isfinite(ratio)
    result = np.full(ratio.shape, np.nan)
    result[fit] = np.log(ratio[fit]) / years[fit]
    return result


def pair_carries(
    spot_rates: Float, points: Float, years: Float, spot_years: Float, common: Float
) -> tuple[Float, Bool]:
    """Carry (n, common) from forward points (n, k; NaN: not quoted) to ``years`` (n, k), and where it has no value.

    Points to a date not after the spot date (``spot_years`` (n,)) are no outrights and do not count. An outright that
    is not above 0 leaves the whole curve without a value.
    """
    start = spot_years[:, None]
    quoted = ~np.isnan(points) & (years > start)
    kappa = np.where(quoted, carries(spot_rates, spot_rates[:, None] + points, years - start), np.nan)
    failed = np.asarray((quoted & np.isnan(kappa)).any(axis=1))
    first = np.where(quoted, years, np.inf).argmin(axis=1)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        before = np.take_along_axis(kappa, first, axis=1) * start
        found = np.where(quoted, (kappa * (years - start) + before) / years, np.nan)
    result = spread_out(years, found, common)
    result[failed | ~quoted.any(axis=1)] = np.nan
    return result, failed


def price_carries(spots: Float, prices: Float, years: Float, common: Float) -> tuple[Float, Bool]:
    """Carry (n, common) from forward prices (n, k; NaN: not quoted) to ``years`` (n, k), and where it has no value."""
    quoted = ~np.isnan(prices) & (years > 0)
    found = np.where(quoted, carries(spots, prices, years), np.nan)
    failed = np.asarray((quoted & np.isnan(found)).any(axis=1))
    result = spread_out(years, found, common)
    result[failed] = np.nan
    return result, failed
