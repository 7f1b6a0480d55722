"""Every vectorised test of effectiveness against the plain one of ``scalar.effectiveness``, extremes included."""

import warnings
from decimal import Decimal
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.treasury.quant.scalar import effectiveness as plain
from treasury.quant.codes import CreditStatus, EffectivenessStatus, Framework, reason_names
from treasury.quant.effectiveness.credit_dominance import credit_dominance
from treasury.quant.effectiveness.criteria import (
    credit_criterion,
    economic_relationship,
    hedge_ratio_criterion,
)
from treasury.quant.effectiveness.critical_terms import critical_terms_match
from treasury.quant.effectiveness.dollar_offset import dollar_offset
from treasury.quant.effectiveness.prospective import scenario_offsets
from treasury.quant.effectiveness.regression import regression
from treasury.quant.effectiveness.regression_status import regression_status
from treasury.quant.effectiveness.relationship_status import least_favourable, relationship_status
from treasury.quant.effectiveness.variance_reduction import variance_reduction

few = settings(max_examples=80)
STATISTICS = (
    "slope", "offset_slope", "intercept", "r_squared", "slope_standard_error", "intercept_standard_error",
    "residual_standard_deviation", "t_statistic", "f_statistic", "p_value", "durbin_watson",
    "t_statistic_unit_slope", "largest_leverage",
)  # fmt: skip
NOTES = {"constant_item", "constant_instrument", "zero_item_change", "out_of_range"}


@pytest.fixture(autouse=True)
def _no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def name(status):
    return EffectivenessStatus(status).name


def words(mask):
    return set(reason_names(int(mask)))


def close(ours, exact, relative=1e-9, floor=0.0):
    if exact is None:
        return bool(np.isnan(ours))
    return bool(
        abs(Fraction(float(ours)) - Fraction(exact))
        <= Fraction(relative) * abs(Fraction(exact)) + Fraction(floor)
    )


whole = st.integers(-1000, 1000)
wide = st.one_of(whole, st.integers(-(2**52), 2**52), st.sampled_from([0, 1, -1, 10**15]))
limits = st.sampled_from([("0.80", "1.25"), ("0.9", "1.1"), ("1", "1"), ("0.333333", "3")])


@st.composite
def pairs_of(draw, element, gaps=True, most=9):
    """Two series of one length: any, constant, proportional; with gaps."""
    width = draw(st.integers(1, most))
    one = st.lists(element, min_size=width, max_size=width)
    item = draw(st.one_of(one, one, element.map(lambda value: [value] * width)))
    shapes = [one, one, element.map(lambda value: [value] * width), st.sampled_from([-1, -2, 1]).map(
        lambda factor: [factor * value for value in item]
    )]  # fmt: skip
    hedge = draw(st.one_of(shapes))
    if gaps and draw(st.booleans()):
        hidden = draw(st.lists(st.booleans(), min_size=width, max_size=width))
        hedge = [None if hide else value for hide, value in zip(hidden, hedge, strict=True)]
    return hedge, item


@settings(max_examples=150)
@given(pairs_of(wide), st.booleans(), limits, st.sampled_from([0, 1, 500]))
def test_dollar_offset(series, hypothetical, edges, threshold):
    hedge, item = series
    cumulative, period, status, reasons = plain.dollar_offset(hedge, item, hypothetical, *edges, threshold)
    seen = [value is not None for value in hedge]
    filled = [0 if value is None else value for value in hedge]
    decimals = [np.array([[Decimal(value) for value in side]], dtype=object) for side in (filled, item)]
    settings_of = {
        "lower_ratio": Decimal(edges[0]),
        "upper_ratio": Decimal(edges[1]),
        "noise_threshold": threshold,
    }
    for sides in ([[filled], [item]], decimals):
        ours = dollar_offset(*sides, [seen], hypothetical, **settings_of)
        assert name(ours.status[0]) == status
        assert words(ours.reasons[0]) == reasons
        assert ours.observation_count[0] == sum(seen)
        for found, expected in ((ours.cumulative_ratios, cumulative), (ours.period_ratios, period)):
            assert all(close(a, b, 1e-15) for a, b in zip(found[0], expected, strict=True))


@few
@given(pairs_of(wide, gaps=False), st.booleans(), limits, st.sampled_from([0, 500]))
def test_prospective_scenarios(series, hypothetical, edges, threshold):
    ratios, worst, status, reasons = plain.scenario_offsets(*series, hypothetical, *edges, threshold)
    ours = scenario_offsets(
        *([side] for side in series), hypothetical, Decimal(edges[0]), Decimal(edges[1]), threshold
    )
    assert name(ours.status[0]) == status
    assert words(ours.reasons[0]) == reasons
    assert all(close(a, b, 1e-15) for a, b in zip(ours.scenario_ratios[0], ratios, strict=True))
    found = int(ours.worst_index[0])
    assert (found < 0) == (worst is None)
    if worst is not None:  # two scenarios may be equally bad but for a rounding
        room = [
            min(r - Fraction(Decimal(edges[0])), Fraction(Decimal(edges[1])) - r)
            for r in (ratios[worst], ratios[found])
        ]
        assert close(float(room[1]), room[0], 1e-9, 1e-12)


def scaled(series, power, offset):
    scale = 10.0**power
    return [None if value is None else (value + offset) * scale for value in series]


@settings(max_examples=200)
@given(
    pairs_of(whole, most=12), st.integers(-9, 15), st.integers(-9, 15), st.sampled_from([0, 5000]),
    st.booleans(), st.booleans(), st.integers(1, 6),
)  # fmt: skip
def test_regression_and_its_verdict(series, up, across, offset, hypothetical, intercept, minimum):
    y, x = scaled(series[0], up, 0), scaled(series[1], across, offset)
    exact = plain.regression(y, x, hypothetical, intercept)
    arrays = [np.array([[np.nan if value is None else value for value in side]]) for side in (y, x)]
    ours = regression(*arrays, None, hypothetical, intercept)
    assert ours.observation_count[0] == exact["observation_count"]
    size_y = max((abs(value) for value in y if value is not None), default=0.0)
    size_x = max((abs(value) for value in x), default=1.0) or 1.0
    if exact["slope"] is None:
        assert all(np.isnan(getattr(ours, field)[0]) for field in STATISTICS)
        assert words(ours.reasons[0]) & {"too_few_points", "constant_item", "zero_item_change"}
    else:
        # A residual that is a rounding error of the series has no digits of its own.
        loose = exact["r_squared"] is not None and 1 - exact["r_squared"] > Fraction(1, 10**10)
        blur = 1e-9 * 10.0**up / 10.0**across
        known = STATISTICS if loose else ("slope", "offset_slope", "largest_leverage")
        for field in known:
            if field == "intercept_standard_error" and not intercept:
                assert np.isnan(ours.intercept_standard_error[0])
                continue
            floor = {"slope": blur, "offset_slope": blur, "intercept": 1e-9 * (size_y + size_x * blur * 1e9)}
            floor["t_statistic"] = floor["r_squared"] = 1e-9
            if field in ("t_statistic_unit_slope", "f_statistic", "p_value", "t_statistic"):
                relative = 1e-6 if field == "t_statistic_unit_slope" else 1e-7
                assert close(getattr(ours, field)[0], exact[field], relative, 1e-6 * (field[0] == "t")), field
            else:
                assert close(getattr(ours, field)[0], exact[field], 1e-9, floor.get(field, 0)), field
    edges = (Fraction("0.8"), Fraction("1.25"))
    needed = max(minimum, 3 if intercept else 2)
    expected, reasons = plain.regression_status(exact, edges, Fraction("0.8"), needed, 0.05)
    for value, marks in ((exact["offset_slope"], (0, *edges)), (exact["r_squared"], (Fraction("0.8"),)),
                         (exact["p_value"], (Fraction(1, 20),))):  # fmt: skip
        assume(value is None or all(abs(value - mark) > 1e-9 for mark in marks) or value in marks[1:])
    judged = regression_status(ours, observation_minimum=minimum)
    assume(exact["p_value"] is None or exact["r_squared"] is None or exact["r_squared"] < 1)
    assert name(judged.status[0]) == expected
    assert words(judged.reasons[0]) - NOTES == reasons


@few
@given(pairs_of(whole), st.integers(-9, 12), st.booleans(), st.sampled_from(["0.80", "0.5", "-3", "1"]))
def test_variance_reduction(series, power, hypothetical, minimum):
    hedge, item = (scaled(side, power, 0) for side in series)
    value, calmer, status, reasons = plain.variance_reduction(hedge, item, hypothetical, minimum)
    assume(
        value is None or value == Fraction(Decimal(minimum)) or abs(value - Fraction(Decimal(minimum))) > 1e-9
    )
    sides = [[np.nan if one is None else one for one in side] for side in (hedge, item)]
    ours = variance_reduction(*sides, hypothetical=hypothetical, minimum=float(minimum))
    assert close(ours.variance_reduction_ratio[0], value, 1e-9, 1e-12)
    assert close(ours.volatility_reduction_ratio[0], calmer, 1e-9, 1e-6)
    assert (name(ours.status[0]), words(ours.reasons[0])) == (status, reasons)


@pytest.mark.parametrize("unit", [1.0, 0.1, 0.3, 0.7, 1e-7, 12345.678])
@pytest.mark.parametrize(
    ("left", "of", "minimum"), [(1, 5, 0.8), (1, 10, 0.9), (3, 10, 0.7), (93, 100, 0.07)]
)
def test_the_edge_of_the_variance_reduction_passes_in_any_unit(unit, left, of, minimum):
    """Ups and downs of one unit, of which the hedge leaves some: exactly at the edge but for binary roundings."""
    item = np.array([unit, -unit] * of)
    hedge = np.where(np.arange(item.size) < 2 * left, 0.0, -item)
    ours = variance_reduction(hedge, item, minimum=minimum)
    assert ours.variance_reduction_ratio[0] == pytest.approx(minimum, rel=1e-12)
    assert name(ours.status[0]) == "EFFECTIVE"
    assert name(variance_reduction(hedge, item, minimum=minimum + 1e-9).status[0]) == "NOT_EFFECTIVE"


change = st.one_of(st.none(), wide)


@few
@given(st.lists(st.tuples(change, change, st.booleans()), min_size=1, max_size=6), st.sampled_from([0, 100]))
def test_credit_dominance_and_its_criterion(rows, threshold):
    for kind in (float, Decimal):
        known = [row for row in rows if kind is float or None not in row]
        if not known:
            continue
        sides = [
            np.array([np.nan if row[k] is None else kind(row[k]) for row in known],
                     dtype=float if kind is float else object)
            for k in (0, 1)
        ]  # fmt: skip
        ours = credit_dominance(*sides, threshold, trigger_hit=[row[2] for row in known])
        verdict = credit_criterion(ours)
        for i, (credit, economic, trigger) in enumerate(known):
            kappa, status, reasons = plain.credit_dominance(credit, economic, threshold, trigger=trigger)
            assert close(ours.credit_ratio[i], kappa, 1e-15)
            assert CreditStatus(ours.status[i]).name == status
            assert words(ours.reasons[i]) == reasons
            passes = {"FAIL": "NOT_EFFECTIVE", "INCONCLUSIVE": "INCONCLUSIVE"}.get(status, "EFFECTIVE")
            assert name(verdict.status[i]) == passes


measured = st.one_of(st.none(), st.sampled_from([0.0, -1e-12, 1e-12, 1.0]), st.floats(-2, 2))


@few
@given(st.lists(st.tuples(st.booleans(), measured, st.booleans()), min_size=1, max_size=8))
def test_economic_relationship(rows):
    rationale, measure, terms = zip(*rows, strict=True)
    ours = economic_relationship(rationale, [np.nan if m is None else m for m in measure], terms)
    assert [name(status) for status in ours.status] == [plain.economic_relationship(*row) for row in rows]


ratio_pairs = st.tuples(
    st.one_of(st.none(), st.sampled_from([0.0, 0.5, 1.0, -71.25])),
    st.one_of(st.none(), st.sampled_from([0.25, 0.5, 1.0, -76.0])),
    st.sampled_from([0.0, 0.125, 0.5, 1.0]),
)  # fmt: skip


@few
@given(st.lists(ratio_pairs, min_size=1, max_size=8))
def test_the_hedge_ratio_that_is_used(rows):
    columns = [[np.nan if value is None else value for value in column] for column in zip(*rows, strict=True)]
    ours = hedge_ratio_criterion(*columns)
    assert [name(status) for status in ours.status] == [plain.hedge_ratio_criterion(*row) for row in rows]


def test_the_status_of_a_relationship_in_every_case():
    """All 3 frameworks × 4⁴ states of criteria and method, in one call."""
    states = list(EffectivenessStatus)
    rows = list(product(Framework, states, states, states, states))
    ours = relationship_status(*np.array(rows).T)
    for i, (framework, *criteria, method) in enumerate(rows):
        expected = plain.relationship(framework.name, [state.name for state in criteria], method.name)
        assert name(ours.status[i]) == expected, rows[i]
        assert expected == "EFFECTIVE" or words(ours.reasons[i]), rows[i]
        least = least_favourable(*criteria)
        assert name(int(least)) == plain.relationship("IFRS9", [state.name for state in criteria], "")


term = st.one_of(
    st.none(), st.booleans(), st.sampled_from(["2026-03-31", "2026-04-02", "USD", "usd", ""]),
    st.integers(0, 4).map(Decimal),
)  # fmt: skip
sides = st.dictionaries(st.sampled_from("abcd"), term, max_size=4)


@few
@given(sides, sides, st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3).map(Decimal), max_size=2))
def test_critical_terms(item, instrument, tolerances):
    matched, status = critical_terms_match(item, instrument, tolerances)
    assert (matched, status.name) == plain.terms_match(item, instrument, tolerances)


@few
@given(pairs_of(whole, gaps=False, most=20), st.integers(1, 9), st.randoms(use_true_random=False))
def test_scale_and_order_of_points_and_rows(series, power, random):
    """A power of two changes no digit, the other sign of the hedge only the slope's, the order of points nothing."""
    hedge, item = (np.array([side], dtype=float) for side in series)
    one = regression(hedge, item)
    other = regression(hedge * 2.0**power, item * 2.0**power)
    for field in ("slope", "r_squared", "t_statistic", "p_value", "durbin_watson", "largest_leverage"):
        assert np.array_equal(getattr(one, field), getattr(other, field), equal_nan=True), field
    flipped = regression(-hedge, item)
    assert np.array_equal(flipped.slope, -one.slope, equal_nan=True)
    assert np.array_equal(flipped.r_squared, one.r_squared, equal_nan=True)
    assert np.array_equal(flipped.p_value, one.p_value, equal_nan=True)
    order = random.sample(range(hedge.shape[1]), hedge.shape[1])
    moved = variance_reduction(hedge[:, order], item[:, order]).variance_reduction_ratio
    before = variance_reduction(hedge, item).variance_reduction_ratio
    assert moved == pytest.approx(before, rel=1e-12, abs=1e-12, nan_ok=True)
