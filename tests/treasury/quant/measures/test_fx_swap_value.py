"""The FX swap's calculator: two forwards, one of which may be settled."""

import pytest

from treasury.kernel.errors import InputError
from treasury.quant.catalogue import calculate

NEAR = {"notional_amount": -1e6, "strike_rate": 1.10, "forward_rate": 1.11, "discount_factor": 0.99}
FAR = {"notional_amount": 1.1e6, "strike_rate": 1.12, "forward_rate": 1.15, "discount_factor": 0.95}


def value(**changes):
    return calculate("fx_swap_value", {"near": NEAR, "far": FAR} | changes)["result"]


def test_it_is_its_two_forwards():
    result = value()
    near, far = (calculate("fx_forward_value", leg)["result"]["present_value"] for leg in (NEAR, FAR))
    assert result == {
        "present_value": near + far,
        "near_leg_value": near,
        "far_leg_value": far,
    }
    assert near == pytest.approx(-9900, rel=1e-12)
    assert far == pytest.approx(31350, rel=1e-12)


def test_a_settled_near_leg_is_worth_nothing():
    settled = value(near=None)
    assert settled["near_leg_value"] == 0
    assert settled["present_value"] == settled["far_leg_value"] == value()["far_leg_value"]


def test_a_near_leg_that_was_forgotten_is_not_taken_for_settled():
    with pytest.raises(InputError) as caught:
        calculate("fx_swap_value", {"far": FAR})
    assert (caught.value.field, caught.value.expected) == ("near", "an object or null")


def test_both_legs_the_other_way_round_are_the_negative():
    turned = {
        name: leg | {"notional_amount": -leg["notional_amount"]}
        for name, leg in (("near", NEAR), ("far", FAR))
    }
    assert value(**turned)["present_value"] == -value()["present_value"]


@pytest.mark.parametrize(
    "change, field",
    [
        ({"far": None}, "far"),
        ({"far": []}, "far"),
        ({"near": FAR | {"discount_factor": 0}}, "near.discount_factor"),
        ({"far": {name: FAR[name] for name in FAR if name != "strike_rate"}}, "far.strike_rate"),
        ({"near": NEAR | {"forward_rate": "NaN"}}, "near.forward_rate"),
        ({"near": NEAR | {"spot": 1}}, "near.spot"),
    ],
)
def test_a_bad_leg_is_refused_by_its_field(change, field):
    with pytest.raises(InputError) as refusal:
        value(**change)
    assert refusal.value.field == field


def test_numbers_beyond_float64_are_null_with_their_reason():
    huge = FAR | {"notional_amount": 1e300, "forward_rate": 1e300}
    answer = calculate("fx_swap_value", {"near": huge | {"notional_amount": -1e300}, "far": huge})
    assert answer["result"]["present_value"] is None
    assert answer["reasons"] == ["out_of_range"]
