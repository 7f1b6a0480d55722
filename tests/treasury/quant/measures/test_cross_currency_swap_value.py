"""The cross-currency swap's calculator: flows of two currencies, and bad ones by their field."""

import pytest

from treasury.kernel.errors import InputError
from treasury.quant.catalogue import calculate

RECEIVE = {"notional_amount": 1e6, "cash_flows": [5e4, 1.05e6], "discount_factors": [0.96, 0.92]}
PAY = {"notional_amount": 9e5, "cash_flows": [2.7e4, 2.7e4, 9.27e5], "discount_factors": [0.98, 0.95, 0.93]}


def value(**changes):
    return calculate(
        "cross_currency_swap_value", {"receive": RECEIVE, "pay": PAY, "spot_rate": 0.91} | changes
    )["result"]


def test_by_hand():
    result = value()
    receive, pay = 5e4 * 0.96 + 1.05e6 * 0.92, 2.7e4 * 0.98 + 2.7e4 * 0.95 + 9.27e5 * 0.93
    assert (result["receive_leg_value"], result["pay_leg_value"]) == pytest.approx((receive, pay), rel=1e-14)
    assert result["present_value"] == pytest.approx(receive * 0.91 - pay, rel=1e-12)


def test_the_notional_is_never_added():
    """A notional that matched no flow changes nothing: the exchanges of principal are among the flows."""
    assert value(receive=RECEIVE | {"notional_amount": 7}, pay=PAY | {"notional_amount": 0}) == value()


def test_a_leg_without_flows_is_worth_nothing():
    empty = {"notional_amount": 9e5, "cash_flows": [], "discount_factors": []}
    result = value(pay=empty)
    assert result["pay_leg_value"] == 0
    assert result["present_value"] == pytest.approx(0.91 * result["receive_leg_value"], rel=1e-15)
    assert value(receive=empty, pay=empty)["present_value"] == 0


def test_the_other_side_is_the_negative_in_the_other_currency():
    other = value(receive=PAY, pay=RECEIVE, spot_rate=1 / 0.91)
    assert other["present_value"] * 0.91 == pytest.approx(-value()["present_value"], rel=1e-12)


@pytest.mark.parametrize(
    "change, field",
    [
        ({"receive": RECEIVE | {"discount_factors": [0.96]}}, "receive.discount_factors"),
        ({"pay": PAY | {"cash_flows": []}}, "pay.discount_factors"),
        ({"pay": PAY | {"discount_factors": [0.98, 0, 0.93]}}, "pay.discount_factors[1]"),
        ({"receive": RECEIVE | {"cash_flows": [5e4, "Infinity"]}}, "receive.cash_flows[1]"),
        ({"receive": {"cash_flows": [], "discount_factors": []}}, "receive.notional_amount"),
        ({"pay": None}, "pay"),
        ({"spot_rate": 0}, "spot_rate"),
    ],
)
def test_a_bad_leg_is_refused_by_its_field(change, field):
    with pytest.raises(InputError) as refusal:
        value(**change)
    assert refusal.value.field == field


def test_numbers_beyond_float64_are_null_with_their_reason():
    leg = {"notional_amount": 1, "cash_flows": [1e308, 1e308], "discount_factors": [1, 1]}
    answer = calculate("cross_currency_swap_value", {"receive": leg, "pay": leg, "spot_rate": 1})
    assert set(answer["result"].values()) == {None}
    assert answer["reasons"] == ["out_of_range"]
