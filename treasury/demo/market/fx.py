"""Spot and forward exchange rates of the demo for any pair, out of the reference rates and the curves.

A forward is what the market of the day has, out of its spot rates, curves and forward points: covered interest parity
from the pair's spot date on, with the cross-currency basis of both currencies. It is for striking trades and is not
stored: the book values everything from quotes, so that a trade at this rate is worth nothing on its day.
"""

from datetime import date

import numpy as np

from treasury.demo.market.basis import basis
from treasury.demo.market.forwards import carry
from treasury.demo.market.reference_rates import position_on, reference_rates
from treasury.quant.dates.pillars import pair_spot_dates


def spot_rate(base: str, quote: str, day: date) -> float:
    """Units of `quote` per 1 `base` on the last business date with both rates that is not after `day`."""
    position = position_on(day)
    columns = reference_rates()[1]
    cross = columns[quote][: position + 1] / columns[base][: position + 1]
    return float(cross[np.flatnonzero(~np.isnan(cross))[-1]])


def spot_date(base: str, quote: str, day: date) -> date:
    """When what is dealt at the spot rate of a business date is paid."""
    return date.fromordinal(int(pair_spot_dates([day.toordinal()], base, quote)[0]))


def forward_rate(base: str, quote: str, day: date, settlement: date) -> float:
    """The outright rate of a business date; the spot rate for the spot date."""
    positions = np.array([position_on(day)])
    start = np.array([[spot_date(base, quote, day).toordinal()]])
    end = np.array([[settlement.toordinal()]])
    growth = carry(quote, positions, start, end) - carry(base, positions, start, end)
    return spot_rate(base, quote, day) * float(np.exp(growth[0, 0]))


def basis_between(base: str, quote: str, day: date) -> float:
    """What the base currency's rate through the forward market is over its own, with the quote currency at its own."""
    position = position_on(day)
    return float(basis(base)[position] - basis(quote)[position])
