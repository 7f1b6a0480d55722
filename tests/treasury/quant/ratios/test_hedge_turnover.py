"""Turnover as a calculator answers it, and what is refused."""

import numpy as np
import pytest

from treasury.kernel.errors import InputError
from treasury.quant import catalogue
from treasury.quant.ratios.hedge_turnover import hedge_turnover

BASE = {"hedge_amounts": ["-60", "-80", "-70"], "exposure_amounts": ["100", "100", "100"], "years": 0.25}


def ask(**change):
    answer = catalogue.calculate("hedge_turnover", {**BASE, **change})
    return answer["result"]["turnover_ratio"], answer["result"]["programme_kind"], answer["reasons"]


def test_a_dynamic_programme_by_hand():
    assert ask() == (pytest.approx(30 / 70 / 0.25, rel=1e-15), "dynamic", [])
    assert ask(years=0.5)[0] == pytest.approx(30 / 70 / 0.5, rel=1e-15)


def test_within_a_lot_it_is_static():
    assert ask(lot_size=20)[1] == "static"
    assert ask(lot_size="19.999")[1] == "dynamic"


def test_what_has_no_turnover():
    assert ask(hedge_amounts=[0, 0, 0]) == (None, None, ["no_positions"])
    assert ask(hedge_amounts=[5], exposure_amounts=[1]) == (None, None, ["too_few_points"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"exposure_amounts": [1, 2]}, "exposure_amounts"),
        ({"hedge_amounts": []}, "hedge_amounts"),
        ({"hedge_amounts": [1, float("nan"), 2]}, "hedge_amounts[1]"),
        ({"years": 0}, "years"),
        ({"years": -1}, "years"),
        ({"lot_size": -1}, "lot_size"),
    ],
)
def test_bad_inputs_are_refused_by_name(change, field):
    with pytest.raises(InputError) as caught:
        ask(**change)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("args", "field"),
    [
        (([1.0, 2], [1.0], 1.0), "exposure_amounts"),
        (([], [], 1.0), "hedge_amounts"),
        (([1.0, np.inf], [1.0, 1], 1.0), "hedge_amounts"),
        (([1.0, 1], [1.0, np.nan], 1.0), "exposure_amounts"),
        (([1.0, 1], [1.0, 1], 0.0), "years"),
        (([1.0, 1], [1.0, 1], np.nan), "years"),
        (([1.0, 1], [1.0, 1], 1.0, -1.0), "lot_size"),
    ],
)
def test_columns_that_do_not_fit_are_refused_by_name(args, field):
    with pytest.raises(InputError) as caught:
        hedge_turnover(*args)
    assert caught.value.field == field
