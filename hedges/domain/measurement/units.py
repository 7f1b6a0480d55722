"""Units of the items at the knots of their relationship: designated so far, happening there, lost there, hedged on."""

from dataclasses import dataclass

import numpy as np

from hedges.domain.measurement.events import Events
from hedges.domain.measurement.frame import Frame
from hedges.domain.measurement.recognition import in_force
from treasury.quant.numbers import Int
from treasury.queries.copy import Columns


@dataclass(frozen=True, slots=True)
class Units:
    """Matrices (relationships, knots) as `item_release` takes them."""

    happening: Int
    lost: Int
    designated: Int
    in_books: Int
    hedged: Int

    def of(self, rows: Int) -> tuple[Int, Int, Int, Int, Int]:
        return (
            self.happening[rows],
            self.lost[rows],
            self.designated[rows],
            self.in_books[rows],
            self.hedged[rows],
        )


def units_at(frame: Frame, items: Columns, happened: Events) -> Units:
    """Each event on its own knot."""
    shape = frame.knots.dates.shape
    knot = frame.knots.place(happened.relationship, happened.date)

    def placed(units: Int) -> Int:
        result = np.zeros(shape, dtype=np.int64)
        np.add.at(result, (happened.relationship, knot), units)
        return result

    designated = np.cumsum(placed(happened.begun), axis=1)
    return Units(placed(happened.happening), placed(happened.lost), designated, *in_force(frame, items))
