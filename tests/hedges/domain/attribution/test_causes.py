"""Causes of a cell's move: of any book they lead from the first amounts to the last; each cause alone is one part."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hedges.domain.attribution.causes import Cause, moves
from hedges.queries.attribution import COUNTS, DUE, ENDED, OFFSET

BEFORE, AFTER = (date(2027, 1, 1), date(2027, 4, 1)), (date(2027, 2, 1), date(2027, 5, 1))
JANUARY, MARCH, APRIL, JULY = (date(2027, month, 15).toordinal() for month in (1, 3, 4, 7))
UNITS = st.integers(-(10**12), 10**12)


def book(*rows: dict) -> dict:
    names = ["a_units", "a_day", "a_code", "r_units", "r_day", "r_code", "c_units", "c_day", "c_code"]
    found = {name: np.array([row[name] for row in rows], dtype=np.int64) for name in names}
    found["id"] = np.arange(len(rows), dtype=np.int64)
    found["risk_id"] = np.array([row.get("risk_id", 1) for row in rows], dtype=np.int64)
    found["is_offset"] = np.zeros(len(rows), dtype=bool)
    return found


def thing(**changed) -> dict:
    """Counted with 100 in March at every point."""
    row = {
        f"{at}_{name}": value
        for at in "arc"
        for name, value in (("units", 100), ("day", MARCH), ("code", COUNTS))
    }
    return row | changed


@st.composite
def any_thing(draw) -> dict:
    row: dict = {"risk_id": draw(st.integers(1, 3))}
    for at in "arc":
        code = draw(st.sampled_from([COUNTS, ENDED, DUE, OFFSET]))
        row |= {f"{at}_units": draw(UNITS) if code == COUNTS else 0, f"{at}_code": code,
                f"{at}_day": draw(st.sampled_from([JANUARY, MARCH, APRIL, JULY]))}  # fmt: skip
    return row


def inside(rows: dict, at: str, span) -> int:
    there = (rows[f"{at}_day"] >= span[0].toordinal()) & (rows[f"{at}_day"] < span[1].toordinal())
    return int(rows[f"{at}_units"][there].sum())


@given(st.lists(any_thing(), max_size=8), st.lists(any_thing(), max_size=8))
def test_of_any_book_the_causes_lead_from_the_first_amounts_to_the_last(exposures, hedges) -> None:
    items, covers = book(*exposures), book(*hedges)
    start, found = moves(items, covers, BEFORE, AFTER)
    for rows, is_hedge in ((items, False), (covers, True)):
        first = int(start.amount[start.is_hedge == is_hedge].sum())
        assert first == inside(rows, "a", BEFORE)
        assert first + int(found.amount[found.is_hedge == is_hedge].sum()) == inside(rows, "c", AFTER)


GONE = {"c_units": 0}
LATE = {"a_units": 0, "a_code": ENDED}
FRESH = {"a_units": 0, "a_code": ENDED, "r_units": 0, "r_code": ENDED}


@pytest.mark.parametrize(
    ("changed", "is_hedge", "cause", "amount"),
    [
        (LATE, False, Cause.CORRECTION, 100),
        (FRESH, False, Cause.NEW_EXPOSURE, 100),
        ({"c_units": 130}, False, Cause.REVISED, 30),
        ({"c_day": JULY}, False, Cause.REVISED, -100),
        (GONE | {"c_code": ENDED}, False, Cause.EXPOSURE_ENDED, -100),
        (GONE | {"c_code": DUE}, False, Cause.EXPOSURE_DUE, -100),
        ({f"{at}_day": JANUARY for at in "arc"}, False, Cause.TIME, -100),
        ({f"{at}_day": APRIL for at in "arc"}, False, Cause.TIME, 100),
        (GONE | {"c_code": OFFSET}, False, Cause.NEW_TRADE, -100),
        (FRESH | {"r_code": OFFSET, "a_code": OFFSET}, False, Cause.TRADE_ENDED, 100),
        (LATE, True, Cause.CORRECTION, 100),
        (FRESH, True, Cause.NEW_TRADE, 100),
        ({"c_units": 60}, True, Cause.TRADE_AMENDED, -40),
        (GONE | {"c_code": ENDED}, True, Cause.TRADE_ENDED, -100),
        (GONE | {"c_code": DUE}, True, Cause.TRADE_MATURED, -100),
        ({f"{at}_day": JANUARY for at in "arc"}, True, Cause.TIME, -100),
    ],
)
def test_each_cause_alone_is_one_part(changed, is_hedge, cause, amount) -> None:
    rows, none = book(thing(**changed)), book()
    _, found = moves(none, rows, BEFORE, AFTER) if is_hedge else moves(rows, none, BEFORE, AFTER)
    assert [
        (int(c), int(a), bool(h)) for c, a, h in zip(found.cause, found.amount, found.is_hedge, strict=True)
    ] == [(cause, amount, is_hedge)]


def test_nothing_that_happened_is_no_part() -> None:
    assert moves(book(thing()), book(thing()), BEFORE, AFTER)[1].amount.size == 0
