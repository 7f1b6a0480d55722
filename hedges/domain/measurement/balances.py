"""Where the value of the instruments stands: opening, in the books, settled, or no longer designated.

opening + change = carrying amount + settled + no longer designated, to the minor unit. A layer that goes on after a
change of volume was opened once; what it takes over is not counted among what is no longer designated.
"""

import numpy as np

from hedges.domain.measurement.frame import START, Frame
from hedges.domain.measurement.instrument_layers import InstrumentLayers
from hedges.domain.measurement.knots import last_day
from treasury.quant.numbers import Bool, Int
from treasury.quant.sums import group_sums
from treasury.queries.copy import Columns


def balances(frame: Frame, layers: Columns, valued: InstrumentLayers, as_of: int) -> dict[str, Int]:
    """Amounts of each relationship on the date."""
    start, now = valued.fair.minor[:, START], valued.fair.minor[:, -1]
    fresh = layers["struck_on"] >= layers["period_from"]
    settled, in_force = is_settled(layers, valued, as_of), as_of < layers["period_to"]
    count = frame.found["relationship_id"].size

    def total(amounts: Int) -> Int:
        return group_sums(amounts, valued.relationship, count)

    return {
        "opening_fair_value": total(np.where(fresh, start, 0)),
        "fair_value_change": total(now - start),
        "carrying_amount": total(np.where(in_force & ~settled, now, 0)),
        "settled_amount": total(np.where(settled, now, 0)),
        "no_longer_designated_amount": total(
            np.where(~in_force & ~settled, now, 0) - np.where(fresh, 0, start)
        ),
    }


def is_settled(layers: Columns, valued: InstrumentLayers, as_of: int) -> Bool:
    """Layers that were designated up to their instrument's settlement, which has come."""
    settlement = valued.terms.settlement_date
    return (settlement <= as_of) & (settlement <= last_day(layers))
