"""Curves implied by forward points and forward prices: the rate at which the market, not parity, carries a unit.

Formula: a pair base/quote with outright F to T and spot S gives D_quote*(T) = D_base(T)·S/F, or the other way round
D_base*(T) = D_quote(T)·F/S; as zero rates z_quote* = z_base + c and z_base* = z_quote − c with c = ln(F/S)/T. The
carry c is linear between quoted dates, 0 up to the spot date of a pair, flat beyond the last quote, so that every
quoted outright comes back. Forward prices of a quantity are from today: its yield is z_quote − c.
Units: c per year, continuous, ACT/365F from the quote's date; points in units of the rate. Reference: rules section
3; J. Hull, Options, Futures, and Other Derivatives, chapter 5.
Worked example: S 1.10, points 0.0110 to T = 0.5: c = ln(1.111/1.10)/0.5 = 0.019901.
"""

from __future__ import annotations

import numpy as np

from treasury.quant.curves.spreading import spread_out
from treasury.quant.numbers import Bool, Float, floats


def carries(spot_rates: Float, outrights: Float, years: Float) -> Float:
    """c = ln(F/S)/T: spots (n,), outrights and years (n, k). NaN where a rate is not above 0 or T is not."""
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
    quoted = ~np.isnan(points) & (years > spot_years[:, None])
    found = np.where(quoted, carries(spot_rates, spot_rates[:, None] + points, years), np.nan)
    failed = np.asarray((quoted & np.isnan(found)).any(axis=1))
    nodes = np.concatenate([spot_years[:, None], years], axis=1)
    values = np.concatenate([np.zeros((years.shape[0], 1)), found], axis=1)
    result = spread_out(nodes, values, common)
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
