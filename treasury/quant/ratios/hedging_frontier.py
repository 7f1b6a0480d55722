"""The hedging frontier sets what each hedge ratio is expected to cost against the risk that it leaves, and names the
ratios that no other beats on both.

Formula: cost = −h·(E·(F − mean S) − |E|·cost per unit), the expected savings with the other sign; risk = value at
risk or expected shortfall of −(1 − h)·E·(S − F) as in ``savings_to_loss``, 0 at h = 1. A ratio is efficient where no
other one has both at most its cost and at most its risk, one of them less: least risk for a given cost. Units: quote
currency; cost + costs, − saves; risk loss +. Reference: FAQ §7, rules section 2; Markowitz 1952.
Worked example: E 100, S 1.0 … 1.4 in tenths, F 1.15, no cost, at 0.75: h 0 → cost 0, risk 5; h 0.5 → 2.5 and 2.5; h 1
→ 5 and 0: each is efficient, since less risk always costs.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np
from numpy.typing import ArrayLike, NDArray

from treasury.quant.codes import Reason
from treasury.quant.numbers import EXACT, Amounts, Bool, where_reason
from treasury.quant.ratios.columns import FrontierColumns
from treasury.quant.ratios.savings_to_loss import beyond, savings_and_loss


def hedging_frontier(
    exposure: ArrayLike,
    scenario_rates: ArrayLike,
    forward_rate: ArrayLike,
    cost_per_unit: ArrayLike,
    hedge_ratios: ArrayLike,
    risk_measure: str = "value_at_risk",
    confidence_level: float | Decimal = 0.95,
) -> FrontierColumns:
    """Cost, risk and whether efficient of n exposures × k ratios; shapes as in ``savings_to_loss``.

    A cost or risk beyond float64 is NaN with reason ``out_of_range``, and its ratio not efficient.
    """
    savings, risk, _ = savings_and_loss(
        exposure, scenario_rates, forward_rate, cost_per_unit, hedge_ratios, risk_measure, confidence_level
    )
    with localcontext(EXACT):
        cost = np.asarray(0 - savings)
    lost = beyond(cost) | beyond(risk)
    reasons = where_reason(lost.any(axis=-1), Reason.OUT_OF_RANGE)
    return FrontierColumns(cost, risk, efficient(cost, risk) & ~lost, reasons)


def efficient(cost: Amounts, risk: Amounts) -> Bool:
    """Which points of each row no other point beats, (n, k); equal points stand together. NaN ranks last."""
    cost_rank, risk_rank = _ranks(cost), _ranks(risk)
    order = np.lexsort((cost_rank, risk_rank), axis=-1)
    costs, risks = (np.take_along_axis(rank, order, axis=-1) for rank in (cost_rank, risk_rank))
    least = np.minimum.accumulate(costs, axis=-1)
    before = np.full(costs.shape, costs.shape[-1], dtype=np.int64)
    before[:, 1:] = least[:, :-1]
    # The first of equal points has the lower cost than all before it, or none has.
    first = np.ones(costs.shape, dtype=bool)
    first[:, 1:] = (costs[:, 1:] != costs[:, :-1]) | (risks[:, 1:] != risks[:, :-1])
    leader = np.maximum.accumulate(np.where(first, np.arange(costs.shape[-1]), 0), axis=-1)
    good = np.take_along_axis(costs < before, leader, axis=-1)
    result = np.zeros(costs.shape, dtype=bool)
    np.put_along_axis(result, order, good, axis=-1)
    return result


def _ranks(values: Amounts) -> NDArray[np.int64]:
    """The dense rank of each value in its row: equal values, Decimals too, have equal ranks."""
    order = np.argsort(values, axis=-1, kind="stable")
    ranked = np.take_along_axis(values, order, axis=-1)
    steps = np.zeros(values.shape, dtype=np.int64)
    steps[:, 1:] = ranked[:, 1:] != ranked[:, :-1]
    result = np.empty(values.shape, dtype=np.int64)
    np.put_along_axis(result, order, np.cumsum(steps, axis=-1), axis=-1)
    return result
