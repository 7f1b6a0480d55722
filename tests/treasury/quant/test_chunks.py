"""Chunks of any size, and rows in any order, give the same digits."""

import numpy as np
import pytest

from treasury.quant.chunks import by_chunks, row_chunks
from treasury.quant.effectiveness.regression import regression
from treasury.quant.valuation.fx_forward import fx_forward_present_value, fx_forward_value
from treasury.quant.valuation.fx_option import fx_option_unit_values, fx_option_value

ROWS = 1_000


def option_columns():
    rng = np.random.default_rng(3)
    kind, spot = rng.choice([-1.0, 1.0], ROWS), rng.uniform(0.5, 2, ROWS)
    strike = spot * rng.uniform(0.8, 1.2, ROWS)
    base, quote = rng.uniform(-0.02, 0.1, (2, ROWS))
    # Rows without uncertainty, and at the kink, take another way through the formula.
    volatility = rng.uniform(0.05, 0.3, ROWS) * (rng.random(ROWS) < 0.9)
    years = rng.uniform(0.1, 3, ROWS) * (rng.random(ROWS) < 0.9)
    strike[::50], base[::50] = spot[::50], quote[::50]
    return kind, rng.uniform(-1e6, 1e6, ROWS), spot, strike, base, quote, volatility, years


def same(one, other, rows=slice(None)):
    for name in one.__slots__:
        assert np.array_equal(getattr(one, name)[rows], getattr(other, name), equal_nan=True), name


@pytest.mark.parametrize("rows", [1, 7, 128, 999, 1000, 5000])
def test_options_have_the_same_digits_in_any_chunks_and_order(rows):
    columns = option_columns()
    whole = fx_option_value(*columns)
    same(whole, by_chunks(fx_option_value, *columns, rows=rows))
    order = np.random.default_rng(4).permutation(ROWS)
    same(whole, by_chunks(fx_option_value, *(column[order] for column in columns), rows=rows), order)


@pytest.mark.parametrize("rows", [1, 3, 64, 1000])
def test_regressions_have_the_same_digits_in_any_chunks_and_order(rows, monkeypatch):
    rng = np.random.default_rng(5)
    hedge, item = rng.normal(0, 1e5, (2, 300, 61))
    hedge[::7, :5] = np.nan
    whole = regression(hedge, item)
    monkeypatch.setattr("treasury.quant.effectiveness.regression.POINT_ROWS", rows)
    same(whole, regression(hedge, item))
    order = rng.permutation(300)
    same(whole, regression(hedge[order], item[order]), order)


def test_a_value_alone_is_that_of_the_full_function():
    kind, size, spot, strike, base, quote, volatility, years = option_columns()
    full = fx_option_value(kind, size, spot, strike, base, quote, volatility, years)
    asset, cash = spot * np.exp(-base * years), strike * np.exp(-quote * years)
    alone = fx_option_unit_values(kind, asset, cash, volatility * np.sqrt(years))
    assert alone == pytest.approx(full.unit_value, rel=1e-12, abs=1e-15)
    assert np.array_equal(
        fx_forward_present_value(size, strike, spot, base),
        fx_forward_value(size, strike, spot, base).present_value,
    )


def test_slices_cover_all_rows_once():
    assert list(row_chunks(0)) == [slice(0, 0)]
    assert [(s.start, s.stop) for s in row_chunks(7, 3)] == [(0, 3), (3, 6), (6, 7)]
    assert by_chunks(np.negative, np.arange(7), rows=3).tolist() == [0, -1, -2, -3, -4, -5, -6]
