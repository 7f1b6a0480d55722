"""The interest-rate swap's calculator: identities, and bad schedules by their field."""

import pytest

from treasury.kernel.errors import InputError
from treasury.quant.catalogue import calculate

TERMS = {
    "notional_amount": "10000000",
    "pay_fixed": True,
    "fixed_rate": "0.025",
    "payment_years": ["0.5", "1", "1.5"],
    "discount_factors": [0.99, 0.978, 0.965],
    "forward_rates": ["0.021", "0.024", "0.027"],
    "accruals": ["0.5", "0.5", "0.5"],
}


def value(**changes):
    return calculate("interest_rate_swap_value", TERMS | changes)["result"]


def test_by_hand():
    result = value()
    fixed = 1e7 * 0.025 * 0.5 * (0.99 + 0.978 + 0.965)
    floating = 1e7 * 0.5 * (0.021 * 0.99 + 0.024 * 0.978 + 0.027 * 0.965)
    assert result["present_value"] == pytest.approx(floating - fixed, abs=1e-6)
    assert (result["fixed_leg_value"], result["floating_leg_value"]) == pytest.approx(
        (fixed, floating), rel=1e-14
    )


def test_the_par_rate_gives_zero_and_the_receiver_the_negative():
    par = value()["par_rate"]
    assert value(fixed_rate=repr(par))["present_value"] == pytest.approx(0, abs=1e-6)
    assert value(pay_fixed=False)["present_value"] == -value()["present_value"]


def test_nothing_has_accrued_at_the_start_of_a_period_and_the_elapsed_part_after_it():
    assert value()["accrued_amount"] == "0"
    seasoned = value(payment_years=["0.2", "0.7", "1.2"])
    assert seasoned["accrued_amount"] == "-12000"  # 10m × (2.1 % − 2.5 %) × 0.3
    assert seasoned["clean_value"] == pytest.approx(seasoned["present_value"] + 12000, abs=1e-6)


def test_the_elapsed_part_may_be_given_in_the_day_count_of_the_periods():
    seasoned = value(payment_years=["0.2", "0.7", "1.2"], elapsed_accrual="0.25")
    assert seasoned["accrued_amount"] == "-10000"  # 10m × (2.1 % − 2.5 %) × 0.25
    assert seasoned["clean_value"] == pytest.approx(seasoned["present_value"] + 10000, abs=1e-6)
    assert value(elapsed_accrual=None) == value()
    assert value(elapsed_accrual="0.5")["accrued_amount"] == "-20000"


@pytest.mark.parametrize(
    "change, field",
    [
        ({"payment_years": ["0.5", "0.5", "1"]}, "payment_years[1]"),
        ({"accruals": ["0.5"]}, "accruals"),
        ({"pay_fixed": 1}, "pay_fixed"),
        ({"elapsed_accrual": "0.51"}, "elapsed_accrual"),
        ({"elapsed_accrual": "-0.01"}, "elapsed_accrual"),
        ({"discount_factors": [0.99, "NaN", 0.9]}, "discount_factors[1]"),
    ],
)
def test_a_bad_schedule_is_refused_by_its_field(change, field):
    with pytest.raises(InputError) as refusal:
        value(**change)
    assert refusal.value.field == field
