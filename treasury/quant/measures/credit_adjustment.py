"""Entry of the credit adjustment; the formula is ``valuation.credit``."""

from __future__ import annotations

from typing import Any

from treasury.quant.inputs import Answer, Input, Result
from treasury.quant.measure import Measure
from treasury.quant.valuation.credit import credit_adjustment


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    columns = credit_adjustment(
        values["present_value"], values["counterparty_spread"], values["own_spread"], values["years"]
    )
    answer.put(
        credit_value_adjustment=answer.number(columns.credit_value_adjustment),
        debit_value_adjustment=answer.number(columns.debit_value_adjustment),
        fair_value=answer.number(columns.fair_value),
    )


MEASURE = Measure(
    code="credit_adjustment",
    title="Credit adjustment",
    summary="What today's value would lose by default up to maturity, by the current-exposure approximation.",
    inputs=(
        Input("present_value", "number", "currency", "Value before credit, asset +"),
        Input("counterparty_spread", "number", "per year", "Credit spread of the counterparty", minimum=0),
        Input("own_spread", "number", "per year", "Own credit spread", minimum=0),
        Input("years", "number", "years", "Time to maturity", minimum=0),
    ),
    results=(
        Result("credit_value_adjustment", "currency", "−max(V, 0)(1 − e^(−s·T))", "≤ 0"),
        Result("debit_value_adjustment", "currency", "+max(−V, 0)(1 − e^(−s·T))", "≥ 0"),
        Result("fair_value", "currency", "V + CVA + DVA", "asset +"),
    ),
    formula="CVA = −max(V, 0)(1 − e^(−s·T)); DVA = max(−V, 0)(1 − e^(−s·T)); fair value = V + CVA + DVA",
    reference="rules section 3; IFRS 13.42; an approximation: current exposure, no collateral",
    example={"present_value": 256100, "counterparty_spread": 0.01, "own_spread": 0.02, "years": 0.5},
    example_result={
        "credit_value_adjustment": -1277.3040787540597,
        "debit_value_adjustment": 0.0,
        "fair_value": 254822.69592124594,
    },
    used_in="Fair value of every night",
    formula_of=_calculate,
)
