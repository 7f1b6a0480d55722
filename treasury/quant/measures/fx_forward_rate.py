"""Entry of the FX forward rate; the formula is ``curves.parity``."""

from __future__ import annotations

from typing import Any

from treasury.kernel.errors import InputError
from treasury.quant.codes import Reason
from treasury.quant.curves.parity import parity_forward_rate
from treasury.quant.inputs import Answer, Input, Result
from treasury.quant.measure import Measure


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    years, compounding = values["years"], values["compounding"]
    for name in ("base_rate", "quote_rate"):
        growth = {"annual": 1 + values[name], "simple": 1 + values[name] * years}.get(compounding, 1)
        if growth <= 0:
            raise InputError(name, f"a rate that leaves 1 + rate above 0 under {compounding} compounding")
    forward = parity_forward_rate(
        values["spot_rate"], values["base_rate"], values["quote_rate"], years, compounding
    )
    if forward != forward:
        answer.because(Reason.OUT_OF_RANGE)
    answer.put(
        forward_rate=answer.number(forward),
        forward_points=answer.number(forward - values["spot_rate"]),
    )


MEASURE = Measure(
    code="fx_forward_rate",
    title="FX forward rate",
    summary="The forward rate that leaves no gain between borrowing in one currency and lending in the other.",
    inputs=(
        Input("spot_rate", "number", "quote per base", "Spot S", above=0),
        Input("base_rate", "number", "per year", "Rate of the base currency"),
        Input("quote_rate", "number", "per year", "Rate of the quote currency"),
        Input("years", "number", "years", "Time to settlement", minimum=0),
        Input(
            "compounding",
            "choice",
            "",
            "How both rates compound",
            "continuous",
            choices=("continuous", "annual", "simple"),
        ),
    ),
    results=(
        Result("forward_rate", "quote per base", "Forward by covered parity"),
        Result(
            "forward_points",
            "quote per base",
            "Forward − spot, in the rate's own unit",
            "+ base at a premium",
        ),
    ),
    formula="F = S·e^((r_q − r_b)·t); annual S·((1 + r_q)/(1 + r_b))^t; simple S·(1 + r_q·t)/(1 + r_b·t)",
    reference="rules section 3",
    example={"spot_rate": 1.56, "base_rate": 0.08, "quote_rate": 0.06, "years": 0.5},
    example_result={"forward_rate": 1.5444777406487, "forward_points": -0.0155222593513},
    used_in="Forwards by covered parity in every night: items, hypothetical derivatives, currency basis",
    formula_of=_calculate,
)
