"""Entry of the regression test; the formulas are ``effectiveness.regression`` and ``regression_status``."""

from __future__ import annotations

from typing import Any

from treasury.quant.codes import EffectivenessStatus
from treasury.quant.effectiveness.regression import regression
from treasury.quant.effectiveness.regression_status import regression_status
from treasury.quant.inputs import Answer, Input, Result, ordered, same_length
from treasury.quant.measure import Measure
from treasury.quant.measures.dollar_offset import ITEM_KIND

STATISTICS = (
    "slope",
    "offset_slope",
    "intercept",
    "r_squared",
    "slope_standard_error",
    "intercept_standard_error",
    "residual_standard_deviation",
    "t_statistic",
    "f_statistic",
    "p_value",
    "slope_confidence_lower",
    "slope_confidence_upper",
    "durbin_watson",
    "t_statistic_unit_slope",
    "largest_leverage",
)


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    same_length(values, "instrument_changes", "item_changes")
    ordered(values, "slope_lower", "slope_upper")
    columns = regression(
        values["instrument_changes"],
        values["item_changes"],
        hypothetical=values["item_kind"] == "hypothetical",
        intercept=values["intercept"],
        confidence_level=values["confidence_level"],
    )
    judged = regression_status(
        columns,
        slope_lower=values["slope_lower"],
        slope_upper=values["slope_upper"],
        r_squared_minimum=values["r_squared_minimum"],
        observation_minimum=values["observation_minimum"],
        confidence_level=values["confidence_level"],
    )
    answer.because(int(columns.reasons[0]) | int(judged.reasons[0]))
    index = int(columns.largest_leverage_index[0])
    answer.put(**{name: answer.number(getattr(columns, name)[0]) for name in STATISTICS})
    answer.put(
        largest_leverage_index=None if index < 0 else index,
        observation_count=int(columns.observation_count[0]),
        criteria=[
            {
                "name": criterion.name,
                "value": answer.number(criterion.value[0]),
                "limit": answer.number(criterion.limit[0]),
                "margin": answer.number(criterion.margin[0]),
                "passed": {1: True, 0: False}.get(int(criterion.passed[0])),
            }
            for criterion in judged.criteria
        ],
        status=EffectivenessStatus(judged.status[0]).name,
    )


def _criterion(name: str, unit: str, meaning: str, kind: str = "number") -> Result:
    return Result(name, unit, meaning, "", kind, "criteria")


MEASURE = Measure(
    code="effectiveness_regression",
    title="Effectiveness by regression",
    summary="How much the hedge moves per unit of the item, how surely, and whether that meets the limits.",
    inputs=(
        Input("instrument_changes", "numbers", "functional currency", "y: changes of the instrument, gain +"),
        Input(
            "item_changes",
            "numbers",
            "functional currency",
            "x: changes of the item or hypothetical, same dates",
        ),
        ITEM_KIND,
        Input("intercept", "boolean", "", "false: through the origin, R² uncentred", True),
        Input(
            "confidence_level",
            "number",
            "",
            "Of the interval and of the significance",
            0.95,
            above=0,
            below=1,
        ),
        Input("slope_lower", "number", "fraction", "Lowest offset slope that passes", 0.80),
        Input("slope_upper", "number", "fraction", "Highest offset slope that passes", 1.25),
        Input("r_squared_minimum", "number", "fraction", "Lowest R² that passes", 0.80, minimum=0, maximum=1),
        Input("observation_minimum", "integer", "points", "Fewest points that decide", 30, minimum=1),
    ),
    results=(
        Result("slope", "per unit", "Change of the instrument per unit of the item's", "− offsets the item"),
        Result(
            "offset_slope", "per unit", "−slope against the item, +slope against a hypothetical", "good is +1"
        ),
        Result("intercept", "functional currency", "Change of the instrument when the item does not move"),
        Result("r_squared", "fraction", "1 − residual sum / total sum of squares"),
        Result("slope_standard_error", "per unit", "Standard error of the slope"),
        Result("intercept_standard_error", "functional currency", "Standard error of the intercept"),
        Result("residual_standard_deviation", "functional currency", "√(Σe²/degrees of freedom)"),
        Result("t_statistic", "", "Slope / its standard error"),
        Result("f_statistic", "", "t², for slope = 0"),
        Result("p_value", "probability", "Two-sided, of slope = 0"),
        Result("slope_confidence_lower", "per unit", "Lower end of the slope's Student-t interval"),
        Result("slope_confidence_upper", "per unit", "Upper end of the slope's Student-t interval"),
        Result("durbin_watson", "", "Σ(e_t − e_{t−1})²/Σe²; near 2 without autocorrelation", "0 to 4"),
        Result("t_statistic_unit_slope", "", "(offset slope − 1) / standard error"),
        Result("largest_leverage", "fraction", "Largest leverage of a point"),
        Result("largest_leverage_index", "", "Its position, from 0", kind="count"),
        Result("observation_count", "points", "n", kind="count"),
        _criterion("name", "", "Which criterion", "text"),
        _criterion("value", "as criterion", "What was measured"),
        _criterion("limit", "as criterion", "What policy asks for"),
        _criterion("margin", "as criterion", "Room left, > 0; missed by, < 0"),
        _criterion("passed", "", "Whether it is met; the edge passes", "flag"),
        Result("status", "", "Too few points first, then the sign, then the limits", kind="text"),
    ),
    formula="ΔHI = slope·ΔItem + intercept, ordinary least squares",
    reference="rules section 4; IFRS 9 B6.4.4–6; FAQ §10",
    example={
        "instrument_changes": ["-1.02", "1.98", "-3.01", "4.03"],
        "item_changes": ["1", "-2", "3", "-4"],
        "observation_minimum": 4,
    },
    example_result={
        "slope": -1.0048275862068965,
        "offset_slope": 1.0048275862068965,
        "intercept": -0.0074137931034482759,
        "r_squared": 0.99996502464231810,
        "slope_standard_error": 0.0042020888299841876,
        "intercept_standard_error": 0.011507894204114153,
        "residual_standard_deviation": 0.022628940883683846,
        "t_statistic": -239.12573647584642,
        "f_statistic": 57181.117845115950,
        "p_value": 1.7487831753086980e-05,
        "slope_confidence_lower": -1.0229077151818777,
        "slope_confidence_upper": -0.98674745723191527,
        "durbin_watson": 1.3803552769069478,
        "t_statistic_unit_slope": 1.1488539158070730,
        "largest_leverage": 0.67241379310344829,
        "largest_leverage_index": 2,
        "observation_count": 4,
        "criteria": [
            {"name": "observation_count", "value": 4.0, "limit": 4.0, "margin": 0.0, "passed": True},
            {
                "name": "offset_slope_sign",
                "value": 1.0048275862068965,
                "limit": 0.0,
                "margin": 1.0048275862068965,
                "passed": True,
            },
            {
                "name": "offset_slope_lower",
                "value": 1.0048275862068965,
                "limit": 0.8,
                "margin": 0.20482758620689645,
                "passed": True,
            },
            {
                "name": "offset_slope_upper",
                "value": 1.0048275862068965,
                "limit": 1.25,
                "margin": 0.2451724137931035,
                "passed": True,
            },
            {
                "name": "r_squared",
                "value": 0.9999650246423181,
                "limit": 0.8,
                "margin": 0.1999650246423181,
                "passed": True,
            },
            {
                "name": "significance",
                "value": 1.748783175308698e-05,
                "limit": 0.05,
                "margin": 0.04998251216824691,
                "passed": True,
            },
        ],
        "status": "EFFECTIVE",
    },
    used_in="Effectiveness of every night, relationship page",
    formula_of=_calculate,
)
