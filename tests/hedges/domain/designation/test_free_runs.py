"""Free units are found from below without looking at all that is taken; the answer is that of the plain search."""

from hypothesis import given
from hypothesis import strategies as st

from hedges.domain.free_runs import FreeRuns
from hedges.queries.capacity import free_runs

CAPACITY = 60
RUNS = st.lists(
    st.tuples(st.integers(0, CAPACITY + 5), st.integers(1, 12)).map(lambda run: (run[0], run[0] + run[1])),
    max_size=12,
)
ASKED = st.lists(st.tuples(st.integers(1, 15), st.none() | st.integers(0, CAPACITY)), min_size=1, max_size=12)


def plainly(taken, wanted, unit_from):
    """As it was searched before: every run that is free, then those that are needed."""
    free = free_runs(taken, CAPACITY)
    if unit_from is not None:
        free = [
            (unit_from, unit_from + wanted) for a, b in free if a <= unit_from and unit_from + wanted <= b
        ]
    if sum(b - a for a, b in free) < wanted:
        return None
    found = []
    for first, past_last in free:
        units = min(wanted, past_last - first)
        if not units:
            break
        found.append((first, first + units))
        wanted -= units
    return found


@given(RUNS, ASKED)
def test_it_finds_what_the_plain_search_finds(taken, asked):
    runs, known = FreeRuns(), list(taken)
    runs.note(taken)
    for wanted, unit_from in asked:
        found = runs.lowest(wanted, CAPACITY, unit_from)
        assert found == plainly(known, wanted, unit_from)
        runs.note(found or [])
        known += found or []


def test_a_thousand_takes_from_below_keep_one_run():
    """The work of a call does not grow with what was taken before it."""
    runs = FreeRuns()
    for place in range(1000):
        (found,) = runs.lowest(10, 10_000)
        assert found == (10 * place, 10 * place + 10)
        runs.note([found])
    assert len(runs._firsts) == 1
    assert runs.lowest(1, 10_000) is None
