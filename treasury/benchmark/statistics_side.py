"""The other side of regressions: one statsmodels fit for each relationship, and beside it one by scipy."""

from __future__ import annotations

import numpy as np
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.stattools import durbin_watson

from treasury.benchmark.book import Series
from treasury.quant.numbers import Float, Int

#: What every side works out, by the names of ``RegressionColumns``.
STATISTICS = (
    "slope", "intercept", "r_squared", "slope_standard_error", "intercept_standard_error", "t_statistic",
    "f_statistic", "p_value", "slope_confidence_lower", "slope_confidence_upper", "durbin_watson",
    "largest_leverage",
)  # fmt: skip


def statsmodels_loop(book: Series, rows: Int) -> Float:
    """(relationships, statistics), one OLS fit at a time."""
    table = []
    for hedge, item in zip(book.instrument[rows], book.item[rows], strict=True):
        fit = sm.OLS(hedge, sm.add_constant(item)).fit()
        (line, slope), (line_error, slope_error) = fit.params, fit.bse
        lower, upper = fit.conf_int()[1]
        leverage = fit.get_influence().hat_matrix_diag.max()
        tests = fit.tvalues[1], fit.fvalue, fit.pvalues[1]
        errors, interval = (slope_error, line_error), (lower, upper)
        table.append(
            (slope, line, fit.rsquared, *errors, *tests, *interval, durbin_watson(fit.resid), leverage)
        )
    return np.array(table)


def scipy_loop(book: Series, rows: Int) -> Float:
    """(relationships, statistics) by ``scipy.stats.linregress`` and the rest by numpy, one at a time."""
    points = book.item.shape[1]
    table = []
    for hedge, item in zip(book.instrument[rows], book.item[rows], strict=True):
        fit = stats.linregress(item, hedge)
        residual = hedge - fit.intercept - fit.slope * item
        deviation = item - item.mean()
        t = fit.slope / fit.stderr
        half = stats.t.ppf(0.975, points - 2) * fit.stderr
        watson = np.square(np.diff(residual)).sum() / np.square(residual).sum()
        leverage = (1.0 / points + np.square(deviation) / np.square(deviation).sum()).max()
        errors, interval = (fit.stderr, fit.intercept_stderr), (fit.slope - half, fit.slope + half)
        tests = t, t * t, fit.pvalue
        table.append((fit.slope, fit.intercept, fit.rvalue**2, *errors, *tests, *interval, watson, leverage))
    return np.array(table)
