"""Entry of the notional value of futures; the formula is ``valuation.futures``."""

from __future__ import annotations

from typing import Any

from treasury.quant.inputs import Answer, Input, Result, amount, exact
from treasury.quant.measure import Measure
from treasury.quant.valuation.futures import notional_value


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    columns = notional_value(
        exact(values["price"]), exact(values["contract_multiplier"]), exact(values["contract_count"])
    )
    answer.put(notional_amount=amount(columns[0]))


MEASURE = Measure(
    code="notional_value",
    title="Notional value of futures",
    summary="What a number of futures contracts stands for at a price.",
    inputs=(
        Input("price", "decimal", "currency per unit", "Futures price or index level"),
        Input("contract_multiplier", "decimal", "units per contract", "Multiplier of the contract", above=0),
        Input("contract_count", "decimal", "contracts", "Contracts, short −", default=1),
    ),
    results=(
        Result("notional_amount", "contract currency", "Price × multiplier × contracts", "+ long", "amount"),
    ),
    formula="price × multiplier × contracts",
    reference="CME; rules section 2",
    example={"price": "2185.00", "contract_multiplier": 50},
    example_result={"notional_amount": "109250"},
    used_in="Designated notional of every night, noise threshold",
    formula_of=_calculate,
)
