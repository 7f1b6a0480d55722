"""One rate curve of one date as it is stored: nodes in days from its date, continuous ACT/365F zero rates.

Linear in the zero rate between nodes, flat outside, like every curve of a market.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from treasury.quant.numbers import Float, Int


@dataclass(frozen=True, slots=True)
class RateCurve:
    """``symbol`` is a currency (its discount curve) or a rate index (its projection curve); ``quote_date`` an ordinal.

    A curve that could not be built has a ``problem``, in words for a person, and no nodes.
    """

    symbol: str
    quote_date: int
    node_days: Int
    zero_rates: Float
    problem: str = ""


def failed_curve(symbol: str, quote_date: int, problem: str) -> RateCurve:
    """What is kept of a curve that could not be built."""
    return RateCurve(symbol, quote_date, np.empty(0, dtype=np.int64), np.empty(0), problem)
