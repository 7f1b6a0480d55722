"""Entry of the stability plot of a minimum-variance ratio; the formula is ``ratios.minimum_variance_stability``."""

from __future__ import annotations

from typing import Any

import numpy as np

from treasury.kernel.errors import InputError
from treasury.quant.inputs import Answer, Input, Result, same_length
from treasury.quant.measure import Measure
from treasury.quant.ratios.minimum_variance_stability import SMALLEST_WINDOW, minimum_variance_stability

_STATISTICS = ("hedge_ratio", "confidence_lower", "confidence_upper", "r_squared")


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    same_length(values, "spot_changes", "futures_changes")
    points = len(values["spot_changes"])
    if values["window"] > points:
        expected = f"a whole number from {SMALLEST_WINDOW} to the {points} changes given"
        raise InputError("window", expected, got=str(values["window"]))
    columns = minimum_variance_stability(
        values["spot_changes"],
        values["futures_changes"],
        values["window"],
        values["step"],
        values["confidence_level"],
    )
    answer.because(np.bitwise_or.reduce(columns.reasons[0]))
    windows = [
        {"first_index": int(first), "last_index": int(last)}
        | {name: answer.number(getattr(columns, name)[0, place]) for name in _STATISTICS}
        for place, (first, last) in enumerate(zip(columns.first_index, columns.last_index, strict=True))
    ]
    ratios = columns.hedge_ratio[0][~np.isnan(columns.hedge_ratio[0])]
    answer.put(
        windows=windows,
        lowest_hedge_ratio=answer.number(ratios.min()) if ratios.size else None,
        highest_hedge_ratio=answer.number(ratios.max()) if ratios.size else None,
    )


def _result(name: str, unit: str, meaning: str, sign: str = "", kind: str = "number") -> Result:
    return Result(name, unit, meaning, sign, kind, "windows")


MEASURE = Measure(
    code="minimum_variance_stability",
    title="Stability of the minimum-variance ratio",
    summary="The minimum-variance ratio of every rolling window with its interval: does it hold over time.",
    inputs=(
        Input("spot_changes", "numbers", "as futures", "Changes or returns of what is hedged"),
        Input("futures_changes", "numbers", "as spot", "Changes or returns of the hedge, same dates"),
        Input("window", "integer", "points", "Points in each window", minimum=SMALLEST_WINDOW),
        Input("step", "integer", "points", "Points from one window to the next", default=1, minimum=1),
        Input("confidence_level", "number", "", "Level of the intervals", default=0.95, above=0, below=1),
    ),
    results=(
        _result("first_index", "points", "First point of the window, counted from 0", kind="count"),
        _result("last_index", "points", "Last point of the window", kind="count"),
        _result("hedge_ratio", "per unit or per value", "h* of the window", "+ where both move together"),
        _result("confidence_lower", "as hedge ratio", "Lower end of the Student-t interval"),
        _result("confidence_upper", "as hedge ratio", "Upper end of the Student-t interval"),
        _result("r_squared", "fraction", "ρ² of the window"),
        Result("lowest_hedge_ratio", "as hedge ratio", "Lowest ratio of any window"),
        Result("highest_hedge_ratio", "as hedge ratio", "Highest ratio of any window"),
    ),
    formula="h* = Cov(ΔS, ΔF)/Var(ΔF) over each window of consecutive points",
    reference="FAQ §7; rules section 2",
    example={"spot_changes": [1, 2, 4, 6], "futures_changes": [1, 2, 3, 4], "window": 3},
    example_result={
        "windows": [
            {
                "first_index": 0,
                "last_index": 2,
                "hedge_ratio": 1.5,
                "confidence_lower": -2.1679653624044795,
                "confidence_upper": 5.1679653624044795,
                "r_squared": 0.9642857142857143,
            },
            {
                "first_index": 1,
                "last_index": 3,
                "hedge_ratio": 2.0,
                "confidence_lower": 2.0,
                "confidence_upper": 2.0,
                "r_squared": 1.0,
            },
        ],
        "lowest_hedge_ratio": 1.5,
        "highest_hedge_ratio": 2.0,
    },
    used_in="Calculators: cross hedges",
    formula_of=_calculate,
)
