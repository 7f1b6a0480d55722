"""Which periods of each relationship qualify for hedge accounting: a month goes by the status that counted for it.

A closed month keeps what it was closed with. Otherwise a person's decision counts where the test came to no result, and
the test of the date itself counts for the month that runs. A month of which nothing is known qualifies: hedge
accounting goes on until it has failed. IFRS 9 measures on regardless. Reference: IAS 39.88(e), AG113; ASC 815-20-35-2.
"""

from dataclasses import dataclass

import numpy as np

from hedges.domain.measurement.book import Book
from hedges.domain.measurement.knots import Knots
from hedges.domain.measurement.months import month_of
from hedges.enums import EffectivenessStatus
from hedges.queries.qualifying import STATUSES
from hedges.queries.relationship_columns import FRAMEWORKS
from treasury.enums import AccountingFramework
from treasury.quant.numbers import Bool, Int
from treasury.queries.copy import Columns

EFFECTIVE, NOT_EFFECTIVE, INCONCLUSIVE, NOT_TESTED = (
    STATUSES.index(status)
    for status in (
        EffectivenessStatus.EFFECTIVE,
        EffectivenessStatus.NOT_EFFECTIVE,
        EffectivenessStatus.INCONCLUSIVE,
        EffectivenessStatus.NOT_TESTED,
    )
)
IFRS9 = FRAMEWORKS.index(AccountingFramework.IFRS9)


@dataclass(frozen=True, slots=True)
class Periods:
    """`knots`: whether the period of a knot qualifies; the status of the date, and whether a person decided it."""

    knots: Bool
    status: Int
    is_decided: Bool


def periods(book: Book, knots: Knots, as_of: int) -> Periods:
    """Of every relationship at every knot."""
    found = book.relationships
    ids, months = found["relationship_id"], month_of(knots.dates)
    first, this = int(months.min(initial=0)), int(month_of(as_of))
    qualifies = np.ones((ids.size, this - first + 1), dtype=bool)
    is_closed = np.zeros_like(qualifies)
    row, month, answer = _places(book.closed, ids, first, this)
    qualifies[row, month], is_closed[row, month] = answer, True
    row, month, answer = _places(book.decisions, ids, first, this)
    still = ~is_closed[row, month] & (month < this - first)
    qualifies[row[still], month[still]] = answer[still]
    status, decided = _today(book, ids, (row, answer, month == this - first))
    qualifies[:, -1] = status != NOT_EFFECTIVE
    qualifies[found["framework"] == IFRS9] = True
    return Periods(qualifies[np.arange(ids.size)[:, None], months - first], status, decided)


def _today(book: Book, ids: Int, decided: tuple[Int, Bool, Bool]) -> tuple[Int, Bool]:
    status = np.full(ids.size, NOT_TESTED, dtype=np.int64)
    tested = book.tested
    here = np.isin(tested["relationship_id"], ids)
    status[np.searchsorted(ids, tested["relationship_id"][here])] = tested["status"][here]
    row, answer, now = decided
    row, answer = row[now], answer[now]
    by_person = np.zeros(ids.size, dtype=bool)
    open_ones = status[row] == INCONCLUSIVE
    by_person[row[open_ones]] = True
    status[row[open_ones]] = np.where(answer[open_ones], EFFECTIVE, NOT_EFFECTIVE)
    return status, by_person


def _places(rows: Columns, ids: Int, first: int, this: int) -> tuple[Int, Int, Bool]:
    """Rows and months of the relationships and periods under measurement."""
    month = month_of(rows["period_end"]) - first
    known = np.isin(rows["relationship_id"], ids) & (month >= 0) & (month <= this - first)
    place = np.searchsorted(ids, rows["relationship_id"][known])
    return place, month[known], rows["is_qualifying"][known]
