"""Entry of the hedge outcome; the formula is ``ratios.hedge_outcome``."""

from __future__ import annotations

from typing import Any

from treasury.quant.inputs import Answer, Input, Result, amount, exact
from treasury.quant.measure import Measure
from treasury.quant.ratios.hedge_outcome import hedge_outcome


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    columns = hedge_outcome(
        exact(values["exposure_amount"]),
        exact(values["unhedged_change_amount"]),
        exact(values["hedge_change_amount"]),
    )
    answer.because(columns.reasons[0])
    answer.put(
        net_change_amount=amount(columns.net_change_amount[0]),
        net_change_ratio=answer.number(columns.net_change_ratio[0]),
        loss_reduction_ratio=answer.number(columns.loss_reduction_ratio[0]),
    )


MEASURE = Measure(
    code="hedge_outcome",
    title="Outcome of a hedge",
    summary="What was gained or lost with the hedge, in money and as a fraction of the exposure.",
    inputs=(
        Input("exposure_amount", "decimal", "currency", "The exposure; its size is what counts"),
        Input("unhedged_change_amount", "decimal", "currency", "Change of the exposure, gain +"),
        Input("hedge_change_amount", "decimal", "currency", "Change of the hedge, gain +"),
    ),
    results=(
        Result("net_change_amount", "currency", "Unhedged change + hedge change", "gain +", "amount"),
        Result("net_change_ratio", "fraction", "Net change / size of the exposure", "gain +"),
        Result(
            "loss_reduction_ratio", "fraction", "−hedge change / unhedged change", "+ the hedge softened it"
        ),
    ),
    formula="net = unhedged + hedge; net / |exposure|; −hedge / unhedged",
    reference="CME; rules section 2",
    example={
        "exposure_amount": "10000000",
        "unhedged_change_amount": "-300000",
        "hedge_change_amount": "29475",
    },
    example_result={
        "net_change_amount": "-270525",
        "net_change_ratio": -0.0270525,
        "loss_reduction_ratio": 0.09825,
    },
    used_in="Calculators",
    formula_of=_calculate,
)
