from decimal import Decimal as D

import numpy as np

from treasury.quant.valuation.futures import futures_profit, notional_value
from treasury.quant.valuation.spot import spot_value


def test_notional_and_settled_gain_of_the_worked_example():
    assert notional_value(2185.0, 50) == 109250.0
    assert futures_profit(2185.0, 2119.5, 50, -9) == 29475.0
    assert notional_value(np.array([D("2185.00")], dtype=object), D(50), D(-9)).tolist() == [D(-983250)]


def test_decimals_stay_exact():
    entry, exit_price = np.array([D("0.1")], dtype=object), np.array([D("0.3")], dtype=object)
    assert futures_profit(entry, exit_price, D("1e-30"), D(7)).tolist() == [D("1.4e-30")]


def test_daily_settlements_add_up_to_the_whole_move():
    prices = np.array([2185.0, 2190.25, 2170.0, 2119.5])
    assert futures_profit(prices[:-1], prices[1:], 50, -9).sum() == futures_profit(
        prices[0], prices[-1], 50, -9
    )


def test_a_natural_offset_is_carried_at_spot():
    assert spot_value([-1e7, 2.5], [1.1, 4.0]).tolist() == [-1e7 * 1.1, 10.0]
