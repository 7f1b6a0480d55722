"""The reserve under three frameworks, held to the worked table, a plain re-implementation and its identities."""

from decimal import Decimal as D

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.treasury.quant.measurement.strategies import amounts, columns, effective, tables
from tests.treasury.quant.scalar import measurement as scalar
from treasury.kernel.errors import InputError
from treasury.quant import catalogue
from treasury.quant.codes import Framework
from treasury.quant.measurement.cash_flow_hedge_reserve import cash_flow_hedge_reserve

HEDGE, HYPO = [40, 100, 85, -10, 60], [42, 90, 95, 5, -8]
FRAMEWORKS = st.sampled_from(list(Framework))


def rows_of(result):
    return [
        list(zip(*(column.tolist() for column in row), strict=True))
        for row in zip(result.reserve, result.oci_movement, result.ineffectiveness, strict=True)
    ]


def kinds(values):
    """The same amounts as minor units, as Decimal and as float64."""
    return (
        np.array(values, dtype=np.int64),
        np.array([D(value) for value in values], dtype=object),
        np.array(values, dtype=float),
    )


def test_the_table_of_the_rules_in_every_kind_of_number():
    for hedge, item in zip(kinds(HEDGE), kinds(HYPO), strict=True):
        result = cash_flow_hedge_reserve(hedge, item)
        assert result.reserve.tolist() == [40, 90, 85, 0, 0]
        assert result.oci_movement.tolist() == [40, 50, -5, -85, 0]
        assert result.ineffectiveness.tolist() == [0, 10, -10, -10, 70]
        assert result.reserve.dtype == hedge.dtype


def test_a_failed_period_goes_to_profit_or_loss_and_is_never_booked_again():
    passed = [True, False, True, True]
    hedge, item = [40, 100, 85, 90], [42, 70, 60, 66]
    ias = cash_flow_hedge_reserve(hedge, item, Framework.IAS39, passed)
    assert ias.ineffectiveness.tolist() == [0, 60, 0, 0]
    assert ias.reserve.tolist() == [
        40,
        40,
        25,
        30,
    ]  # sums that qualify: 40, 40, 25, 30 against 42, 42, 32, 38
    asc = cash_flow_hedge_reserve(hedge, item, Framework.ASC815, passed)
    assert asc.oci_movement.tolist() == [40, 0, -15, 5]
    assert asc.reserve.tolist() == [40, 40, 25, 30]
    ifrs = cash_flow_hedge_reserve(hedge, item, Framework.IFRS9, passed)
    assert ifrs.reserve.tolist() == [40, 70, 60, 66]


def test_ias_39_is_the_lower_of_while_every_period_passes_and_asc_815_has_none():
    ias = cash_flow_hedge_reserve(HEDGE, HYPO, Framework.IAS39)
    assert ias.reserve.tolist() == [40, 90, 85, 0, 0]
    asc = cash_flow_hedge_reserve(HEDGE, HYPO, Framework.ASC815)
    assert asc.reserve.tolist() == HEDGE
    assert asc.ineffectiveness.tolist() == [0] * 5


@given(tables(2), st.data())
def test_every_row_is_the_plain_writing_of_the_rules(table, data):
    hedge, item = (np.array([row[side] for row in table]) for side in (0, 1))
    framework = data.draw(st.lists(FRAMEWORKS, min_size=len(table), max_size=len(table)))
    passed = data.draw(
        st.lists(
            st.lists(effective, min_size=hedge.shape[1], max_size=hedge.shape[1]),
            min_size=len(table),
            max_size=len(table),
        )
    )
    expected = [
        scalar.reserve(*pair, rule.name, row)
        for pair, rule, row in zip(table, framework, passed, strict=True)
    ]
    assert rows_of(cash_flow_hedge_reserve(hedge, item, framework, passed)) == expected
    exact = [
        np.vectorize(lambda value: D(int(value)).scaleb(-7), otypes=[object])(side) for side in (hedge, item)
    ]
    small = rows_of(cash_flow_hedge_reserve(*exact, framework, passed))
    assert [[tuple(value.scaleb(7) for value in line) for line in row] for row in small] == expected


@given(columns(amounts, amounts, effective), FRAMEWORKS)
def test_what_is_booked_adds_up_to_what_the_hedge_gained(series, framework):
    hedge, item, passed = series
    result = cash_flow_hedge_reserve(hedge, item, framework, passed)
    assert sum(result.oci_movement.tolist()) + sum(result.ineffectiveness.tolist()) == hedge[-1]
    assert np.cumsum(result.oci_movement).tolist() == result.reserve.tolist()
    turned = cash_flow_hedge_reserve([-x for x in hedge], [-x for x in item], framework, passed)
    assert turned.reserve.tolist() == (-result.reserve).tolist()
    halves = [[D(x) / 2 for x in side] for side in (hedge, item)]
    half = cash_flow_hedge_reserve(*halves, framework, passed)
    assert (half.ineffectiveness * 2).tolist() == result.ineffectiveness.tolist()


@given(columns(amounts, amounts, effective), FRAMEWORKS, st.data())
def test_splitting_a_period_changes_no_cumulative_figure(series, framework, data):
    """Under IFRS 9 any point between; under the others one in which both halves have the verdict of the whole."""
    hedge, item, passed = (list(side) for side in series)
    whole = cash_flow_hedge_reserve(hedge, item, framework, passed)
    at = data.draw(st.integers(0, len(hedge) - 1))
    hedge.insert(at, data.draw(amounts))
    item.insert(at, data.draw(amounts))
    passed.insert(at, passed[at])
    split = cash_flow_hedge_reserve(hedge, item, framework, passed)
    assert np.delete(split.reserve, at).tolist() == whole.reserve.tolist()
    assert (split.ineffectiveness.sum(), split.oci_movement.sum()) == (
        whole.ineffectiveness.sum(),
        whole.oci_movement.sum(),
    )


@given(columns(amounts, amounts, effective, effective))
def test_a_failed_periods_gain_never_comes_back_to_the_reserve(series):
    """What a failed period brought may be anything: no reserve of any date hears of it."""
    hedge, item, passed, _ = series
    failed = np.flatnonzero(~np.array(passed))
    for framework in (Framework.IAS39, Framework.ASC815):
        before = cash_flow_hedge_reserve(hedge, item, framework, passed).reserve
        moved = np.array(hedge, dtype=object)
        for at in failed:
            moved[at:] += 12345
        exact = [D(int(value)) for value in moved]
        after = cash_flow_hedge_reserve(exact, [D(x) for x in item], framework, passed).reserve
        assert after.tolist() == before.tolist()


@given(tables(2), st.randoms())
def test_the_order_of_the_rows_and_repeated_last_amounts_change_nothing(table, random):
    hedge, item = (np.array([row[side] for row in table]) for side in (0, 1))
    order = list(range(len(table)))
    random.shuffle(order)
    one, other = cash_flow_hedge_reserve(hedge, item), cash_flow_hedge_reserve(hedge[order], item[order])
    assert one.reserve[order].tolist() == other.reserve.tolist()
    longer = cash_flow_hedge_reserve(*(np.append(side, side[:, -1:], axis=1) for side in (hedge, item)))
    assert not longer.oci_movement[:, -1].any() and not longer.ineffectiveness[:, -1].any()


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (([1, 2], [1]), "hypothetical_changes"),
        (([], []), "instrument_changes"),
        (([np.nan], [1.0]), "instrument_changes"),
        (([1.0], [np.inf]), "hypothetical_changes"),
        (([1], [1.0]), "hypothetical_changes"),
        (([2**53], [1]), "instrument_changes"),
        (([D("NaN")], [D(1)]), "instrument_changes"),
        (([1], [1], 4), "framework"),
        (([1], [1], "IFRS9"), "framework"),
        (([1], [1], [1, 2]), "framework"),
        (([1], [1], 1, [True, True]), "highly_effective"),
        (([1], [1], 1, [1]), "highly_effective"),
    ],
)
def test_bad_columns_are_refused_by_name(arguments, field):
    with pytest.raises(InputError) as caught:
        cash_flow_hedge_reserve(*arguments)
    assert caught.value.field == field


def test_the_calculator_is_exact_and_ignores_the_verdict_under_ifrs_9():
    inputs = {"instrument_changes": ["0.1", "0.3"], "hypothetical_changes": ["0.1", "0.4"]}
    result = catalogue.calculate("cash_flow_hedge_reserve", {**inputs, "highly_effective": [False, False]})[
        "result"
    ]
    assert result == {"reserve": [0.1, 0.3], "oci_movement": [0.1, 0.2], "ineffectiveness": [0.0, 0.0]}
    failed = {**inputs, "highly_effective": [True, False], "framework": "ASC815"}
    assert catalogue.calculate("cash_flow_hedge_reserve", failed)["result"]["ineffectiveness"] == [0.0, 0.2]
    with pytest.raises(InputError, match="highly_effective: expected 2 elements"):
        catalogue.calculate("cash_flow_hedge_reserve", {**inputs, "highly_effective": [True]})
    huge = {"instrument_changes": ["1e308", "-1e308"], "hypothetical_changes": ["1e308", "-1e308"]}
    answer = catalogue.calculate("cash_flow_hedge_reserve", huge)
    assert answer["result"]["oci_movement"] == [1e308, None]
    assert answer["reasons"] == ["out_of_range"]
