"""Qualitative assessments of hedges that elect them: which quarters a named person's statement stands for.

After the quantitative test at inception a person states at least quarterly that facts and circumstances have not
changed; the months up to the next quarter's end go by the statement before. Where a person states that they have, the
test in numbers counts. Reference: ASC 815-20-35-2A to 2F, 815-20-55-79G.
"""

from dataclasses import dataclass

import numpy as np

from hedges.domain.measurement.months import month_of
from treasury.quant.numbers import Bool, Int
from treasury.queries.copy import Columns

MONTHS_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Stated:
    """Relationships × months. `on`: the day of the quarter's newest statement up to the month, 0 without one;
    `is_covered`: the quarter of the test at inception; `is_carried`: goes by the month before; `is_missing`: ends a
    quarter, or the hedge, without a statement."""

    on: Int
    is_unchanged: Bool
    is_covered: Bool
    is_carried: Bool
    is_missing: Bool

    @property
    def stands_in(self) -> Bool:
        """Where the test in numbers does not count."""
        return self.is_unchanged | self.is_covered | self.is_carried | self.is_missing


def stated(
    ids: Int, statements: Columns, first: int, width: int, begun: Int, valued: Int, last: Int
) -> Stated:
    """`begun`: month of the beginning; `valued`: last day that counts; `last`: column of the month in which
    the hedge ends, −1 where it goes on."""
    own, unchanged = _newest(ids, statements, first, width, valued)
    months = first + np.arange(width)
    quarter = months // MONTHS_A_QUARTER
    on, is_unchanged = np.zeros_like(own), np.zeros_like(unchanged)
    for column in range(width):
        for back in range(min(column, MONTHS_A_QUARTER - 1), -1, -1):
            if quarter[column - back] == quarter[column]:
                there = own[:, column - back] > 0
                on[there, column] = own[there, column - back]
                is_unchanged[there, column] = unchanged[there, column - back]
    elects = np.isin(ids, statements["relationship_id"])[:, None] & (months >= begun[:, None])
    without = elects & (on == 0)
    is_covered = without & (quarter == (begun // MONTHS_A_QUARTER)[:, None])
    ends = (months % MONTHS_A_QUARTER == MONTHS_A_QUARTER - 1) | (np.arange(width) == last[:, None])
    is_missing = without & ~is_covered & ends
    return Stated(on, is_unchanged, is_covered, without & ~is_covered & ~ends, is_missing)


def _newest(ids: Int, statements: Columns, first: int, width: int, valued: Int) -> tuple[Int, Bool]:
    """Day (0: none) and answer of the newest statement of each relationship and month."""
    on, unchanged = np.zeros((ids.size, width), dtype=np.int64), np.zeros((ids.size, width), dtype=bool)
    known = np.isin(statements["relationship_id"], ids)
    row = np.searchsorted(ids, statements["relationship_id"][known])
    day, answer = statements["stated_on"][known], statements["is_unchanged"][known]
    column = month_of(day) - first
    within = (column >= 0) & (column < width) & (day <= valued[row])
    # Sorted by day, so that the last assignment of a month is its newest statement.
    on[row[within], column[within]] = day[within]
    unchanged[row[within], column[within]] = answer[within]
    return on, unchanged
