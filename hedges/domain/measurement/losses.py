"""Statements that a loss will not be recovered, each at the knot of its day.

Reference: IFRS 9 6.5.11(d)(iii); IAS 39.97, 39.98; ASC 815-30-35-40.
"""

import numpy as np

from hedges.domain.measurement.frame import Frame
from hedges.domain.measurement.item_layers import CASH_FLOW
from treasury.quant.measurement.loss_not_recovered import Stated
from treasury.queries.copy import Columns


def of_measured(found: Columns, losses: Columns) -> Columns:
    """Those of the relationships under measurement, from the day on which their hedge accounting began."""
    ids = found["relationship_id"]
    if not ids.size or not losses["relationship_id"].size:
        return {name: values[:0] for name, values in losses.items()}
    place = np.minimum(np.searchsorted(ids, losses["relationship_id"]), ids.size - 1)
    counts = (ids[place] == losses["relationship_id"]) & (found["hedge_type"][place] == CASH_FLOW)
    counts &= losses["stated_on"] >= found["begun_on"][place]
    return {name: values[counts] for name, values in losses.items()}


def stated(frame: Frame, losses: Columns) -> Stated | None:
    """In the order in which they count; None without any."""
    if not losses["relationship_id"].size:
        return None
    row = frame.relationship(losses)
    return Stated(
        row=row,
        knot=frame.knots.place(row, losses["stated_on"]),
        amount=losses["amount_units"],
        share=losses["share_millionths"],
    )
