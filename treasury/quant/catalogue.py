"""The catalogue: the index of every number that the book publishes.

It drives the calculators, the API's schema, the documentation and the tooltip behind each number. To add a
measure, write one file in ``measures`` and add its name here.
"""

from __future__ import annotations

from typing import Any

from treasury.kernel.errors import InputError, shown
from treasury.quant.measure import Measure
from treasury.quant.measures import (
    basis_adjustment_amortisation,
    beta_hedge,
    cash_flow_at_risk,
    cash_flow_hedge_reserve,
    cost_of_hedging,
    credit_adjustment,
    credit_dominance,
    critical_terms_match,
    cross_currency_swap_value,
    dollar_offset,
    effectiveness_regression,
    fair_value_hedge,
    forecast_accuracy,
    futures_contracts,
    futures_profit,
    fx_forward_rate,
    fx_forward_value,
    fx_option_value,
    fx_swap_value,
    hedge_outcome,
    hedge_ratio,
    hedge_turnover,
    hedged_rate,
    hedging_frontier,
    horizon_profile,
    hypothetical_derivative,
    interest_rate_swap_value,
    minimum_variance_hedge_ratio,
    minimum_variance_stability,
    notional_value,
    option_payoff,
    portfolio_minimum_variance,
    position_count_ratio,
    prospective_dollar_offset,
    reserve_release,
    savings_to_loss,
    sensitivity_hedge,
    variance_reduction,
)

#: Every measure by its code, in the order of the documentation.
MEASURES: dict[str, Measure] = {
    entry.MEASURE.code: entry.MEASURE
    for entry in (
        hedge_ratio,
        position_count_ratio,
        sensitivity_hedge,
        notional_value,
        futures_contracts,
        futures_profit,
        hedge_outcome,
        minimum_variance_hedge_ratio,
        portfolio_minimum_variance,
        minimum_variance_stability,
        beta_hedge,
        savings_to_loss,
        hedging_frontier,
        cash_flow_at_risk,
        horizon_profile,
        hedged_rate,
        hedge_turnover,
        forecast_accuracy,
        fx_forward_rate,
        fx_forward_value,
        fx_option_value,
        interest_rate_swap_value,
        fx_swap_value,
        cross_currency_swap_value,
        option_payoff,
        dollar_offset,
        prospective_dollar_offset,
        effectiveness_regression,
        variance_reduction,
        critical_terms_match,
        credit_dominance,
        credit_adjustment,
        hypothetical_derivative,
        cash_flow_hedge_reserve,
        reserve_release,
        cost_of_hedging,
        fair_value_hedge,
        basis_adjustment_amortisation,
    )
}


def _fields() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, measure in MEASURES.items():
        for result in measure.results:
            if result.is_numeric:
                found.setdefault(result.name, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}


#: Every numeric field that is published, and the codes of the measures that define it.
FIELDS: dict[str, tuple[str, ...]] = _fields()


def measure(code: str) -> Measure:
    """The measure of a code; an unknown code is refused with the known ones."""
    found = MEASURES.get(code)
    if found is None:
        raise InputError("measure", "one of " + ", ".join(MEASURES), got=shown(code))
    return found


def calculate(code: str, inputs: Any) -> Any:
    """The answer ``{"measure", "result", "reasons"}`` to one object of inputs, or the answers to an array
    of them.

    Raises ``InputError`` with the field's name and what was expected, in an array its index too; an array
    is answered whole or not at all.
    """
    entry = measure(code)
    return entry.calculate_many(inputs) if isinstance(inputs, list) else entry.calculate(inputs)


def describe() -> list[dict[str, Any]]:
    """All entries as JSON."""
    return [entry.describe() for entry in MEASURES.values()]
