"""Tests that are missing or without a result where a month goes by its test: IAS 39.88(e), ASC 815-20-25-79.

Months since the last close, each by the test that counts for it; closed ones are not looked at again.
"""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from hedges.domain.measurement.tests_counted import INCONCLUSIVE, NOT_TESTED, counted
from hedges.domain.terms import KIND
from hedges.enums import InstrumentKind
from hedges.queries import measurement_columns, qualifying
from hedges.queries.explained import relationship_codes
from treasury.quant.numbers import Int
from treasury.queries.copy import Columns


@dataclass(frozen=True, slots=True)
class OpenTest:
    """`day`: the one to test, the last of the month in force and before an option expires; of a test
    without a result, the day it is for;
    `is_qualitative`: a person's statement is missing, not a number."""

    code: str
    month: date
    day: date
    is_tested: bool
    is_qualitative: bool = False


def open_tests(
    *, entity_id: int, as_of: date, known_at: datetime, run_id: int | None = None
) -> list[OpenTest]:
    """By relationship and month. Without a run, the tests that the run of the date will make are not missed."""
    at = {
        "as_of_date": as_of, "known_at": known_at, "entity_id": entity_id, "drafts": [], "only": None,
        "shard_number": 0, "shard_count": 1, "finished": [],
    }  # fmt: skip
    today = as_of.toordinal()
    closed = qualifying.closed(at)
    tested = qualifying.tested(at, run_id or 0, closed)
    relationships, instruments = measurement_columns.relationships(at), measurement_columns.instruments(at)
    found = counted(
        relationships, instruments, tested, qualifying.decisions(at), qualifying.statements(at), closed, today
    )
    missed = (found.status == NOT_TESTED) & (found.day > 0)
    undecided = found.status == INCONCLUSIVE
    asked = found.is_asked & (missed | undecided)
    if run_id is None:
        asked &= (found.day != today) | found.is_unstated
    testable = _before_expiry(relationships, instruments, measurement_columns.terms(at))
    rows, columns = np.nonzero(asked)
    codes = relationship_codes(relationships["relationship_id"][rows].tolist())
    answers = []
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        is_tested = bool(undecided[row, column])
        day = date.fromordinal(int((found.tested_on if is_tested else found.day)[row, column]))
        if not is_tested and testable[row] >= day.replace(day=1).toordinal():
            day = min(day, date.fromordinal(int(testable[row])))
        code = codes[int(relationships["relationship_id"][row])]
        unstated = bool(found.is_unstated[row, column])
        answers.append(OpenTest(code, day.replace(day=1), day, is_tested, unstated))
    return sorted(answers, key=lambda one: (one.code, one.day))


def _before_expiry(relationships: Columns, instruments: Columns, terms: Columns) -> Int:
    """The day before each relationship's first option expires: from then on it has no scenarios."""
    never = date.max.toordinal()
    own = np.searchsorted(relationships["relationship_id"], instruments["relationship_id"])
    place = np.searchsorted(terms["version_id"], instruments["version_id"])
    is_option = terms["kind"][place] == KIND[InstrumentKind.OPTION]
    found = np.full(relationships["relationship_id"].size, never, dtype=np.int64)
    np.minimum.at(found, own[is_option], terms["expiry_date"][place[is_option]] - 1)
    return found
