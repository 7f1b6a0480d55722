"""Entry of the amount hedge ratio; the formula is ``ratios.hedge_ratio``."""

from __future__ import annotations

from typing import Any

from treasury.quant.codes import CoverFlag, names
from treasury.quant.inputs import Answer, Input, Result, amount, exact
from treasury.quant.measure import Measure
from treasury.quant.ratios.hedge_ratio import hedge_ratio


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    columns = hedge_ratio(exact(values["hedged_amount"]), exact(values["exposure_amount"]), values["signed"])
    answer.because(columns.reasons[0])
    answer.put(
        hedge_ratio=answer.number(columns.hedge_ratio[0]),
        open_amount=amount(columns.open_amount[0]),
        flags=names(CoverFlag, columns.flags[0]),
    )


MEASURE = Measure(
    code="hedge_ratio",
    title="Hedge ratio by amount",
    summary="The share of an exposure that is covered by hedges of the same risk.",
    inputs=(
        Input("hedged_amount", "decimal", "risk unit", "Amount of the hedges, signed if `signed`"),
        Input("exposure_amount", "decimal", "risk unit", "Amount of the exposure, signed if `signed`"),
        Input(
            "signed",
            "boolean",
            "",
            "Inflow and long are +, so a protective hedge has the other sign",
            default=False,
        ),
    ),
    results=(
        Result(
            "hedge_ratio", "fraction", "Covered share; null for a zero exposure", "+ cover, − wrong direction"
        ),
        Result(
            "open_amount", "risk unit", "What is left open: E − H, or E + H if `signed`", "+ inflow", "amount"
        ),
        Result("flags", "", "over_hedged above 1, wrong_direction below 0", kind="list"),
    ),
    formula="H / E; signed: −H / E",
    reference="FAQ §1; rules section 2",
    example={"hedged_amount": "6000000", "exposure_amount": "-10000000", "signed": True},
    example_result={"hedge_ratio": 0.6, "open_amount": "-4000000", "flags": []},
    used_in="Position grid, hedge ratios of every night",
    formula_of=_calculate,
)
