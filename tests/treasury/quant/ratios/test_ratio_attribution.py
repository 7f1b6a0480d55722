"""Parts of a ratio's move sum to it exactly, as rational numbers and as they are shown."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from treasury.quant.ratios.ratio_attribution import percent, ratio_attribution, ratio_of

AMOUNTS = st.integers(-(10**15), 10**15)


def test_the_worked_example() -> None:
    found = ratio_attribution([(100, -50), (125, -50), (125, -75)])
    assert [part.moved for part in found] == [Fraction(-1, 10), Fraction(1, 5)]
    assert [part.points for part in found] == [Decimal("-10.0"), Decimal("20.0")]


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=2, max_size=12))
def test_parts_sum_to_the_difference_without_a_remainder(states) -> None:
    found = ratio_attribution(states)
    defined = [Fraction(-hedge, exposure) for exposure, hedge in states if exposure]
    if not states[0][0]:
        # From nothing there is no difference to split; from the first ratio on it is split as ever.
        return
    assert sum((part.moved or 0 for part in found), Fraction(0)) == defined[-1] - defined[0]
    shown = sum((part.points or 0 for part in found), Decimal(0))
    assert shown == percent(defined[-1]) - percent(defined[0])


def test_a_state_over_nothing_has_no_part_and_the_next_takes_the_step() -> None:
    found = ratio_attribution([(100, -50), (0, -50), (200, -150)])
    assert [part.moved for part in found] == [None, Fraction(1, 4)]


def test_a_ratio_is_the_cover_of_the_exposure_and_shown_to_a_tenth_half_to_even() -> None:
    assert (ratio_of(200, -150), ratio_of(-8, 6), ratio_of(0, -50)) == (Fraction(3, 4), Fraction(3, 4), None)
    assert [percent(Fraction(tenths, 20_000)) for tenths in (1, 10, 30, -10)] == [
        Decimal("0.0"), Decimal("0.0"), Decimal("0.2"), Decimal("0.0")
    ]  # fmt: skip
