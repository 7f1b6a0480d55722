"""Counts the rates that solve an equation, so that one of several is never passed off as the one.

Formula: each term rises or falls in x, so on an interval it lies between its values at the two ends; the sums of
these bounds bound the equation, and weighted with time its slope. An interval whose bounds exclude zero
has no root; one whose slope keeps its sign has one exactly if the ends differ in sign; any other is halved.
What cannot be decided (a double root) counts as several. Reference: interval arithmetic, Moore, Kearfott and
Cloud, Introduction to Interval Analysis (2009), section 8; Descartes' rule of signs.
"""

from __future__ import annotations

import numpy as np

from treasury.quant.measurement.rate_terms import Terms, logarithmic_sides, sums_of_rows
from treasury.quant.numbers import Bool, Float, Int

#: Halvings before an interval is left undecided, and intervals of one row that may be open at a time.
DEPTH, OPEN_INTERVALS = 56, 512
#: Terms in work at a time, so that memory does not grow with the rows.
_CELLS = 2**21
#: Rounding of the sums, as a share of their terms.
_ROUNDING = 1e-13


def isolate(terms: Terms, lower: Float, upper: Float) -> tuple[Int, Float, Float]:
    """Number of roots per row (2 stands for several or undecided), and the interval of the last one found."""
    width = terms.sizes.shape[1]
    size = max(1, _CELLS // (8 * width))
    crowd = int(np.clip(_CELLS // width, 16, OPEN_INTERVALS))
    parts = [
        _isolated(terms.rows(chosen), lower[chosen], upper[chosen], crowd)
        for chosen in np.split(np.arange(lower.size), range(size, lower.size, size))
    ]
    count, low, high = (np.concatenate(column) for column in zip(*parts, strict=True))
    return count, low, high


def _isolated(terms: Terms, lower: Float, upper: Float, crowd: int) -> tuple[Int, Float, Float]:
    rows = lower.size
    count, low, high = np.zeros(rows, dtype=np.int64), lower.copy(), upper.copy()
    row, left, right = np.arange(rows), lower, upper
    for depth in range(DEPTH + 1):
        rootless, monotone = _judged(terms.rows(row), left, right)
        _count_crossings(terms, row[monotone], left[monotone], right[monotone], count, low, high)
        open_ = ~rootless & ~monotone
        crowded = np.bincount(row[open_], minlength=rows) > crowd
        undecided = np.unique(row[open_]) if depth == DEPTH else np.flatnonzero(crowded)
        count[undecided] = 2
        open_ &= count[row] < 2
        if depth == DEPTH or not open_.any():
            break
        row, left, right = row[open_], left[open_], right[open_]
        middle = 0.5 * (left + right)
        row, left, right = np.tile(row, 2), np.append(left, middle), np.append(middle, right)
    return np.minimum(count, 2), low, high


def _judged(terms: Terms, left: Float, right: Float) -> tuple[Bool, Bool]:
    """Where an interval has no root, and where the equation rises or falls all over it.

    The equation is multiplied with e^(x·c), which leaves its roots: times count from the mean time c of its terms
    in the middle, so that the terms that matter move little over the interval.
    """
    middle = 0.5 * (left + right)
    weights = _scaled(terms.sizes - middle[:, np.newaxis] * terms.years)
    center = sums_of_rows(weights * terms.years) / sums_of_rows(weights)
    years = terms.years - center[:, np.newaxis]
    at_left, at_right = (terms.sizes - end[:, np.newaxis] * years for end in (left, right))
    scale = np.maximum(at_left, at_right).max(axis=1, keepdims=True)
    at_left, at_right = np.exp(at_left - scale), np.exp(at_right - scale)
    least, most = np.minimum(at_left, at_right), np.maximum(at_left, at_right)
    rootless = _separate(least, most, terms.positive)
    slopes = np.abs(years)
    monotone = _separate(least * slopes, most * slopes, terms.positive ^ (years < 0))
    return rootless, ~rootless & monotone


def _scaled(exponents: Float) -> Float:
    return np.asarray(np.exp(exponents - exponents.max(axis=1, keepdims=True)))


def _separate(least: Float, most: Float, positive: Bool) -> Bool:
    """Whether one side is larger than the other all over the interval."""
    top, bottom = (
        (
            sums_of_rows(np.where(side, least, 0.0)) * (1.0 - _ROUNDING),
            sums_of_rows(np.where(side, most, 0.0)),
        )
        for side in (positive, ~positive)
    )
    return np.asarray((top[0] > bottom[1]) | (bottom[0] > top[1]))


def _count_crossings(
    terms: Terms, row: Int, left: Float, right: Float, count: Int, low: Float, high: Float
) -> None:
    """Adds the intervals whose ends differ in sign; a root at the left end belongs to the interval before."""
    own = terms.rows(row)
    start, end = (np.sign(logarithmic_sides(own, x)[0]) for x in (left, right))
    found = (start != 0) & (start != end)
    np.add.at(count, row[found], 1)
    low[row[found]], high[row[found]] = left[found], right[found]
