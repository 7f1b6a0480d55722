import numpy as np
import pytest

from treasury.quant.codes import EffectivenessStatus, reason_names
from treasury.quant.effectiveness.credit_dominance import credit_dominance
from treasury.quant.effectiveness.criteria import (
    credit_criterion,
    economic_relationship,
    hedge_ratio_criterion,
)

NAN = np.nan


def outcome(columns, row=0):
    return EffectivenessStatus(columns.status[row]).name, reason_names(columns.reasons[row])


@pytest.mark.parametrize(
    ("rationale", "measure", "terms", "status", "reasons"),
    [
        (True, 0.95, False, "EFFECTIVE", []),
        (True, NAN, True, "EFFECTIVE", []),
        (True, NAN, False, "INCONCLUSIVE", ["no_quantitative_support"]),
        (False, 0.95, True, "INCONCLUSIVE", ["rationale_missing"]),
        (True, -0.95, True, "NOT_EFFECTIVE", ["wrong_direction"]),
        (False, -1e-9, True, "NOT_EFFECTIVE", ["wrong_direction"]),
        (True, 0.0, True, "NOT_EFFECTIVE", ["wrong_direction"]),
    ],
)
def test_economic_relationship(rationale, measure, terms, status, reasons):
    assert outcome(economic_relationship([rationale], [measure], [terms])) == (status, reasons)


def test_correlation_alone_is_not_enough():
    assert outcome(economic_relationship([False], [1.0]))[0] == "INCONCLUSIVE"


def test_credit_risk_passes_with_a_watch():
    columns = credit_criterion(credit_dominance([10, 30, 60, 1], [100, 100, 100, 0]))
    assert [outcome(columns, row) for row in range(4)] == [
        ("EFFECTIVE", []),
        ("EFFECTIVE", ["credit_watch"]),
        ("NOT_EFFECTIVE", ["credit_dominates"]),
        ("INCONCLUSIVE", ["zero_economic_change"]),
    ]
    assert columns.criteria[0].margin[:3] == pytest.approx([0.4, 0.2, -0.1])


def test_the_hedge_ratio_is_the_one_used_up_to_lots():
    columns = hedge_ratio_criterion(
        [0.8, 0.8, 0.8, NAN, 0.3, 71.2, 71.2],
        [0.8, 0.81, 0.9, 0.8, 0.1 + 0.2, 74, 76],
        [0, 0.0125, 0.01, 0, 0, 0.05, 0.05],
    )
    assert [outcome(columns, row) for row in range(7)] == [
        ("EFFECTIVE", []),
        ("EFFECTIVE", []),
        ("NOT_EFFECTIVE", ["ratio_imbalance"]),
        ("INCONCLUSIVE", ["missing_data"]),
        ("EFFECTIVE", []),
        ("EFFECTIVE", []),
        ("NOT_EFFECTIVE", ["ratio_imbalance"]),
    ]
