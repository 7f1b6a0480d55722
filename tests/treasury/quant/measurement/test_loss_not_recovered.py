"""A loss that will not be recovered: worked by hand, against a plain second writing, and what it never does."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.treasury.quant.measurement.lives import lives, path_of, with_a_knot_more
from tests.treasury.quant.measurement.test_life import plain
from tests.treasury.quant.scalar import not_recovered as scalar
from treasury.kernel.errors import InputError
from treasury.quant import catalogue
from treasury.quant.measurement.life import life
from treasury.quant.measurement.loss_not_recovered import Stated


def lived(one, *statements):
    """(Left, taken) at each knot; statements are (knot, amount, millionths)."""
    found = life(replace(path_of(one), stated=stated([statements])))
    left = np.asarray(found.reclassified) + found.basis_adjusted
    return [tuple(row) for row in np.stack([left[0], found.not_recovered[0]], axis=1).tolist()]


def stated(of_rows):
    rows = [(row, *said) for row, every in enumerate(of_rows) for said in every]
    return Stated(*np.array(rows, dtype=np.int64).reshape(-1, 4).T)


@st.composite
def said(draw, count):
    """Statements in the order of their knots."""
    one = st.tuples(
        st.integers(0, count - 1),
        st.one_of(st.just(0), st.integers(1, 9), st.integers(1, 10**7), st.just(10**12)),
        st.sampled_from([1, 250_000, 333_333, 1_000_000]),
    )
    return sorted(draw(st.lists(one, max_size=4)), key=lambda each: each[0])


reserves = lives(kind="CASH_FLOW")
ITEM = plain(hedge=[0, -600, -900, -900], item=[0, -600, -900, -900], happening=[0, 0, 0, 100])


def test_what_was_taken_does_not_leave_with_the_item_again():
    assert lived(ITEM, (2, 400, 0)) == [(0, 0), (0, 0), (0, -400), (-500, -400)]
    found = life(replace(path_of(ITEM | {"pattern": "BASIS_ADJUSTMENT"}), stated=stated([[(2, 400, 0)]])))
    assert (found.basis_adjusted[0, -1], found.reclassified[0, -1]) == (-500, 0)
    assert found.ineffectiveness[0].tolist() == [0, 0, 0, 0], "it is no ineffectiveness"


def test_a_share_is_one_of_the_loss_that_is_there():
    assert lived(ITEM, (1, 0, 250_000)) == [(0, 0), (0, -150), (0, -150), (-750, -150)]
    assert lived(ITEM, (2, 0, 1_000_000))[-1] == (0, -900)


def test_no_more_is_taken_than_is_there_and_nothing_of_a_gain():
    assert lived(ITEM, (1, 700, 0))[1:3] == [(0, -600), (0, -600)]
    assert lived(ITEM, (1, 500, 0), (2, 10_000, 0))[2] == (0, -900)
    gain = plain(hedge=[0, 600, 900], item=[0, 600, 900], happening=[0, 0, 100])
    assert lived(gain, (1, 400, 0)) == [(0, 0), (0, 0), (900, 0)]
    assert lived(ITEM, (3, 400, 0))[-1] == (-900, 0), "the item takes its loss along first"


def test_it_comes_out_of_what_is_delayed_as_well():
    late = plain(
        hedge=[0, -800, -800, -800], item=[0, -800, -800, -800], happening=[0, 25, 0, 75],
        framework="ASC815", pattern="BASIS_ADJUSTMENT", lag=45,
    )  # fmt: skip
    assert lived(late) == [(0, 0), (0, 0), (0, 0), (-200, 0)]
    assert lived(late, (2, 400, 0))[2:] == [(0, -400), (-100, -400)]


def test_over_a_term_the_rest_goes_over_the_rest_of_the_days():
    one = plain(
        hedge=[0, -900, -900, -900, -900], item=[0, -900, -900, -900, -900], pattern="OVER_TERM", ended_on=30,
        items_end=120,
    )  # fmt: skip
    assert lived(one, (2, 200, 0)) == [(0, 0), (0, 0), (-300, -200), (-500, -200), (-700, -200)]
    assert lived(one, (0, 200, 0))[-1] == (-900, 0), "there was no loss yet"
    assert lived(one, (1, 300, 0))[1:] == [(0, -300), (-200, -300), (-400, -300), (-600, -300)]


@given(st.data())
def test_every_life_is_the_plain_writing_of_the_rule(data):
    one = data.draw(reserves)
    statements = data.draw(said(len(one["dates"])))
    assert lived(one, *statements) == scalar.life(one, statements)


@given(st.data())
def test_only_losses_are_taken_and_the_balance_keeps_its_side(data):
    one = data.draw(reserves)
    statements = data.draw(said(len(one["dates"])))
    kept = np.asarray(life(path_of(one)).recognised)[0].tolist()
    rows, before = lived(one, *statements), 0
    for knot, (left, taken) in enumerate(rows):
        assert taken <= before
        if taken < before:
            assert any(at == knot for at, *_ in statements)
            assert kept[knot] - left - before <= kept[knot] - left - taken <= 0
        before = taken


@given(st.data())
def test_nothing_is_left_when_all_items_have_gone(data):
    one = data.draw(lives(kind="CASH_FLOW", lag=0))
    statements = data.draw(said(len(one["dates"])))
    kept = np.asarray(life(path_of(one)).recognised)[0].tolist()
    for knot, (left, taken) in enumerate(lived(one, *statements)):
        if sum(one["happening"][: knot + 1]) + sum(one["lost"][: knot + 1]) == one["designated"][knot]:
            assert left + taken == kept[knot]


@given(st.data())
def test_looking_once_more_in_between_changes_no_later_figure(data):
    one = data.draw(reserves)
    statements = data.draw(said(len(one["dates"])))
    place, more = with_a_knot_more(one, data.draw)
    moved = [(at + (at >= place), *rest) for at, *rest in statements]
    before, after = lived(one, *statements), lived(more, *moved)
    assert after[:place] == before[:place]
    assert after[place + 1 :] == before[place:]


@given(st.data())
def test_a_row_is_the_same_alone_and_among_others(data):
    one, other = data.draw(reserves), data.draw(reserves)
    if len(one["dates"]) != len(other["dates"]):
        return
    told = [data.draw(said(len(one["dates"]))) for _ in range(2)]
    both = life(replace(path_of(one, other), stated=stated(told)))
    for row, (each, statements) in enumerate(zip((one, other), told, strict=True)):
        assert both.not_recovered[row].tolist() == [taken for _, taken in lived(each, *statements)]


def test_a_life_without_statements_is_as_it_was():
    assert not life(path_of(ITEM)).not_recovered.any()
    assert lived(ITEM) == [(0, 0), (0, 0), (0, 0), (-900, 0)]


@pytest.mark.parametrize("amount", [0, 5])
def test_nothing_is_taken_where_there_is_nothing(amount):
    still = plain(hedge=[0, 0], item=[0, 0])
    assert lived(still, (1, amount, 500_000)) == [(0, 0), (0, 0)]


KEPT = {
    "kept": ["0", "-600", "-900", "-900"], "happening": ["0", "0", "0", "100"], "lost": ["0"] * 4,
    "designated": ["100"] * 4,
}  # fmt: skip


def test_the_calculator_takes_it_out_too():
    found = catalogue.calculate("reserve_release", KEPT | {"loss_stated": ["0", "0", "400", "900"]})["result"]
    assert found["not_recovered"] == [0, 0, -400, -400], "on the last day the item takes its loss along first"
    assert found["released_with_items"] == [0, 0, 0, -500]
    assert found["reserve_balance"] == [0, -600, -500, 0]
    more = catalogue.calculate("reserve_release", KEPT | {"loss_stated": ["5", "700", "0", "0"]})["result"]
    assert more["not_recovered"] == [0, -600, -600, -600]
    with pytest.raises(InputError) as caught:
        catalogue.calculate("reserve_release", KEPT | {"loss_stated": ["0", "-1", "0", "0"]})
    assert caught.value.field == "loss_stated.1"
