"""Which periods of each relationship qualify for hedge accounting: a month goes by the test that counts for it.

A month without any test qualifies in a preview; a close is refused over it (`open_tests`). IFRS 9 measures on
regardless. Reference: IAS 39.88(e), AG113; ASC 815-20-35-2.
"""

from dataclasses import dataclass

import numpy as np

from hedges.domain.measurement.book import Book
from hedges.domain.measurement.knots import Knots
from hedges.domain.measurement.months import month_of
from hedges.domain.measurement.tests_counted import (
    EFFECTIVE,
    IFRS9,
    INCONCLUSIVE,
    NOT_EFFECTIVE,
    NOT_TESTED,
    counted,
)
from treasury.quant.numbers import Bool, Int

__all__ = ["EFFECTIVE", "IFRS9", "INCONCLUSIVE", "NOT_EFFECTIVE", "NOT_TESTED", "Periods", "periods"]


@dataclass(frozen=True, slots=True)
class Periods:
    """`knots`: whether the period of a knot qualifies; the status that counts for the date's own period, and whether
    a person decided it."""

    knots: Bool
    status: Int
    is_decided: Bool


def periods(book: Book, knots: Knots, as_of: int) -> Periods:
    """Of every relationship at every knot; what comes after the last value goes with it."""
    found = counted(
        book.relationships, book.instruments, book.tested, book.decisions, book.statements, book.closed, as_of
    )
    rows = np.arange(found.upto.size)[:, None]
    column = np.minimum(month_of(knots.dates) - found.first, found.upto[:, None])
    return Periods(found.qualifies[rows, column], found.status[:, -1], found.is_decided[:, -1])
