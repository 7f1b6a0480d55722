"""Entry of forecast accuracy; the formula is ``ratios.forecast_accuracy``."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from treasury.kernel.errors import InputError
from treasury.quant.inputs import Answer, Input, Result, exact, same_length
from treasury.quant.measure import Measure
from treasury.quant.ratios.forecast_accuracy import forecast_accuracy

#: Sums of flows stay below what an int64 holds.
LIMIT = 10**18


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    same_length(values, "forecast_amounts", "actual_amounts")
    forecast, actual = exact(values["forecast_amounts"]), exact(values["actual_amounts"])
    decimals = max((_decimals(value) for value in (*forecast, *actual)), default=0)
    scaled = [[int(value.scaleb(decimals)) for value in column] for column in (forecast, actual)]
    if 2 * sum(abs(value) for column in scaled for value in column) >= LIMIT:
        raise InputError("forecast_amounts", "flows whose sizes add up to fewer than 17 digits")
    groups = np.zeros(len(forecast), dtype=np.int64)
    columns = forecast_accuracy(scaled[0], scaled[1], groups, 1)
    answer.because(columns.reasons[0])
    answer.put(
        flow_count=int(columns.flow_count[0]),
        bias_ratio=answer.number(columns.bias_ratio[0]),
        mean_absolute_error_ratio=answer.number(columns.mean_absolute_error_ratio[0]),
    )


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))


MEASURE = Measure(
    code="forecast_accuracy",
    title="Forecast accuracy",
    summary="How far forecasts were from what came: on the whole, and flow by flow.",
    inputs=(
        Input("forecast_amounts", "decimals", "risk unit", "Forecast of each flow, signed"),
        Input(
            "actual_amounts",
            "decimals",
            "risk unit",
            "What came of the same flows at last, signed; 0: nothing",
        ),
    ),
    results=(
        Result("flow_count", "flows", "Flows that were compared", kind="count"),
        Result("bias_ratio", "fraction", "Σ(F − A) in the flow's direction / Σ|A|", "+ is too much forecast"),
        Result("mean_absolute_error_ratio", "fraction", "Σ|F − A| / Σ|A|", "≥ 0"),
    ),
    formula="bias = Σ s·(F − A) / Σ|A|; error = Σ|F − A| / Σ|A|; s the sign of A, of F where A is 0",
    reference="Mean absolute error weighted by size (Kolassa and Schütz 2007)",
    example={"forecast_amounts": ["100", "60", "40", "0"], "actual_amounts": ["90", "60", "0", "30"]},
    example_result={
        "flow_count": 4,
        "bias_ratio": 0.1111111111111111,
        "mean_absolute_error_ratio": 0.4444444444444444,
    },
    used_in="Exposures: forecast accuracy by entity, risk and lead time",
    formula_of=_calculate,
)
