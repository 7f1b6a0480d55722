"""A market is the same to the last bit whether or not another one was made before it in the process."""

from dataclasses import fields, is_dataclass

import numpy as np
import pytest

from tests.treasury.quant.market.rows import DAY, quotes
from treasury.quant.curves.rate_curve import RateCurve
from treasury.quant.market import kept_rows, market

DAYS = range(0, 42, 7)


def curve(day: int, moved: float = 0.0) -> RateCurve:
    # The last node moves from week to week, as pillar dates do, and so do the common nodes.
    return RateCurve(
        "EUR", DAY + day, np.array([31, 90, 365 + day % 3]), np.array([0.02, 0.021, 0.022]) + moved
    )


def made(weeks: int, point: float = 0.0018, moved: float = 0.0):
    """The market of some weeks; ``point`` and ``moved`` change the quotes of the second one."""
    rows = []
    for number, day in enumerate(DAYS[:weeks]):
        rows += [
            ("FX_SPOT", "EURUSD", "SPOT", day, 1.1 + number / 100),
            ("PRICE", "BRENT", "SPOT", day, 70 + number),
        ]
        rows += [("PRICE", "BRENT", "6M", day, 71.0 + number)]
        rows += [("FORWARD_POINTS", "EURUSD", "3M", day, point if number == 1 else 0.0018)]
        rows += [("FORWARD_POINTS", "EURUSD", "1Y", day, 0.0195)]
    curves = [curve(day, moved if number == 1 else 0.0) for number, day in enumerate(DAYS[:weeks])]
    return market(quotes(rows), curves, {"BRENT": "EUR"})


def bits(thing) -> list:
    if is_dataclass(thing):
        return [bits(getattr(thing, field.name)) for field in fields(thing)]
    return [thing.shape, thing.tobytes()] if isinstance(thing, np.ndarray) else [repr(thing)]


@pytest.mark.parametrize(
    "asked",
    [{"weeks": 6}, {"weeks": 2}, {"weeks": 4}, {"weeks": 4, "point": 0.002}, {"weeks": 4, "moved": 1e-4}],
    ids=["later", "earlier", "the same", "points corrected", "a curve corrected"],
)
def test_a_market_does_not_depend_on_the_one_before(asked, monkeypatch):
    made(weeks=4)
    after_another = bits(made(**asked))
    monkeypatch.setattr(kept_rows, "_last", {})
    assert bits(made(**asked)) == after_another


def test_rows_that_are_the_same_are_not_worked_out_again(monkeypatch):
    monkeypatch.setattr(kept_rows, "_last", {})
    counts = []

    def double(rows, nodes):
        counts.append(rows.shape[0])
        return (rows[:, None] * nodes,)

    nodes, rows = np.array([1.0, 2.0]), np.arange(5.0)
    for asked in (rows[:3], rows, rows[:2], np.array([0.0, 9.0, 2.0])):
        (found,) = kept_rows.by_rows("rows", double, nodes, asked)
        assert found.tolist() == (asked[:, None] * nodes).tolist()
    (found,) = kept_rows.by_rows("rows", double, nodes + 1, asked)
    assert found.tolist() == (asked[:, None] * (nodes + 1)).tolist()
    assert counts == [3, 2, 0, 2, 3]
