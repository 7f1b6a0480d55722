"""Entry of the hedged rate; the formula is ``ratios.hedged_rate``."""

from __future__ import annotations

from typing import Any

import numpy as np

from treasury.kernel.errors import InputError
from treasury.quant.codes import Reason
from treasury.quant.inputs import Answer, Input, Result, exact
from treasury.quant.measure import Measure
from treasury.quant.ratios.hedged_rate import layer_rates, leg_rates

OF_LEGS = ("weighted_rate", "arithmetic_rate")
OF_LAYERS = ("hedged_ratio", "blended_rate", "all_in_rate")


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    legs, layers = values["legs"], values["layers"]
    if (legs is None) == (layers is None):
        given = "nothing" if legs is None else "both"
        raise InputError("legs", "either legs or layers", got=given)
    answer.put(**dict.fromkeys((*OF_LEGS, *OF_LAYERS)))
    answer.because(Reason.NOT_GIVEN)
    if legs is not None:
        _legs(legs, answer)
    else:
        _layers(values, answer)


def _legs(legs: list[dict[str, Any]], answer: Answer) -> None:
    leading, following = (
        exact([leg[name] for leg in legs]) for name in ("leading_amount", "following_amount")
    )
    columns = leg_rates(leading, following)
    answer.because(int(columns.reasons))
    answer.put(
        weighted_rate=answer.number(columns.weighted_rate),
        arithmetic_rate=answer.number(columns.arithmetic_rate),
    )


def _layers(values: dict[str, Any], answer: Answer) -> None:
    layers, open_rate = values["layers"], values["open_rate"]
    columns = layer_rates(
        [layer["ratio"] for layer in layers],
        [layer["rate"] for layer in layers],
        np.nan if open_rate is None else open_rate,
        values["fixed_currency"] == "quote",
    )
    answer.because(int(columns.reasons))
    answer.put(
        hedged_ratio=answer.number(columns.hedged_ratio),
        blended_rate=answer.number(columns.blended_rate),
        all_in_rate=answer.number(columns.all_in_rate),
    )


MEASURE = Measure(
    code="hedged_rate",
    title="Hedged rate",
    summary="The rate at which an exposure is hedged, over the legs or the layers of its hedges.",
    inputs=(
        Input(
            "legs",
            "rows",
            meaning="Legs of the hedges; or else layers",
            default=None,
            items=(
                Input("leading_amount", "decimal", "leading currency", "Signed amount"),
                Input("following_amount", "decimal", "following currency", "Signed amount"),
            ),
        ),
        Input(
            "layers",
            "rows",
            meaning="Layers by hedge ratio; or else legs",
            default=None,
            items=(
                Input("ratio", "number", "fraction", "Part of the exposure that the layer hedges", minimum=0),
                Input("rate", "number", "quote per base", "Rate of the layer", above=0),
            ),
        ),
        Input(
            "fixed_currency",
            "choice",
            "",
            "Currency in which the exposure is fixed",
            "base",
            choices=("base", "quote"),
        ),
        Input(
            "open_rate", "number", "quote per base", "Rate for the part that is open", default=None, above=0
        ),
    ),
    results=(
        Result("weighted_rate", "leading per following", "Σ|leading| / Σ|following|"),
        Result("arithmetic_rate", "leading per following", "|Σ leading| / |Σ following|"),
        Result("hedged_ratio", "fraction", "Σ ratio of the layers"),
        Result("blended_rate", "quote per base", "Rate of the hedged part"),
        Result("all_in_rate", "quote per base", "Rate of the whole, the open part at the open rate"),
    ),
    formula="Σ|leading|/Σ|following|; |Σ leading|/|Σ following|; Σ r·rate/Σ r (base), Σ r/Σ(r/rate) (quote)",
    reference="rules section 2",
    example={
        "legs": [
            {"leading_amount": "1400", "following_amount": "1650"},
            {"leading_amount": "-300", "following_amount": "-330"},
        ]
    },
    example_result={
        "weighted_rate": 1700 / 1980,
        "arithmetic_rate": 1100 / 1320,
        "hedged_ratio": None,
        "blended_rate": None,
        "all_in_rate": None,
    },
    example_reasons=("not_given",),
    used_in="Calculators: layered programmes",
    formula_of=_calculate,
)
