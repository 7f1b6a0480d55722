"""The equation of an effective rate, in logarithms so that no rate and no amount overflows.

Formula: 0 = −C + Σ CF_j·e^(−x·t_j) with x = ln(1 + rate). With P and Q the sums of the positive and of the
negative terms, h(x) = ln P − ln Q has the same sign and the same roots. Units: years from today, annual
compounding.
Reference: IFRS 9 appendix A (effective interest rate); rules section 5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from treasury.quant.numbers import Bool, Float, Int
from treasury.quant.sums import row_sum

#: ln(1 + rate) of the rates that float64 holds: from hardly above −100 % a year to 1.7e308.
LOWEST, HIGHEST = -744.0, 709.0


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of n equations, shape (n, terms), the first one today; turned so that it is negative.

    ``sizes`` are logarithms of the amounts' sizes, −inf for none.
    """

    sizes: Float
    positive: Bool
    years: Float

    def rows(self, chosen: Int) -> Terms:
        """The terms of some rows."""
        return Terms(self.sizes[chosen], self.positive[chosen], self.years[chosen])


def terms_of(carrying_amount: Float, cash_flows: Float, years: Float) -> Terms:
    """The equations of n carrying amounts with (n, flows) cash flows."""
    amounts = np.concatenate([-carrying_amount[:, np.newaxis], cash_flows], axis=1)
    with np.errstate(divide="ignore"):
        sizes = np.log(np.abs(amounts))
    positive = (amounts > 0) ^ (amounts[:, :1] > 0)
    return Terms(sizes, positive, np.concatenate([np.zeros((len(years), 1)), years], axis=1))


def sign_changes(terms: Terms) -> Int:
    """Changes of sign along the terms that are not zero: an upper bound of the number of rates (Descartes)."""
    places = np.where(np.isfinite(terms.sizes), np.arange(terms.sizes.shape[1]), 0)
    signs = np.take_along_axis(terms.positive, np.maximum.accumulate(places, axis=1), axis=1)
    return np.asarray((signs[:, 1:] != signs[:, :-1]).sum(axis=1), dtype=np.int64)


def logarithmic_sides(terms: Terms, x: Float) -> tuple[Float, Float]:
    """h(x) = ln P − ln Q, and its slope, per row."""
    exponents = terms.sizes - x[:, np.newaxis] * terms.years
    top_sum, top_years = _side(exponents, terms.positive, terms.years)
    bottom_sum, bottom_years = _side(exponents, ~terms.positive, terms.years)
    return top_sum - bottom_sum, bottom_years - top_years


def _side(exponents: Float, chosen: Bool, years: Float) -> tuple[Float, Float]:
    """Logarithm of the sum of one side, and the mean time of its terms."""
    own = np.where(chosen, exponents, -np.inf)
    peak = own.max(axis=1, keepdims=True)
    weights = np.exp(own - np.where(np.isfinite(peak), peak, 0.0))
    total = sums_of_rows(weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        return peak[:, 0] + np.log(total), sums_of_rows(weights * years) / total


def bounds(terms: Terms) -> tuple[Float, Float]:
    """Two values of x between which every root lies, within the rates that float64 holds.

    Above the upper one today's term is larger than all others together, below the lower one the last term is.
    """
    flows = np.where(np.arange(terms.sizes.shape[1]) > 0, terms.sizes, -np.inf)
    present = np.isfinite(terms.sizes)
    count = terms.sizes.shape[1]
    last = count - 1 - np.argmax(present[:, ::-1], axis=1)
    rows = np.arange(len(last))
    before = present.copy()
    before[rows, last] = False
    previous = count - 1 - np.argmax(before[:, ::-1], axis=1)
    first = np.argmax(np.isfinite(flows), axis=1)
    with np.errstate(all="ignore"):
        upper = (_log_sum(flows) - terms.sizes[:, 0]) / terms.years[rows, first]
        lower = (_log_sum(np.where(before, terms.sizes, -np.inf)) - terms.sizes[rows, last]) / (
            terms.years[rows, last] - terms.years[rows, previous]
        )
    upper, lower = np.maximum(np.nan_to_num(upper), 0.0), -np.maximum(np.nan_to_num(lower), 0.0)
    return (
        np.maximum(lower - 1e-6 * (1.0 - lower), LOWEST),
        np.minimum(upper + 1e-6 * (1.0 + upper), HIGHEST),
    )


def _log_sum(sizes: Float) -> Float:
    peak = sizes.max(axis=1)
    floor = np.where(np.isfinite(peak), peak, 0.0)
    return np.asarray(floor + np.log(sums_of_rows(np.exp(sizes - floor[:, np.newaxis]))))


def sums_of_rows(values: Float) -> Float:
    """``row_sum``, also of no rows at all."""
    return row_sum(values) if len(values) else np.zeros(0)
