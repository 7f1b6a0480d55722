"""Amortisation of a basis adjustment: rolled forward by hand, and down to nothing at the last flow."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.treasury.quant.scalar import measurement as scalar
from treasury.kernel.errors import InputError
from treasury.quant import catalogue
from treasury.quant.measurement.basis_adjustment import basis_adjustment_amortisation


@st.composite
def bonds(draw):
    days = draw(st.sets(st.integers(20, 12 * 365), min_size=1, max_size=10))
    years = [day / 365 for day in sorted(days)]
    coupon = draw(st.floats(0, 12))
    flows = [coupon] * len(years)
    flows[-1] += 100
    bare, adjusted = (scalar.present_value(flows, years, draw(st.floats(-0.02, 0.15))) for _ in range(2))
    return adjusted, bare, flows, years


@given(st.lists(bonds(), min_size=1, max_size=4))
def test_every_row_is_rolled_forward_as_by_hand_and_ends_at_nothing(rows):
    width = max(len(row[2]) for row in rows)
    flows = np.array([row[2] + [0.0] * (width - len(row[2])) for row in rows])
    years = np.array(
        [row[3] + [row[3][-1] + extra + 1 for extra in range(width - len(row[3]))] for row in rows]
    )
    adjusted, bare = (np.array([row[side] for row in rows]) for side in (0, 1))
    result = basis_adjustment_amortisation(adjusted, flows, years, bare)
    assert not result.reasons.any()
    assert result.amortisation.sum(axis=1) == pytest.approx(bare - adjusted, abs=1e-10)
    for number, row in enumerate(rows):
        rate, amortisation = scalar.amortisation(*row)
        assert result.effective_rate[number] == pytest.approx(rate, abs=1e-10)
        assert result.amortisation[number, : len(amortisation)] == pytest.approx(amortisation, abs=1e-8)
        assert not result.amortisation[number, len(amortisation) :].any()
    liability = basis_adjustment_amortisation(-adjusted, -flows, years, -bare)
    assert liability.amortisation.tolist() == (-result.amortisation).tolist()
    assert liability.effective_rate.tolist() == result.effective_rate.tolist()


def test_nothing_to_amortise_where_the_two_amounts_are_the_same():
    result = basis_adjustment_amortisation([97.0], [[3.0, 103.0]], [0.4, 1.9], [97.0])
    assert not result.amortisation.any()


def test_without_an_unadjusted_amount_the_whole_change_with_its_reason():
    answer = catalogue.calculate(
        "basis_adjustment_amortisation", {"carrying_amount": 100, "cash_flows": [10, 110], "years": [1, 2]}
    )
    assert answer["result"]["effective_rate"] == pytest.approx(0.1)
    assert answer["result"]["amortisation"] == pytest.approx([0, -100])
    assert answer["reasons"] == ["not_given"]


def test_a_rate_that_is_not_one_leaves_null_and_says_so():
    inputs = {
        "carrying_amount": 100,
        "cash_flows": [230, -132],
        "years": [1, 2],
        "unadjusted_carrying_amount": 98,
    }
    answer = catalogue.calculate("basis_adjustment_amortisation", inputs)
    assert answer["result"] == {"effective_rate": None, "amortisation": [None, None]}
    assert answer["reasons"] == ["no_unique_rate"]
    half = {**inputs, "cash_flows": [10, 110], "unadjusted_carrying_amount": -98}
    answer = catalogue.calculate("basis_adjustment_amortisation", half)
    assert answer["result"]["effective_rate"] == pytest.approx(0.1)
    assert answer["result"]["amortisation"] == [None, None]
    assert answer["reasons"] == ["no_unique_rate"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"carrying_amount": 0}, "carrying_amount"),
        ({"unadjusted_carrying_amount": 0}, "unadjusted_carrying_amount"),
        ({"cash_flows": [1]}, "years"),
        ({"years": [2, 1, 3]}, "years[1]"),
        ({"years": [0, 1, 2]}, "years[0]"),
        ({"cash_flows": [1, "NaN", 3]}, "cash_flows[1]"),
    ],
)
def test_bad_inputs_are_refused_by_name(change, field):
    good = catalogue.MEASURES["basis_adjustment_amortisation"].example
    with pytest.raises(InputError) as caught:
        catalogue.calculate("basis_adjustment_amortisation", good | change)
    assert caught.value.field == field
    with pytest.raises(InputError) as caught:
        basis_adjustment_amortisation([1.0, 2.0], [[3.0], [3.0]], [1.0], [1.0])
    assert caught.value.field == "unadjusted_carrying_amount"
