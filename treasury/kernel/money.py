"""Money in minor units: the table of units, the way to int64 and back, and the one rounding step.

Unit: amounts are Decimal in major units (EUR 10.25) or int64 in minor units (1025). Minor units per ISO
4217; quantities (BBL, IDX, ...) have three decimals. Rounding happens once, at posting (rules section 1):
posted amount = round_half_even(cumulative) − already posted. Minor units stay below 2^53, so int64, NUMERIC
and float64 hold the same number exactly. Worked example: post(10.125, 4.00, EUR) = 10.12 − 4.00 = 6.12.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from treasury.kernel.errors import InputError, shown

DEFAULT_EXPONENT = 2
MINOR_UNIT_LIMIT = 2**53

_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_FOUR = "CLF UYW"
QUANTITY_UNITS = ("BBL", "GAL", "MT", "IDX", "TOZ", "MWH", "MMBTU", "LB", "KG", "BU", "LOT")

#: Decimals of every unit that does not have the two that most currencies have.
EXPONENTS: dict[str, int] = (
    dict.fromkeys(_NONE.split(), 0)
    | dict.fromkeys(_THREE.split(), 3)
    | dict.fromkeys(_FOUR.split(), 4)
    | dict.fromkeys(QUANTITY_UNITS, 3)
)

_CODE = re.compile(r"[A-Z]{2,6}", re.ASCII)
_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)


def exponent(unit: str) -> int:
    """Decimals of a currency or quantity unit: 2 for EUR, 0 for JPY, 3 for KWD and BBL."""
    if not _CODE.fullmatch(unit):
        raise InputError("unit", "a code of capital letters such as EUR or BBL", got=shown(unit))
    return EXPONENTS.get(unit, DEFAULT_EXPONENT)


def exponents(units: Sequence[str]) -> NDArray[np.int64]:
    """Decimals of each unit, shape (n,)."""
    return np.array([exponent(unit) for unit in units], dtype=np.int64)


def quantum(unit: str) -> Decimal:
    """The smallest amount of a unit: 0.01 for EUR, 1 for JPY."""
    return Decimal(1).scaleb(-exponent(unit))


def round_amount(amount: Decimal, unit: str) -> Decimal:
    """``amount`` at the unit's decimals, half even."""
    if not amount.is_finite():
        raise InputError("amount", "a finite decimal", got=shown(amount))
    return amount.quantize(quantum(unit), rounding=ROUND_HALF_EVEN, context=_EXACT)


def post(cumulative: Decimal, already_posted: Decimal, currency: str) -> Decimal:
    """The amount to post now: round_half_even(cumulative) − already posted (rules section 1).

    Whatever the roundings on the way, the posted amounts always add up to the rounded cumulative amount.
    """
    if round_amount(already_posted, currency) != already_posted:
        raise InputError(
            "already_posted", f"an amount in minor units of {currency}", got=shown(already_posted)
        )
    return round_amount(cumulative, currency) - already_posted


def to_minor_units(amount: Decimal, unit: str) -> int:
    """An exact amount as a count of minor units; refuses more decimals than the unit has."""
    scaled = amount.scaleb(exponent(unit), context=_EXACT) if amount.is_finite() else amount
    if not scaled.is_finite() or scaled != scaled.to_integral_value():
        raise InputError("amount", f"at most {exponent(unit)} decimals for {unit}", got=shown(amount))
    return _within_limit(int(scaled))


def from_minor_units(minor_units: int, unit: str) -> Decimal:
    """A count of minor units as an amount with the unit's decimals."""
    return Decimal(int(minor_units)).scaleb(-exponent(unit), context=_EXACT)


def amounts_to_minor_units(amounts: Iterable[Decimal], units: Sequence[str]) -> NDArray[np.int64]:
    """Exact amounts as int64 minor units, shape (n,); refuses what the units cannot hold, naming the row."""
    result = []
    for index, (amount, unit) in enumerate(zip(amounts, units, strict=True)):
        try:
            result.append(to_minor_units(amount, unit))
        except InputError as error:
            raise error.at(index) from None
    return np.array(result, dtype=np.int64)


def minor_units_to_amounts(minor_units: ArrayLike, units: Sequence[str]) -> list[Decimal]:
    """int64 minor units, shape (n,), as exact amounts."""
    counts = np.asarray(minor_units, dtype=np.int64).tolist()
    return [from_minor_units(count, unit) for count, unit in zip(counts, units, strict=True)]


def round_to_minor_units(values: ArrayLike, unit_exponents: ArrayLike) -> NDArray[np.int64]:
    """float64 values in major units as int64 minor units, half even, any shape that broadcasts.

    Refuses NaN, infinity and anything of 2^53 minor units or more.
    """
    scaled = np.asarray(values, dtype=np.float64) * np.power(10.0, np.asarray(unit_exponents))
    if not np.all(np.abs(scaled) < MINOR_UNIT_LIMIT):
        raise InputError("values", "finite amounts below 2^53 minor units")
    return np.rint(scaled).astype(np.int64)


def post_minor_units(
    cumulative: ArrayLike, already_posted: NDArray[np.int64], unit_exponents: ArrayLike
) -> NDArray[np.int64]:
    """``post`` on columns: float64 cumulative amounts, int64 minor units already posted → int64 to post."""
    return round_to_minor_units(cumulative, unit_exponents) - np.asarray(already_posted, dtype=np.int64)


def plain(amount: Decimal) -> str:
    """A decimal as plain text without exponent or idle zeros: 109250, -0.5, 0."""
    text = format(amount, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _within_limit(minor_units: int) -> int:
    if abs(minor_units) >= MINOR_UNIT_LIMIT:
        raise InputError("amount", "fewer than 2^53 minor units", got=shown(minor_units))
    return minor_units


def is_money_array(values: Any) -> bool:
    """Whether an array holds exact amounts: int64 minor units or Decimal objects."""
    kind = np.asarray(values).dtype.kind
    return kind in "iO"
