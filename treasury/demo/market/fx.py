"""Spot and forward exchange rates of the demo for any pair, out of the reference rates and the curves.

Forwards follow covered interest parity, `F = S · exp((r_quote − r_base) · t)`; they are for striking trades
and are not stored: the book values everything from spot rates and curves.
"""

from datetime import date

import numpy as np

from treasury.demo.market.curves import zero_rate
from treasury.demo.market.reference_rates import position_on, reference_rates


def spot_rate(base: str, quote: str, day: date) -> float:
    """Units of `quote` per 1 `base` on the last business date with both rates that is not after `day`."""
    position = position_on(day)
    columns = reference_rates()[1]
    cross = columns[quote][: position + 1] / columns[base][: position + 1]
    return float(cross[np.flatnonzero(~np.isnan(cross))[-1]])


def forward_rate(base: str, quote: str, day: date, settlement: date) -> float:
    years = (settlement - day).days / 365.0
    if years <= 0:
        return spot_rate(base, quote, day)
    carry = zero_rate(quote, day, years) - zero_rate(base, day, years)
    return spot_rate(base, quote, day) * float(np.exp(carry * years))
