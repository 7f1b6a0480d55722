"""Ratios of amounts and counts, contracts, outcomes and profiles, held against a plain re-implementation."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.treasury.quant.ratios.agreement import LARGEST, agrees, extreme, positive
from tests.treasury.quant.scalar import ratios as scalar
from treasury.quant.codes import CoverFlag, HedgedDefinition, Reason, names
from treasury.quant.ratios.futures_contracts import beta_contracts, futures_contracts, tailed_count
from treasury.quant.ratios.hedge_outcome import hedge_outcome
from treasury.quant.ratios.hedge_ratio import group_hedge_ratio, hedge_ratio
from treasury.quant.ratios.horizon_profile import horizon_profile
from treasury.quant.ratios.minimum_variance import contract_count, ratio_from_statistics
from treasury.quant.ratios.position_count import count_differs, group_position_counts, is_hedged
from treasury.quant.ratios.sensitivity_hedge import sensitivity_hedge_ratio

pairs = st.lists(st.tuples(extreme, extreme), min_size=1, max_size=8)
minor = st.one_of(st.integers(-(2**52), 2**52), st.integers(-3, 3))


def exact(values):
    """Decimals of floats, as the calculators pass them on."""
    result = np.empty(len(values), dtype=object)
    result[:] = [None if value is None else Decimal(repr(value)) for value in values]
    return result


def undefined_has_a_reason(reasons, *floats):
    for column in floats:
        assert np.all(reasons[np.isnan(column)] != 0)
        assert not np.isinf(column).any()


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize("kind", [np.array, exact])
@given(rows=pairs)
def test_hedge_ratio(kind, signed, rows):
    hedged, item = ([row[i] for row in rows] for i in (0, 1))
    ours = hedge_ratio(kind(hedged), kind(item), signed)
    undefined_has_a_reason(ours.reasons, ours.hedge_ratio)
    for i, row in enumerate(rows):
        ratio, left, flags = scalar.hedge_ratio(*(Decimal(repr(value)) for value in row), signed)
        assert agrees(ours.hedge_ratio[i], ratio if kind is exact else scalar.hedge_ratio(*row, signed)[0])
        assert set(names(CoverFlag, ours.flags[i])) == flags
        if kind is exact:
            assert ours.open_amount[i] == left
        else:
            assert agrees(ours.open_amount[i], scalar.hedge_ratio(*row, signed)[1])
        assert bool(ours.reasons[i] & Reason.ZERO_EXPOSURE) == (ratio is None)
    flipped = hedge_ratio(-kind(hedged), -kind(item), signed)
    assert np.array_equal(flipped.hedge_ratio, ours.hedge_ratio, equal_nan=True)


@given(
    st.lists(st.tuples(minor, st.integers(0, 3)), min_size=1, max_size=10),
    st.lists(st.tuples(minor, st.integers(0, 3)), max_size=10),
)
def test_hedge_ratio_of_groups(items, hedges):
    def columns_of(rows):
        return [row[0] for row in rows], np.array([row[1] for row in rows], dtype=int)

    ours = group_hedge_ratio(
        *columns_of(items), np.array([h for h, _ in hedges], dtype=int), columns_of(hedges)[1], 4
    )
    for group in range(4):
        item, hedge = (sum(value for value, of in rows if of == group) for rows in (items, hedges))
        ratio, left, flags = scalar.hedge_ratio(hedge, item)
        assert agrees(ours.hedge_ratio[group], ratio)
        assert ours.open_amount[group] == left
        assert set(names(CoverFlag, ours.flags[group])) == flags
    moved = group_hedge_ratio(
        *columns_of(items[::-1]),
        np.array([h for h, _ in hedges[::-1]], dtype=int),
        columns_of(hedges[::-1])[1],
        4,
    )
    assert np.array_equal(moved.hedge_ratio, ours.hedge_ratio, equal_nan=True)


@pytest.mark.parametrize("rounding", ["nearest", "down", "up", "half_even"])
@given(rows=st.lists(st.tuples(extreme, extreme, positive, extreme), min_size=1, max_size=5))
def test_contracts(rounding, rows):
    args = [[row[i] for row in rows] for i in range(4)]
    floats, decimals = (futures_contracts(*map(kind, args), rounding) for kind in (np.array, exact))
    undefined_has_a_reason(floats.reasons, floats.contract_count_unrounded)
    undefined_has_a_reason(decimals.reasons, decimals.contract_count_unrounded)
    for i, row in enumerate(rows):
        count = scalar.futures_contracts(*(Decimal(repr(value)) for value in row))
        assert agrees(decimals.contract_count_unrounded[i], count)
        if not np.isnan(decimals.contract_count[i]) and abs(count) < 2**53:
            assert decimals.contract_count[i] == scalar.whole(count, rounding)
        whole = scalar.whole(floats.contract_count_unrounded[i], rounding) if floats.reasons[i] == 0 else None
        assert agrees(floats.contract_count[i], whole)


def test_whole_contracts_are_decided_on_the_exact_quotient():
    args = exact([1.0] * 3), exact([1.0] * 3), exact([1.0] * 3)
    amount = np.array([Decimal("2.4" + "9" * 40), Decimal("2.5"), Decimal("2." + "9" * 40)], dtype=object)
    counts = {
        rounding: futures_contracts(amount, *args, rounding).contract_count.tolist()
        for rounding in ("nearest", "down", "up", "half_even")
    }
    assert counts == {"nearest": [2, 3, 3], "down": [2, 2, 2], "up": [3, 3, 3], "half_even": [2, 2, 3]}


@given(extreme, extreme, extreme, extreme, positive)
def test_beta_contracts(value, beta, target, price, multiplier):
    ours = beta_contracts(*(exact([v]) for v in (value, beta, target, price, multiplier)))
    decimals = [Decimal(repr(v)) for v in (value, beta, target, price, multiplier)]
    assert agrees(ours.contract_count_unrounded[0], scalar.beta_contracts(*decimals))
    floats = beta_contracts(*(np.array([v]) for v in (value, beta, target, price, multiplier)))
    undefined_has_a_reason(floats.reasons, floats.contract_count_unrounded)


usual = st.one_of(st.floats(-1e9, 1e9), st.sampled_from([0.0, 1.0, -1.0, 1e-30, 1e30]))
tame = usual.filter(lambda value: value == 0 or abs(value) >= 1e-30)


@given(tame, tame, tame)
def test_products_and_quotients(a, b, c):
    assert agrees(float(tailed_count(a, b, c)), scalar.tailed_count(a, b, c))
    assert agrees(float(contract_count(a, b, c)), scalar.tailed_count(a, b, c))
    assert agrees(float(ratio_from_statistics(a, b, c)), scalar.tailed_count(a, b, c))
    assert agrees(float(sensitivity_hedge_ratio(a, b)), scalar.sensitivity_hedge(a, b))


@pytest.mark.parametrize("kind", [np.array, exact])
@given(rows=st.lists(st.tuples(extreme, extreme, extreme), min_size=1, max_size=6))
def test_hedge_outcome(kind, rows):
    args = [[row[i] for row in rows] for i in range(3)]
    ours = hedge_outcome(*map(kind, args))
    undefined_has_a_reason(ours.reasons, ours.net_change_ratio, ours.loss_reduction_ratio)
    for i, row in enumerate(rows):
        written = [Decimal(repr(v)) for v in row] if kind is exact else row
        net, share, reduction = scalar.hedge_outcome(*written)
        scale = 0 if kind is exact or not row[0] else max(abs(v) for v in row[1:]) / abs(row[0])
        if kind is exact:
            assert ours.net_change_amount[i] == net
        if np.isfinite(scale) and (kind is exact or abs(net) <= LARGEST):
            assert agrees(ours.net_change_ratio[i], share, scale)
        assert agrees(ours.loss_reduction_ratio[i], reduction)


bucket = st.tuples(st.integers(0, 2**45), st.integers(-(2**45), 0), st.integers(-(2**46), 2**46))
limit = st.one_of(st.none(), st.integers(-200_000, 1_500_000).map(lambda value: value / 1e6))


@given(st.lists(st.tuples(bucket, limit, limit, limit), min_size=1, max_size=6))
def test_horizon_profile(rows):
    buckets = [(*amounts, *limits) for amounts, *limits in rows]
    decimals = horizon_profile(
        *(
            exact([float(v) if v is not None else None for v in column])[None]
            for column in zip(*buckets, strict=True)
        )
    )
    limits = [
        [[np.nan if v is None else v for v in column]] for column in list(zip(*buckets, strict=True))[3:]
    ]
    minor_units = horizon_profile(
        *(np.array([column]) for column in list(zip(*buckets, strict=True))[:3]), *limits
    )
    expected, declines = scalar.horizon_profile(
        [(*row[:3], *(None if v is None else Decimal(repr(v)) for v in row[3:])) for row in buckets]
    )
    for ours in (decimals, minor_units):
        undefined_has_a_reason(ours.reasons, ours.coverage_ratio, ours.cumulative_coverage_ratio)
        assert ours.coverage_declines[0] == (-1 if declines is None else declines)
        for i, (net, coverage, cumulative, left, _, flags) in enumerate(expected):
            assert (ours.net_exposure_amount[0, i], ours.net_open_amount[0, i]) == (net, left)
            assert agrees(ours.coverage_ratio[0, i], coverage)
            assert agrees(ours.cumulative_coverage_ratio[0, i], cumulative)
            assert set(names(CoverFlag, ours.flags[0, i])) == flags
    for i, row in enumerate(expected):
        trades = (decimals.min_to_hedge_amount, decimals.target_to_hedge_amount, decimals.max_to_hedge_amount)
        assert [trade[0, i] for trade in trades] == row[4]
        rounded = (
            minor_units.min_to_hedge_amount,
            minor_units.target_to_hedge_amount,
            minor_units.max_to_hedge_amount,
        )
        for trade, wanted in zip(rounded, row[4], strict=True):
            hedge = buckets[i][2]
            assert trade[0, i] == (0 if wanted is None else round(wanted + hedge) - hedge)


@given(st.lists(st.tuples(extreme, extreme, extreme), min_size=1, max_size=6))
def test_horizon_profile_of_extreme_floats(rows):
    inflow, outflow, hedge = (
        np.abs([r[0] for r in rows]),
        -np.abs([r[1] for r in rows]),
        np.array([r[2] for r in rows]),
    )
    ours = horizon_profile(inflow[None], outflow[None], hedge[None])
    undefined_has_a_reason(ours.reasons, ours.coverage_ratio, ours.cumulative_coverage_ratio)
    for i in range(len(rows)):
        net = inflow[i] + outflow[i]
        if np.isfinite(net):
            assert agrees(ours.coverage_ratio[0, i], scalar.quotient(-hedge[i], net))


@pytest.mark.parametrize("definition", list(HedgedDefinition))
@given(rows=st.lists(st.tuples(minor, minor, st.integers(0, 2)), min_size=1, max_size=10))
def test_positions_that_count_as_hedged(definition, rows):
    item, hedge, group = (np.array(column) for column in zip(*rows, strict=True))
    ours = is_hedged(item, hedge, definition, Decimal("0.8"))
    assert ours.tolist() == [scalar.is_hedged(a, b, definition.name, "0.8") for a, b, _ in rows]
    counts = group_position_counts(ours, group, 3)
    for g in range(3):
        flags = [bool(ours[i]) for i in range(len(rows)) if group[i] == g]
        assert agrees(counts.position_count_ratio[g], scalar.quotient(sum(flags), len(flags)))
        assert bool(counts.reasons[g]) == (not flags)


@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(0, 2))
def test_counts_and_amounts_that_differ(amount, count, margin):
    assert bool(count_differs(amount, count, margin)) == (abs(amount - count) > margin)
