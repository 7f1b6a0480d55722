"""Entry of the minimum-variance ratio; the formulas are ``ratios.minimum_variance`` and
``futures_contracts``."""

from __future__ import annotations

from typing import Any

import numpy as np

from treasury.kernel.errors import InputError
from treasury.quant.codes import Reason
from treasury.quant.inputs import Answer, Input, Result, same_length
from treasury.quant.measure import Measure
from treasury.quant.measures.futures_contracts import ROUNDING
from treasury.quant.numbers import round_counts
from treasury.quant.ratios.futures_contracts import tailed_count
from treasury.quant.ratios.minimum_variance import (
    contract_count,
    minimum_variance_ratio,
    ratio_from_statistics,
)

SERIES = ("spot_changes", "futures_changes")
STATISTICS = ("correlation", "spot_standard_deviation", "futures_standard_deviation")
QUANTITIES = ("exposure_quantity", "contract_size")
VALUES = ("exposure_value", "contract_value")
PRICES = ("spot_price", "futures_price")
FROM_SERIES = ("standard_error", "confidence_lower", "confidence_upper", "observation_count")
_RENAMED = {Reason.CONSTANT_ITEM: Reason.CONSTANT_FUTURES, Reason.CONSTANT_INSTRUMENT: Reason.CONSTANT_SPOT}


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    from_series = _one_of(values, SERIES, STATISTICS, "or else")
    if from_series is None:
        raise InputError(
            "spot_changes", "changes of spot and futures, or else " + ", ".join(STATISTICS), got="nothing"
        )
    ratio = _from_series(values, answer) if from_series == SERIES else _from_statistics(values, answer)
    _contracts(values, answer, ratio)


def _from_series(values: dict[str, Any], answer: Answer) -> float:
    same_length(values, *SERIES)
    columns = minimum_variance_ratio(
        values["spot_changes"], values["futures_changes"], confidence_level=values["confidence_level"]
    )
    reasons = int(columns.reasons[0])
    for theirs, ours in _RENAMED.items():
        if reasons & theirs:
            answer.because(ours)
    answer.because(reasons & (Reason.TOO_FEW_POINTS | Reason.OUT_OF_RANGE))
    answer.put(
        hedge_ratio=answer.number(columns.slope[0]),
        correlation=answer.number(columns.correlation[0]),
        spot_standard_deviation=answer.number(columns.y_standard_deviation[0]),
        futures_standard_deviation=answer.number(columns.x_standard_deviation[0]),
        r_squared=answer.number(columns.r_squared[0]),
        standard_error=answer.number(columns.slope_standard_error[0]),
        confidence_lower=answer.number(columns.slope_confidence_lower[0]),
        confidence_upper=answer.number(columns.slope_confidence_upper[0]),
        observation_count=int(columns.observation_count[0]),
    )
    return float(columns.slope[0])


def _from_statistics(values: dict[str, Any], answer: Answer) -> float:
    correlation, spot, futures = (values[name] for name in STATISTICS)
    ratio = float(ratio_from_statistics(correlation, spot, futures))
    if futures == 0:
        answer.because(Reason.CONSTANT_FUTURES)
    answer.because(Reason.NO_OBSERVATIONS)
    answer.put(
        hedge_ratio=answer.number(ratio),
        correlation=correlation,
        spot_standard_deviation=spot,
        futures_standard_deviation=futures,
        r_squared=correlation * correlation,
        **dict.fromkeys(FROM_SERIES),
    )
    return ratio


def _contracts(values: dict[str, Any], answer: Answer, ratio: float) -> None:
    sized = _one_of(values, QUANTITIES, VALUES, "or else")
    priced = _complete(values, PRICES)
    if sized is None:
        answer.because(Reason.NO_CONTRACT_SIZE)
    if not priced:
        answer.because(Reason.NO_PRICES)
    count = contract_count(ratio, values[sized[0]], values[sized[1]]) if sized else np.float64(np.nan)
    tailed = (
        tailed_count(count, values["spot_price"], values["futures_price"]) if priced else np.float64(np.nan)
    )
    rounding = values["rounding"]
    answer.put(
        contract_count_unrounded=answer.number(count),
        contract_count=answer.count(round_counts(count, rounding), sized[0] if sized else ""),
        tailed_contract_count_unrounded=answer.number(tailed),
        tailed_contract_count=answer.count(round_counts(tailed, rounding), PRICES[0]),
    )


def _complete(values: dict[str, Any], group: tuple[str, ...]) -> bool:
    """Whether a group of inputs is given; half a group is refused by the name that is missing."""
    given = [name for name in group if values[name] is not None]
    for name in group:
        if given and values[name] is None:
            raise InputError(name, f"a value, as {given[0]} is given", got="nothing")
    return bool(given)


def _one_of(
    values: dict[str, Any], first: tuple[str, ...], second: tuple[str, ...], joint: str
) -> tuple[str, ...] | None:
    both = [group for group in (first, second) if _complete(values, group)]
    if len(both) == 2:
        raise InputError(second[0], f"either {first[0]} {joint} {second[0]}, not both")
    return both[0] if both else None


MEASURE = Measure(
    code="minimum_variance_hedge_ratio",
    title="Minimum-variance hedge ratio",
    summary="The hedge per unit of exposure that would have left the least variance.",
    inputs=(
        Input("spot_changes", "numbers", "as futures", "Changes or returns of what is hedged", default=None),
        Input(
            "futures_changes",
            "numbers",
            "as spot",
            "Changes or returns of the hedge, same dates",
            default=None,
        ),
        Input("correlation", "number", "", "ρ, without series", default=None, minimum=-1, maximum=1),
        Input(
            "spot_standard_deviation", "number", "as changes", "σS, without series", default=None, minimum=0
        ),
        Input(
            "futures_standard_deviation",
            "number",
            "as changes",
            "σF, without series",
            default=None,
            minimum=0,
        ),
        Input("exposure_quantity", "number", "units", "Exposure, with differences", default=None),
        Input(
            "contract_size",
            "number",
            "units per contract",
            "Contract, with differences",
            default=None,
            above=0,
        ),
        Input("exposure_value", "number", "currency", "Exposure, with returns", default=None),
        Input("contract_value", "number", "currency", "Contract, with returns", default=None, above=0),
        Input(
            "spot_price",
            "number",
            "currency per unit",
            "Current spot price, for tailing",
            default=None,
            above=0,
        ),
        Input("futures_price", "number", "currency per unit", "Current futures price", default=None, above=0),
        ROUNDING,
        Input("confidence_level", "number", "", "Level of the interval", default=0.95, above=0, below=1),
    ),
    results=(
        Result(
            "hedge_ratio", "per unit or per value", "h* = ρ·σS/σF", "+ where spot and futures move together"
        ),
        Result("correlation", "", "ρ of the changes"),
        Result("spot_standard_deviation", "as changes", "Sample standard deviation (n − 1) of spot changes"),
        Result(
            "futures_standard_deviation", "as changes", "Sample standard deviation (n − 1) of futures changes"
        ),
        Result("r_squared", "fraction", "ρ²; the residual variance is 1 − ρ²"),
        Result("standard_error", "as hedge ratio", "Standard error of h*"),
        Result("confidence_lower", "as hedge ratio", "Lower end of the Student-t interval, n − 2 degrees"),
        Result("confidence_upper", "as hedge ratio", "Upper end of the Student-t interval"),
        Result("observation_count", "points", "n", kind="count"),
        Result("contract_count_unrounded", "contracts", "h*·QS/QF or h*·VS/VF"),
        Result("contract_count", "contracts", "The same in whole contracts", kind="count"),
        Result("tailed_contract_count_unrounded", "contracts", "Untailed × spot price / futures price"),
        Result("tailed_contract_count", "contracts", "The same in whole contracts", kind="count"),
    ),
    formula="h* = ρ·σS/σF = Cov(ΔS, ΔF)/Var(ΔF); N* = h*·QS/QF or h*·VS/VF; tailed N*·S/F",
    reference="FAQ §7; rules section 2",
    example={
        "correlation": 0.928,
        "spot_standard_deviation": 0.0263,
        "futures_standard_deviation": 0.0313,
        "exposure_quantity": 2000000,
        "contract_size": 42000,
    },
    example_result={
        "hedge_ratio": 0.7797571884984026,
        "correlation": 0.928,
        "spot_standard_deviation": 0.0263,
        "futures_standard_deviation": 0.0313,
        "r_squared": 0.861184,
        "standard_error": None,
        "confidence_lower": None,
        "confidence_upper": None,
        "observation_count": None,
        "contract_count_unrounded": 37.13129469040013,
        "contract_count": 37,
        "tailed_contract_count_unrounded": None,
        "tailed_contract_count": None,
    },
    example_reasons=("no_observations", "no_prices"),
    used_in="Calculators: cross hedges",
    formula_of=_calculate,
)
