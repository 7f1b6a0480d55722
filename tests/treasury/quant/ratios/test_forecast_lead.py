"""What was forecast some months before, held against a search of the versions one by one."""

from calendar import monthrange
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from treasury.quant.ratios.forecast_lead import FlowVersions, forecast_before, months_before

FIRST = date(2026, 1, 1).toordinal()
CLOCK = date(2000, 1, 1).toordinal()
day = st.integers(FIRST, FIRST + 400)
version = st.tuples(
    st.integers(-9, 9), st.booleans(), day, st.one_of(day, st.just(4_000_000)), day, st.integers(-3, 3)
)


def earlier(ordinal, months):
    whole = date.fromordinal(ordinal)
    year, month = divmod(whole.year * 12 + whole.month - 1 - months, 12)
    return date(year, month + 1, min(whole.day, monthrange(year, month + 1)[1])).toordinal()


@given(st.lists(st.integers(date(1970, 1, 1).toordinal(), date(2190, 1, 1).toordinal())), st.integers(0, 40))
def test_months_before(days, months):
    assert months_before(np.array(days, dtype=np.int64), months).tolist() == [
        earlier(one, months) for one in days
    ]


@given(
    st.lists(st.tuples(st.lists(version, min_size=1, max_size=4), day), max_size=5),
    st.sampled_from([0, 1, 3, 6]),
)
def test_the_version_that_stood_then(flows, months):
    rows = [(number, *one) for number, (versions, _) in enumerate(flows) for one in versions]
    columns = [np.array([one[i] for one in rows], dtype=np.int64) for i in range(7)]
    flow, amount, counts, valid_from, valid_to, known_day, carried = columns
    known_at = (known_day - CLOCK) * 86_400_000_000 + 43_200_000_000
    found, there = forecast_before(
        FlowVersions(flow, amount, counts.astype(bool), valid_from, valid_to, known_at, carried),
        np.array([last for _, last in flows], dtype=np.int64), months,
    )  # fmt: skip
    expected = [_forecast(versions, earlier(last, months)) for versions, last in flows]
    assert found.tolist() == expected
    assert there.tolist() == [value != 0 for value in expected]


def _forecast(versions, point):
    standing = [
        place
        for place, (_, _, begins, ends, known, _) in enumerate(versions)
        if begins <= point < ends and known <= point
    ]
    last = standing[-1] if standing else -1
    said = versions[last][0] if standing and versions[last][1] else 0
    return said + sum(one[5] for one in versions[last + 1 :])
