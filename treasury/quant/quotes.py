"""Quotes as columns, and the same filled forward: for every date the last quote on or before it, and its age.

Units: dates are ordinals, ages days; a first row of NaN stands for the time before the first quote.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from treasury.quant.numbers import Float, Int

NEVER = 1_000_000


class Series(NamedTuple):
    """What a quote is a quote of. Moneyness is strike over forward; None is at the money, or no matter."""

    kind: str
    symbol: str
    tenor: str
    moneyness: float | Decimal | None = None


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quotes in an order in which a later one of the same series and date replaces an earlier one."""

    series: Sequence[tuple[str, str, str, float | Decimal | None]]
    series_index: Int
    dates: Int
    values: Float


@dataclass(frozen=True, slots=True)
class Filled:
    """``values[row, series]`` on or before the row's date; ``ages`` in days, ``NEVER`` where there is no quote."""

    dates: Int
    columns: Mapping[Series, int]
    values: Float
    ages: Int

    def of_kind(self, kind: str) -> dict[str, list[tuple[Series, int]]]:
        """The series of a kind by symbol, each with its column; sorted."""
        found: dict[str, list[tuple[Series, int]]] = {}
        those = [item for item in self.columns.items() if item[0].kind == kind]
        for series, column in sorted(those, key=lambda item: _order(item[0])):
            found.setdefault(series.symbol, []).append((series, column))
        return found


def filled(quotes: Quotes, more_dates: Sequence[int] = ()) -> Filled:
    """Every series on every date with a quote, and on ``more_dates``."""
    days = np.unique(np.concatenate([quotes.dates, np.asarray(more_dates, dtype=np.int64)])).astype(np.int64)
    shape = (days.size + 1, len(quotes.series))
    cells = (np.searchsorted(days, quotes.dates) + 1) * shape[1] + quotes.series_index
    # The last of several quotes of a cell counts.
    last = np.full(shape[0] * shape[1], -1)
    np.maximum.at(last, cells, np.arange(cells.size))
    quoted = np.flatnonzero(last >= 0)
    values = np.full(shape, np.nan)
    values.ravel()[quoted] = quotes.values[last[quoted]]
    there = np.where(np.isnan(values), 0, np.arange(shape[0], dtype=np.int32)[:, None])
    source = np.maximum.accumulate(there, axis=0)
    dates = np.concatenate([[0], days]).astype(np.int64)
    ages = dates[:, None] - dates[source]
    ages[source == 0] = NEVER
    columns = {Series(*key): position for position, key in enumerate(quotes.series)}
    return Filled(dates, columns, values[source, np.arange(shape[1])], ages)


def _order(series: Series) -> tuple[str, str, str, float]:
    moneyness = 0.0 if series.moneyness is None else float(series.moneyness)
    return series.kind, series.symbol, series.tenor, moneyness
