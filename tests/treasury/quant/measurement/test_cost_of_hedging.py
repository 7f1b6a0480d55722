"""Costs of hedging: alignment, amortisation and three frameworks, against the rules written plainly."""

from decimal import Decimal as D
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.treasury.quant.measurement.strategies import amounts, columns
from tests.treasury.quant.scalar import measurement as scalar
from treasury.kernel.errors import InputError
from treasury.quant import catalogue
from treasury.quant.codes import Framework
from treasury.quant.measurement.cost_of_hedging import cost_of_hedging

small = st.integers(-(10**6), 10**6)


def answer(actual, aligned=None, kind="time_period_related", **more):
    inputs = {"actual_values": actual, "aligned_values": aligned or actual, "kind": kind, **more}
    return catalogue.calculate("cost_of_hedging", inputs)["result"]


def test_the_worked_time_value_of_the_rules_bought_and_written():
    assert answer([20, 13, 0], periods=2) == {
        "reserve": [3.0, 0.0],
        "oci_movement": [3.0, -3.0],
        "profit_or_loss": [-10.0, -10.0],
    }
    assert answer([-20, -13, 0], periods=2) == {
        "reserve": [-3.0, 0.0],
        "oci_movement": [-3.0, 3.0],
        "profit_or_loss": [10.0, 10.0],
    }


@pytest.mark.parametrize(
    ("actual", "aligned", "reserve", "profit"),
    [
        ([20, 13, 0], [20, 5, 0], [-7, -20], [0, 0]),  # equal: the actual one, whatever the aligned one does
        ([20, 13, 0], [15, 9, 0], [-6, -15], [-1, -4]),  # above: the aligned one, the rest to profit or loss
        ([20, 13, 0], [25, 19, 0], [-6, -20], [-1, 1]),  # below: the lower of −7 and −6, then of −20 and −25
        ([20, 13, 0], [25, 30, 0], [0, -20], [-7, 7]),  # below: signs differ, then the lower of −20 and −25
        ([-20, -25, 0], [-15, -16, 0], [-1, 15], [-4, 9]),  # by size: the actual liability is above
    ],
)
def test_aligned_against_actual_at_inception(actual, aligned, reserve, profit):
    released = answer(actual, aligned, "transaction_related")
    assert (released["reserve"], released["profit_or_loss"]) == (reserve, profit)
    opening = min(actual[0], aligned[0], key=abs)
    spread = answer(actual, aligned, periods=2)
    assert spread["reserve"] == [reserve[0] + opening / 2, reserve[1] + opening]


def test_after_the_last_period_nothing_more_is_amortised_and_before_it_the_rest_waits():
    late = answer([20, 10, 4, 1, 0], periods=2)
    assert late["reserve"] == [0, 4, 1, 0]
    assert late["profit_or_loss"] == [-10, -10, 0, 0]
    assert answer([20, 18], periods=4)["reserve"] == [3]
    assert answer([0, 5, 0], periods=2)["reserve"] == [5, 0]
    assert answer([0, 5, 0], [3, 4, 0], periods=2)["reserve"] == [1, 0]  # opening value 0: no amortisation


def test_ias_39_and_both_ways_of_asc_815():
    assert answer([20, 13, 0], framework="IAS39") == {
        "reserve": [0.0, 0.0],
        "oci_movement": [0.0, 0.0],
        "profit_or_loss": [-7.0, -13.0],
    }
    systematic = answer([20, 13, 0], [15, 9, 0], framework="ASC815", periods=2)
    assert systematic["reserve"] == [3, 0]  # no aligned values
    fair = answer([20, 13, 0], framework="ASC815", excluded_component_method="fair_value")
    assert fair["profit_or_loss"] == [-7, -13]
    without = {"actual_values": [20, 13], "kind": "time_period_related", "framework": "ASC815", "periods": 2}
    assert catalogue.calculate("cost_of_hedging", without)["result"]["reserve"] == [3]


METHODS = [
    (framework, method) for framework in ("IFRS9", "IAS39", "ASC815") for method in ("amortise", "fair_value")
]


@given(
    columns(amounts, amounts, min_size=2),
    st.sampled_from(["transaction_related", "time_period_related"]),
    st.one_of(st.integers(1, 9), st.integers(1, 40_000), st.integers(2**31, 2**40)),
    st.sampled_from(METHODS),
    st.booleans(),
)
def test_every_kind_is_the_plain_writing_of_the_rules(values, kind, periods, how, same_start):
    actual, aligned = values
    if same_start:
        aligned = [actual[0], *aligned[1:]]
    framework, method = how
    expected = scalar.cost(actual, aligned, kind, periods, framework, method)
    over_time = kind == "time_period_related"
    rest = (over_time, periods, Framework[framework], method == "amortise")
    exact = cost_of_hedging([D(x) for x in actual], [D(x) for x in aligned], *rest)
    for column, position in (("reserve", 0), ("oci_movement", 1), ("profit_or_loss", 2)):
        for found, row in zip(getattr(exact, column).tolist(), expected, strict=True):
            assert abs(Fraction(found) - row[position]) <= abs(row[position]) * Fraction(
                1, 10**40
            ) + Fraction(1, 10**40)
    units = cost_of_hedging(actual, aligned, *rest)
    assert units.reserve.dtype == np.int64
    assert units.reserve.tolist() == [scalar.half_even(row[0]) for row in expected]
    assert units.oci_movement.sum() + units.profit_or_loss.sum() == actual[-1] - actual[0]
    floating = cost_of_hedging([float(x) for x in actual], [float(x) for x in aligned], *rest)
    scale = max(map(abs, (*actual, *aligned, 1)))
    assert floating.reserve == pytest.approx([float(row[0]) for row in expected], abs=1e-14 * scale)


@given(st.lists(st.tuples(small, small, small, small), min_size=1, max_size=6), st.randoms())
def test_rows_with_their_own_rules_and_the_order_of_rows(table, random):
    actual = np.array([row[:2] + (0,) for row in table])
    aligned = np.array([row[2:] + (0,) for row in table])
    count = len(table)
    framework = [random.choice(list(Framework)) for _ in table]
    over_time, amortise = ([random.random() < 0.5 for _ in table] for _ in range(2))
    periods = [random.randint(1, 5) for _ in table]
    rows = cost_of_hedging(actual, aligned, over_time, periods, framework, amortise)
    for i in range(count):
        one = cost_of_hedging(actual[i], aligned[i], over_time[i], periods[i], framework[i], amortise[i])
        assert one.reserve.tolist() == rows.reserve[i].tolist()
        assert one.profit_or_loss.tolist() == rows.profit_or_loss[i].tolist()


@given(st.lists(small, min_size=3, max_size=8), st.data())
def test_a_date_between_changes_no_cumulative_figure(values, data):
    """Elapsed days decide what is amortised, not the number of dates on which one looks."""
    days = sorted(data.draw(st.sets(st.integers(1, 400), min_size=len(values) - 1, max_size=len(values) - 1)))
    periods = data.draw(st.integers(1, 400))
    whole = cost_of_hedging(values, values, True, periods, elapsed_periods=days)
    assert whole.reserve.tolist() == [
        scalar.half_even(row[0])
        for row in scalar.cost(values, values, "time_period_related", periods, elapsed=days)
    ]
    at = data.draw(st.integers(1, len(values) - 1))
    fewer = [values[:at] + values[at + 1 :], days[: at - 1] + days[at:]]
    if len(fewer[0]) > 1:
        less = cost_of_hedging(fewer[0], fewer[0], True, periods, elapsed_periods=fewer[1])
        assert np.delete(whole.reserve, at - 1).tolist() == less.reserve.tolist()


@given(columns(small, small, min_size=2), st.integers(1, 9))
def test_turning_every_sign_turns_every_result(values, periods):
    actual, aligned = ([D(x) for x in side] for side in values)
    one = cost_of_hedging(actual, aligned, True, periods)
    other = cost_of_hedging([-x for x in actual], [-x for x in aligned], True, periods)
    for column in ("reserve", "profit_or_loss"):
        turned = [value.copy_negate() for value in getattr(one, column)]
        assert turned == getattr(other, column).tolist()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"aligned_values": [1, 2]}, "aligned_values"),
        ({"actual_values": [1], "aligned_values": [1]}, "actual_values"),
        ({"aligned_values": None}, "aligned_values"),
        ({"periods": 0}, "periods"),
        ({"periods": None}, "periods"),
        ({"periods": 1.5}, "periods"),
        ({"framework": "GAAP"}, "framework"),
        ({"framework": "ASC815", "periods": None}, "periods"),
        ({"actual_values": [1, "NaN", 3]}, "actual_values[1]"),
    ],
)
def test_bad_inputs_are_refused_by_name(change, field):
    good = {
        "actual_values": [20, 13, 0], "aligned_values": [20, 13, 0], "kind": "time_period_related", "periods": 2
    }  # fmt: skip
    with pytest.raises(InputError) as caught:
        catalogue.calculate("cost_of_hedging", good | change)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({"periods": 0}, "periods"),
        ({"periods": 2.0}, "periods"),
        ({"periods": [1, 2]}, "periods"),
        ({"periods": 2, "elapsed_periods": [2, 1]}, "elapsed_periods"),
        ({"periods": 2, "elapsed_periods": [1, 2, 3]}, "elapsed_periods"),
        ({"periods": 2, "framework": 9}, "framework"),
        ({"periods": 2, "amortise": 1}, "amortise"),
        ({"periods": 2, "time_period_related": "yes"}, "time_period_related"),
    ],
)
def test_bad_columns_are_refused_by_name(arguments, field):
    with pytest.raises(InputError) as caught:
        cost_of_hedging([20, 13, 0], [20, 13, 0], **arguments)
    assert caught.value.field == field


def test_asc_815_amortises_what_is_related_to_a_transaction_over_the_periods_given():
    given = {"actual_values": [20, 13, 0], "kind": "transaction_related", "framework": "ASC815"}
    answer = catalogue.calculate("cost_of_hedging", given)["result"]
    assert answer == {"reserve": [3.0, 0.0], "oci_movement": [3.0, -3.0], "profit_or_loss": [-10.0, -10.0]}
    assert catalogue.calculate("cost_of_hedging", given | {"periods": 2})["result"] == answer
