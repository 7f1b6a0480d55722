"""The savings-to-loss curve and the hedging frontier of an amount to a date, over scenarios of the market.

Scenarios: what the rate did over as many weeks as there are to the date, or draws from the volatility at which options
at the forward are quoted. The formulas are those of the measures `savings_to_loss`, `hedging_frontier` and
`cash_flow_at_risk`. Units: amount signed in base, money in the quote currency. Reference: FAQ §7, rules section 2.
"""

from dataclasses import dataclass

import numpy as np

from hedges.domain.lookup import Lookup
from hedges.domain.strategy.history import WEEK, levels, weekly_days, weeks_known
from hedges.domain.strategy.priced import CALL, forward_rate, premiums, spot_rate
from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.codes import reason_names
from treasury.quant.numbers import Float
from treasury.quant.ratios.columns import FrontierColumns, SavingsToLossColumns
from treasury.quant.ratios.hedging_frontier import hedging_frontier
from treasury.quant.ratios.savings_to_loss import savings_to_loss
from treasury.quant.strategy.scenarios import SMALLEST_SAMPLE, historical_rates, simulated_rates

HISTORICAL, SIMULATED = "historical", "simulated"
METHODS = (HISTORICAL, SIMULATED)


@dataclass(frozen=True, slots=True)
class Scenarios:
    """Rates at the date, with what they stand on; none with `reason`."""

    rates: Float
    spot: float
    forward: float
    volatility: float | None
    weeks: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Frontier:
    """One point a ratio; `deviation` is the standard deviation of the open part's outcome."""

    ratios: Float
    curve: SavingsToLossColumns
    frontier: FrontierColumns
    deviation: Float
    reasons: list[str]


def scenarios(
    look: Lookup, today: int, risk: int, due: int, *, method: str, draws: int, seed: int, stale_after: int
) -> Scenarios:
    spot, forward = spot_rate(look, today, risk), forward_rate(look, today, risk, due)
    weeks = max(1, round((due - today) / WEEK))
    none = np.zeros(0)
    if not (np.isfinite(spot) and np.isfinite(forward)):
        return Scenarios(none, spot, forward, None, weeks, "missing_data")
    if method == SIMULATED:
        at_forward = premiums(look, today, risk, CALL, np.array([forward]), due, stale_after)
        volatility = float(at_forward.volatilities[0])
        if at_forward.reason or not np.isfinite(volatility):
            return Scenarios(none, spot, forward, None, weeks, at_forward.reason or "missing_data")
        years = max(due - today, 0) / DAYS_PER_YEAR
        return Scenarios(
            simulated_rates(forward, volatility, years, normals(draws, seed)),
            spot,
            forward,
            volatility,
            weeks,
        )
    history = levels(look, risk, weekly_days(today, weeks_known(look, today)))
    rates = historical_rates(spot, history, weeks)
    if rates.size < SMALLEST_SAMPLE:
        return Scenarios(none, spot, forward, None, weeks, "too_few_points")
    return Scenarios(rates, spot, forward, None, weeks)


def frontier(
    amount: float,
    found: Scenarios,
    ratios: Float,
    *,
    cost_per_unit: float,
    risk_measure: str,
    confidence_level: float,
) -> Frontier:
    """`found` has scenarios."""
    given = (amount, found.rates, found.forward, cost_per_unit, ratios, risk_measure, confidence_level)
    curve, points = savings_to_loss(*given), hedging_frontier(*given)
    spread = float(np.std(found.rates, ddof=1)) if found.rates.size > 1 else float("nan")
    deviation = np.abs(1 - ratios) * abs(amount) * spread
    return Frontier(ratios, curve, points, deviation, reason_names(int(curve.reasons[0] | points.reasons[0])))


def against_spot(amount: float, found: Scenarios, hedged: float, cost_per_unit: float) -> Float:
    """What each scenario brings against today's spot rate, a gain +: the hedged part the forward's difference less its
    cost, the open part the rate's."""
    moved = (1 - hedged) * (found.rates - found.spot) + hedged * (found.forward - found.spot)
    return np.asarray(amount * moved - hedged * abs(amount) * cost_per_unit)


def normals(draws: int, seed: int) -> Float:
    """Standard normals (PCG64): the same numbers for the same seed, on every machine."""
    return np.random.Generator(np.random.PCG64(seed)).standard_normal(max(draws, 0))
