import numpy as np
import pytest

from treasury.quant.valuation.credit import credit_adjustment


def test_an_asset_loses_by_the_counterparty_and_a_liability_by_oneself():
    value = credit_adjustment([256100.0, -256100.0, 0.0], 0.01, 0.02, 0.5)
    assert value.credit_value_adjustment == pytest.approx([-256100 * (1 - np.exp(-0.005)), 0, 0], rel=1e-12)
    assert value.debit_value_adjustment == pytest.approx([0, 256100 * (1 - np.exp(-0.01)), 0], rel=1e-12)
    parts = value.credit_value_adjustment + value.debit_value_adjustment
    assert value.fair_value.tolist() == ([256100.0, -256100.0, 0.0] + parts).tolist()
    assert value.credit_value_adjustment[0] == pytest.approx(-1277.30, abs=0.005)


def test_without_spread_or_time_nothing_is_adjusted():
    for spread, years in ((0.0, 5.0), (0.03, 0.0)):
        value = credit_adjustment([5.0, -5.0], spread, spread, years)
        assert value.fair_value.tolist() == [5.0, -5.0]
        assert not np.signbit(value.debit_value_adjustment).any()
