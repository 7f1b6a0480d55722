"""Hedged rates and turnover, held against a plain re-implementation."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.treasury.quant.ratios.agreement import LARGEST, agrees, columns, extreme, positive
from tests.treasury.quant.scalar import ratios as scalar
from treasury.quant.codes import Reason
from treasury.quant.ratios.hedge_turnover import hedge_turnover
from treasury.quant.ratios.hedged_rate import layer_rates, leg_rates

share = st.one_of(st.floats(0, 2), st.sampled_from([0.0, 0.5, 1.0, 1e-300, 1e300]))


@given(st.lists(st.tuples(extreme, extreme), min_size=1, max_size=9))
def test_leg_rates(rows):
    leading, following = ([row[i] for row in rows] for i in (0, 1))
    ours = leg_rates(leading, following)
    weighted, arithmetic = scalar.leg_rates(leading, following)
    scale = 0
    if arithmetic is not None:
        # Sums that cancel: what rounding leaves of the larger one.
        top, bottom = (sum(abs(scalar.Q(v)) for v in side) for side in (leading, following))
        net_top, net_bottom = (abs(sum(map(scalar.Q, side))) for side in (leading, following))
        if net_bottom * 10**3 < bottom:
            arithmetic = "cancelled"
        else:
            scale = (top + arithmetic * bottom) / net_bottom if net_top else top / net_bottom
    assert agrees(float(ours.weighted_rate), weighted)
    if arithmetic != "cancelled":
        assert agrees(float(ours.arithmetic_rate), arithmetic, scale)
    for rate in (ours.weighted_rate, ours.arithmetic_rate):
        assert ours.reasons != 0 or np.isfinite(rate)
    decimals = leg_rates(
        *(np.array([Decimal(repr(v)) for v in side], dtype=object) for side in (leading, following))
    )
    exact = scalar.leg_rates(*([Decimal(repr(v)) for v in side] for side in (leading, following)))
    assert agrees(float(decimals.weighted_rate), exact[0])
    assert agrees(float(decimals.arithmetic_rate), exact[1])


@pytest.mark.parametrize("quote_fixed", [False, True])
@given(
    layers=st.lists(st.tuples(share, positive), min_size=1, max_size=9),
    open_rate=st.one_of(st.none(), positive),
)
# An open part of more than twelve decimals is used as it is.
@example(layers=[(0.93874265685743, 3.0)], open_rate=0.001)
@example(layers=[(0.93874265685743, 3.0)], open_rate=3.0)
def test_layer_rates(quote_fixed, layers, open_rate):
    ratios, rates = ([layer[i] for layer in layers] for i in (0, 1))
    ours = layer_rates(ratios, rates, np.nan if open_rate is None else open_rate, quote_fixed)
    hedged, blended, all_in = scalar.layer_rates(ratios, rates, open_rate, quote_fixed)
    assert agrees(float(ours.hedged_ratio), hedged)
    for name, found in (("blended", ours.blended_rate), ("all in", ours.all_in_rate)):
        assert not np.isinf(found), name
        assert ours.reasons != 0 or np.isfinite(found), name
    usual = all(1e-3 <= rate <= 1e3 for rate in rates) and all(0 <= s <= 2 for s in ratios)
    if usual:
        assert agrees(float(ours.blended_rate), blended)
    if (
        usual
        and (open_rate is None or 1e-3 <= open_rate <= 1e3)
        and (hedged < Decimal("0.999") or hedged == 1)
    ):
        assert agrees(float(ours.all_in_rate), all_in)
    assert bool(ours.reasons & Reason.ZERO_RATIO_SUM) == (hedged == 0)
    if hedged == 1:
        assert not ours.reasons & Reason.NO_OPEN_RATE


@given(st.lists(st.tuples(extreme, extreme), min_size=1, max_size=9), positive)
def test_turnover(points, years):
    hedges, items = ([point[i] for point in points] for i in (0, 1))
    ours = hedge_turnover(hedges, items, years)
    exact = scalar.turnover(hedges, years)
    assert agrees(ours.turnover_ratio[0], exact)
    moves = [scalar.own_move(*hedges[i : i + 2], *items[i : i + 2]) for i in range(len(points) - 1)]
    # A move of the last digits is rounding to us, and a move to the fraction.
    sure = [
        move
        for move, one, other in zip(moves, hedges, hedges[1:], strict=False)
        if abs(one - other) > 1e-8 * abs(one)
    ]
    if exact is None:
        assert ours.dynamic[0] == -1
        assert ours.reasons[0]
    elif any(near(hedges[i : i + 2], items[i : i + 2]) for i in range(len(points) - 1)):
        assert ours.dynamic[0] in (0, 1)
    else:
        assert ours.dynamic[0] == any(sure)
        assert ours.own_moves[0].tolist() == moves
    flipped = hedge_turnover([-h for h in hedges], [-e for e in items], years)
    assert np.array_equal(flipped.turnover_ratio, ours.turnover_ratio, equal_nan=True)
    assert flipped.dynamic[0] == ours.dynamic[0]
    if all(abs(v) < 1e300 for v in hedges) and all(v == 0 or abs(v) > 1e-290 for v in hedges):
        doubled = hedge_turnover([2 * h for h in hedges], items, years)
        assert np.array_equal(doubled.turnover_ratio, ours.turnover_ratio, equal_nan=True)


def near(hedge, item):
    """A step within the digits that count as equal, but not equal."""
    h0, h1, e0, e1 = map(scalar.Q, (*hedge, *item))
    wanted = [h0] if e0 == 0 else [h0, h0 * e1 / e0]
    return any(
        0 < abs(h1 - w) <= max(abs(h1), abs(w)) * scalar.Q(1, 10**8) + scalar.Q(1e-320) for w in wanted
    ) or any(abs(w) > LARGEST for w in wanted)


@given(columns(st.integers(-(10**9), 10**9), 2, 12), st.floats(0.1, 2))
def test_a_constant_share_of_the_exposure_is_static(items, ratio):
    ours = hedge_turnover([-ratio * item for item in items], items, 1.0)
    assert ours.dynamic[0] == (0 if any(items) else -1)


@given(columns(st.floats(1e5, 2e5), 2, 12), st.floats(0.1, 2))
def test_whole_lots_of_a_constant_share_are_static_within_the_lot_size(items, ratio):
    # Half a lot off at either end, the one before grown with the exposure, by 2 at most.
    hedges = [-round(ratio * item / 1000) * 1000.0 for item in items]
    assert hedge_turnover(hedges, items, 1.0, 1500.0).dynamic[0] == 0


@pytest.mark.parametrize(
    ("hedges", "items", "lot", "dynamic"),
    [
        ([-60, -60, -60], [100, 100, 100], 0, 0),  # a roll: the same amount
        ([-60, -66, -54], [100, 110, 90], 0, 0),  # in proportion
        ([-60, -60, -60], [100, 120, 90], 0, 0),  # left alone
        ([-60, -70], [100, 100], 0, 1),
        ([-60, -70], [100, 100], 10, 0),
        ([-60, -70], [100, 100], 9.99, 1),
        ([0, -60, -66], [0, 100, 110], 0, 0),  # opened together
        ([-60, 0], [100, 0], 0, 0),  # closed together
        ([-60, -10], [100, 0], 0, 1),
        ([-60, -50], [0, 100], 0, 1),
        ([0, -60], [100, 100], 0, 1),
        ([-60, 60], [100, -100], 0, 0),  # the exposure turned, and the hedge with it
    ],
)
def test_when_a_programme_is_dynamic(hedges, items, lot, dynamic):
    ours = hedge_turnover(hedges, items, 1.0, lot)
    assert ours.dynamic.tolist() == [dynamic]
    assert ours.hedge_changes[0].tolist() == np.diff(hedges).tolist()


def test_no_turnover_without_hedges_or_steps():
    ours = hedge_turnover([[0, 0], [0, 5]], [[1, 1], [1, 1]], [1.0, 2.0])
    assert ours.reasons.tolist() == [Reason.NO_POSITIONS, 0]
    assert ours.turnover_ratio[1] == 5 / 2.5 / 2
    assert hedge_turnover([5.0], [1.0], 1.0).reasons.tolist() == [Reason.TOO_FEW_POINTS]
    tiny = hedge_turnover([1.0, -1.0], [1.0, 1.0], 5e-324)
    assert (np.isnan(tiny.turnover_ratio[0]), tiny.reasons[0]) == (True, Reason.OUT_OF_RANGE)
