"""Entry of the costs of hedging; the formula is ``measurement.cost_of_hedging``."""

from __future__ import annotations

from typing import Any

from treasury.kernel.errors import InputError
from treasury.quant.codes import Framework
from treasury.quant.inputs import Answer, Input, Result, exact, same_length
from treasury.quant.measure import Measure
from treasury.quant.measurement.cost_of_hedging import cost_of_hedging
from treasury.quant.measures.cash_flow_hedge_reserve import FRAMEWORK


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    framework = Framework[values["framework"]]
    over_time = values["kind"] == "time_period_related"
    amortise = values["excluded_component_method"] == "amortise"
    aligned = values["aligned_values"]
    if aligned is not None:
        same_length(values, "actual_values", "aligned_values")
    if len(values["actual_values"]) < 2:
        raise InputError("actual_values", "at least 2 values, the opening one first", got="1")
    needed = over_time and (framework is Framework.IFRS9 or (framework is Framework.ASC815 and amortise))
    if needed and values["periods"] is None:
        raise InputError("periods", "a whole number from 1, over which to amortise", got="nothing")
    # ASC 815 knows no kinds and amortises what is related to a transaction too: over the periods given.
    periods = values["periods"] or len(values["actual_values"]) - 1
    columns = cost_of_hedging(
        exact(values["actual_values"]),
        None if aligned is None else exact(aligned),
        over_time,
        periods,
        framework,
        amortise,
    )
    answer.put(
        reserve=answer.numbers(columns.reserve),
        oci_movement=answer.numbers(columns.oci_movement),
        profit_or_loss=answer.numbers(columns.profit_or_loss),
    )


MEASURE = Measure(
    code="cost_of_hedging",
    title="Cost of hedging",
    summary="How time value, forward points or a currency basis reach profit or loss over the life of a hedge.",
    inputs=(
        Input(
            "actual_values",
            "decimals",
            "functional currency",
            "Value of the excluded component from inception on, asset +",
        ),
        Input(
            "aligned_values",
            "decimals",
            "functional currency",
            "The same of an instrument whose terms match the item's; required under IFRS9, else without effect",
            None,
        ),
        Input(
            "kind",
            "choice",
            "",
            "What the hedged item is related to (B6.5.29)",
            choices=("transaction_related", "time_period_related"),
        ),
        Input(
            "periods",
            "integer",
            "periods",
            "Periods over which the opening value is amortised; required where it is time-period-related and "
            "amortised (IFRS9; `amortise` under ASC815). Else ASC815 takes the number of values after the first",
            None,
            minimum=1,
        ),
        FRAMEWORK,
        Input(
            "excluded_component_method",
            "choice",
            "",
            "ASC815: amortise the opening value, or all changes in earnings",
            "amortise",
            choices=("amortise", "fair_value"),
        ),
    ),
    results=(
        Result(
            "reserve",
            "functional currency",
            "Cumulative recognised change + cumulative amortisation",
            "gain +",
            "numbers",
        ),
        Result(
            "oci_movement",
            "functional currency",
            "Change of the reserve, net of amortisation",
            "gain +",
            "numbers",
        ),
        Result(
            "profit_or_loss",
            "functional currency",
            "Change of the actual value − OCI movement",
            "gain +",
            "numbers",
        ),
    ),
    formula="reserve = R + A0·min(t, periods)/periods; R = Δactual, Δaligned or their lower-of as |actual0| is equal "
    "to, above or below |aligned0|; A0 the smaller of the two in size",
    reference="IFRS 9 6.5.15, 6.5.16, B6.5.29 to B6.5.39; ASC 815-20-25-83A, 25-83B; rules section 5",
    example={
        "actual_values": ["20", "13", "0"],
        "aligned_values": ["20", "13", "0"],
        "kind": "time_period_related",
        "periods": 2,
    },
    example_result={"reserve": [3.0, 0.0], "oci_movement": [3.0, -3.0], "profit_or_loss": [-10.0, -10.0]},
    used_in="Calculators: time value, forward points, currency basis",
    formula_of=_calculate,
)
