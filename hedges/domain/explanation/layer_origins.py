"""Values of layers back to their quotes: what instruments and items were worth at the beginning and on the date.

Each value is worked out again, unrounded up to the last step, and stands beside the one that was measured with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import numpy as np

from hedges.domain.explanation.accounted import Accounted
from hedges.domain.explanation.instrument_origins import instrument_value
from hedges.domain.explanation.item_origins import item_value
from hedges.domain.explanation.layer_value import Again, together
from hedges.domain.explanation.parts import Step
from hedges.domain.measurement.frame import START
from hedges.domain.measurement.knots import last_day
from hedges.queries import explained
from treasury.quant.numbers import Int
from treasury.queries.copy import Columns

#: Layers of each side that are opened up: those with the largest values; all of them are listed and added up.
OPENED = 4
Opener = Callable[[Accounted, int, int], Again]

ITEMS_ALONE = ("cumulative_change_hypothetical",)
INSTRUMENTS_ALONE = (
    "opening_fair_value",
    "fair_value_change",
    "carrying_amount",
    "settled_amount",
    "no_longer_designated_amount",
    "cumulative_change_instrument",
)


def origins(found: Accounted, field: str) -> list[Step]:
    """What a measured field goes back to: its layers, each at its beginning and at its end or on the date."""
    steps: list[Step] = []
    if field not in ITEMS_ALONE:
        rows, fair = found.book.instruments, found.measured.workings.hedges.fair.minor
        names = explained.instrument_names(rows["instrument_id"].tolist())
        called = [names.get(pk, "") for pk in rows["instrument_id"].tolist()]
        steps += _side(found, rows, called, fair, instrument_value)
    if field not in INSTRUMENTS_ALONE:
        rows, value = found.book.items, found.measured.workings.items.value.minor
        names = explained.exposure_names(rows["exposure_id"].tolist())
        called = [names.get(pk, "") for pk in rows["exposure_id"].tolist()]
        steps += _side(found, rows, called, value, item_value)
    return steps


def _side(
    found: Accounted, rows: Columns, names: Sequence[str], minor: Int, opened: Opener
) -> Iterator[Step]:
    ends = np.maximum(rows["period_from"], last_day(rows))
    largest = np.argsort(-np.abs(minor[:, [START, -1]]).max(axis=1), kind="stable")[:OPENED]
    for row in sorted(largest.tolist()):
        first, last = int(rows["unit_from"][row]), int(rows["unit_to"][row])
        units = f"{names[row]}, smallest units {first:,} to {last:,}"
        begun = int(rows["period_from"][row])
        until = max(begun, min(found.case.today, int(ends[row])))
        for column, day in ((START, begun), (-1, until)):
            again = opened(found, row, day)
            title = f"{units}: value on {date.fromordinal(again.day)}"
            yield together(title, again, found.money(minor[row, column]), found.currency)
