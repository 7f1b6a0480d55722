"""A market from the quotes of a snapshot and the curves that were bootstrapped from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from treasury.quant.curves.rate_curve import RateCurve
from treasury.quant.market.arrays import Market
from treasury.quant.market.curve_stack import curve_stack
from treasury.quant.market.surfaces import surfaces
from treasury.quant.market.tables import spot_table, table_of
from treasury.quant.quotes import Quotes, filled


def market(
    quotes: Quotes, rate_curves: Iterable[RateCurve] = (), quote_currencies: Mapping[str, str] | None = None
) -> Market:
    """The arrays of one snapshot. ``quote_currencies`` says in what the forward prices of a symbol are quoted."""
    curves = sorted(rate_curves, key=lambda curve: (curve.symbol, curve.quote_date))
    known = filled(quotes, sorted({curve.quote_date for curve in curves}))
    spot = spot_table(table_of(known, "FX_SPOT"))
    stack = curve_stack(known, curves, spot, quote_currencies or {})
    volatilities, volatility = surfaces(known)
    return Market(
        dates=known.dates,
        spot=spot,
        curves=stack.curves,
        curve=stack.table,
        unbuilt=stack.unbuilt,
        volatilities=volatilities,
        volatility=volatility,
        fixings=table_of(known, "RATE_FIXING"),
        prices=table_of(known, "PRICE"),
        futures=table_of(known, "FUTURES_PRICE"),
        spreads=table_of(known, "CREDIT_SPREAD"),
    )
