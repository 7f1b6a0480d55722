"""Counts the rates that solve an equation, so that one of several is never passed off as the one.

Formula: P and Q fall in x, so on an interval [l, u] the equation lies between P(u) − Q(l) and P(l) − Q(u), and
its slope between the same bounds of the terms weighted with their time. An interval whose bounds exclude zero
has no root; one whose slope keeps its sign has one exactly if the ends differ in sign; any other is halved.
What cannot be decided (a double root) counts as several. Reference: interval arithmetic, Moore, Kearfott and
Cloud, Introduction to Interval Analysis (2009), section 8; Descartes' rule of signs.
"""

from __future__ import annotations

import numpy as np

from treasury.quant.measurement.rate_terms import Terms, logarithmic_sides
from treasury.quant.numbers import Bool, Float, Int
from treasury.quant.sums import row_sum

#: Halvings before an interval is left undecided, and intervals of one row that may be open at a time.
DEPTH, OPEN_INTERVALS = 56, 512
#: Rounding of the sums, as a share of their terms.
_ROUNDING = 1e-13


def isolate(terms: Terms, lower: Float, upper: Float) -> tuple[Int, Float, Float]:
    """Number of roots per row (2 stands for several or undecided), and the interval of the last one found."""
    rows = lower.size
    count, low, high = np.zeros(rows, dtype=np.int64), lower.copy(), upper.copy()
    row, left, right = np.arange(rows), lower, upper
    for depth in range(DEPTH + 1):
        rootless, monotone = _judged(terms.rows(row), left, right)
        _count_crossings(terms, row[monotone], left[monotone], right[monotone], count, low, high)
        open_ = ~rootless & ~monotone
        crowded = np.bincount(row[open_], minlength=rows) > OPEN_INTERVALS
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
    """Where an interval has no root, and where the equation rises or falls all over it."""
    start = terms.sizes - left[:, np.newaxis] * terms.years
    scale = start.max(axis=1, keepdims=True)
    at_left = np.exp(start - scale)
    at_right = np.exp(terms.sizes - right[:, np.newaxis] * terms.years - scale)
    rootless = _separate(at_left, at_right, terms.positive)
    return rootless, ~rootless & _separate(at_left * terms.years, at_right * terms.years, terms.positive)


def _separate(at_left: Float, at_right: Float, positive: Bool) -> Bool:
    """Whether the positive side is larger than the negative one all over the interval, or smaller."""
    top_left, bottom_left = (row_sum(np.where(side, at_left, 0.0)) for side in (positive, ~positive))
    top_right, bottom_right = (row_sum(np.where(side, at_right, 0.0)) for side in (positive, ~positive))
    over = top_right * (1.0 - _ROUNDING) > bottom_left
    under = bottom_right * (1.0 - _ROUNDING) > top_left
    return np.asarray(over | under)


def _count_crossings(
    terms: Terms, row: Int, left: Float, right: Float, count: Int, low: Float, high: Float
) -> None:
    """Adds the intervals whose ends differ in sign; a root at the left end belongs to the interval before."""
    own = terms.rows(row)
    start, end = (np.sign(logarithmic_sides(own, x)[0]) for x in (left, right))
    found = (start != 0) & (start != end)
    np.add.at(count, row[found], 1)
    low[row[found]], high[row[found]] = left[found], right[found]
