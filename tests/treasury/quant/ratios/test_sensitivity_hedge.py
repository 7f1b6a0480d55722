import numpy as np

from treasury.quant import catalogue
from treasury.quant.ratios.sensitivity_hedge import sensitivity_hedge_ratio


def test_the_hedge_moves_as_much_as_the_item():
    ratio = sensitivity_hedge_ratio([4.5, -4.5, 4.5], [4.0, 4.0, 0.0])
    assert ratio[:2].tolist() == [1.125, -1.125]
    assert np.isnan(ratio[2])


def test_an_instrument_that_does_not_move_cannot_hedge():
    inputs = {"item_sensitivity": 1, "instrument_sensitivity": 0, "item_notional": 5}
    answer = catalogue.calculate("sensitivity_hedge", inputs)
    assert answer["result"] == {"hedge_ratio": None, "instrument_notional": None}
    assert answer["reasons"] == ["zero_sensitivity"]
