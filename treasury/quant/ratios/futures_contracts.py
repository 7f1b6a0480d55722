"""How many futures contracts cover an amount, in whole contracts.

Formula: contracts = hedge ratio × amount to hedge / (price × multiplier), then rounded. Units: a signed
count; amounts in the contract's currency. Reference: FAQ §9, CME, rules section 2.
Worked example: 1,000,000 / (2185.00 × 50 = 109,250) = 9.153318 → 9, cover 983,250 = 98.325 %, residual
16,750.
"""

from __future__ import annotations

from decimal import localcontext
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.codes import Reason
from treasury.quant.columns import ContractColumns
from treasury.quant.numbers import (
    EXACT,
    Amounts,
    Float,
    finite_or_nan,
    floats,
    ratio,
    round_counts,
    where_reason,
)
from treasury.quant.ratios.scaling import within_range
from treasury.quant.valuation.futures import notional_value

_NEAR = 1e-12


def futures_contracts(
    amount_to_hedge: ArrayLike,
    price: ArrayLike,
    contract_multiplier: ArrayLike,
    hedge_ratio: ArrayLike = 1,
    rounding: str = "nearest",
) -> ContractColumns:
    """Contract notional, unrounded and whole counts; broadcasts, Decimal or float64.

    ``rounding``: ``nearest`` (half away from zero), ``down`` (toward zero), ``up`` (away from zero),
    ``half_even``.
    """
    with localcontext(EXACT), np.errstate(over="ignore", invalid="ignore"):
        notional, notional_beyond = within_range(np.asarray(notional_value(price, contract_multiplier)))
        wanted, wanted_beyond = within_range(np.asarray(amount_to_hedge) * np.asarray(hedge_ratio))
    unrounded, beyond = finite_or_nan(ratio(wanted, notional) + 0.0)
    reasons = where_reason(np.asarray(notional == 0, dtype=bool), Reason.ZERO_CONTRACT_NOTIONAL)
    reasons = reasons | where_reason(beyond | notional_beyond | wanted_beyond, Reason.OUT_OF_RANGE)
    return ContractColumns(notional, unrounded, _whole(wanted, notional, unrounded, rounding), reasons)


def beta_contracts(
    portfolio_value: ArrayLike,
    portfolio_beta: ArrayLike,
    target_beta: ArrayLike,
    price: ArrayLike,
    contract_multiplier: ArrayLike,
    rounding: str = "nearest",
) -> ContractColumns:
    """Contracts that bring a portfolio's beta to the target: (target − beta)·V/(price × multiplier), short
    −.
    """
    with localcontext(EXACT), np.errstate(over="ignore"):
        gap = np.asarray(target_beta) - np.asarray(portfolio_beta)
    return futures_contracts(portfolio_value, price, contract_multiplier, gap, rounding)


def tailed_count(untailed: ArrayLike, spot_price: ArrayLike, futures_price: ArrayLike) -> Float:
    """The unrounded count tailed for daily settlement: untailed × spot price / futures price, at current
    prices.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return np.asarray(floats(untailed) * ratio(floats(spot_price), floats(futures_price)))


def _whole(wanted: Amounts, notional: Amounts, unrounded: Float, rounding: str) -> Float:
    """Whole contracts; among Decimals half and whole are decided on the exact quotient, not on its float."""
    counts = round_counts(unrounded, rounding)
    if "O" not in (wanted.dtype.kind, notional.dtype.kind):
        return counts
    tops, bottoms = np.broadcast_arrays(wanted, notional)
    halves = np.where(np.abs(unrounded) < 2.0**53, 2.0 * np.clip(unrounded, -(2.0**53), 2.0**53), np.nan)
    near = np.abs(halves - np.rint(halves)) <= _NEAR * np.maximum(1.0, np.abs(halves))
    for place in np.argwhere(near):
        at = tuple(place)
        quotient = Fraction(tops[at]) / Fraction(bottoms[at])
        down, rest = divmod(abs(quotient), 1)
        counts[at] = (down + _adds_one(down, rest, rounding)) * (1 if quotient >= 0 else -1)
    return counts


def _adds_one(down: int, rest: Fraction, rounding: str) -> bool:
    half = Fraction(1, 2)
    if rounding == "half_even":
        return rest > half or (rest == half and down % 2 == 1)
    return {"nearest": rest >= half, "down": False, "up": rest > 0}[rounding]
