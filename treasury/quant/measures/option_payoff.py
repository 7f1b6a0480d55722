"""Entry of an option's payoff; the formula is ``valuation.option_payoff``."""

from __future__ import annotations

from typing import Any

from treasury.kernel.sign import KINDS, SIDES
from treasury.quant.inputs import Answer, Input, Result
from treasury.quant.measure import Measure
from treasury.quant.measures.fx_option_value import OPTION_KIND, SIDE
from treasury.quant.valuation.option_payoff import option_payoff


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    columns = option_payoff(
        KINDS[values["option_kind"]],
        SIDES[values["side"]],
        values["strike_rate"],
        values["premium_rate"],
        values["spot_rate_at_expiry"],
    )
    answer.put(
        payoff_rate=answer.number(columns.payoff_rate),
        profit_rate=answer.number(columns.profit_rate),
        exercised=bool(columns.exercised),
        effective_rate=answer.number(columns.effective_rate),
    )


MEASURE = Measure(
    code="option_payoff",
    title="Payoff of an option",
    summary="What an option brings at expiry per unit, and the rate that the covered exposure ends up with.",
    inputs=(
        OPTION_KIND,
        SIDE,
        Input("strike_rate", "number", "quote per base", "Strike K", minimum=0),
        Input("premium_rate", "number", "quote per base", "Premium p", minimum=0),
        Input("spot_rate_at_expiry", "number", "quote per base", "Spot S at expiry", minimum=0),
    ),
    results=(
        Result("payoff_rate", "quote per base", "±max(±(S − K), 0)", "gain +"),
        Result(
            "profit_rate", "quote per base", "Payoff less premium paid, or plus premium received", "gain +"
        ),
        Result("exercised", "", "Whether the holder exercises", kind="flag"),
        Result(
            "effective_rate",
            "quote per base",
            "Of the exposure: with a call min(S, K) + p (bought: payable, sold: receivable), with a put max(S, K) − p",
        ),
    ),
    formula="buyer's call max(S − K, 0) − p; buyer's put max(K − S, 0) − p; the writer the negative",
    reference="FAQ §12; rules section 2",
    example={
        "option_kind": "call",
        "side": "bought",
        "strike_rate": 1.10,
        "premium_rate": 0.02,
        "spot_rate_at_expiry": 1.15,
    },
    example_result={"payoff_rate": 0.05, "profit_rate": 0.03, "exercised": True, "effective_rate": 1.12},
    used_in="Calculators: options at expiry",
    formula_of=_calculate,
)
