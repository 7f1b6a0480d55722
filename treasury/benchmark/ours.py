"""Our side: the project's own functions on columns, in chunks that stay in the cache. What is timed is all here."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from treasury.benchmark.book import Forwards, Options, Series, Swaps
from treasury.benchmark.market import AS_OF, Market
from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.chunks import by_chunks, segment_chunks
from treasury.quant.columns import FxOptionValue, RegressionColumns
from treasury.quant.curves.grid import grid_forward_rates
from treasury.quant.effectiveness.regression import regression
from treasury.quant.numbers import Float, Int
from treasury.quant.valuation.fx_forward import fx_forward_present_value
from treasury.quant.valuation.fx_option import fx_option_unit_values, fx_option_value
from treasury.quant.valuation.interest_rate_swap import (
    annuity,
    floating_leg,
    interest_rate_swap_present_value,
)

#: Flows of a chunk of swaps: few enough for the cache, many enough that the calls themselves do not count.
CHUNK_FLOWS = 65_536


def forward_values(market: Market, book: Forwards) -> Float:
    """Present values in quote currency."""
    grid = market.grid
    base_starts, quote_starts = grid.starts(market.base_curve), grid.starts(market.quote_curve)

    def values(pair: Int, notional: Float, strike: Float, maturity: NDArray[np.int32]) -> Float:
        forward, factor = grid_forward_rates(
            grid, market.spot_today[pair], base_starts[pair], quote_starts[pair], maturity
        )
        return fx_forward_present_value(notional, strike, forward, factor)

    return by_chunks(values, book.pair, book.notional, book.strike, book.maturity)


def option_values(market: Market, book: Options) -> Float:
    """Present values in quote currency, without Greeks."""
    grid = market.grid
    base_starts, quote_starts = grid.starts(market.base_curve), grid.starts(market.quote_curve)

    def values(pair: Int, kind: Float, notional: Float, strike: Float, expiry: NDArray[np.int32]) -> Float:
        days = grid.checked(expiry)
        asset = market.spot[pair] * grid.factors_at(base_starts[pair] + days)
        cash = strike * grid.factors_at(quote_starts[pair] + days)
        deviation = market.volatility[pair] * np.sqrt((days - AS_OF) / DAYS_PER_YEAR)
        return notional * fx_option_unit_values(kind, asset, cash, deviation)

    return by_chunks(values, book.pair, book.kind, book.notional, book.strike, book.expiry)


def option_greeks(market: Market, book: Options) -> FxOptionValue:
    """Values with all Greeks."""
    grid = market.grid
    base_starts, quote_starts = grid.starts(market.base_curve), grid.starts(market.quote_curve)

    def values(
        pair: Int, kind: Float, notional: Float, strike: Float, expiry: NDArray[np.int32]
    ) -> FxOptionValue:
        days = grid.checked(expiry)
        base, quote = grid.rates_at(base_starts[pair] + days), grid.rates_at(quote_starts[pair] + days)
        spot, volatility = market.spot[pair], market.volatility[pair]
        return fx_option_value(
            kind, notional, spot, strike, base, quote, volatility, (days - AS_OF) / DAYS_PER_YEAR
        )

    return by_chunks(values, book.pair, book.kind, book.notional, book.strike, book.expiry)


def swap_values(market: Market, book: Swaps) -> Float:
    """Present values in the swap's currency."""
    result = np.empty(book.notional.size)
    grid = market.grid
    discount, projection = grid.starts(book.currency), grid.starts(market.projection(book.currency))
    fixed, floating = book.fixed, book.floating
    for rows, flows, offsets in segment_chunks(floating.offsets, CHUNK_FLOWS):
        counts = np.diff(offsets)
        begins, ends = grid.checked_periods(floating.starts[flows], floating.payments[flows])
        projected, discounted = np.repeat(projection[rows], counts), np.repeat(discount[rows], counts)
        per_unit = floating_leg(
            offsets,
            begins,
            ends,
            AS_OF,
            floating.accruals[flows],
            grid.factors_at(projected + begins),
            grid.factors_at(projected + ends),
            grid.factors_at(discounted + ends),
            book.fixings[flows],
        )
        bounds = fixed.offsets[rows.start : rows.stop + 1]
        own = slice(int(bounds[0]), int(bounds[-1]))
        places = grid.places(np.repeat(discount[rows], np.diff(bounds)), fixed.payments[own])
        per_rate = annuity(bounds - bounds[0], fixed.accruals[own], grid.factors_at(places))
        result[rows] = interest_rate_swap_present_value(
            book.notional[rows], book.pay_fixed[rows], book.fixed_rate[rows], per_rate, per_unit
        )
    return result


def regressions(book: Series) -> RegressionColumns:
    """All statistics of each relationship."""
    return regression(book.instrument, book.item)
