"""Tests that are missing or without a result where a month goes by its test: IAS 39.88(e), ASC 815-20-25-79.

Months since the last close, each by the test that counts for it; closed ones are not looked at again.
"""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from hedges.domain.measurement.tests_counted import INCONCLUSIVE, NOT_TESTED, counted
from hedges.queries import measurement_columns, qualifying
from hedges.queries.explained import relationship_codes


@dataclass(frozen=True, slots=True)
class OpenTest:
    """`day`: the one to test, the last of the month in force; of a test without a result, the day it is for."""

    code: str
    month: date
    day: date
    is_tested: bool


def open_tests(
    *, entity_id: int, as_of: date, known_at: datetime, run_id: int | None = None
) -> list[OpenTest]:
    """By relationship and month. Without a run, the tests that the run of the date will make are not missed."""
    at = {
        "as_of_date": as_of, "known_at": known_at, "entity_id": entity_id, "drafts": [], "only": None,
        "shard_number": 0, "shard_count": 1,
    }  # fmt: skip
    today = as_of.toordinal()
    closed = qualifying.closed(at)
    tested = qualifying.tested(at, run_id or 0, closed)
    relationships, instruments = measurement_columns.relationships(at), measurement_columns.instruments(at)
    found = counted(relationships, instruments, tested, qualifying.decisions(at), closed, today)
    missed = (found.status == NOT_TESTED) & (found.day > 0)
    undecided = found.status == INCONCLUSIVE
    asked = found.is_asked & (missed | undecided)
    if run_id is None:
        asked &= found.day != today
    rows, columns = np.nonzero(asked)
    codes = relationship_codes(relationships["relationship_id"][rows].tolist())
    answers = []
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        is_tested = bool(undecided[row, column])
        day = date.fromordinal(int((found.tested_on if is_tested else found.day)[row, column]))
        code = codes[int(relationships["relationship_id"][row])]
        answers.append(OpenTest(code, day.replace(day=1), day, is_tested))
    return sorted(answers, key=lambda one: (one.code, one.day))
