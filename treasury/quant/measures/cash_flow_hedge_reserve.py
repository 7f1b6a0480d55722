"""Entry of the cash flow hedge reserve; the formula is ``measurement.cash_flow_hedge_reserve``."""

from __future__ import annotations

from typing import Any

from treasury.quant.codes import Framework
from treasury.quant.inputs import Answer, Input, Result, exact, same_length
from treasury.quant.measure import Measure
from treasury.quant.measurement.cash_flow_hedge_reserve import cash_flow_hedge_reserve

FRAMEWORK = Input(
    "framework",
    "choice",
    "",
    "Accounting framework",
    "IFRS9",
    choices=tuple(member.name for member in Framework),
)


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    same_length(values, "instrument_changes", "hypothetical_changes")
    effective = values["highly_effective"]
    if effective is not None:
        same_length(values, "instrument_changes", "highly_effective")
    columns = cash_flow_hedge_reserve(
        exact(values["instrument_changes"]),
        exact(values["hypothetical_changes"]),
        Framework[values["framework"]],
        True if effective is None else effective,
    )
    answer.put(
        reserve=answer.numbers(columns.reserve),
        oci_movement=answer.numbers(columns.oci_movement),
        ineffectiveness=answer.numbers(columns.ineffectiveness),
    )


MEASURE = Measure(
    code="cash_flow_hedge_reserve",
    title="Cash flow hedge reserve",
    summary="What a cash flow hedge keeps in equity, and what of its change goes to profit or loss at once.",
    inputs=(
        Input(
            "instrument_changes",
            "decimals",
            "functional currency",
            "Cumulative change of the instrument at each date, gain +",
        ),
        Input(
            "hypothetical_changes",
            "decimals",
            "functional currency",
            "Cumulative change of the hypothetical derivative, which mirrors the item",
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
            "reserve",
            "functional currency",
            "L, before reclassification; IFRS9 the lower-of, IAS39 the lower-of over the periods that were highly "
            "effective, ASC815 the whole change in those periods",
            "gain +",
            "numbers",
        ),
        Result("oci_movement", "functional currency", "L − L of the period before", "gain +", "numbers"),
        Result(
            "ineffectiveness",
            "functional currency",
            "Change of the instrument in the period − OCI movement, to profit or loss",
            "gain +",
            "numbers",
        ),
    ),
    formula="L = sign(ΔHI)·min(|ΔHI|, |ΔHypo|), 0 where the signs differ; OCI = L_t − L_(t−1); "
    "ineffectiveness = period ΔHI − OCI",
    reference="IFRS 9 6.5.11; IAS 39.96, 39.88(e); ASC 815-30-35-3; rules section 5",
    example={
        "instrument_changes": ["40", "100", "85", "-10", "60"],
        "hypothetical_changes": ["42", "90", "95", "5", "-8"],
    },
    example_result={
        "reserve": [40.0, 90.0, 85.0, 0.0, 0.0],
        "oci_movement": [40.0, 50.0, -5.0, -85.0, 0.0],
        "ineffectiveness": [0.0, 10.0, -10.0, -10.0, 70.0],
    },
    used_in="Calculators: cash flow hedges",
    formula_of=_calculate,
)
