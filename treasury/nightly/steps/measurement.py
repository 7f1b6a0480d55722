"""What hedge accounting makes of every relationship: a preview in the night, what is posted at a period's close."""

from datetime import date
from itertools import compress

import numpy as np

from hedges.domain.measurement.book import read
from hedges.domain.measurement.measure import measure
from hedges.domain.measurement.measured import Measured
from hedges.queries.qualifying import STATUSES
from hedges.queries.relationship_columns import FRAMEWORKS, HEDGE_TYPES
from treasury.nightly.steps import cells
from treasury.nightly.steps.context import Rows, Shard
from treasury.quant.numbers import Bool, Int
from treasury.queries import copy

TABLE, COSTS_TABLE = "hedges_measurementresult", "hedges_costofhedgingresult"


def compute(shard: Shard) -> dict[str, Rows]:
    """Result rows of the relationships of one shard, and of what is excluded of them."""
    sealed = shard.sealed
    measured = measure(sealed, read(shard.at, run_id=sealed.run_id))
    functional = sealed.functional(measured.relationships["entity_id"])
    return {
        TABLE: result_rows(sealed.run_id, measured, functional),
        COSTS_TABLE: cost_rows(sealed.run_id, measured, functional),
    }


def result_rows(run_id: int, measured: Measured, functional: list[str]) -> Rows:
    """One row a relationship; without every amount there is none, and the reason."""
    found, known, units = measured.relationships, measured.known, measured.units
    count, qualifying = known.size, measured.periods.knots
    matrices = {
        "knot_instrument_changes": measured.instrument,
        "knot_hypothetical_changes": measured.hypothetical,
        "knot_recognised": measured.recognised,
    }
    own = own_knots(measured)
    return {
        "run_id": copy.repeated(run_id, count),
        "entity_id": copy.whole(found["entity_id"]),
        "status": cells.status(known, known),
        "reasons": cells.reasons(measured.reasons),
        "relationship_id": copy.whole(found["relationship_id"]),
        "relationship_version_id": copy.whole(found["version_id"]),
        "framework": [FRAMEWORKS[place] for place in found["framework"].tolist()],
        "hedge_type": [HEDGE_TYPES[place] for place in found["hedge_type"].tolist()],
        "functional_currency": functional,
        "life_stage": measured.stage,
        "accounting_from": _dates(found["begun_on"], np.ones(count, dtype=bool)),
        "ended_on": _dates(measured.ended_on, ~measured.in_force),
        "effectiveness_status": [STATUSES[place] for place in measured.periods.status.tolist()],
        "decided_by_person": copy.booleans(measured.periods.is_decided),
        "is_qualifying": copy.booleans(qualifying[:, -1]),
        "knot_dates": _arrays([_iso(day) for day in measured.knots.dates.ravel().tolist()], own),
        **{
            name: knot_amounts(values, units, measured.known_at_knots & known[:, None], own)
            for name, values in matrices.items()
        },
        "knot_qualifying": _arrays(copy.booleans(qualifying.ravel()), own),
        **{name: cells.exact(values, units, known).texts for name, values in measured.amounts.items()},
    }


def cost_rows(run_id: int, measured: Measured, functional: list[str]) -> Rows:
    """One row a relationship and excluded element."""
    costs = measured.costs
    own, found = costs.relationship, measured.relationships
    known, units, knots = measured.known[own], measured.units[own], own_knots(measured)[own]
    return {
        "run_id": copy.repeated(run_id, own.size),
        "entity_id": copy.whole(found["entity_id"][own]),
        "status": cells.status(known, known),
        "reasons": cells.reasons(measured.reasons[own]),
        "relationship_id": copy.whole(found["relationship_id"][own]),
        "element": [element.value for element in costs.element],
        "functional_currency": [functional[row] for row in own.tolist()],
        "knot_actual_values": knot_amounts(costs.actual, units, known[:, None], knots),
        "knot_aligned_values": knot_amounts(costs.aligned, units, known[:, None], knots),
        "term_from": _dates(costs.term_from, np.ones(own.size, dtype=bool)),
        "term_to": _dates(costs.term_to, np.ones(own.size, dtype=bool)),
        **{name: cells.exact(values, units, known).texts for name, values in costs.amounts.items()},
    }


def own_knots(measured: Measured) -> Bool:
    """The knots of each row: no padding, and none without a value that nothing hangs on."""
    width = measured.knots.dates.shape[1]
    there = np.arange(width) < measured.knots.count[:, None]
    return there & (measured.known_at_knots | ~measured.known[:, None])


def knot_amounts(values: Int, units: Int, known: Bool, own: Bool) -> list[str]:
    """One array a row, of its own knots; null where there is no value."""
    there = np.broadcast_to(known, values.shape)
    cells_of = copy.amounts(values.ravel(), np.repeat(units, values.shape[1]), there.ravel())
    return _arrays(["NULL" if cell == copy.NULL else cell for cell in cells_of], own)


def _arrays(elements: list[str], own: Bool) -> list[str]:
    """Rows of equal width, each with its own knots."""
    width = own.shape[1]
    return [
        "{" + ",".join(compress(elements[row * width : (row + 1) * width], mask)) + "}"
        for row, mask in enumerate(own.tolist())
    ]


def _dates(days: Int, there: Bool) -> list[str]:
    return [_iso(day) if here else copy.NULL for day, here in zip(days.tolist(), there.tolist(), strict=True)]


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
