import numpy as np
import pytest

from treasury.quant.codes import reason_names
from treasury.quant.ratios.hedge_outcome import hedge_outcome


def test_outcome_in_money_and_as_a_fraction():
    ours = hedge_outcome([10**9, -(10**9)], [-30_000_000] * 2, [2_947_500] * 2)
    assert ours.net_change_amount.tolist() == [-27_052_500] * 2
    assert ours.net_change_ratio.tolist() == [-0.0270525] * 2
    assert ours.loss_reduction_ratio == pytest.approx([0.09825] * 2, rel=1e-15)


def test_undefined_ratios_have_reasons():
    ours = hedge_outcome([0], [0], [5])
    assert np.isnan([ours.net_change_ratio[0], ours.loss_reduction_ratio[0]]).all()
    assert reason_names(ours.reasons[0]) == ["zero_exposure", "zero_unhedged_change"]
