"""Entry of the sensitivity hedge; the formula is ``ratios.sensitivity_hedge``."""

from __future__ import annotations

from typing import Any

from treasury.quant.codes import Reason
from treasury.quant.inputs import Answer, Input, Result
from treasury.quant.measure import Measure
from treasury.quant.ratios.sensitivity_hedge import sensitivity_hedge_ratio


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    ratio = sensitivity_hedge_ratio(values["item_sensitivity"], values["instrument_sensitivity"])
    if values["instrument_sensitivity"] == 0:
        answer.because(Reason.ZERO_SENSITIVITY)
    answer.put(
        hedge_ratio=answer.number(ratio),
        instrument_notional=answer.number(ratio * values["item_notional"]),
    )


MEASURE = Measure(
    code="sensitivity_hedge",
    title="Hedge by sensitivity",
    summary="The notional of an instrument that moves as much as the item, against it.",
    inputs=(
        Input("item_sensitivity", "number", "per unit of notional", "PV01 or delta of the item, signed"),
        Input(
            "instrument_sensitivity",
            "number",
            "per unit of notional",
            "PV01 or delta of the instrument, signed",
        ),
        Input("item_notional", "number", "currency", "Notional of the item"),
    ),
    results=(
        Result(
            "hedge_ratio",
            "fraction",
            "item sensitivity / instrument sensitivity",
            "+ they move alike",
        ),
        Result(
            "instrument_notional",
            "currency",
            "Hedge ratio × item notional",
            "+ take the other side than the item's",
        ),
    ),
    formula="hedge ratio = item sensitivity / instrument sensitivity; notional = hedge ratio × item notional",
    reference="FAQ §7; rules section 2",
    example={"item_sensitivity": 4.5, "instrument_sensitivity": 4.0, "item_notional": 10000000},
    example_result={"hedge_ratio": 1.125, "instrument_notional": 11250000.0},
    used_in="Calculators: sizing of rate and option hedges",
    formula_of=_calculate,
)
