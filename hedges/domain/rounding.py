"""The one rounding step: float64 amounts become minor units, half even, and are added and split as integers."""

from dataclasses import dataclass

import numpy as np

from hedges.domain.terms import within_limit
from treasury.kernel.money import round_to_minor_units
from treasury.quant.numbers import Bool, Float, Int
from treasury.queries import copy


@dataclass(frozen=True, slots=True)
class Rounded:
    """Minor units where defined, 0 elsewhere, with the decimals of each row's unit."""

    minor: Int
    defined: Bool
    exponents: Int

    @property
    def texts(self) -> list[str]:
        return copy.amounts(self.minor, self.exponents, self.defined)

    @property
    def major(self) -> Float:
        """As float64, NaN where undefined."""
        return np.where(self.defined, self.minor / 10.0**self.exponents, np.nan)


def rounded(values: Float, exponents: Int) -> Rounded:
    """The one rounding step: float64 to minor units, half even; NaN and what cannot be stored stay undefined."""
    defined = within_limit(values, exponents)
    return Rounded(round_to_minor_units(np.where(defined, values, 0.0), exponents), defined, exponents)


def rest(total: Rounded, *parts: Rounded) -> Rounded:
    """The last component: the rounded total less the others, so that they add up to the minor unit."""
    minor, defined = total.minor, total.defined
    for part in parts:
        minor, defined = minor - part.minor, defined & part.defined
    return Rounded(np.where(defined, minor, 0), defined, total.exponents)


def summed(*parts: Rounded) -> Rounded:
    """The sum of rounded amounts of one unit."""
    minor, defined = parts[0].minor, parts[0].defined
    for part in parts[1:]:
        minor, defined = minor + part.minor, defined & part.defined
    return Rounded(np.where(defined, minor, 0), defined, parts[0].exponents)


def exact(minor: Int, exponents: Int, defined: Bool | None = None) -> Rounded:
    """Amounts that are minor units already."""
    there = np.ones(minor.shape, dtype=bool) if defined is None else defined
    return Rounded(np.where(there, minor, 0), there, exponents)
