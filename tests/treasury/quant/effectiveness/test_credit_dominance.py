from decimal import Decimal as D

import numpy as np
import pytest

from treasury.quant.codes import CreditStatus, reason_names
from treasury.quant.effectiveness.credit_dominance import credit_dominance


@pytest.mark.parametrize(
    ("credit", "economic", "settings", "status", "reasons"),
    [
        (25, -100, {}, "PASS", []),
        (-26, 100, {}, "WATCH", ["credit_watch"]),
        (50, 100, {}, "WATCH", ["credit_watch"]),
        (51, 100, {}, "FAIL", ["credit_dominates"]),
        (0, 100, {}, "PASS", []),
        (5, 0, {}, "INCONCLUSIVE", ["zero_economic_change"]),
        (9, 9, {"noise_threshold": 10}, "INCONCLUSIVE", ["immaterial_changes"]),
        (10, 9, {"noise_threshold": 10}, "FAIL", ["credit_dominates"]),
        (0, 100, {"trigger_hit": True}, "FAIL", ["credit_dominates"]),
        (np.nan, 100.0, {}, "INCONCLUSIVE", ["missing_data"]),
    ],
)
def test_cases(credit, economic, settings, status, reasons):
    ours = credit_dominance([credit], [economic], **settings)
    assert CreditStatus(ours.status[0]).name == status
    assert reason_names(ours.reasons[0]) == reasons


def test_the_ratio_and_exact_edges():
    assert credit_dominance([30], [-100]).credit_ratio[0] == 0.3
    assert credit_dominance([-7 * 10**14 - 1], [28 * 10**14]).status[0] == CreditStatus.WATCH
    assert credit_dominance([-7 * 10**14], [28 * 10**14]).status[0] == CreditStatus.PASS
    exact = np.array([D("0.25")], dtype=object)
    assert credit_dominance(exact, np.array([D(1)], dtype=object)).status[0] == CreditStatus.PASS
