"""Entry of the minimum-variance ratios of several instruments; the formula is
``ratios.portfolio_minimum_variance``."""

from __future__ import annotations

from typing import Any

from treasury.kernel.errors import InputError
from treasury.quant.inputs import Answer, Input, Result
from treasury.quant.measure import Measure
from treasury.quant.ratios.portfolio_minimum_variance import portfolio_minimum_variance


def _calculate(values: dict[str, Any], answer: Answer) -> None:
    spot, instruments = values["spot_changes"], values["instrument_changes"]
    if len(instruments[0]) != len(spot):
        expected = f"{len(spot)} elements, as many as spot_changes"
        raise InputError("instrument_changes[0]", expected, got=str(len(instruments[0])))
    columns = portfolio_minimum_variance(spot, instruments)
    answer.because(columns.reasons[0])
    answer.put(
        hedge_ratios=answer.numbers(columns.hedge_ratios[0]),
        r_squared=answer.number(columns.r_squared[0]),
        residual_variance_ratio=answer.number(columns.residual_variance_ratio[0]),
    )


MEASURE = Measure(
    code="portfolio_minimum_variance",
    title="Minimum-variance ratios of several instruments",
    summary="The hedges in several instruments together that would have left the least variance.",
    inputs=(
        Input("spot_changes", "numbers", "", "Changes or returns of what is hedged"),
        Input("instrument_changes", "table", "", "A row an instrument: its changes on the same dates"),
    ),
    results=(
        Result(
            "hedge_ratios",
            "per unit or per value",
            "h* of each instrument, in the order of the rows",
            "+ where the two move together, beside the others",
            "numbers",
        ),
        Result("r_squared", "fraction", "Share of the spot's variance that the hedges take away"),
        Result("residual_variance_ratio", "fraction", "Var(ΔS − ΣhΔF)/Var(ΔS), what they leave"),
    ),
    formula="h* = ΣFF⁻¹·ΣFS, sample covariances (n − 1); R² = 1 − Var(ΔS − Σh·ΔF)/Var(ΔS)",
    reference="FAQ §7; rules section 2",
    example={
        "spot_changes": [2, -2, 0.5, -0.5, 1, -1],
        "instrument_changes": [[1, -1, 0, 0, 0, 0], [0, 0, 1, -1, 0, 0]],
    },
    example_result={
        "hedge_ratios": [2.0, 0.5],
        "r_squared": 0.8095238095238095,
        "residual_variance_ratio": 0.19047619047619047,
    },
    used_in="Calculators: cross hedges with several instruments",
    formula_of=_calculate,
)
