"""The part of the book that measurement is a function of, read once; a proposed change has other layers.

A night, which measures every entity, leaves out what its entity's newest close has found finished: over, and with
nothing left in equity, on the item or carried. A close measures it all the same, so that a correction of the past is
posted, and from then on the nights take it up again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hedges.domain.sealed import ONE_SUBJECT_EACH
from hedges.queries import measurement_columns, qualifying, unrecovered_losses
from treasury.queries.copy import Columns


@dataclass(frozen=True, slots=True)
class Book:
    """Columns of `hedges.queries.measurement_columns`, `qualifying` and `unrecovered_losses`.

    `items` and `instruments` are layers; replace them to measure what a change would do. `tested` are the tests
    since the last closed month, with those of the date itself.
    """

    relationships: Columns
    items: Columns
    instruments: Columns
    terms: Columns
    flows: Columns
    facts: Columns
    closed: Columns
    decisions: Columns
    statements: Columns
    tested: Columns
    losses: Columns


def read(at: Mapping[str, Any], *, run_id: int = 0, tested: Columns | None = None) -> Book:
    """`at` as the columns ask for it; tests of the date from the run's partition, or all as the caller knows them."""
    point = {"entity_id": None, "shard_number": 0, "shard_count": 1} | dict(at)
    alone = point["shard_count"] == ONE_SUBJECT_EACH
    point["finished"] = [] if alone or point["entity_id"] is not None else qualifying.finished(point)
    closed = qualifying.closed(point)
    return Book(
        relationships=measurement_columns.relationships(point),
        items=measurement_columns.items(point),
        instruments=measurement_columns.instruments(point),
        terms=measurement_columns.terms(point),
        flows=measurement_columns.flows(point),
        facts=measurement_columns.facts(point),
        closed=closed,
        decisions=qualifying.decisions(point),
        statements=qualifying.statements(point),
        tested=qualifying.tested(point, run_id, closed) if tested is None else tested,
        losses=unrecovered_losses.stated(point),
    )
