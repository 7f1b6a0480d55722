"""Entry of the fair value hedge; the formula is ``measurement.fair_value_hedge``."""

from __future__ import annotations

from typing import Any

from treasury.quant.codes import Framework
from treasury.quant.inputs import Answer, Input, Result, exact, same_length
from treasury.quant.measure import Measure
from treasury.quant.measurement.fair_value_hedge import fair_value_hedge
from treasury.quant.measures.cash_flow_hedge_reserve import FRAMEWORK


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    same_length(values, "instrument_changes", "item_changes")
    effective = values["highly_effective"]
    if effective is not None:
        same_length(values, "instrument_changes", "highly_effective")
    columns = fair_value_hedge(
        exact(values["instrument_changes"]),
        exact(values["item_changes"]),
        Framework[values["framework"]],
        True if effective is None else effective,
    )
    answer.put(
        carrying_amount_adjustment=answer.numbers(columns.carrying_amount_adjustment),
        ineffectiveness=answer.numbers(columns.ineffectiveness),
    )


MEASURE = Measure(
    code="fair_value_hedge",
    title="Fair value hedge",
    summary="How far a fair value hedge moves the item's carrying amount, and what is left in profit or loss.",
    inputs=(
        Input(
            "instrument_changes",
            "decimals",
            "functional currency",
            "Change of the instrument per period, gain +",
        ),
        Input(
            "item_changes",
            "decimals",
            "functional currency",
            "Change of the item for the hedged risk per period, gain +",
        ),
        FRAMEWORK,
        Input(
            "highly_effective",
            "booleans",
            "",
            "Whether each period was highly effective; all if not given, ignored by IFRS9",
            None,
        ),
    ),
    results=(
        Result(
            "carrying_amount_adjustment",
            "functional currency",
            "Σ of the item's changes of the periods that qualify, up to each period",
            "raises an asset, lowers a liability +",
            "numbers",
        ),
        Result(
            "ineffectiveness",
            "functional currency",
            "Change of the instrument + change of the item in the period, which counts where it qualifies",
            "gain +",
            "numbers",
        ),
    ),
    formula="adjustment_t = Σ ΔItem of qualifying periods; ineffectiveness = ΔHI + ΔItem, ΔHI alone in a period that "
    "does not qualify",
    reference="IFRS 9 6.5.8 to 6.5.10; IAS 39.88(e), 39.89, AG113; ASC 815-20-25-75, 815-25-35-1; rules section 5",
    example={"instrument_changes": ["-30", "-10"], "item_changes": ["28", "12"]},
    example_result={"carrying_amount_adjustment": [28.0, 40.0], "ineffectiveness": [-2.0, 2.0]},
    used_in="Calculators: fair value hedges",
    formula_of=_calculate,
)
