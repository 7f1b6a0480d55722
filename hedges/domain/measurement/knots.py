"""The dates at which relationships are looked at: only there can a cumulative figure change its course.

The beginning, every start and end of a layer, every date of an item, its payment after that, every day for which a loss
is stated not to be recovered, every end of a month in which hedge accounting is in force, and the as-of date. The day
on which earnings follow an item is none: what is due by then is what was kept on the item's own date, so that no quote
of that day is asked for. A matrix of relationships × knots, rising, padded by repeating the as-of date; a knot more
changes no figure.
"""

from dataclasses import dataclass

import numpy as np

from hedges.domain.measurement.events import Events
from hedges.domain.measurement.months import month_ends, month_of
from treasury.quant.numbers import Bool, Int
from treasury.queries.copy import Columns


@dataclass(frozen=True, slots=True)
class Knots:
    """`dates` (relationships, knots); `count` of those that are not padding; `needed`: more than an end of a month."""

    dates: Int
    count: Int
    needed: Bool

    def place(self, relationship: Int, days: Int) -> Int:
        """The first knot on or after each day; every event of a relationship has its own."""
        return np.minimum((self.dates[relationship] < days[:, None]).sum(axis=1), self.dates.shape[1] - 1)

    def take(self, rows: Int) -> "Knots":
        return Knots(self.dates[rows], self.count[rows], self.needed[rows])


def last_day(layers: Columns) -> Int:
    """The day of a layer's last value: the day of its release, else the last day of its period."""
    return layers["period_to"] - (layers["period_to"] >= layers["planned_to"])


def knots(
    found: Columns, layers: tuple[Columns, Columns], happened: Events, losses: Columns, as_of: int
) -> Knots:
    """Of every relationship, up to the date; `layers`: of its items and of its instruments; `losses`: stated not to be
    recovered."""
    count = found["relationship_id"].size
    row, day = [np.arange(count), np.arange(count)], [found["begun_on"], np.full(count, as_of)]
    last = found["begun_on"].copy()
    for part in layers:
        own = np.searchsorted(found["relationship_id"], part["relationship_id"])
        ends = last_day(part)
        np.maximum.at(last, own, np.minimum(ends, as_of))
        row += [own, own]
        day += [part["period_from"], ends]
    items = layers[0]
    booked = np.flatnonzero(items["recognised_on"] <= as_of)
    row.append(np.searchsorted(found["relationship_id"], items["relationship_id"][booked]))
    day.append(items["expected_date"][booked])
    row += [happened.relationship, np.searchsorted(found["relationship_id"], losses["relationship_id"])]
    day += [happened.date, losses["stated_on"]]
    rows, days = np.concatenate(row), np.concatenate(day)
    needed = np.ones(rows.size, dtype=bool)
    months, of = _months(found["begun_on"], last)
    rows, days = np.concatenate([rows, of]), np.concatenate([days, months])
    needed = np.concatenate([needed, np.zeros(of.size, dtype=bool)])
    days = np.clip(days, found["begun_on"][rows], as_of)
    return _matrix(rows, days, needed, count, as_of)


def _months(begun: Int, last: Int) -> tuple[Int, Int]:
    """Ends of months from the beginning to the last day, and whose they are."""
    first = month_of(begun)
    sizes = month_of(last) - first + 1
    row = np.repeat(np.arange(begun.size), sizes)
    within = np.arange(row.size) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return month_ends(first[row] + within), row


def _matrix(rows: Int, days: Int, needed: Bool, count: int, as_of: int) -> Knots:
    order = np.lexsort((~needed, days, rows))
    rows, days, needed = rows[order], days[order], needed[order]
    new = np.ones(rows.size, dtype=bool)
    new[1:] = (rows[1:] != rows[:-1]) | (days[1:] != days[:-1])
    rows, days, needed = rows[new], days[new], needed[new]
    sizes = np.bincount(rows, minlength=count)
    place = np.arange(rows.size) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    width = max(int(sizes.max(initial=0)), 2)
    dates = np.full((count, width), as_of, dtype=np.int64)
    wanted = np.ones((count, width), dtype=bool)
    dates[rows, place], wanted[rows, place] = days, needed
    return Knots(dates, sizes, wanted)
