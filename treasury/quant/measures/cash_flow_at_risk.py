"""Entry of cash flow at risk; the formula is ``ratios.cash_flow_at_risk``."""

from __future__ import annotations

from typing import Any

from treasury.kernel.errors import InputError
from treasury.quant.inputs import Answer, Input, Result
from treasury.quant.measure import Measure
from treasury.quant.ratios.cash_flow_at_risk import METHODS, cash_flow_at_risk


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    exposures, changes = values["exposures"], values["changes"]
    if len(changes[0]) != len(exposures):
        expected = f"{len(exposures)} elements, as many as exposures"
        raise InputError("changes[0]", expected, got=str(len(changes[0])))
    columns = cash_flow_at_risk(exposures, changes, values["method"], values["confidence_level"])
    answer.because(columns.reasons[0])
    answer.put(
        value_at_risk=answer.number(columns.value_at_risk[0]),
        expected_shortfall=answer.number(columns.expected_shortfall[0]),
        standard_deviation=answer.number(columns.standard_deviation[0]),
    )


MEASURE = Measure(
    code="cash_flow_at_risk",
    title="Cash flow at risk",
    summary="The loss on a set of cash flows that is not exceeded at a confidence.",
    inputs=(
        Input("exposures", "numbers", "risk units", "Cash flow of each risk, inflow +"),
        Input(
            "changes",
            "table",
            "functional currency per unit",
            "A row an observation: absolute rate changes, one for each exposure",
        ),
        Input(
            "method",
            "choice",
            "",
            "historical: the observations as they are; covariance: normal with mean zero",
            "historical",
            choices=METHODS,
        ),
        Input("confidence_level", "number", "", "Confidence", default=0.95, above=0, below=1),
    ),
    results=(
        Result(
            "value_at_risk",
            "functional currency",
            "Historical: quantile of the losses by linear interpolation; covariance: z·σ",
            "loss +",
        ),
        Result(
            "expected_shortfall",
            "functional currency",
            "Historical: mean of the losses from the value at risk on; covariance: σ·φ(z)/(1 − c)",
            "loss +",
        ),
        Result("standard_deviation", "functional currency", "σ = √(E'ΣE), sample covariance (n − 1)", "≥ 0"),
    ),
    formula="L_t = −Σ_j E_j·Δ_tj; historical: quantile and tail mean of L; covariance: z·σ and σ·φ(z)/(1 − c)",
    reference="FAQ §7; rules section 2",
    example={
        "exposures": [100],
        "changes": [[0.01], [-0.02], [0.03], [-0.04], [0]],
        "confidence_level": 0.75,
    },
    example_result={
        "value_at_risk": 2.0,
        "expected_shortfall": 3.0,
        "standard_deviation": 2.701851217221259,
    },
    used_in="Calculators: risk of the open cash flows",
    formula_of=_calculate,
)
