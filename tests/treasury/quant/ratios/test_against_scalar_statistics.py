"""Minimum-variance ratios, tails, savings to loss, frontier and cash flow at risk, held against a plain
re-implementation in fractions."""

from decimal import Decimal
from math import sqrt

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from tests.treasury.quant.ratios.agreement import SIZES, Q, agrees, columns, extreme
from tests.treasury.quant.scalar import ratios as scalar
from treasury.quant.codes import Reason
from treasury.quant.ratios.cash_flow_at_risk import cash_flow_at_risk
from treasury.quant.ratios.hedging_frontier import efficient, hedging_frontier
from treasury.quant.ratios.minimum_variance import minimum_variance_ratio
from treasury.quant.ratios.minimum_variance_stability import minimum_variance_stability
from treasury.quant.ratios.portfolio_minimum_variance import portfolio_minimum_variance
from treasury.quant.ratios.savings_to_loss import savings_to_loss
from treasury.quant.ratios.tails import tail

levels = st.one_of(st.sampled_from([0.5, 0.75, 0.9, 0.95, 0.99, 0.999]), st.floats(0.001, 0.999))
power = st.sampled_from([1.0, 1e-280, 1e280, 1e-12, 1e9])
cents = st.integers(-(10**6), 10**6).map(lambda value: value / 100)


def exact(values):
    result = np.empty(len(values), dtype=object)
    result[:] = [Decimal(repr(value)) for value in values]
    return result


def sizes(values):
    return sum(abs(Q(value)) for value in values)


@given(st.lists(st.tuples(cents, cents), min_size=1, max_size=20), power, power)
def test_minimum_variance(points, spot_size, futures_size):
    spot, futures = [p[0] * spot_size for p in points], [p[1] * futures_size for p in points]
    ours = minimum_variance_ratio(spot, futures)
    ratio, share = scalar.minimum_variance(spot, futures)
    if ratio is None or share is None:
        assert ours.reasons[0]
    elif share > Q(1, 10**6) and well_spread(futures) and well_spread(spot):
        assert agrees(ours.slope[0], ratio, rel=1e-9)
        assert agrees(ours.r_squared[0], share, 1, rel=1e-9)
    windowed(spot, futures)


def well_spread(values):
    """Whether the deviations are no mere rounding of the level."""
    return scalar.covariance(values, values) > Q(max(abs(v) for v in values)) ** 2 / 10**6


def windowed(spot, futures):
    """Every window of the plot is the ratio of its points alone, digit for digit."""
    for window in {3, len(spot)} if len(spot) >= 3 else ():
        ours = minimum_variance_stability(spot, futures, window, step=2)
        for place, first in enumerate(range(0, len(spot) - window + 1, 2)):
            alone = minimum_variance_ratio(spot[first : first + window], futures[first : first + window])
            pairs = (
                (ours.hedge_ratio, alone.slope),
                (ours.confidence_lower, alone.slope_confidence_lower),
                (ours.confidence_upper, alone.slope_confidence_upper),
                (ours.r_squared, alone.r_squared),
            )
            assert (ours.first_index[place], ours.last_index[place]) == (first, first + window - 1)
            for plot, single in pairs:
                assert np.array_equal(plot[0, place], single[0], equal_nan=True)
                assert ours.reasons[0, place] or np.isfinite(plot[0, place])


@st.composite
def series(draw):
    count, points = draw(st.integers(1, 3)), draw(st.integers(1, 9))
    row = columns(st.integers(-20, 20), points, points)
    return draw(row), [draw(row) for _ in range(count)], draw(power), [draw(power) for _ in range(count)]


@given(series())
def test_portfolio_minimum_variance(case):
    spot, instruments, spot_size, futures_sizes = case
    scaled = [[v * size for v in row] for row, size in zip(instruments, futures_sizes, strict=True)]
    ours = portfolio_minimum_variance([v * spot_size for v in spot], scaled)
    ratios, left = scalar.portfolio_minimum_variance(spot, instruments)
    if ratios is None:
        known = Reason.TOO_FEW_POINTS | Reason.CONSTANT_FUTURES | Reason.COLLINEAR_INSTRUMENTS
        assert ours.reasons[0] & known
        assert np.isnan(ours.hedge_ratios).all()
        return
    scales = [Q(spot_size) / Q(size) for size in futures_sizes]
    for found, h, scale in zip(ours.hedge_ratios[0], ratios, scales, strict=True):
        if abs(h * scale) < 10**308 and not ours.reasons[0] & Reason.OUT_OF_RANGE:
            assert agrees(found, h * scale, scale, rel=1e-9)
    if left is None:
        assert ours.reasons[0] & Reason.CONSTANT_SPOT
        assert np.isnan(ours.r_squared[0])
    elif not ours.reasons[0]:
        assert agrees(ours.residual_variance_ratio[0], left, 1, rel=1e-9)
        assert agrees(ours.r_squared[0], 1 - left, 1, rel=1e-9)


@given(series(), st.randoms())
def test_portfolio_of_points_and_instruments_in_another_order_or_sign(case, random):
    spot, instruments = np.array(case[0], float), np.array(case[1], float)
    ours = portfolio_minimum_variance(spot, instruments)
    points, order = list(range(spot.size)), list(range(len(instruments)))
    random.shuffle(points)
    random.shuffle(order)
    moved = portfolio_minimum_variance(-2 * spot[points], instruments[order][:, points])
    assert moved.reasons.tolist() == ours.reasons.tolist()
    assert moved.hedge_ratios[0] == pytest.approx(
        -2 * ours.hedge_ratios[0][order], rel=1e-9, abs=1e-9, nan_ok=True
    )
    assert moved.r_squared == pytest.approx(ours.r_squared, abs=1e-9, nan_ok=True)


@given(columns(extreme, 1, 15), levels)
def test_tail_is_exact_among_decimals(losses, level):
    value, shortfall = tail(exact(losses)[None], level)
    quantile, beyond = scalar.tail([Decimal(repr(v)) for v in losses], level)
    assert value[0] == quantile
    assert agrees(float(shortfall[0]), beyond)


@given(columns(cents, 1, 15), levels)
def test_tail_of_floats(losses, level):
    value, shortfall = tail(np.array([losses]), level)
    written = [Decimal(repr(v)) for v in losses]
    quantile, beyond = scalar.tail(written, level)
    assert agrees(value[0], quantile, sizes(losses))
    assert agrees(shortfall[0], beyond, sizes(losses))
    assert value[0] == pytest.approx(np.quantile(losses, level), rel=1e-12, abs=1e-9)


rates = columns(
    st.one_of(st.integers(1, 30000).map(lambda v: v / 10000), st.sampled_from([1e-300, 1e300])), 1, 12
)
shares = st.lists(st.integers(0, 8).map(lambda v: v / 4), min_size=1, max_size=6)
amount = st.one_of(cents, st.sampled_from(SIZES))


@pytest.mark.parametrize("risk_measure", ["value_at_risk", "expected_shortfall"])
@given(amount, rates, st.floats(0.5, 2), st.floats(0, 0.1), shares, levels)
def test_savings_to_loss(risk_measure, exposure, scenarios, forward, cost, ratios, level):
    one = [exact([exposure]), exact(scenarios), exact([forward]), exact([cost]), exact(ratios)]
    ours = savings_to_loss(*one, risk_measure, level)
    decimals = [Decimal(repr(v)) for v in (exposure, forward, cost)]
    written = [Decimal(repr(v)) for v in scenarios], [Decimal(repr(v)) for v in ratios]
    curve = scalar.savings_to_loss(decimals[0], written[0], *decimals[1:], written[1], risk_measure, level)
    for i, (savings, loss, ratio) in enumerate(curve):
        assert abs(Q(ours.expected_savings_amount[0, i]) - savings) <= abs(savings) * Q(1, 10**50) + sizes(
            [Q(exposure) * Q(v) for v in (*scenarios, forward, cost)]
        ) * Q(1, 10**55)
        assert abs(Q(ours.potential_loss_amount[0, i]) - loss) <= abs(loss) * Q(1, 10**50)
        assert agrees(ours.savings_to_loss_ratio[0, i], ratio)
        assert ours.reasons[0] or ratio is not None
    defined = [(j, -h) for (_, _, j), h in zip(curve, written[1], strict=True) if j is not None]
    assert agrees(ours.best_hedge_ratio[0], -max(defined)[1] if defined else None)
    # A linear hedge has its best at a corner, whatever the scenarios.
    assert bool(ours.reasons[0] & Reason.CORNER_SOLUTION) == bool(defined)
    frontier = hedging_frontier(*one, risk_measure, level)
    assert frontier.efficient[0].tolist() == efficient_by_hand(frontier)
    assert [Q(v) for v in frontier.expected_cost_amount[0]] == [
        -Q(v) for v in ours.expected_savings_amount[0]
    ]
    assert frontier.efficient.any()


def efficient_by_hand(frontier):
    points = zip(frontier.expected_cost_amount[0], frontier.risk_amount[0], strict=True)
    return scalar.efficient([(Q(cost), Q(risk)) for cost, risk in points])


@pytest.mark.parametrize("risk_measure", ["value_at_risk", "expected_shortfall"])
@given(
    st.lists(st.tuples(cents, st.floats(0.5, 2), st.floats(0, 0.1)), min_size=1, max_size=4),
    shares,
    st.data(),
)
def test_savings_to_loss_of_columns_of_floats(risk_measure, rows, ratios, data):
    scenarios = data.draw(st.lists(st.floats(0.5, 2), min_size=1, max_size=9))
    exposure, forward, cost = (np.array(column) for column in zip(*rows, strict=True))
    ours = savings_to_loss(exposure, scenarios, forward, cost, ratios, risk_measure, 0.9)
    for r, row in enumerate(rows):
        curve = scalar.savings_to_loss(row[0], scenarios, *row[1:], ratios, risk_measure, 0.9)
        room = abs(row[0]) * 3
        for i, (savings, loss, ratio) in enumerate(curve):
            assert agrees(ours.expected_savings_amount[r, i], savings, room)
            assert agrees(ours.potential_loss_amount[r, i], loss, room)
            if ratio is not None and loss > room / 1000:
                assert agrees(ours.savings_to_loss_ratio[r, i], ratio, 1000, rel=1e-11)
        alone = savings_to_loss(
            *(np.array([v]) for v in (row[0],)), scenarios, row[1], row[2], ratios, risk_measure, 0.9
        )
        assert np.array_equal(alone.savings_to_loss_ratio[0], ours.savings_to_loss_ratio[r], equal_nan=True)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=12))
def test_efficient_points(points):
    cost, risk = (np.array([[point[i] for point in points]], dtype=float) for i in (0, 1))
    assert efficient(cost, risk)[0].tolist() == scalar.efficient(points)


@pytest.mark.parametrize("method", ["historical", "covariance"])
@given(data=st.data(), level=levels, exposure_size=power, change_size=power)
def test_cash_flow_at_risk(method, data, level, exposure_size, change_size):
    count, observations = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 12))
    item = data.draw(columns(cents, count, count))
    changes = data.draw(columns(st.lists(cents, min_size=count, max_size=count), observations, observations))
    ours = cash_flow_at_risk(
        [v * exposure_size for v in item], np.array(changes) * change_size, method, level
    )
    written = [v * exposure_size for v in item]
    losses = scalar.cash_flow_losses(written, [[v * change_size for v in row] for row in changes])
    room = max(
        sizes([Q(e) * Q(c * change_size) for e, c in zip(written, row, strict=True)]) for row in changes
    )
    value, shortfall = scalar.tail(losses, level)
    scale = Q(exposure_size) * Q(change_size)
    deviation = None
    if observations > 1:
        deviation = (
            Q(sqrt(scalar.covariance([v / scale for v in losses], [v / scale for v in losses]))) * scale
        )
    if method == "covariance":
        z = scipy.stats.norm.ppf(level)
        value = None if deviation is None else deviation * Q(z)
        shortfall = (
            None if deviation is None else deviation * Q(scipy.stats.norm.pdf(z)) / (1 - Q(str(level)))
        )
    assert agrees(ours.value_at_risk[0], value, room, rel=1e-10)
    assert agrees(ours.expected_shortfall[0], shortfall, room, rel=1e-10)
    # The root of a variance that is nothing but rounding.
    assert agrees(ours.standard_deviation[0], deviation, room, rel=1e-10)
    undefined = np.isnan([ours.value_at_risk[0], ours.expected_shortfall[0], ours.standard_deviation[0]])
    assert ours.reasons[0] or not undefined.any()


@given(st.data())
def test_cash_flow_at_risk_of_months_is_that_of_each_alone(data):
    months, count, observations = (data.draw(st.integers(1, 9)) for _ in range(3))
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    item, changes = rng.normal(0, 1e6, (months, count)), rng.normal(0, 0.1, (months, observations, count))
    ours, shared = cash_flow_at_risk(item, changes), cash_flow_at_risk(item, changes[0])
    for month in range(months):
        for together, moves in ((ours, changes[month]), (shared, changes[0])):
            alone = cash_flow_at_risk(item[month], moves)
            assert together.value_at_risk[month] == alone.value_at_risk[0]
            assert together.expected_shortfall[month] == alone.expected_shortfall[0]
            assert np.array_equal(
                together.standard_deviation[month], alone.standard_deviation[0], equal_nan=True
            )
    mixed = cash_flow_at_risk(item, changes[:, rng.permutation(observations)])
    assert np.array_equal(mixed.value_at_risk, ours.value_at_risk)
    doubled = cash_flow_at_risk(-4 * item, -changes)
    assert np.array_equal(doubled.expected_shortfall, 4 * ours.expected_shortfall)
