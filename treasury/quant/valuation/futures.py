"""Futures: what a contract stands for, and the gain that has been settled day by day.

Formula: notional = price × multiplier × contracts; settled gain = (exit − entry) × multiplier × contracts.
Units: contracts are signed (short −), amounts in the contract's currency, gains +; the type of the amounts
that come in is kept (Decimal stays exact). Reference: FAQ §9, CME. Worked example: 2185.00 × 50 = 109,250;
(2119.50 − 2185.00) × 50 × −9 = +29,475.
"""

from __future__ import annotations

from decimal import localcontext
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.numbers import EXACT, Amounts


def notional_value(
    price: ArrayLike, contract_multiplier: ArrayLike, contract_count: ArrayLike = 1
) -> Amounts:
    """price × multiplier × contracts; broadcasts."""
    return _product(np.asarray(price), np.asarray(contract_multiplier), np.asarray(contract_count))


def futures_profit(
    entry_price: ArrayLike, exit_price: ArrayLike, contract_multiplier: ArrayLike, contract_count: ArrayLike
) -> Amounts:
    """Gain settled between two prices, + for a long position that rose; broadcasts."""
    with localcontext(EXACT):
        move = np.asarray(exit_price) - np.asarray(entry_price)
    return _product(np.asarray(move), np.asarray(contract_multiplier), np.asarray(contract_count))


def _product(*factors: Any) -> Amounts:
    with localcontext(EXACT), np.errstate(over="ignore", invalid="ignore"):
        result = factors[0]
        for factor in factors[1:]:
            result = result * factor
    return np.asarray(result, dtype=object if any(f.dtype.kind == "O" for f in factors) else None)
