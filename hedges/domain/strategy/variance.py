"""The minimum-variance ratio of an exposed risk and one to hedge it with, and whether it holds over time.

Both series stand in one currency, so that a ratio compares like with like: by returns value per value, by differences
units per unit. The formulas are those of the measures of the same names. Reference: FAQ §7, rules section 2.
"""

from dataclasses import dataclass

import numpy as np

from hedges.domain.lookup import Lookup
from hedges.domain.strategy.history import changes, levels, weekly_days
from treasury.quant.codes import Reason, reason_names
from treasury.quant.columns import RegressionColumns
from treasury.quant.numbers import Float, Int
from treasury.quant.ratios.columns import StabilityColumns
from treasury.quant.ratios.minimum_variance import minimum_variance_ratio
from treasury.quant.ratios.minimum_variance_stability import minimum_variance_stability, ratio_reasons


@dataclass(frozen=True, slots=True)
class MinimumVariance:
    """The changes that were looked at, the ratio over all of them, and that of each window; `days` are their ends."""

    days: Int
    exposed: Float
    hedging: Float
    whole: RegressionColumns
    windows: StabilityColumns | None
    reasons: list[str]


def minimum_variance(
    look: Lookup,
    today: int,
    exposed: int,
    hedging: int,
    *,
    currency: str,
    weeks: int,
    every: int,
    window: int,
    returns: bool,
    confidence_level: float,
) -> MinimumVariance:
    """`exposed` and `hedging` are places of risks in the lookup; `weeks` back, one change every so many weeks."""
    days = weekly_days(today, weeks)
    item, cover = (
        changes(levels(look, risk, days, currency), returns=returns, every=every)
        for risk in (exposed, hedging)
    )
    both = ~np.isnan(item) & ~np.isnan(cover)
    item, cover = item[both], cover[both]
    ends = days[::-1][::every][::-1][1:][both]
    none = item.size == 0
    x, y = (np.zeros((1, 1)), np.zeros((1, 1))) if none else (cover[None], item[None])
    seen = np.full(x.shape, not none)
    whole = minimum_variance_ratio(y, x, seen, confidence_level)
    windows = None
    if window <= item.size:
        windows = minimum_variance_stability(item, cover, window, confidence_level=confidence_level)
    mask = int(ratio_reasons(whole.reasons)[0]) | (Reason.TOO_FEW_POINTS if none else 0)
    return MinimumVariance(ends, item, cover, whole, windows, reason_names(mask))
