"""The roll-forward as tables: relationships by month, totals by entity, and what does not agree with the close."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reports.domain.table import Field, ReportTable, amounts, labels, texts
from reports.enums import Movement
from reports.queries import roll_forwards
from reports.queries.span import Span

_MONEY = amounts(
    ("opening", "Opening"), *((one.value, one.label) for one in Movement), ("closing", "Closing"),
    ("measured", "Measured"), ("difference", "Difference"),
)  # fmt: skip
ROWS = (
    *texts(("entity_code", "Entity")), *labels(("framework", "Framework"), ("reserve", "Reserve")),
    *texts(("relationship_code", "Relationship")), Field("period_start", "Month", "month"), *texts(("currency", "In")),
    *_MONEY, *labels(("life_stage", "Stage")),
)  # fmt: skip
TOTALS = (
    *texts(("entity_code", "Entity")), *labels(("framework", "Framework"), ("reserve", "Reserve")),
    Field("period_start", "Month", "month"), *texts(("currency", "In")), *_MONEY,
    Field("relationship_count", "Relationships", "count"), Field("differing", "Differ", "count"),
    Field("unproved", "Matured, not zero", "count"),
)  # fmt: skip


@dataclass(frozen=True)
class Proof:
    """Whether every row is what the close has measured, and every matured relationship has come to zero."""

    differing: int
    unproved: int

    @property
    def holds(self) -> bool:
        return not self.differing and not self.unproved


def by_relationship(span: Span, **asked: Any) -> ReportTable:
    return ReportTable(
        "roll-forward",
        "Roll-forward by relationship",
        ROWS,
        roll_forwards.roll_forward(span, **asked),
        "IFRS 7.24E",
    )


def by_entity(span: Span, **asked: Any) -> ReportTable:
    found = roll_forwards.totals(span, **asked)
    return ReportTable("roll-forward-totals", "Roll-forward by entity", TOTALS, found, "IFRS 7.24E")


def proof(totals: ReportTable) -> Proof:
    rows = list(totals.rows)
    return Proof(sum(row["differing"] for row in rows), sum(row["unproved"] for row in rows))
