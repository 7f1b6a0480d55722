from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.treasury.quant.measurement.lives import lives, path_of, with_a_knot_more
from tests.treasury.quant.scalar import life as scalar
from treasury.kernel.errors import InputError
from treasury.quant.measurement.columns import LifeColumns
from treasury.quant.measurement.item_release import item_release
from treasury.quant.measurement.life import item_adjustment, life, recognised_in_equity

NONE = [[0, 0]]
#: What is not recovered has tests of its own.
NAMES = [field.name for field in fields(LifeColumns) if field.name != "not_recovered"]


def rows_of(one):
    found = life(path_of(one))
    return [tuple(row) for row in np.stack([getattr(found, name)[0] for name in NAMES], axis=1).tolist()]


def plain(**fields):
    count = len(fields["hedge"])
    one = {
        "kind": "CASH_FLOW", "framework": "IFRS9", "pattern": "WITH_ITEM", "keeps": False, "lag": 0,
        "dates": [30 * knot for knot in range(count)], "qualifying": [True] * count, "happening": [0] * count,
        "lost": [0] * count, "designated": [100] * count, "in_books": [0] * count, "hedged": [100] * count,
        "remeasured": [0] * count, "ended_on": 10**6,
        "items_end": 10**6,
    }  # fmt: skip
    return one | fields


def test_the_worked_table_of_the_rules():
    hedge, item = [0, 40, 100, 85, -10, 60], [0, 42, 90, 95, 5, -8]
    found = life(path_of(plain(hedge=hedge, item=item)))
    assert found.recognised[0].tolist() == [0, 40, 90, 85, 0, 0]
    assert np.diff(found.recognised[0]).tolist() == [40, 50, -5, -85, 0]
    assert np.diff(found.ineffectiveness[0]).tolist() == [0, 10, -10, -10, 70]
    assert not found.reclassified.any() and not found.basis_adjusted.any()


def test_the_reserve_of_the_forecast_sale_leaves_with_the_sale():
    one = plain(hedge=[0, 23_100, 30_800], item=[0, 38_500, 53_900], happening=[0, 0, 100])
    assert life(path_of(one)).reclassified[0].tolist() == [0, 0, 30_800]
    stock = life(path_of(one | {"pattern": "BASIS_ADJUSTMENT"}))
    assert (stock.reclassified[0].tolist(), stock.basis_adjusted[0].tolist()) == ([0, 0, 0], [0, 0, 30_800])
    american = life(path_of(one | {"pattern": "BASIS_ADJUSTMENT", "framework": "ASC815"}))
    assert (american.reclassified[0].tolist(), american.basis_adjusted[0].tolist()) == (
        [0, 0, 30_800],
        [0, 0, 0],
    )


def test_a_part_that_is_no_longer_expected_goes_to_profit_or_loss_and_not_into_the_stock():
    one = plain(hedge=[0, 1000, 2000], item=[0, 1000, 2000], lost=[0, 25, 0], happening=[0, 0, 75])
    found = life(path_of(one | {"pattern": "BASIS_ADJUSTMENT"}))
    assert found.reclassified[0].tolist() == [0, 250, 250]
    assert found.basis_adjusted[0].tolist() == [0, 0, 1750]


def test_what_is_gained_once_the_item_stands_in_the_books_goes_to_profit_or_loss():
    one = plain(
        hedge=[0, 900, 600, 700], item=[0, 900, 600, 700], happening=[0, 100, 0, 0], in_books=[0, 100, 100, 0]
    )
    stock = life(path_of(one | {"pattern": "BASIS_ADJUSTMENT"}))
    assert stock.basis_adjusted[0].tolist() == [0, 900, 900, 900]
    assert stock.reclassified[0].tolist() == [0, 0, -300, -200]
    kept = life(
        path_of(one | {"pattern": "BASIS_ADJUSTMENT", "framework": "IAS39", "keeps": True, "lag": 45})
    )
    assert kept.reclassified[0].tolist() == [0, 0, -300, 700], "the share of the invoice 45 days after it"
    assert life(path_of(one)).reclassified[0].tolist() == [0, 900, 600, 700]


def test_of_what_is_gained_while_some_items_are_in_the_books_their_share_waits_no_longer():
    one = plain(
        hedge=[0, 800, 1200, 1200],
        item=[0, 800, 1200, 1200],
        happening=[0, 25, 0, 75],
        in_books=[0, 25, 25, 0],
    )
    stock = life(path_of(one | {"pattern": "BASIS_ADJUSTMENT"}))
    assert stock.basis_adjusted[0].tolist() == [0, 200, 200, 1100]
    assert stock.reclassified[0].tolist() == [0, 0, 100, 100]


def test_a_discontinued_hedge_of_interest_is_released_by_days():
    one = plain(
        hedge=[0, 900, 900, 900, 900],
        item=[0, 900, 900, 900, 900],
        pattern="OVER_TERM",
        ended_on=30,
        items_end=120,
    )
    assert life(path_of(one)).reclassified[0].tolist() == [0, 0, 300, 600, 900]


def test_a_fair_value_hedge_adjusts_the_item():
    one = plain(kind="FAIR_VALUE", hedge=[0, -30, -40], item=[0, -28, -40], happening=[0, 0, 100])
    found = life(path_of(one))
    assert found.adjustment[0].tolist() == [0, 28, 40]
    assert np.diff(found.ineffectiveness[0]).tolist() == [-2, 2]
    assert found.adjustment_released[0].tolist() == [0, 0, 40]
    assert not found.recognised.any()


@pytest.mark.parametrize("framework", ["IAS39", "ASC815"])
def test_a_failed_period_leaves_the_item_alone_and_the_instrument_goes_to_profit_or_loss(framework):
    one = plain(
        kind="FAIR_VALUE", framework=framework, hedge=[0, -30, -70, -75], item=[0, -28, -60, -66],
        qualifying=[True, True, False, True], happening=[0, 0, 0, 100],
    )  # fmt: skip
    found = life(path_of(one))
    assert found.adjustment[0].tolist() == item_adjustment(path_of(one))[0].tolist() == [0, 28, 28, 34]
    assert np.diff(found.ineffectiveness[0]).tolist() == [-2, -40, 1]
    assert found.adjustment_released[0].tolist() == [0, 0, 0, 34], (
        "what was adjusted before leaves with the item"
    )
    assert life(path_of(one | {"framework": "IFRS9"})).adjustment[0].tolist() == [0, 28, 60, 66]


@given(lives())
def test_every_life_is_the_plain_writing_of_the_rules(one):
    assert rows_of(one) == scalar.life(one)
    assert recognised_in_equity(path_of(one | {"kind": "CASH_FLOW"}))[0].tolist() == scalar.recognised(
        one | {"kind": "CASH_FLOW"}
    )


@given(lives())
def test_the_identities_hold_to_the_unit(one):
    for knot, (taken, ineffective, out, into_cost, adjustment, released) in enumerate(rows_of(one)):
        reserve = taken - out - into_cost
        change = reserve + out + into_cost + ineffective - adjustment
        assert change == one["hedge"][knot]
        if one["kind"] == "FAIR_VALUE":
            assert (taken, out, into_cost) == (0, 0, 0)
            assert ineffective == one["hedge"][knot] + adjustment
            if one["framework"] == "IFRS9" or all(one["qualifying"]):
                assert adjustment == -one["item"][knot]
        else:
            assert (adjustment, released) == (0, 0)
        if one["kind"] != "FAIR_VALUE" and one["framework"] == "IFRS9":
            assert abs(taken) <= min(abs(one["hedge"][knot]), abs(one["item"][knot]))


@given(lives(lag=0))
def test_nothing_is_left_in_equity_when_all_items_have_gone(one):
    for knot, (taken, _, out, into_cost, adjustment, released) in enumerate(rows_of(one)):
        if sum(one["happening"][: knot + 1]) + sum(one["lost"][: knot + 1]) == one["designated"][knot]:
            assert taken - out - into_cost == 0
            assert one["kind"] != "FAIR_VALUE" or adjustment == released


@given(st.data())
def test_looking_once_more_in_between_changes_no_later_figure(data):
    one = data.draw(lives())
    place, more = with_a_knot_more(one, data.draw)
    before, after = rows_of(one), rows_of(more)
    assert after[:place] == before[:place]
    assert after[place + 1 :] == before[place:]


@given(lives(), lives())
def test_a_row_is_the_same_alone_and_among_others(one, other):
    if len(one["dates"]) != len(other["dates"]):
        return
    both = life(path_of(one, other))
    alone = rows_of(one)
    assert [
        tuple(row) for row in np.stack([getattr(both, name)[0] for name in NAMES], axis=1).tolist()
    ] == alone


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (([[1, 2]], [[0, 1]], [[0, 0]], [[1, 0]], NONE, NONE), "designated"),
        (([[1, 2]], [[0, 2]], [[0, 0]], [[1, 1]], NONE, NONE), "designated"),
        (([[1, 2]], [[0, -1]], [[0, 0]], [[1, 1]], NONE, NONE), "happening"),
        (([[1, 2]], [[0, 1]], [[0.0, 0.0]], [[1, 1]], NONE, NONE), "lost"),
        (([[1, 2]], [[0, 1]], [[0]], [[1, 1]], NONE, NONE), "lost"),
        (([[1.0, np.nan]], [[0, 1]], [[0, 0]], [[1, 1]], NONE, NONE), "kept"),
        (([[1, 2]], NONE, NONE, [[1, 1]], [[0, 2]], [[1, 1]]), "in_books"),
        (([[1, 2]], NONE, NONE, [[1, 1]], NONE, [[1, -1]]), "hedged"),
    ],
)
def test_bad_columns_are_refused_by_name(arguments, field):
    with pytest.raises(InputError) as caught:
        item_release(*arguments)
    assert caught.value.field == field


@given(lives())
def test_items_leave_with_their_share(one):
    found = item_release(*([one[name]] for name in ("hedge", *scalar.UNITS)))
    rows = scalar.released(*(one[name] for name in ("hedge", *scalar.UNITS)))
    parts = (found.happened, found.lost, found.afterwards)
    assert list(zip(*(part[0].tolist() for part in parts), strict=True)) == rows
