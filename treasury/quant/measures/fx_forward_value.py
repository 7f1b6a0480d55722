"""Entry of the FX forward's value; the formula is ``valuation.fx_forward``."""

from __future__ import annotations

from typing import Any

import numpy as np

from treasury.quant.codes import Reason
from treasury.quant.inputs import Answer, Input, Result
from treasury.quant.measure import Measure
from treasury.quant.valuation.fx_forward import fx_forward_value


def _given(value: float | None) -> float:
    return np.nan if value is None else value


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    spot, start = values["spot_rate"], values["spot_rate_at_designation"]
    parity = values["covered_parity_forward_rate"]
    columns = fx_forward_value(
        values["notional_amount"],
        values["strike_rate"],
        values["forward_rate"],
        values["discount_factor"],
        _given(spot),
        _given(start),
        values["discount_spot_element"],
        _given(parity),
    )
    if spot is None or start is None:
        answer.because(Reason.NO_SPOT_RATE)
    if parity is None:
        answer.because(Reason.NO_PARITY_RATE)
    answer.put(
        present_value=answer.number(columns.present_value),
        spot_element=answer.number(columns.spot_element),
        forward_element=answer.number(columns.forward_element),
        basis_element=answer.number(columns.basis_element),
    )


MEASURE = Measure(
    code="fx_forward_value",
    title="Value of an FX forward",
    summary="What locking in today's forward rate instead of the agreed one would bring, today.",
    inputs=(
        Input("notional_amount", "number", "base currency", "Bought base is +"),
        Input("strike_rate", "number", "quote per base", "Agreed rate K"),
        Input("forward_rate", "number", "quote per base", "Today's forward F to the settlement date"),
        Input("discount_factor", "number", "", "Of the quote currency to the settlement date", above=0),
        Input("spot_rate", "number", "quote per base", "Today's spot S", default=None),
        Input("spot_rate_at_designation", "number", "quote per base", "Spot S0 at designation", default=None),
        Input("discount_spot_element", "boolean", "", "Whether the spot element is discounted", default=True),
        Input(
            "covered_parity_forward_rate", "number", "quote per base", "Forward without basis", default=None
        ),
    ),
    results=(
        Result("present_value", "quote currency", "N(F − K)D", "asset +"),
        Result("spot_element", "quote currency", "N(S − S0)D, or undiscounted", "gain +"),
        Result("forward_element", "quote currency", "Present value − spot element", "gain +"),
        Result(
            "basis_element",
            "quote currency",
            "N(F − F of parity)D, contained in the forward element",
            "gain +",
        ),
    ),
    formula="V = N(F − K)D; spot N(S − S0)D; forward the rest; basis N(F − F_parity)D",
    reference="rules section 3; IFRS 9 6.5.16",
    example={
        "notional_amount": 10000000,
        "strike_rate": 1.122,
        "forward_rate": 1.148,
        "discount_factor": 0.985,
        "spot_rate": 1.135,
        "spot_rate_at_designation": 1.1,
        "covered_parity_forward_rate": 1.148,
    },
    example_result={
        "present_value": 256100.0,
        "spot_element": 344750.0,
        "forward_element": -88650.0,
        "basis_element": 0.0,
    },
    used_in="Valuation of forwards, NDFs and swap legs in every night",
    formula_of=_calculate,
)
