"""Columns in and out of the formulas: frozen dataclasses of arrays that share their shape.

float64 columns hold NaN where a number is undefined; ``reasons`` (bit mask of ``codes.Reason``) says why.
Amount columns have the type of the amounts that came in: int64 minor units, Decimal objects or float64.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from treasury.kernel.errors import InputError
from treasury.quant.numbers import Amounts, Bool, Float, Int, Mask


@dataclass(frozen=True, slots=True)
class FxForwardValue:
    """Value in quote currency, asset +; spot + forward element = present value; basis is part of the
    forward one.
    """

    present_value: Float
    spot_element: Float
    forward_element: Float
    basis_element: Float


@dataclass(frozen=True, slots=True)
class FxOptionValue:
    """Per unit of base for the bought side; ``present_value`` is ± notional × unit value, in quote
    currency.
    """

    present_value: Float
    unit_value: Float
    delta: Float
    gamma: Float
    vega: Float
    theta: Float
    rho_base: Float
    rho_quote: Float
    intrinsic_value: Float
    time_value: Float
    reasons: Mask


@dataclass(frozen=True, slots=True)
class FlowColumns:
    """Ragged flows of n instruments: flow j of instrument i has offsets[i] ≤ j < offsets[i + 1].

    ``pay_days`` are whole days from the as-of date, ``amounts`` signed in the leg's currency (receive +).
    """

    offsets: Int
    pay_days: NDArray[np.int32]
    amounts: Float

    def __post_init__(self) -> None:
        flows = int(self.offsets[-1]) if self.offsets.size else 0
        if self.offsets.size == 0 or self.offsets[0] != 0 or np.any(np.diff(self.offsets) < 0):
            raise InputError("offsets", "a rising array that begins with 0")
        if self.pay_days.shape[-1] != flows or self.amounts.shape[-1] != flows:
            raise InputError("amounts", f"{flows} flows, as the offsets say", got=str(self.amounts.shape[-1]))

    @property
    def instrument_index(self) -> Int:
        """The instrument of each flow, shape (flows,)."""
        return np.repeat(np.arange(self.offsets.size - 1), np.diff(self.offsets))


@dataclass(frozen=True, slots=True)
class SwapValue:
    """Interest-rate swap: value of the holder, asset +; legs positive; value = clean + accrued."""

    present_value: Float
    fixed_leg_value: Float
    floating_leg_value: Float
    par_rate: Float
    accrued_amount: Float
    clean_value: Float


@dataclass(frozen=True, slots=True)
class TwoLegValue:
    """Two legs: ``present_value`` in the pay currency; receive and pay legs as they enter it (see the
    function).
    """

    present_value: Float
    first_leg_value: Float
    second_leg_value: Float


@dataclass(frozen=True, slots=True)
class CreditAdjustment:
    """CVA ≤ 0, DVA ≥ 0 and fair value = present value + CVA + DVA."""

    credit_value_adjustment: Float
    debit_value_adjustment: Float
    fair_value: Float


@dataclass(frozen=True, slots=True)
class HedgeRatioColumns:
    """Amount hedge ratio, open amount, flags (``codes.CoverFlag``) and reasons."""

    hedge_ratio: Float
    open_amount: Amounts
    flags: Mask
    reasons: Mask


@dataclass(frozen=True, slots=True)
class PositionCountColumns:
    """Positions hedged of positions in total, per group, with the definition applied beforehand."""

    positions_hedged: Int
    positions_total: Int
    position_count_ratio: Float
    reasons: Mask


@dataclass(frozen=True, slots=True)
class HorizonColumns:
    """Per group and bucket, shape (groups, buckets); ``coverage_declines`` per group: 1, 0, or −1 where
    undefined.
    """

    net_exposure_amount: Amounts
    coverage_ratio: Float
    cumulative_coverage_ratio: Float
    net_open_amount: Amounts
    min_to_hedge_amount: Amounts
    target_to_hedge_amount: Amounts
    max_to_hedge_amount: Amounts
    flags: Mask
    reasons: Mask
    coverage_declines: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class ContractColumns:
    """Contracts to trade and what they cover."""

    contract_notional: Amounts
    contract_count_unrounded: Float
    contract_count: Float
    reasons: Mask


@dataclass(frozen=True, slots=True)
class DollarOffsetColumns:
    """Ratios per period, shape (n, periods), and one status and reasons per row, shape (n,).

    ``last_ratio`` is the last cumulative ratio, ``lower_margin`` and ``upper_margin`` the room left (> 0
    inside).
    """

    cumulative_ratios: Float
    period_ratios: Float
    last_ratio: Float
    lower_margin: Float
    upper_margin: Float
    observation_count: Int
    status: NDArray[np.int8]
    reasons: Mask


@dataclass(frozen=True, slots=True)
class ScenarioOffsetColumns:
    """Ratios per scenario, shape (n, scenarios), and per row the worst one, its index (−1: none), the room it
    leaves, a status and reasons."""

    scenario_ratios: Float
    worst_ratio: Float
    worst_index: Int
    margin: Float
    status: NDArray[np.int8]
    reasons: Mask


@dataclass(frozen=True, slots=True)
class RegressionColumns:
    """All statistics of y = slope·x + intercept per row, shape (n,); see ``effectiveness.regression``."""

    slope: Float
    intercept: Float
    r_squared: Float
    correlation: Float
    slope_standard_error: Float
    intercept_standard_error: Float
    residual_standard_deviation: Float
    t_statistic: Float
    f_statistic: Float
    p_value: Float
    slope_confidence_lower: Float
    slope_confidence_upper: Float
    durbin_watson: Float
    t_statistic_unit_slope: Float
    offset_slope: Float
    largest_leverage: Float
    largest_leverage_index: Int
    observation_count: Int
    x_standard_deviation: Float
    y_standard_deviation: Float
    reasons: Mask


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a test, per row: value, limit, margin (> 0: room left), passed (1), failed (0), open
    (−1).
    """

    name: str
    value: Float
    limit: Float
    margin: Float
    passed: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class StatusColumns:
    """A status (``codes.EffectivenessStatus``) and its reasons per row, with the criteria that led to it."""

    status: NDArray[np.int8]
    reasons: Mask
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class VarianceReductionColumns:
    """1 − Var(item + hedge)/Var(item), 1 − the ratio of standard deviations, and a status."""

    variance_reduction_ratio: Float
    volatility_reduction_ratio: Float
    observation_count: Int
    status: NDArray[np.int8]
    reasons: Mask


@dataclass(frozen=True, slots=True)
class CreditDominanceColumns:
    """κ = |Δcredit|/|Δeconomic| and a status of ``codes.CreditStatus``."""

    credit_ratio: Float
    status: NDArray[np.int8]
    reasons: Mask


@dataclass(frozen=True, slots=True)
class HedgeOutcomeColumns:
    """Net change in money (gain +), as a fraction of the exposure's size, and the loss reduction."""

    net_change_amount: Amounts
    net_change_ratio: Float
    loss_reduction_ratio: Float
    reasons: Mask


@dataclass(frozen=True, slots=True)
class OptionPayoffColumns:
    """Per unit of base: payoff and profit of the holder (gain +), whether exercised, rate of the covered
    exposure."""

    payoff_rate: Float
    profit_rate: Float
    exercised: Bool
    effective_rate: Float
