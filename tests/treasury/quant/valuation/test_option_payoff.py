import numpy as np
import pytest

from treasury.quant.valuation.option_payoff import option_payoff

SPOTS = np.array([0.9, 1.0, 1.1, 1.3])


@pytest.mark.parametrize(
    ("kind", "payoff", "effective"),
    [(1, [0, 0, 0, 0.2], [0.92, 1.02, 1.12, 1.12]), (-1, [0.2, 0.1, 0, 0], [1.08, 1.08, 1.08, 1.28])],
)
def test_buyer_and_writer(kind, payoff, effective):
    bought, sold = (option_payoff(kind, side, 1.1, 0.02, SPOTS) for side in (1, -1))
    assert bought.payoff_rate == pytest.approx(payoff)
    assert bought.profit_rate == pytest.approx(np.array(payoff) - 0.02)
    assert np.array_equal(sold.profit_rate, -bought.profit_rate)
    assert bought.exercised.tolist() == [value > 0 for value in payoff]
    assert bought.effective_rate == pytest.approx(effective)


def test_the_effective_rate_is_the_exposure_with_the_option():
    """A payable pays S, a receivable earns S; bought call and sold put go with the first, the others with
    the second."""
    for kind, side in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        ours = option_payoff(kind, side, 1.1, 0.02, SPOTS)
        payable = kind * side > 0
        expected = SPOTS - ours.profit_rate if payable else SPOTS + ours.profit_rate
        assert ours.effective_rate == pytest.approx(expected), (kind, side)
