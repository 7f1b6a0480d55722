"""What the valuation of layers shares: where each layer belongs, on which days it is valued, how values are rounded."""

from dataclasses import dataclass

import numpy as np

from hedges.domain import rounding
from hedges.domain.lookup import Lookup
from hedges.domain.measurement.knots import Knots, last_day
from hedges.domain.sealed import Sealed
from treasury.kernel.money import exponents
from treasury.quant.numbers import Bool, Float, Int
from treasury.queries.copy import Columns

#: Columns of a layer's days before its knots: the day its hypothetical is struck, and its start.
STRUCK, START, FIRST_KNOT = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Frame:
    """The relationships under measurement with their inputs; `units`: decimals of their functional currencies."""

    sealed: Sealed
    found: Columns
    knots: Knots
    units: Int

    @classmethod
    def of(cls, sealed: Sealed, found: Columns, knots: Knots) -> "Frame":
        return cls(sealed, found, knots, exponents(sealed.functional(found["entity_id"])))

    @property
    def look(self) -> Lookup:
        return self.sealed.lookup

    @property
    def stale_after(self) -> Int:
        """Days after which a quote is too old for each relationship's framework."""
        return self.sealed.limits(self.found["framework"], "stale_after_days").astype(np.int64)

    def relationship(self, layers: Columns) -> Int:
        return np.searchsorted(self.found["relationship_id"], layers["relationship_id"])

    def days(self, layers: Columns) -> Int:
        """Days (layers, 2 + knots): the strike, the start, and the knots, held within the layer's life."""
        start, end = layers["period_from"][:, None], last_day(layers)[:, None]
        on = np.clip(self.knots.dates[self.relationship(layers)], start, np.maximum(end, start))
        return np.concatenate([layers["struck_on"][:, None], start, on], axis=1)

    def posted(self, values: Float, relationship: Int, stale: Bool, not_built: Bool) -> "Posted":
        """Rounded to minor units, once a layer and day."""
        found = rounding.rounded(np.where(stale, np.nan, values), self.units[relationship][:, None])
        gone = np.isnan(values)
        return Posted(found.minor, found.defined, stale & ~gone, not_built & gone)


@dataclass(frozen=True, slots=True)
class Posted:
    """Minor units (layers, days), where they are known, and why they are not."""

    minor: Int
    known: Bool
    stale: Bool
    not_built: Bool

    @property
    def changes(self) -> Int:
        """Changes since the layer's start, (layers, knots)."""
        return self.minor[:, FIRST_KNOT:] - self.minor[:, START : START + 1]

    def masked(self, rows: Bool) -> "Posted":
        """Zero and known where the rows do not count."""
        keep = rows[:, None]
        return Posted(
            np.where(keep, self.minor, 0), self.known | ~keep, self.stale & keep, self.not_built & keep
        )


def joined(parts: list[Posted]) -> Posted:
    """Rows of several parts, one after the other."""
    return Posted(*(np.concatenate([getattr(part, name) for part in parts]) for name in Posted.__slots__))
