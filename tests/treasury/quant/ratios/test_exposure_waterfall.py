"""The waterfall of exposures, held against a walk of each exposure in plain Python; whatever happens, it adds up."""

from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from treasury.quant.ratios.exposure_waterfall import Ending, Part, Snapshot, exposure_waterfall

amount = st.one_of(st.just(0), st.integers(-(10**15), 10**15))
place = st.integers(0, 3)
row = st.tuples(
    amount, place, place, amount, place, place, amount, place, place, amount, st.sampled_from(list(Ending))
)


def ours(rows):
    columns = (
        [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)]
        if rows
        else [np.zeros(0, dtype=np.int64)] * 11
    )
    snapshots = [Snapshot(*columns[first : first + 3]) for first in (0, 3, 6)]
    return exposure_waterfall(*snapshots, columns[9], columns[10])


def walked(row):
    """The same by hand: (part, month, kind) -> amount."""
    opening, m0, k0, restated, m1, k1, closing, m2, k2, carried, ending = row
    found = defaultdict(int)
    found[Part.OPENING, m0, k0] += opening
    if opening and restated:
        found[Part.CORRECTION, m0, k0] -= opening
        found[Part.CORRECTION, m1, k1] += restated
    else:
        found[(Part.CORRECTION, m0, k0) if opening else (Part.CORRECTION, m1, k1)] += restated - opening
    begin = restated + carried
    if ending == Ending.NONE:
        closing, m2, k2 = begin, m1, k1
    if not restated:
        m1, k1 = m2, k2
    found[Part.SPLIT, m1, k1] += carried
    if begin:
        found[Part.MOVED, m1, k1] -= begin
        found[Part.MOVED, m2, k1] += begin
        found[Part.KIND_CHANGED, m2, k1] -= begin
        found[Part.KIND_CHANGED, m2, k2] += begin
    part = Part.NEW if not begin else Part.REVISED_UP if abs(closing) > abs(begin) else Part.REVISED_DOWN
    found[part, m2, k2] += closing - begin
    ends = {
        Ending.OPEN: Part.CLOSING, Ending.SETTLED: Part.SETTLED, Ending.CANCELLED: Part.CANCELLED,
        Ending.NO_LONGER_EXPECTED: Part.NO_LONGER_EXPECTED, Ending.LAPSED: Part.LAPSED, Ending.NONE: Part.LAPSED,
    }  # fmt: skip
    found[ends[ending], m2, k2] += closing if ending == Ending.OPEN else -closing
    return {key: value for key, value in found.items() if value}


@given(st.lists(row, max_size=6))
def test_every_exposure_is_walked_part_by_part(rows):
    found = [defaultdict(int) for _ in rows]
    result = ours(rows)
    for exposure, part, month, kind, value in zip(
        *(getattr(result, name).tolist() for name in ("exposure", "part", "month", "kind", "amount")),
        strict=True,
    ):
        found[exposure][Part(part), month, kind] += value
    assert [{key: value for key, value in one.items() if value} for one in found] == [
        walked(one) for one in rows
    ]


@given(st.lists(row, max_size=6))
def test_the_parts_add_up_in_every_month_and_kind(rows):
    result = ours(rows)
    for month in range(4):
        for kind in range(4):
            here = (result.month == month) & (result.kind == kind)
            closing = result.amount[here & (result.part == Part.CLOSING)].sum()
            assert result.amount[here & (result.part != Part.CLOSING)].sum() == closing
    for part in (Part.MOVED, Part.KIND_CHANGED):
        assert result.amount[result.part == part].sum() == 0


def test_the_worked_example():
    result = ours([
        (10000, 1, 0, 10000, 1, 0, 7500, 1, 0, -4000, Ending.OPEN),
        (0, 0, 0, 0, 0, 0, 4000, 1, 0, 4000, Ending.SETTLED),
    ])  # fmt: skip
    sums = {part: int(result.amount[result.part == part].sum()) for part in Part}
    assert {part: value for part, value in sums.items() if value} == {
        Part.OPENING: 10000, Part.REVISED_UP: 1500, Part.SETTLED: -4000, Part.CLOSING: 7500,
    }  # fmt: skip
