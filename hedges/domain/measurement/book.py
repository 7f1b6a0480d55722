"""The part of the book that measurement is a function of, read once; a proposed change has other layers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hedges.queries import measurement_columns, qualifying
from treasury.queries.copy import Columns


@dataclass(frozen=True, slots=True)
class Book:
    """Columns of `hedges.queries.measurement_columns` and `hedges.queries.qualifying`.

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
    tested: Columns


def read(at: Mapping[str, Any], *, run_id: int = 0, tested: Columns | None = None) -> Book:
    """`at` as the columns ask for it; tests of the date from the run's partition, or all as the caller knows them."""
    point = {"entity_id": None, "shard_number": 0, "shard_count": 1} | dict(at)
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
        tested=qualifying.tested(point, run_id, closed) if tested is None else tested,
    )
