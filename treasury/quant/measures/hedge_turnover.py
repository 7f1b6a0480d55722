"""Entry of hedge turnover; the formula is ``ratios.hedge_turnover``."""

from __future__ import annotations

from typing import Any

from treasury.quant.inputs import Answer, Input, Result, exact, same_length
from treasury.quant.measure import Measure
from treasury.quant.numbers import floats
from treasury.quant.ratios.hedge_turnover import hedge_turnover

KINDS = {-1: None, 0: "static", 1: "dynamic"}


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    same_length(values, "hedge_amounts", "exposure_amounts")
    columns = hedge_turnover(
        floats(exact(values["hedge_amounts"])),
        floats(exact(values["exposure_amounts"])),
        values["years"],
        float(values["lot_size"]),
    )
    answer.because(columns.reasons[0])
    answer.put(
        turnover_ratio=answer.number(columns.turnover_ratio[0]), programme_kind=KINDS[int(columns.dynamic[0])]
    )


MEASURE = Measure(
    code="hedge_turnover",
    title="Hedge turnover",
    summary="How much of a hedge is traded in a year, and whether it moves by more than its exposure does.",
    inputs=(
        Input("hedge_amounts", "decimals", "risk unit", "Hedge at each point, equal steps apart, signed"),
        Input("exposure_amounts", "decimals", "risk unit", "Exposure at the same points, signed"),
        Input("years", "number", "years", "Time from the first point to the last", above=0),
        Input("lot_size", "decimal", "risk unit", "Size that counts as in proportion", default=0, minimum=0),
    ),
    results=(
        Result("turnover_ratio", "per year", "Σ|ΔH| / mean |H| / years", "≥ 0"),
        Result(
            "programme_kind",
            "",
            "static: H stays, rolls or moves in proportion to E, within a lot; dynamic otherwise",
            kind="text",
        ),
    ),
    formula="Σ|ΔH| / mean |H| / years; static: each step |H_t − H_{t−1}·E_t/E_{t−1}| ≤ lot size, or H as before",
    reference="FAQ §4; rules section 2",
    example={
        "hedge_amounts": ["-60", "-60", "-66", "-66"],
        "exposure_amounts": ["100", "100", "110", "110"],
        "years": 0.5,
    },
    example_result={"turnover_ratio": 0.19047619047619047, "programme_kind": "static"},
    used_in="Calculators: static or dynamic programmes",
    formula_of=_calculate,
)
