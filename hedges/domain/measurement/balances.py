"""Where the value of the instruments stands: opening, in the books, settled, or no longer designated.

opening + change = carrying amount + settled + no longer designated, to the minor unit. What is paid before the end is
settled on its day: the gain of a future every day, principal differences when a swap resets; what was paid before the
designation is in none of them. A layer that goes on after a change of volume was opened once; what it takes over is not
counted among what is no longer designated.
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
    count = frame.found["relationship_id"].size
    parts = of_layers(layers, valued, as_of)
    return {name: group_sums(part, valued.relationship, count) for name, part in parts.items()}


def of_layers(layers: Columns, valued: InstrumentLayers, as_of: int) -> dict[str, Int]:
    """What each layer adds to every amount."""
    fair, paid = valued.fair.minor, valued.paid.minor
    unpaid_then, unpaid = fair[:, START] - paid[:, START], fair[:, -1] - paid[:, -1]
    fresh = layers["struck_on"] >= layers["period_from"]
    settled, in_force = is_settled(layers, valued, as_of), as_of < layers["period_to"]
    return {
        "opening_fair_value": np.where(fresh, unpaid_then, 0),
        "fair_value_change": fair[:, -1] - fair[:, START],
        "carrying_amount": np.where(in_force & ~settled, unpaid, 0),
        "settled_amount": paid[:, -1] - paid[:, START] + np.where(settled, unpaid, 0),
        "no_longer_designated_amount": np.where(~in_force & ~settled, unpaid, 0)
        - np.where(fresh, 0, unpaid_then),
    }


def is_settled(layers: Columns, valued: InstrumentLayers, as_of: int) -> Bool:
    """Layers that were designated up to their instrument's settlement, which has come."""
    settlement = valued.terms.settlement_date
    return (settlement <= as_of) & (settlement <= last_day(layers))
