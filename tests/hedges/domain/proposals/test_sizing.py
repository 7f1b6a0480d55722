"""A proposed trade brings the bucket into its band, by the functions of the night; in whole steps, or not at all."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hedges.domain.proposals.sizing import LIMIT, TARGET, Cell, size
from treasury.quant.codes import CoverFlag, names
from treasury.quant.ratios.horizon_profile import horizon_profile

AMOUNTS = st.decimals(-10_000_000, 10_000_000, places=2)
RATIOS = st.tuples(*[st.decimals(0, 1, places=2)] * 3).map(sorted)


def cell(exposure, hedges, lower="0.7", target="0.8", upper="0.9") -> Cell:
    ratios = {"lower": Decimal(lower), "target": Decimal(target), "upper": Decimal(upper)}
    return Cell(exposure=Decimal(exposure), hedges=Decimal(hedges), **ratios)


@pytest.mark.parametrize(
    ("aim", "step", "amount", "toward"),
    [
        (TARGET, "1", "-200000", "TARGET"), (LIMIT, "1", "-100000", "LOWER"), (TARGET, "125000", "-250000", "TARGET"),
        (LIMIT, "125000", "-125000", "LOWER"), (LIMIT, "30000", "-120000", "LOWER"),
    ],
)  # fmt: skip
def test_the_worked_example(aim, step, amount, toward) -> None:
    found = size(cell(1_000_000, -600_000), aim=aim, step=Decimal(step))
    assert (found.amount, found.aim) == (Decimal(amount), toward)


def test_too_much_cover_is_taken_off_to_the_upper_limit() -> None:
    assert size(cell(-1_000_000, 1_200_000), aim=LIMIT, step=Decimal(1)).amount == -300_000
    # above 100 % is a breach whatever the band says
    assert size(cell(1_000_000, -1_200_000, upper="1.1"), aim=LIMIT, step=Decimal(1)).amount == 200_000


@pytest.mark.parametrize(
    ("of", "step", "minimum", "why"),
    [
        (cell(0, -5), 1, 0, "No exposure"),
        (Cell(exposure=Decimal(1), hedges=Decimal(0), lower=None, target=None, upper=None), 1, 0, "no band"),
        (cell(1_000_000, -750_000), 1, 0, "stands in its band"),
        (cell(1_000_000, -600_000), 1, 500_000, "less than the smallest deal of 500,000"),
        (cell(100_000, 0), 60_000, 0, "No whole number of 60,000"),
    ],
)
def test_without_a_trade_it_says_why(of, step, minimum, why) -> None:
    found = size(of, aim=LIMIT, step=Decimal(step), minimum=Decimal(minimum))
    assert not found.amount
    assert why in found.why


@given(
    AMOUNTS,
    AMOUNTS,
    RATIOS,
    st.sampled_from([TARGET, LIMIT]),
    st.sampled_from(["0.01", "1", "1000", "125000"]),
)
def test_what_is_proposed_stands_in_the_band_by_the_night_s_own_function(
    exposure, hedges, ratios, aim, step
) -> None:
    assume(exposure != 0)
    of = cell(exposure, hedges, *ratios)
    found = size(of, aim=aim, step=Decimal(step))
    if not found.amount:
        assert found.why
        return
    assert found.amount % Decimal(step) == 0
    zero = Decimal(0)
    then = horizon_profile(
        [[max(exposure, zero)]], [[min(exposure, zero)]], [[hedges + found.amount]],
        *([[ratio]] for ratio in ratios),
    )  # fmt: skip
    assert names(CoverFlag, then.flags[0, 0]) == []
