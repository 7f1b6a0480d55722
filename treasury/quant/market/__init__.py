"""The market of a snapshot as arrays: for every date the last quote on or before it, and how old that is.

Owns: filling forward, crosses through one hub currency, curves on common nodes, the spot dates of pairs. Does not
own: the choice of quotes, bootstrapping. Every table has a last column of NaN, so that an index of −1 means "no such
quote", and a first row of NaN for dates before the first quote. Units: dates are ordinals, ages days, years ACT/365F.
"""

from treasury.quant.market.arrays import NO_RATE, Market, Table, forward_rates
from treasury.quant.market.build import market
from treasury.quant.quotes import NEVER, Quotes, Series

__all__ = ["NEVER", "NO_RATE", "Market", "Quotes", "Series", "Table", "forward_rates", "market"]
