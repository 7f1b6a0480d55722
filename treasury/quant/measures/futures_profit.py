"""Entry of the settled gain on futures; the formula is ``valuation.futures``."""

from __future__ import annotations

from typing import Any

from treasury.quant.inputs import Answer, Input, Result, amount, exact
from treasury.quant.measure import Measure
from treasury.quant.valuation.futures import futures_profit


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    columns = futures_profit(
        exact(values["entry_price"]),
        exact(values["exit_price"]),
        exact(values["contract_multiplier"]),
        exact(values["contract_count"]),
    )
    answer.put(profit_amount=amount(columns[0]))


MEASURE = Measure(
    code="futures_profit",
    title="Gain on futures",
    summary="What a futures position has gained between two prices.",
    inputs=(
        Input("entry_price", "decimal", "currency per unit", "Price at which the position began"),
        Input("exit_price", "decimal", "currency per unit", "Price at which it is measured"),
        Input("contract_multiplier", "decimal", "units per contract", "Multiplier of the contract", above=0),
        Input("contract_count", "decimal", "contracts", "Contracts, short −"),
    ),
    results=(Result("profit_amount", "contract currency", "Gain settled", "gain +", "amount"),),
    formula="(exit price − entry price) × multiplier × contracts",
    reference="CME; rules section 3",
    example={
        "entry_price": "2185.00",
        "exit_price": "2119.50",
        "contract_multiplier": 50,
        "contract_count": -9,
    },
    example_result={"profit_amount": "29475"},
    used_in="Valuation of futures in every night",
    formula_of=_calculate,
)
