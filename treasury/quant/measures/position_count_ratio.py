"""Entry of the position-count ratio; the formula is ``ratios.position_count``."""

from __future__ import annotations

from typing import Any

from treasury.kernel.errors import InputError
from treasury.quant.inputs import Answer, Input, Result
from treasury.quant.measure import Measure
from treasury.quant.ratios.position_count import position_count_ratio


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    hedged, total = values["positions_hedged"], values["positions_total"]
    if hedged > total:
        raise InputError("positions_hedged", "a count from 0 to positions_total", got=str(hedged))
    columns = position_count_ratio([hedged], [total])
    answer.because(columns.reasons[0])
    answer.put(position_count_ratio=answer.number(columns.position_count_ratio[0]))


MEASURE = Measure(
    code="position_count_ratio",
    title="Hedge ratio by number of positions",
    summary="The share of the positions that are hedged, whatever their size.",
    inputs=(
        Input("positions_hedged", "integer", "positions", "Positions that count as hedged", minimum=0),
        Input("positions_total", "integer", "positions", "All positions", minimum=0),
    ),
    results=(
        Result("position_count_ratio", "fraction", "Hedged share by count; null without positions", "≥ 0"),
    ),
    formula="positions hedged / positions total",
    reference="FAQ §2 and §5; rules section 2",
    example={"positions_hedged": 9, "positions_total": 10},
    example_result={"position_count_ratio": 0.9},
    used_in="Position grid, hedge ratios of every night",
    formula_of=_calculate,
)
