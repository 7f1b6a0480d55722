import numpy as np
import pytest

from treasury.kernel.errors import InputError
from treasury.quant.codes import Reason
from treasury.quant.numbers import round_counts
from treasury.quant.ratios.futures_contracts import beta_contracts, futures_contracts, tailed_count


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [
        ("nearest", [1, 2, 3, -1, -3, 9]),
        ("down", [0, 1, 2, 0, -2, 9]),
        ("up", [1, 2, 3, -1, -3, 10]),
        ("half_even", [0, 2, 2, 0, -2, 9]),
    ],
)
def test_rounding_rules(rounding, expected):
    assert round_counts([0.5, 1.5, 2.5, -0.5, -2.5, 9.15], rounding).tolist() == expected


def test_rounding_keeps_undefined_and_halves_that_are_none():
    assert np.isnan(round_counts([np.nan]))[0]
    assert round_counts([0.49999999999999994, 2.0**52 + 1]).tolist() == [0.0, 2.0**52 + 1]
    with pytest.raises(InputError, match="rounding"):
        round_counts([1.0], "sideways")


def test_contracts_of_the_worked_example():
    ours = futures_contracts([1e6, 1e6, 1e6], [2185.0, 2185.0, 0.0], 50, [1, 0.5, 1])
    assert ours.contract_count_unrounded[:2] == pytest.approx([9.1533180778032, 4.5766590389016], rel=1e-13)
    assert ours.contract_count[:2].tolist() == [9, 5]
    assert ours.reasons.tolist() == [0, 0, Reason.ZERO_CONTRACT_NOTIONAL]
    assert np.isnan(ours.contract_count[2])


def test_beta_hedges_are_short_to_lower_beta():
    ours = beta_contracts(5_050_000.0, 1.5, 0.0, 1010.0, 250)
    assert ours.contract_count.tolist() == -30
    assert beta_contracts(5_050_000.0, 1.5, 0.75, 1010.0, 250).contract_count.tolist() == -15
    assert beta_contracts(5_050_000.0, 1.5, 2.0, 1010.0, 250).contract_count.tolist() == 10


def test_tailing_takes_current_prices():
    assert tailed_count(37.03, 1.94, 1.99) == pytest.approx(37.03 * 1.94 / 1.99, rel=1e-15)
    assert np.isnan(tailed_count(37.03, 1.94, 0.0))
