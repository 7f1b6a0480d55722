"""The test that counts for each month of a relationship: the newest on record in it while the hedge was in force.

A month whose last day in force has passed goes by the newest test on a day from its first to that last one; a person's
decision counts where that very test came to no result, and only if it is for the same day. The day on which a hedge
is released has a last value, but no test of its own is asked for: without one it goes by the month before. A closed
month keeps its answer. Where ASC 815's qualitative assessment is elected, a person's statement stands for the test.
Reference: IAS 39.88(e), AG105-AG113; ASC 815-20-25-79, 815-20-35-2.
"""

from dataclasses import dataclass

import numpy as np

from hedges.domain.measurement.knots import last_day
from hedges.domain.measurement.months import month_ends, month_of
from hedges.domain.measurement.stated import stated
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
#: More than any day.
_DAYS = 10_000_000


@dataclass(frozen=True, slots=True)
class Counted:
    """Relationships × months since `first`. `upto`: the column of each one's last value; `day`: the last one of the
    month on which it can be tested; `is_asked`: that month goes by a test and is not closed."""

    first: int
    upto: Int
    day: Int
    is_asked: Bool
    tested_on: Int
    status: Int
    is_decided: Bool
    qualifies: Bool
    #: The statement of the quarter is missing.
    is_unstated: Bool


def counted(
    found: Columns,
    instruments: Columns,
    tested: Columns,
    decisions: Columns,
    statements: Columns,
    closed: Columns,
    as_of: int,
) -> Counted:
    """`found`, `instruments` of `measurement_columns`, the others of `qualifying`."""
    ids, begun = found["relationship_id"], found["begun_on"]
    own = np.searchsorted(ids, instruments["relationship_id"])
    valued, testable = begun.copy(), begun - 1
    np.maximum.at(valued, own, last_day(instruments))
    np.maximum.at(testable, own, instruments["period_to"] - 1)
    is_over = testable <= as_of
    valued, testable = np.minimum(valued, as_of), np.minimum(testable, as_of)
    first = int(month_of(begun).min(initial=int(month_of(as_of))))
    months = np.arange(first, int(month_of(as_of)) + 1)
    upto = month_of(valued) - first
    day = np.minimum(month_ends(months)[None, :], testable[:, None])
    live = (month_of(begun)[:, None] <= months) & (months <= month_of(testable)[:, None])
    live &= (testable >= begun)[:, None]
    day = np.where(live, day, 0)
    tested_on, status = _newest(ids, begun, valued, tested, first, months.size)
    answer, is_decided = _decided(ids, decisions, tested_on)
    is_decided &= status == INCONCLUSIVE
    status = np.where(is_decided, np.where(answer, EFFECTIVE, NOT_EFFECTIVE), status)
    last = np.maximum(month_of(testable) - first, 0)
    said = stated(ids, statements, first, months.size, month_of(begun), valued, np.where(is_over, last, -1))
    tested_on = np.where(said.is_unchanged, said.on, np.where(said.stands_in, 0, tested_on))
    status = np.where(
        said.is_unchanged | said.is_covered, EFFECTIVE, np.where(said.is_missing, NOT_TESTED, status)
    )
    is_decided = (said.stands_in & said.is_unchanged) | (~said.stands_in & is_decided)
    qualifies = status != NOT_EFFECTIVE
    is_closed = _close(ids, closed, qualifies, first)
    for column in range(1, months.size):  # between two statements a month goes by the one before
        carried = said.is_carried[:, column] & ~is_closed[:, column]
        qualifies[carried, column] = qualifies[carried, column - 1]
        status[carried, column] = status[carried, column - 1]
        is_decided[carried, column] = is_decided[carried, column - 1]
    rows = np.arange(ids.size)
    alone = (upto > last) & (tested_on[rows, upto] == 0) & ~is_closed[rows, upto]
    qualifies[rows[alone], upto[alone]] = qualifies[rows[alone], last[alone]]
    by_test = found["framework"] != IFRS9
    qualifies[~by_test] = True
    is_asked = (live | (tested_on > 0)) & ~is_closed & by_test[:, None] & ~said.is_carried & ~said.is_covered
    return Counted(
        first, upto, day, is_asked, tested_on, status, is_decided, qualifies, live & said.is_missing
    )


def _newest(ids: Int, begun: Int, valued: Int, tested: Columns, first: int, width: int) -> tuple[Int, Int]:
    """Day (0: none) and status of the newest test of each relationship and month, up to its last value."""
    known = np.isin(tested["relationship_id"], ids)
    row, on, found = (tested[name][known] for name in ("relationship_id", "tested_on", "status"))
    row = np.searchsorted(ids, row)
    within = (begun[row] <= on) & (on <= valued[row])
    row, on, found = row[within], on[within], found[within]
    column = month_of(on) - first
    last = np.ones(row.size, dtype=bool)
    last[:-1] = (row[1:] != row[:-1]) | (column[1:] != column[:-1])
    tested_on = np.zeros((ids.size, width), dtype=np.int64)
    status = np.full((ids.size, width), NOT_TESTED, dtype=np.int64)
    tested_on[row[last], column[last]] = on[last]
    status[row[last], column[last]] = found[last]
    return tested_on, status


def _decided(ids: Int, decisions: Columns, tested_on: Int) -> tuple[Bool, Bool]:
    """What was decided on the very test that counts, and whether anything was."""
    known = np.isin(decisions["relationship_id"], ids)
    row = np.searchsorted(ids, decisions["relationship_id"][known])
    keys, answers = row * _DAYS + decisions["tested_on"][known], decisions["is_qualifying"][known]
    if not keys.size:
        return np.zeros(tested_on.shape, dtype=bool), np.zeros(tested_on.shape, dtype=bool)
    wanted = np.arange(ids.size)[:, None] * _DAYS + tested_on
    place = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
    return answers[place], keys[place] == wanted


def _close(ids: Int, closed: Columns, qualifies: Bool, first: int) -> Bool:
    """Closed months, whose answers replace what `qualifies` says."""
    column = month_of(closed["period_end"]) - first
    known = np.isin(closed["relationship_id"], ids) & (column >= 0) & (column < qualifies.shape[1])
    row, column = np.searchsorted(ids, closed["relationship_id"][known]), column[known]
    is_closed = np.zeros_like(qualifies)
    is_closed[row, column] = True
    qualifies[row, column] = closed["is_qualifying"][known]
    return is_closed
