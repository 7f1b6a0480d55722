"""Units of the items at the knots of their relationship: designated so far, happening there, lost there."""

from dataclasses import dataclass

import numpy as np

from hedges.domain.measurement.events import Events
from hedges.domain.measurement.frame import Frame
from treasury.quant.numbers import Int


@dataclass(frozen=True, slots=True)
class Units:
    """Matrices (relationships, knots) as `item_release` takes them."""

    happening: Int
    lost: Int
    designated: Int

    def of(self, rows: Int) -> tuple[Int, Int, Int]:
        return self.happening[rows], self.lost[rows], self.designated[rows]


def units_at(frame: Frame, happened: Events) -> Units:
    """Each event on its own knot."""
    shape = frame.knots.dates.shape
    knot = frame.knots.place(happened.relationship, happened.date)

    def placed(units: Int) -> Int:
        result = np.zeros(shape, dtype=np.int64)
        np.add.at(result, (happened.relationship, knot), units)
        return result

    return Units(placed(happened.happening), placed(happened.lost), np.cumsum(placed(happened.begun), axis=1))
