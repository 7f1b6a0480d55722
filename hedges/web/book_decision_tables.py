"""What a second person is shown of an exposure or an instrument before deciding on it."""

from __future__ import annotations

from django.urls import reverse

from exposures.web import exposures
from hedges.queries import book_decisions
from hedges.web import instrument_terms
from hedges.web.decision_tables import turn
from treasury.web import formats, words
from treasury.web.story import plain
from treasury.web.tables import Column, Table

NAMES = {"exposure": "Exposure", "instrument": "Instrument"}
NOBODY = {"exposure": "No exposure waits.", "instrument": "No instrument waits."}


def waiting(scope, kind: str, person_id: int) -> Table:
    def address(row: dict) -> str:
        return scope.link(reverse("book-decision", args=[kind, row["id"]]))

    columns = [
        Column("reference", NAMES[kind], link=address),
        Column("what", "What", cell=what),
        Column("entity_code", "Entity"),
        Column("risk_code", "Risk"),
        Column("valid_from", "From", "day"),
        Column("author_name", "Written by", cell=lambda row: row["author_name"] or "system"),
        Column("recorded_at", "At (UTC)", "moment"),
        Column("whose", "Whose turn", cell=lambda row: turn(row, person_id)),
    ]
    return Table(columns, book_decisions.waiting(kind, scope.entity_ids), caption=f"{NAMES[kind]}s", short=True,
                 empty=NOBODY[kind], row_link=address)  # fmt: skip


def what(row: dict) -> str:
    """`New: highly probable forecast`, or `Version 3: settled`."""
    if row["version_number"] == 1:
        return f"New: {words.label(row['kind']).lower()}"
    return f"Version {row['version_number']}: {words.label(row['status']).lower()}"


def head(row: dict) -> list[tuple[str, object]]:
    said = [
        ("Counts from", formats.day(row["valid_from"])),
        ("Reason", row["change_reason"]),
        ("Written by", row["author__username"] or "system"),
        ("Written at (UTC)", formats.moment(row["recorded_at"])),
        ("Digest", row["content_digest"]),
    ]
    return [(name, value) for name, value in said if value]


def content(kind: str, thing: dict, row: dict) -> list[tuple[str, object]]:
    return (exposures if kind == "exposure" else instrument_terms).terms(thing, row)


def against(kind: str, row: dict, earlier: dict) -> Table:
    """Only the terms that the version changes."""
    labels = exposures.LABELS if kind == "exposure" else instrument_terms.LABELS
    rows = [
        {"term": label, "before": plain(earlier[name]), "after": plain(row[name])}
        for name, label in labels.items()
        if row[name] != earlier[name]
    ]
    columns = [
        Column("term", "Term"),
        Column("before", "Before", wrap=True),
        Column("after", "After", wrap=True),
    ]
    return Table(columns, rows, caption="Terms before and after", short=True,
                 empty="The terms stay as they are; only the dates change.")  # fmt: skip
