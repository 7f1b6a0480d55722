"""Entry of the FX option's value; the formula is ``valuation.fx_option``."""

from __future__ import annotations

from typing import Any

from treasury.kernel.sign import KINDS, SIDES
from treasury.quant.codes import Reason
from treasury.quant.inputs import Answer, Input, Result
from treasury.quant.measure import Measure
from treasury.quant.valuation.fx_option import fx_option_value

FIELDS = (
    "present_value",
    "unit_value",
    "delta",
    "gamma",
    "vega",
    "theta",
    "rho_base",
    "rho_quote",
    "intrinsic_value",
    "time_value",
)
OPTION_KIND = Input(
    "option_kind", "choice", "", "Right to buy or to sell the base currency", choices=tuple(KINDS)
)
SIDE = Input("side", "choice", "", "Bought or written", choices=tuple(SIDES))


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    columns = fx_option_value(
        KINDS[values["option_kind"]],
        SIDES[values["side"]] * values["notional_amount"],
        values["spot_rate"],
        values["strike_rate"],
        values["base_rate"],
        values["quote_rate"],
        values["implied_volatility"],
        values["years_to_expiry"],
        values["intrinsic_basis"] == "spot",
    )
    answer.because(int(columns.reasons))
    answer.put(**{name: answer.number(getattr(columns, name)) for name in FIELDS})
    if any(value is None for value in answer.result.values()) and not answer.mask:
        answer.because(Reason.OUT_OF_RANGE)


_UNIT = "quote per unit of base"

MEASURE = Measure(
    code="fx_option_value",
    title="Value of an FX option",
    summary="What a currency option is worth by Garman and Kohlhagen, and how it moves with each input.",
    inputs=(
        OPTION_KIND,
        SIDE,
        Input("notional_amount", "number", "base currency", "Size of the option", minimum=0),
        Input("spot_rate", "number", "quote per base", "Spot S", above=0),
        Input("strike_rate", "number", "quote per base", "Strike K", above=0),
        Input("base_rate", "number", "per year, continuous", "Zero rate of the base currency, ACT/365F"),
        Input("quote_rate", "number", "per year, continuous", "Zero rate of the quote currency, ACT/365F"),
        Input("implied_volatility", "number", "per √year", "Mid volatility", minimum=0),
        Input("years_to_expiry", "number", "years", "ACT/365F", minimum=0),
        Input(
            "intrinsic_basis",
            "choice",
            "",
            "What the intrinsic value is based on",
            "forward",
            choices=("forward", "spot"),
        ),
    ),
    results=(
        Result("present_value", "quote currency", "± notional × unit value", "asset +"),
        Result("unit_value", _UNIT, "Value for the bought side", "≥ 0"),
        Result("delta", _UNIT, "∂V/∂S, not premium-adjusted, bought side"),
        Result("gamma", _UNIT, "∂²V/∂S², bought side"),
        Result("vega", _UNIT, "∂V/∂σ per 1.00 of volatility, bought side"),
        Result("theta", _UNIT, "∂V/∂t per calendar year, bought side"),
        Result("rho_base", _UNIT, "∂V/∂r_base per 1.00, bought side"),
        Result("rho_quote", _UNIT, "∂V/∂r_quote per 1.00, bought side"),
        Result(
            "intrinsic_value", _UNIT, "max(±(F − K), 0)·D, or spot based undiscounted; bought side", "≥ 0"
        ),
        Result("time_value", _UNIT, "Unit value − intrinsic value"),
    ),
    formula="c = S·e^(−r_b·T)·N(d1) − K·e^(−r_q·T)·N(d2), d1 = ln(F/K)/(σ√T) + σ√T/2, d2 = d1 − σ√T; put by parity",
    reference="rules section 3; FAQ §12",
    example={
        "option_kind": "call",
        "side": "bought",
        "notional_amount": 1000000,
        "spot_rate": 1.56,
        "strike_rate": 1.6,
        "base_rate": 0.08,
        "quote_rate": 0.06,
        "implied_volatility": 0.12,
        "years_to_expiry": 0.5,
    },
    example_result={
        "present_value": 29099.2531494397,
        "unit_value": 0.0290992531494397,
        "delta": 0.340385909232143,
        "gamma": 2.70026608354617,
        "vega": 0.394282052455077,
        "theta": -0.0349478507376,
        "rho_base": -0.265501009201071,
        "rho_quote": 0.250951382626351,
        "intrinsic_value": 0.0,
        "time_value": 0.0290992531494397,
    },
    used_in="Valuation of options and collars in every night",
    formula_of=_calculate,
)
