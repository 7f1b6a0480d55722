"""Entry of the basis adjustment's amortisation; the formula is ``measurement.basis_adjustment``."""

from __future__ import annotations

from typing import Any

import numpy as np

from treasury.quant.inputs import Answer, Input, Result, rising, same_length
from treasury.quant.measure import Measure
from treasury.quant.measurement.basis_adjustment import basis_adjustment_amortisation
from treasury.quant.measurement.effective_rate import LONGEST


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    same_length(values, "cash_flows", "years")
    rising(values, "years")
    bare = values["unadjusted_carrying_amount"]
    columns = basis_adjustment_amortisation(
        [values["carrying_amount"]],
        [values["cash_flows"]],
        values["years"],
        np.nan if bare is None else [bare],
    )
    answer.because(columns.reasons[0])
    answer.put(
        effective_rate=answer.number(columns.effective_rate[0]),
        amortisation=answer.numbers(columns.amortisation[0]),
    )


MEASURE = Measure(
    code="basis_adjustment_amortisation",
    title="Amortisation of a basis adjustment",
    summary="How the adjustment that a fair value hedge left on an amortised-cost item wears off by its last flow.",
    inputs=(
        Input("carrying_amount", "number", "currency", "Adjusted carrying amount today, asset +; not 0"),
        Input(
            "unadjusted_carrying_amount",
            "number",
            "currency",
            "What it would be without the hedge; if not given nothing is deducted",
            None,
        ),
        Input("cash_flows", "numbers", "currency", "Contractual cash flows to come, receipt +"),
        Input(
            "years",
            "numbers",
            "years",
            "From today to each cash flow, ascending, at any distance",
            above=0,
            maximum=LONGEST,
        ),
    ),
    results=(
        Result(
            "effective_rate",
            "per year, annual compounding",
            "The one rate that discounts the flows to the adjusted carrying amount; null if none or several",
        ),
        Result(
            "amortisation",
            "currency",
            "Change of the adjusted carrying amount over each flow − that of the unadjusted one at its own rate; "
            "adds up to −(adjusted − unadjusted)",
            "raises an asset, lowers a liability +",
            "numbers",
        ),
    ),
    formula="C = Σ CF·(1 + r)^(−t); amortisation_j = (C_j − C_(j−1)) − (U_j − U_(j−1)), C and U each at its own r",
    reference="IFRS 9 6.5.10, B5.4.1; IAS 39.92; ASC 815-25-35-9; rules section 5",
    example={
        "carrying_amount": 102,
        "unadjusted_carrying_amount": 100,
        "cash_flows": [5, 5, 105],
        "years": [1, 2, 3],
    },
    example_result={
        "effective_rate": 0.04275530923518182,
        "amortisation": [-0.6389584580114729, -0.666277324472162, -0.6947642175163651],
    },
    used_in="Calculators: amortised-cost items after a fair value hedge",
    formula_of=_calculate,
)
