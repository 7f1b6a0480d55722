"""Entry of the credit dominance; the formula is ``effectiveness.credit_dominance``."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from treasury.quant.codes import CreditStatus
from treasury.quant.effectiveness.credit_dominance import credit_dominance
from treasury.quant.inputs import Answer, Input, Result, exact, ordered
from treasury.quant.measure import Measure


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    ordered(values, "watch_ratio", "fail_ratio")
    columns = credit_dominance(
        exact(values["credit_change_amount"]),
        exact(values["economic_change_amount"]),
        exact(values["noise_threshold_amount"]),
        values["watch_ratio"],
        values["fail_ratio"],
    )
    answer.because(columns.reasons[0])
    answer.put(
        credit_ratio=answer.number(columns.credit_ratio[0]),
        status=CreditStatus(columns.status[0]).name,
    )


MEASURE = Measure(
    code="credit_dominance",
    title="Credit dominance",
    summary="Whether the change of credit risk outweighs the change that the hedge is about.",
    inputs=(
        Input("credit_change_amount", "decimal", "functional currency", "Change due to credit risk"),
        Input("economic_change_amount", "decimal", "functional currency", "Change due to the hedged risk"),
        Input(
            "noise_threshold_amount",
            "decimal",
            "functional currency",
            "Changes below it decide nothing",
            0,
            minimum=0,
        ),
        Input("watch_ratio", "decimal", "fraction", "Up to here it passes", Decimal("0.25"), minimum=0),
        Input("fail_ratio", "decimal", "fraction", "Above it fails", Decimal("0.5"), minimum=0),
    ),
    results=(
        Result("credit_ratio", "fraction", "κ = |Δcredit| / |Δeconomic|", "≥ 0"),
        Result(
            "status",
            "",
            "PASS up to watch, WATCH up to fail, FAIL, INCONCLUSIVE under the noise gate",
            kind="text",
        ),
    ),
    formula="κ = |Δcredit| / |Δeconomic|",
    reference="rules section 4; IFRS 9 B6.4.7–8; the limits are the book's own",
    example={"credit_change_amount": "30", "economic_change_amount": "-100"},
    example_result={"credit_ratio": 0.3, "status": "WATCH"},
    example_reasons=("credit_watch",),
    used_in="Credit criterion of every night",
    formula_of=_calculate,
)
