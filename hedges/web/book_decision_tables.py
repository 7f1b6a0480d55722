"""What a second person is shown of an exposure or an instrument before deciding on it."""

from __future__ import annotations

from django.urls import reverse

from exposures.queries import exposure_pages, import_decisions
from exposures.web import exposures
from hedges.queries import instrument_life
from hedges.web import instrument_terms
from hedges.web.decision_tables import turn
from treasury.web import formats, words
from treasury.web.story import plain
from treasury.web.tables import Choice, Column, Table, link_cell

NAMES = {"exposure": "Exposure", "instrument": "Instrument"}
NOBODY = {"exposure": "No exposure waits.", "instrument": "No instrument waits."}
IMPORTED = {"COMMIT": "{:,} versions of exposures", "UNDO": "Taken back: {:,} versions of exposures"}


def waiting(scope, kind: str, rows: list[dict], person_id: int, choice: Choice) -> Table:
    def address(row: dict) -> str:
        return scope.link(reverse("book-decision", args=[kind, row["id"]]))

    columns = [
        Column("reference", NAMES[kind], link=address),
        Column("what", "What", cell=what),
        Column("entity_code", "Entity"),
        Column("risk_code", "Risk"),
        Column("amount", "Amount", "amount"),
        Column("unit", "In"),
        Column("day", "Due", "day"),
        *([Column("party", "With")] if kind == "instrument" else []),
        Column("author_name", "Written by", cell=lambda row: row["author_name"] or "system"),
        Column("recorded_at", "At (UTC)", "moment"),
        Column("whose", "Whose turn", cell=lambda row: turn(row, person_id)),
    ]
    return Table(columns, rows, caption=f"{NAMES[kind]}s", short=True,
                 empty=NOBODY[kind], row_link=address, choice=choice)  # fmt: skip


def waiting_imports(scope, person_id: int) -> Table:
    """Each import with its versions as one item, decided on at once on its page."""

    def address(row: dict) -> str:
        return scope.link(reverse("import", args=[row["id"]]))

    columns = [
        Column("id", "Import", cell=lambda row: link_cell(f"Import {row['id']}", address(row))),
        Column("what", "What", cell=lambda row: IMPORTED[row["what"]].format(row["versions"])),
        Column("source_system", "Source"),
        Column("file_name", "File"),
        Column("author_name", "Written by"),
        Column("recorded_at", "At (UTC)", "moment"),
        Column("whose", "Whose turn", cell=lambda row: turn(row, person_id)),
    ]
    return Table(columns, import_decisions.waiting(scope.entity_ids), caption="Imports of exposures", short=True,
                 empty="No import waits.", row_link=address)  # fmt: skip


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


def of_one_event(scope, row: dict) -> Table | None:
    """The trade that something happened to and the one that follows from it."""
    rows = instrument_life.of_one_event(row["event_id"])
    if len(rows) < 2:
        return None
    columns = [
        Column(
            "reference",
            "Instrument",
            link=lambda row: scope.link(reverse("instrument", args=[row["instrument_id"]])),
        ),
        Column("version_number", "Version", "count"),
        Column("kind", "Kind", "label"),
        Column("notional_amount", "Notional", "amount", places=2),
        Column("unit", "In"),
        Column("settlement_date", "Settles", "day"),
        Column("status", "Status", "label"),
    ]
    return Table(columns, rows, caption="One event: the decision is on all of these", key="event", short=True)


def together(scope, row: dict) -> Table | None:
    """The exposure that is split and its parts: one decision is on all of them."""
    rows = exposure_pages.split_with(row)
    if not rows:
        return None
    columns = [
        Column(
            "reference",
            "Exposure",
            link=lambda row: scope.link(reverse("exposure", args=[row["exposure_id"]])),
        ),
        Column("version_number", "Version", "count"),
        Column("kind", "Kind", "label"),
        Column("exposure_amount", "Amount", "amount", unit=rows[0]["unit"], places=2),
        Column("expected_date", "Expected", "day"),
        Column("status", "Status", "label"),
    ]
    return Table(columns, rows, caption="A split: the decision is on all of these", key="split", short=True)
