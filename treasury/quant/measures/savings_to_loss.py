"""Entry of savings to loss, a definition of our own; the formula is ``ratios.savings_to_loss``."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from treasury.quant.inputs import Answer, Input, Result, amount, exact
from treasury.quant.measure import Measure
from treasury.quant.ratios.savings_to_loss import RISK_MEASURES, savings_to_loss

INPUTS = (
    Input("exposure_amount", "decimal", "base currency", "Exposure, inflow +"),
    Input("scenario_rates", "decimals", "quote per base", "Spot rate at settlement in each scenario"),
    Input("forward_rate", "decimal", "quote per base", "Forward rate at which the hedge is struck"),
    Input("cost_per_unit", "decimal", "quote per base", "Premium and spread per unit hedged", 0, minimum=0),
    Input(
        "risk_measure",
        "choice",
        "",
        "Quantile of the loss, or the mean of what lies beyond it",
        "value_at_risk",
        choices=RISK_MEASURES,
    ),
    Input("confidence_level", "number", "", "Confidence of the loss", default=0.95, above=0, below=1),
    Input("hedge_ratios", "decimals", "fraction", "Ratios to compare", minimum=0),
)


def arguments(values: dict[str, Any]) -> tuple[Any, ...]:
    """The inputs as the formulas take them."""
    one = (exact(values["exposure_amount"]), exact(values["scenario_rates"]), exact(values["forward_rate"]))
    cost = exact(Decimal(values["cost_per_unit"]))
    return (*one, cost, exact(values["hedge_ratios"]), values["risk_measure"], values["confidence_level"])


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    columns = savings_to_loss(*arguments(values))
    answer.because(columns.reasons[0])
    curve = [
        {
            "hedge_ratio": answer.number(ratio),
            "expected_savings_amount": amount(columns.expected_savings_amount[0, place]),
            "potential_loss_amount": amount(columns.potential_loss_amount[0, place]),
            "savings_to_loss_ratio": answer.number(columns.savings_to_loss_ratio[0, place]),
        }
        for place, ratio in enumerate(values["hedge_ratios"])
    ]
    answer.put(curve=curve, best_hedge_ratio=answer.number(columns.best_hedge_ratio[0]))


def _result(name: str, unit: str, meaning: str, sign: str = "", kind: str = "number") -> Result:
    return Result(name, unit, meaning, sign, kind, "curve")


MEASURE = Measure(
    code="savings_to_loss",
    title="Savings to loss",
    summary="What a hedge ratio is expected to save for each unit that its open part may lose; our own definition.",
    inputs=INPUTS,
    results=(
        _result("hedge_ratio", "fraction", "Ratio as given"),
        _result(
            "expected_savings_amount",
            "quote currency",
            "h·(E·(F − mean S) − |E|·cost per unit)",
            "saves +, costs −",
            "amount",
        ),
        _result(
            "potential_loss_amount",
            "quote currency",
            "Value at risk or expected shortfall of −(1 − h)·E·(S − F); quantile by linear interpolation",
            "loss +",
            "amount",
        ),
        _result("savings_to_loss_ratio", "fraction", "J = savings / loss; null at h = 1 or without a loss"),
        Result("best_hedge_ratio", "fraction", "Ratio of the largest J among those given"),
    ),
    formula="J(h) = h·(E·(F − mean S) − |E|·cost) / risk of −(1 − h)·E·(S − F)",
    reference="FAQ §7 in words; the definition is ours, rules section 2",
    example={
        "exposure_amount": "100",
        "scenario_rates": ["1.0", "1.1", "1.2", "1.3", "1.4"],
        "forward_rate": "1.25",
        "cost_per_unit": "0.01",
        "confidence_level": 0.75,
        "hedge_ratios": [0, 0.5, 1],
    },
    example_result={
        "curve": [
            {
                "hedge_ratio": 0.0,
                "expected_savings_amount": "0",
                "potential_loss_amount": "15",
                "savings_to_loss_ratio": 0.0,
            },
            {
                "hedge_ratio": 0.5,
                "expected_savings_amount": "2",
                "potential_loss_amount": "7.5",
                "savings_to_loss_ratio": 0.26666666666666666,
            },
            {
                "hedge_ratio": 1.0,
                "expected_savings_amount": "4",
                "potential_loss_amount": "0",
                "savings_to_loss_ratio": None,
            },
        ],
        "best_hedge_ratio": 0.5,
    },
    example_reasons=("zero_exposure", "corner_solution"),
    used_in="Calculators: choice of a hedge ratio, beside the frontier",
    formula_of=_calculate,
)
