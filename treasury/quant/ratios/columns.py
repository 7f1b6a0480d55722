"""Columns out of the ratio formulas that belong to one formula alone; float64 holds NaN where undefined, with a
reason in ``reasons``."""

from __future__ import annotations

from dataclasses import dataclass

from treasury.quant.numbers import Amounts, Bool, Float, Int, Mask


@dataclass(frozen=True, slots=True)
class PortfolioRatioColumns:
    """Ratios (n, k) of k instruments per row, and the share of variance that they take away and leave, (n,)."""

    hedge_ratios: Float
    r_squared: Float
    residual_variance_ratio: Float
    reasons: Mask


@dataclass(frozen=True, slots=True)
class StabilityColumns:
    """The ratio of each rolling window of a row, (n, windows), first and last point of each window (windows,)."""

    first_index: Int
    last_index: Int
    hedge_ratio: Float
    confidence_lower: Float
    confidence_upper: Float
    r_squared: Float
    reasons: Mask


@dataclass(frozen=True, slots=True)
class SavingsToLossColumns:
    """The curve of each row over its ratios, (n, k), and the best of them, (n,). ``reasons`` per row."""

    expected_savings_amount: Amounts
    potential_loss_amount: Amounts
    savings_to_loss_ratio: Float
    best_hedge_ratio: Float
    reasons: Mask


@dataclass(frozen=True, slots=True)
class FrontierColumns:
    """Expected cost (+ costs, − saves) and risk (loss +) of each ratio, (n, k), and which are efficient."""

    expected_cost_amount: Amounts
    risk_amount: Amounts
    efficient: Bool
    reasons: Mask


@dataclass(frozen=True, slots=True)
class CashFlowAtRiskColumns:
    """Per row (n,): quantile of the losses, mean of those beyond it, sample standard deviation; losses +."""

    value_at_risk: Float
    expected_shortfall: Float
    standard_deviation: Float
    reasons: Mask


@dataclass(frozen=True, slots=True)
class TurnoverColumns:
    """Turnover per year and whether dynamic (1), static (0) or undefined (−1), (n,); the steps (n, m − 1)."""

    turnover_ratio: Float
    dynamic: Int
    hedge_changes: Float
    own_moves: Bool
    reasons: Mask


@dataclass(frozen=True, slots=True)
class LegRateColumns:
    """Rates over legs, per row: Σ|leading|/Σ|following| and |Σ leading|/|Σ following|."""

    weighted_rate: Float
    arithmetic_rate: Float
    reasons: Mask


@dataclass(frozen=True, slots=True)
class HedgedRateColumns:
    """Rates over layers, per row: Σ ratio, the rate of the hedged part and the rate of the whole."""

    hedged_ratio: Float
    blended_rate: Float
    all_in_rate: Float
    reasons: Mask
