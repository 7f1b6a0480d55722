"""Entry of the futures hedge; the formula is ``ratios.futures_contracts``."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from treasury.quant.codes import Reason
from treasury.quant.inputs import Answer, Input, Result, amount, exact
from treasury.quant.measure import Measure
from treasury.quant.numbers import ratio
from treasury.quant.ratios.futures_contracts import futures_contracts

ROUNDING = Input(
    "rounding",
    "choice",
    meaning="nearest is half away from zero, down toward zero, up away from zero",
    default="nearest",
    choices=("nearest", "down", "up", "half_even"),
)


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    wanted = values["amount_to_hedge"]
    columns = futures_contracts(
        exact(wanted),
        exact(values["price"]),
        exact(values["contract_multiplier"]),
        exact(values["hedge_ratio"]),
        values["rounding"],
    )
    answer.because(columns.reasons[0])
    notional, count = columns.contract_notional[0], columns.contract_count[0]
    whole = answer.count(count, "amount_to_hedge")
    covered = None if whole is None else Decimal(whole) * notional
    if not wanted:
        answer.because(Reason.ZERO_AMOUNT_TO_HEDGE)
    answer.put(
        contract_notional=answer.number(notional),
        contract_count_unrounded=answer.number(columns.contract_count_unrounded[0]),
        contract_count=whole,
        covered_amount=amount(covered),
        residual_amount=amount(None if covered is None else wanted - covered),
        cover_ratio=None if covered is None else answer.number(ratio(exact(covered), exact(wanted))[0]),
    )


MEASURE = Measure(
    code="futures_contracts",
    title="Futures contracts for an amount",
    summary="How many whole futures contracts cover an amount, and what rounding leaves open.",
    inputs=(
        Input("amount_to_hedge", "decimal", "contract currency", "Amount to be covered"),
        Input("price", "decimal", "currency per unit", "Futures price or index level"),
        Input("contract_multiplier", "decimal", "units per contract", "Multiplier of the contract", above=0),
        Input("hedge_ratio", "decimal", "fraction", "Hedge per unit of exposure", default=1),
        ROUNDING,
    ),
    results=(
        Result("contract_notional", "contract currency", "Price × multiplier of one contract"),
        Result("contract_count_unrounded", "contracts", "Hedge ratio × amount / contract notional"),
        Result("contract_count", "contracts", "The same in whole contracts", kind="count"),
        Result("covered_amount", "contract currency", "Whole contracts × contract notional", "", "amount"),
        Result("residual_amount", "contract currency", "Amount to hedge − covered amount", "", "amount"),
        Result("cover_ratio", "fraction", "Covered amount / amount to hedge"),
    ),
    formula="contracts = hedge ratio × amount to hedge / (price × multiplier)",
    reference="FAQ §9; CME; rules section 2",
    example={"amount_to_hedge": "1000000", "price": "2185.00", "contract_multiplier": 50},
    example_result={
        "contract_notional": 109250.0,
        "contract_count_unrounded": 9.153318077803204,
        "contract_count": 9,
        "covered_amount": "983250",
        "residual_amount": "16750",
        "cover_ratio": 0.98325,
    },
    used_in="Calculators: sizing of futures hedges",
    formula_of=_calculate,
)
