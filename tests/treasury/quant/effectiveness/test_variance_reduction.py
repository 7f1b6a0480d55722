import numpy as np
import pytest

from treasury.quant.codes import EffectivenessStatus, reason_names
from treasury.quant.effectiveness.variance_reduction import variance_reduction


def test_it_is_one_less_the_quotient_of_sample_variances():
    rng = np.random.default_rng(1)
    item = rng.normal(5, 1, (8, 50))
    hedge = -0.9 * item + rng.normal(0, 0.2, (8, 50))
    ours = variance_reduction(hedge, item)
    expected = 1 - np.var(item + hedge, axis=1, ddof=1) / np.var(item, axis=1, ddof=1)
    assert ours.variance_reduction_ratio == pytest.approx(expected, rel=1e-12)
    assert ours.volatility_reduction_ratio == pytest.approx(1 - np.sqrt(1 - expected), rel=1e-10)
    assert (ours.status == EffectivenessStatus.EFFECTIVE).all()
    mirrored = variance_reduction(hedge, -item, hypothetical=True)
    assert np.array_equal(mirrored.variance_reduction_ratio, ours.variance_reduction_ratio)


@pytest.mark.parametrize(
    ("hedge", "item", "ratio", "status", "reasons"),
    [
        ([-0.5, 0.5], [1.0, -1.0], 0.75, "NOT_EFFECTIVE", ["variance_reduction_low"]),
        ([-1.0, 1.0], [1.0, -1.0], 1.0, "EFFECTIVE", []),
        ([1.0, -1.0], [1.0, -1.0], -3.0, "NOT_EFFECTIVE", ["variance_reduction_low"]),
        ([1.0], [1.0], None, "INCONCLUSIVE", ["too_few_points"]),
        ([1.0, 2.0], [0.1, 0.1], None, "INCONCLUSIVE", ["constant_item"]),
        ([1e308, -1e308], [1e-300, -1e-300], None, "INCONCLUSIVE", ["constant_item"]),
    ],
)
def test_cases(hedge, item, ratio, status, reasons):
    ours = variance_reduction([hedge], [item])
    assert (
        (ours.variance_reduction_ratio[0] == ratio)
        if ratio is not None
        else np.isnan(ours.variance_reduction_ratio[0])
    )
    assert EffectivenessStatus(ours.status[0]).name == status
    assert reason_names(ours.reasons[0]) == reasons


def test_the_edge_passes_and_rows_stand_alone():
    assert (
        variance_reduction([[-0.5, 0.5]], [[1.0, -1.0]], minimum=0.75).status[0]
        == EffectivenessStatus.EFFECTIVE
    )
    rng = np.random.default_rng(2)
    item, hedge = rng.normal(size=(2, 100, 33))
    whole = variance_reduction(hedge, item)
    order = rng.permutation(100)
    moved = variance_reduction(hedge[order], item[order])
    assert np.array_equal(moved.variance_reduction_ratio, whole.variance_reduction_ratio[order])
