"""Discount curves of ZERO_RATE quotes, one by one, for the projection curves that are built on them."""

from __future__ import annotations

import numpy as np

from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.curves.rate_curve import RateCurve
from treasury.quant.curves.spreading import spread_out
from treasury.quant.dates.tenors import tenor_years
from treasury.quant.numbers import floats
from treasury.quant.quotes import NEVER, Filled, Quotes, filled


class ZeroRateCurves:
    """The discount curves that ZERO_RATE quotes of some currencies make on the dates of their projection curves."""

    def __init__(self, quotes: Quotes, currencies: set[str], dates: list[int]) -> None:
        self.known: Filled | None = None
        wanted = [
            place for place, key in enumerate(quotes.series) if key[0] == "ZERO_RATE" and key[1] in currencies
        ]
        if dates and wanted:
            place_of = np.full(len(quotes.series), -1, dtype=np.int64)
            place_of[wanted] = np.arange(len(wanted))
            rows = np.flatnonzero(place_of[quotes.series_index] >= 0)
            part = Quotes(
                [quotes.series[place] for place in wanted],
                place_of[quotes.series_index[rows]],
                quotes.dates[rows],
                quotes.values[rows],
            )
            self.known = filled(part, dates)
            self.series = self.known.of_kind("ZERO_RATE")

    def age(self, currency: str, date: int) -> int:
        """Days since the newest quote; ``NEVER`` without one."""
        if self.known is None or currency not in self.series:
            return NEVER
        columns = [column for _, column in self.series[currency]]
        return int(self.known.ages[np.searchsorted(self.known.dates, date), columns].min())

    def curve(self, currency: str, date: int) -> RateCurve:
        """The market's curve of that date; each bend lies between two nodes a day apart, so every day is exact."""
        assert self.known is not None
        series = self.series[currency]
        row = int(np.searchsorted(self.known.dates, date))
        years = floats([tenor_years(key.tenor) for key, _ in series])
        rates = self.known.values[row, [column for _, column in series]]
        bends = years[~np.isnan(rates)] * DAYS_PER_YEAR
        days = np.unique(np.concatenate([np.floor(bends), np.ceil(bends)]))
        on_days = spread_out(years, rates[None, :], days / DAYS_PER_YEAR)[0]
        return RateCurve(currency, date, days.astype(np.int64), on_days)
