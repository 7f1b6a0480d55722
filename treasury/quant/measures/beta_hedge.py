"""Entry of the beta hedge; the formula is ``ratios.futures_contracts.beta_contracts``."""

from __future__ import annotations

from typing import Any

from treasury.quant.inputs import Answer, Input, Result, exact
from treasury.quant.measure import Measure
from treasury.quant.measures.futures_contracts import ROUNDING
from treasury.quant.ratios.futures_contracts import beta_contracts


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    columns = beta_contracts(
        exact(values["portfolio_value"]),
        exact(values["portfolio_beta"]),
        exact(values["target_beta"]),
        exact(values["price"]),
        exact(values["contract_multiplier"]),
        values["rounding"],
    )
    answer.because(columns.reasons[0])
    answer.put(
        contract_count_unrounded=answer.number(columns.contract_count_unrounded[0]),
        contract_count=answer.count(columns.contract_count[0], "portfolio_value"),
    )


MEASURE = Measure(
    code="beta_hedge",
    title="Beta hedge",
    summary="How many index futures bring a share portfolio's beta to a target.",
    inputs=(
        Input("portfolio_value", "decimal", "currency", "Value of the portfolio"),
        Input("portfolio_beta", "decimal", "", "Its beta to the index"),
        Input("target_beta", "decimal", "", "Beta that is wanted", default=0),
        Input("price", "decimal", "currency per unit", "Futures price or index level"),
        Input("contract_multiplier", "decimal", "units per contract", "Multiplier of the contract", above=0),
        ROUNDING,
    ),
    results=(
        Result("contract_count_unrounded", "contracts", "(target − beta)·V/(price × multiplier)", "short −"),
        Result("contract_count", "contracts", "The same in whole contracts", "short −", "count"),
    ),
    formula="contracts = (target beta − beta) × value / (price × multiplier)",
    reference="FAQ §9; rules section 2",
    example={"portfolio_value": 5050000, "portfolio_beta": 1.5, "price": 1010, "contract_multiplier": 250},
    example_result={"contract_count_unrounded": -30.0, "contract_count": -30},
    used_in="Calculators: equity-index hedges",
    formula_of=_calculate,
)
