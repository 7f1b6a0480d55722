import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.treasury.quant.measurement.lives import money
from tests.treasury.quant.scalar import life as scalar
from treasury.quant.codes import Framework
from treasury.quant.measurement.cost_reserve import CostPath, cost_reserve


def path_of(one):
    return CostPath(
        **{
            name: np.array([one[name]])
            for name in ("actual", "aligned", "days", "in_force", "removed", "units")
        },
        term_days=np.array([one["term"]]),
        framework=np.array([int(Framework[one["framework"]])]),
        is_deferred=np.array([one["deferred"]]),
        is_amortised=np.array([one["amortised"]]),
    )


def rows_of(one):
    found = cost_reserve(path_of(one))
    return list(
        zip(
            *(getattr(found, name)[0].tolist() for name in ("recognised", "amortised", "released")),
            strict=True,
        )
    )


@st.composite
def costs(draw):
    """One element: the units shrink, the days run towards the term and may stand there."""
    count = draw(st.integers(2, 6))
    term = draw(st.integers(1, 800))
    gaps = draw(st.lists(st.integers(0, 300), min_size=count - 1, max_size=count - 1))
    days = [0, *np.minimum(np.cumsum(gaps), term).tolist()]
    units = draw(st.integers(1, 10**9))
    removed, in_force, left = [0], [0], units
    for knot in range(1, count):
        in_force.append(left)
        out = draw(st.one_of(st.just(0), st.integers(0, left))) if days[knot] < term else 0
        removed.append(out)
        left -= out
    return {
        "actual": draw(st.lists(money, min_size=count, max_size=count)),
        "aligned": draw(st.lists(money, min_size=count, max_size=count)),
        "days": days, "in_force": in_force, "removed": removed, "units": units, "term": term,
        "framework": draw(st.sampled_from(["IFRS9", "IAS39", "ASC815"])),
        "deferred": draw(st.booleans()), "amortised": draw(st.booleans()),
    }  # fmt: skip


WORKED = {
    "actual": [20, 13, 0], "aligned": [20, 13, 0], "days": [0, 365, 730], "in_force": [0, 5, 5], "removed": [0, 0, 0],
    "units": 5, "term": 730, "framework": "IFRS9", "deferred": True, "amortised": True,
}  # fmt: skip


def test_the_time_value_of_the_rules():
    rows = rows_of(WORKED)
    assert rows == [(0, 0, 0), (-7, 10, 0), (-20, 20, 0)]
    assert [taken + spread - out for taken, spread, out in rows] == [0, 3, 0]
    profit = [taken - before for (taken, _, _), (before, _, _) in zip(rows[1:], rows, strict=False)]
    assert [20 - 13 + change for change in profit[:1]] == [0], "all of the change is in equity"


def test_half_taken_out_takes_half_of_what_stands_in_equity():
    rows = rows_of(WORKED | {"units": 4, "in_force": [0, 4, 2], "removed": [0, 2, 0]})
    assert rows[1] == (-7, 10, 2), "half of 3, half even"
    assert rows[2][:2] == (-20, 15)


@given(costs())
def test_every_element_is_the_plain_writing_of_the_rules(one):
    assert rows_of(one) == scalar.cost(one)


@given(costs())
def test_at_the_end_of_the_term_an_amortised_cost_has_left(one):
    if one["days"][-1] == one["term"] and one["amortised"]:
        taken, spread, out = rows_of(one)[-1]
        assert taken + spread - out == 0
