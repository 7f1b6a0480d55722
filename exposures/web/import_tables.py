"""The tables of an import: what is wrong, what changes, totals before and after, and the effect on relationships."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from exposures.domain.importing.layout import Layout
from exposures.enums import PreviewOutcome
from treasury.queries.rows import Row
from treasury.web import formats, words
from treasury.web.scope import Scope
from treasury.web.story import plain
from treasury.web.tables import Column, Table, in_chunks

CHANGED_SHOWN = 50
PROBLEMS = [
    Column("row_number", "Row", sort="row_number", cell=lambda row: f"{row['row_number']}"),
    Column("column_number", "Column", cell=lambda row: row["column_number"] or ""),
    Column("column_name", "Heading", sort="column_name"),
    Column("code", "What is wrong", sort="code", cell=lambda row: words.sentence(row["code"])),
    Column("value", "Value", sort="value", wrap=True),
    Column("expected", "Expected", wrap=True),
]
TERMS = {
    "risk__code": "risk", "kind": "kind", "status": "status", "description": "description",
    "exposure_amount": "amount", "expected_date": "expected date", "window_start": "window from",
    "window_end": "window to", "certainty_ratio": "certainty",
}  # fmt: skip


def imports(scope: Scope) -> list[Column]:
    return [
        Column("id", "Import", sort="id", cell=lambda row: formats.number(row["id"]),
               link=lambda row: scope.link(reverse("import", args=[row["id"]]))),
        Column("source_system", "Source", sort="source_system"),
        Column("file_name", "File", sort="file_name"),
        Column("status", "State", cell=state),
        Column("row_count", "Rows", "count", sort="row_count"),
        Column("problem_count", "Wrong cells", "count", sort="problem_count"),
        Column("actor_name", "By", sort="event__actor__username"),
        Column("recorded_at", "Begun (UTC)", "moment", sort="recorded_at"),
    ]  # fmt: skip


def state(row: Row) -> object:
    if row["status"] == "STAGED" and row["is_checked"]:
        return formats.state("IMPORT_WRONG" if row["problem_count"] else "IMPORT_CHECKED")
    return formats.state(f"IMPORT_{row['status']}")


def head(row: Row, layout: Layout) -> list[tuple[str, object]]:
    said = [
        ("State", state(row)),
        ("Source", row["source_system"]),
        ("Begun by", f"{row['actor_name']}, {row['recorded_at']:%Y-%m-%d %H:%M} UTC"),
        ("Counts from", layout.valid_from),
        ("Committed by", _whom(row, "committed")),
        ("Undone by", _whom(row, "undone")),
        ("Why undone", row["undo_reason"]),
    ]
    return [(name, value) for name, value in said if value]


def _whom(row: Row, what: str) -> str:
    return f"{row[f'{what}_by']}, {row[f'{what}_at']:%Y-%m-%d %H:%M} UTC" if row[f"{what}_at"] else ""


def figures(row: Row, outcomes: dict[str, int]) -> list[dict]:
    said = [
        ("Rows", row["row_count"]), ("New", outcomes["NEW"]), ("Changed", outcomes["CHANGED"]),
        ("Unchanged", outcomes["UNCHANGED"]), ("Wrong cells", row["problem_count"]),
    ]  # fmt: skip
    return [{"label": label, "value": formats.number(count)} for label, count in said]


def codes(rows: list[Row]) -> Table:
    columns = [
        Column("code", "What is wrong", cell=lambda row: words.sentence(row["code"])),
        Column("column_name", "Heading"),
        Column("cells", "Cells", "count"),
    ]
    return Table(columns, rows, caption="What is wrong, how often", short=True)


def changed(scope: Scope, found: QuerySet, count: int) -> Table:
    """The page shows the first of them and leads to all; a file holds every one."""
    columns = [
        Column("row_number", "Row", cell=lambda row: f"{row['row_number']}"),
        Column(
            "reference",
            "Exposure",
            link=lambda row: scope.link(reverse("exposure", args=[row["exposure_id"]])),
        ),
        Column("difference", "Before and after", cell=difference, value=difference, wrap=True),
    ]
    more = f", the first {CHANGED_SHOWN} of {count:,}" if count > CHANGED_SHOWN else ""
    return Table(
        columns, list(found[:CHANGED_SHOWN]), caption=f"Changed exposures{more}", short=True,
        more_rows=(lambda: in_chunks(found, None)) if more else None, empty="No exposure of before changes.",
    )  # fmt: skip


def difference(row: Row) -> str:
    return "; ".join(
        f"{label} {plain(row[f'old_{name}'])} → {plain(row[name])}"
        for name, label in TERMS.items()
        if row[name] != row[f"old_{name}"]
    )


def by_outcome(counted: dict[str, int], address: str) -> list[dict]:
    """How many rows do what, each with the rows themselves."""
    return [
        {
            "words": f"{formats.number(counted[one.value])} {one.label}",
            "href": f"{address}{'&' if '?' in address else '?'}outcome={one.value}",
        }
        for one in PreviewOutcome
        if counted[one.value]
    ]


def totals(rows: list[Row]) -> Table:
    columns = [
        Column("entity_code", "Entity"),
        Column("unit", "In"),
        Column("before", "Before", "money"),
        Column("change", "Change", "money"),
        Column("after", "After", "money"),
    ]
    moved = [row for row in rows if row["change"]]
    return Table(columns, moved, caption="Sums of open exposures that move; what waits for approval is counted",
                 short=True, empty="No sum of open exposures moves.")  # fmt: skip


def effect(scope: Scope, rows: list[Row]) -> Table:
    columns = [
        Column(
            "code",
            "Relationship",
            link=lambda row: scope.link(reverse("relationship", args=[row["relationship_id"]])),
        ),
        Column("reference", "Hedged item"),
        Column("effects", "Effect", wrap=True),
        Column("designated", "Designated", "money"),
        Column("amount_after", "Amount after", "money"),
        Column("unit", "In"),
        Column("date_before", "Date before", "day"),
        Column("date_after", "Date after", "day"),
    ]
    return Table(columns, rows, caption="Hedge relationships that it touches", short=True,
                 empty="No hedge relationship is touched.")  # fmt: skip


def files(scope: Scope, pk: int, rows: list[Row]) -> Table:
    columns = [
        Column("name", "File", link=lambda row: scope.link(reverse("import-file", args=[pk, row["id"]]))),
        Column("digest", "SHA-256", cell=lambda row: row["digest"], wrap=True),
        Column("actor_name", "By"),
        Column("recorded_at", "At (UTC)", "moment"),
    ]
    return Table(columns, rows, caption="Files as they came, the newest first", short=True)


def corrections(rows: list[Row]) -> Table:
    columns = [
        Column("row_number", "Row", cell=lambda row: f"{row['row_number']}"),
        Column("column_number", "Column", cell=lambda row: f"{row['column_number']}"),
        Column("old_value", "Before", wrap=True),
        Column("new_value", "After", wrap=True),
        Column("actor_name", "By"),
        Column("recorded_at", "At (UTC)", "moment"),
    ]
    return Table(columns, rows, caption="Cells put right on this page, the newest first", short=True)
