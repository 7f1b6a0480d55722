"""Our side: the project's own functions on columns, in chunks that stay in the cache. What is timed is all here."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from treasury.benchmark.book import Forwards, Options, Series, Swaps
from treasury.benchmark.market import AS_OF, Market
from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.chunks import by_chunks, row_chunks
from treasury.quant.columns import FxOptionValue, RegressionColumns
from treasury.quant.curves.grid import grid_forward_rates
from treasury.quant.effectiveness.regression import regression
from treasury.quant.numbers import Float, Int
from treasury.quant.valuation.fx_forward import fx_forward_present_value
from treasury.quant.valuation.fx_option import fx_option_unit_values, fx_option_value
from treasury.quant.valuation.interest_rate_swap import interest_rate_swap_present_value
from treasury.quant.valuation.swap_grid import grid_annuity, grid_floating_leg

#: Rows of a chunk where no Greeks are asked for: a dozen columns of them fit into the cache beside the part of the grid
#: that they look into.
PLAIN_ROWS = 8_192


def forward_values(market: Market, book: Forwards) -> Float:
    """Present values in quote currency."""
    grid = market.grid
    base_starts, quote_starts = grid.starts(market.base_curve), grid.starts(market.quote_curve)

    def values(pair: Int, notional: Float, strike: Float, maturity: NDArray[np.int32]) -> Float:
        forward, factor = grid_forward_rates(
            grid, market.spot_today[pair], base_starts[pair], quote_starts[pair], maturity
        )
        return fx_forward_present_value(notional, strike, forward, factor)

    return by_chunks(values, book.pair, book.notional, book.strike, book.maturity, rows=PLAIN_ROWS)


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

    return by_chunks(values, book.pair, book.kind, book.notional, book.strike, book.expiry, rows=PLAIN_ROWS)


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
    count, grid, floating = book.notional.size, market.grid, book.floating
    result, per_rate = np.empty(count), np.empty(count)
    discount, projection = grid.starts(book.currency), grid.starts(market.projection(book.currency))
    for group, leg in book.fixed:
        for part in row_chunks(group.size, PLAIN_ROWS):
            rows = group[part]
            payments, accruals = leg.boundaries[1:, part], leg.accruals[:, part]
            per_rate[rows] = grid_annuity(grid, discount[rows], payments, accruals)
    for own in row_chunks(count, PLAIN_ROWS):
        per_unit = grid_floating_leg(
            grid,
            projection[own],
            discount[own],
            floating.boundaries[:, own],
            AS_OF,
            floating.accruals[:, own],
            book.fixings[:, own],
        )
        result[own] = interest_rate_swap_present_value(
            book.notional[own], book.pay_fixed[own], book.fixed_rate[own], per_rate[own], per_unit
        )
    return result


def regressions(book: Series) -> RegressionColumns:
    """All statistics of each relationship."""
    return regression(book.instrument, book.item)
