"""Entry of the hedging frontier; the formula is ``ratios.hedging_frontier``."""

from __future__ import annotations

from typing import Any

from treasury.quant.inputs import Answer, Result, amount
from treasury.quant.measure import Measure
from treasury.quant.measures.savings_to_loss import INPUTS, arguments
from treasury.quant.ratios.hedging_frontier import hedging_frontier


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    columns = hedging_frontier(*arguments(values))
    answer.because(columns.reasons[0])
    answer.put(
        points=[
            {
                "hedge_ratio": answer.number(ratio),
                "expected_cost_amount": amount(columns.expected_cost_amount[0, place]),
                "risk_amount": amount(columns.risk_amount[0, place]),
                "efficient": bool(columns.efficient[0, place]),
            }
            for place, ratio in enumerate(values["hedge_ratios"])
        ]
    )


def _result(name: str, unit: str, meaning: str, sign: str = "", kind: str = "number") -> Result:
    return Result(name, unit, meaning, sign, kind, "points")


MEASURE = Measure(
    code="hedging_frontier",
    title="Hedging frontier",
    summary="What each hedge ratio is expected to cost against the risk it leaves, and which ones no other beats.",
    inputs=INPUTS,
    results=(
        _result("hedge_ratio", "fraction", "Ratio as given"),
        _result(
            "expected_cost_amount",
            "quote currency",
            "−h·(E·(F − mean S) − |E|·cost per unit)",
            "costs +, saves −",
            "amount",
        ),
        _result(
            "risk_amount",
            "quote currency",
            "Value at risk or expected shortfall of −(1 − h)·E·(S − F)",
            "loss +",
            "amount",
        ),
        _result(
            "efficient",
            "",
            "No other ratio given has less cost or less risk and no more of the other",
            kind="flag",
        ),
    ),
    formula="cost = −h·(E·(F − mean S) − |E|·cost); risk of −(1 − h)·E·(S − F); efficient: least risk for a cost",
    reference="FAQ §7; rules section 2",
    example={
        "exposure_amount": "100",
        "scenario_rates": ["1.0", "1.1", "1.2", "1.3", "1.4"],
        "forward_rate": "1.15",
        "confidence_level": 0.75,
        "hedge_ratios": [0, 0.5, 1, 2],
    },
    example_result={
        "points": [
            {"hedge_ratio": 0.0, "expected_cost_amount": "0", "risk_amount": "5", "efficient": True},
            {"hedge_ratio": 0.5, "expected_cost_amount": "2.5", "risk_amount": "2.5", "efficient": True},
            {"hedge_ratio": 1.0, "expected_cost_amount": "5", "risk_amount": "0", "efficient": True},
            {"hedge_ratio": 2.0, "expected_cost_amount": "10", "risk_amount": "15", "efficient": False},
        ]
    },
    used_in="Calculators: choice of a hedge ratio",
    formula_of=_calculate,
)
