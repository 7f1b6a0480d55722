"""What a second person is shown of a version before deciding on it."""

from __future__ import annotations

from django.urls import reverse

from hedges.web.relationship_terms import LABELS
from treasury.web import formats, words
from treasury.web.story import plain
from treasury.web.tables import Choice, Column, Table

FILE_LABELS = {
    "instrument_description": "Hedging instrument", "item_description": "Hedged item",
    "risk_description": "Nature of the risk", "assessment_description": "How effectiveness is assessed",
    "hedge_ratio_description": "How the hedge ratio is set", "strategy": "Risk management strategy",
    "rule_pack__code": "Rule pack", "reporting_scope": "Accounted for in",
    "release_pattern": "The reserve leaves equity",
    "excluded_treatment": "What is not designated", "basis_excluded": "Currency basis left out",
    "cost_relation": "Cost of hedging is", "keeps_basis_in_reserve": "No basis adjustment",
    "earnings_lag_days": "Days from the item to profit or loss", "spot_is_discounted": "Spot element discounted",
    "qualitative_after_inception": "Qualitative assessment after inception",
    "content_digest": "Digest of the file",
}  # fmt: skip


def waiting(scope, rows: list[dict], person_id: int, choice: Choice) -> Table:
    columns = [
        Column(
            "code",
            "Relationship",
            link=lambda row: scope.link(reverse("relationship-decision", args=[row["id"]])),
        ),
        Column("change_kind", "What", cell=lambda row: words.label(row["change_kind"] or "DESIGNATION")),
        Column("entity_code", "Entity"),
        Column("framework", "Under", "label"),
        Column("valid_from", "From", "day"),
        Column("author_name", "Written by", cell=lambda row: row["author_name"] or "system"),
        Column("recorded_at", "At (UTC)", "moment"),
        Column("whose", "Whose turn", cell=lambda row: turn(row, person_id)),
    ]
    return Table(
        columns, rows, caption="Hedge relationships", short=True, empty="No relationship waits.",
        next_step="A designation or a change appears here when it is sent for approval.",
        row_link=lambda row: scope.link(reverse("relationship-decision", args=[row["id"]])), choice=choice,
    )  # fmt: skip


def turn(row: dict, person_id: int) -> str:
    """Who decides, and why that is not who reads: the reason why a row has no box to tick."""
    if row.get("overtaken"):
        return "nobody: a later version stands"
    if row["author_id"] == person_id:
        return "another person, you wrote it"
    if row.get("is_own"):
        return "another person, you wrote the one before"
    if row.get("decided_with"):
        return f"one word with {row['decided_with']}"
    if row.get("late_reason") and row.get("late_acceptance__id") is None:
        return "first whoever accepts that it is late"
    return "anybody who approves"


def maps(scope, rows: list[dict], person_id: int) -> Table:
    def address(row: dict) -> str:
        return scope.link(reverse("account-map-decision", args=[row["id"]]))

    columns = [
        Column("entity_code", "Accounts of", link=address),
        Column("version_number", "Version", "count"),
        Column("valid_from", "From", "day"),
        Column("author_name", "Written by", cell=lambda row: row["author_name"] or "system"),
        Column("recorded_at", "At (UTC)", "moment"),
        Column("whose", "Whose turn", cell=lambda row: turn(row, person_id)),
    ]
    return Table(columns, rows, caption="Account maps", short=True, empty="No account map waits.",
                 row_link=address)  # fmt: skip


def head(row: dict) -> list[tuple[str, object]]:
    said_of = [
        ("What", words.label(row["change_kind"] or "DESIGNATION")),
        ("Because", words.label(row["change_cause"]) if row["change_cause"] else ""),
        ("Reason", row["change_reason"]),
        ("Counts from", formats.day(row["valid_from"])),
        ("Hedge accounting from", formats.day(row["accounting_from"])),
        ("Written by", row["author_name"] or "system"),
        ("Written at (UTC)", formats.moment(row["recorded_at"])),
        ("Documented late because", row["late_reason"]),
        ("Lateness accepted by", row["late_acceptance__accepted_by__username"]),
        ("Digest", row["content_digest"]),
    ]
    return [(name, value) for name, value in said_of if value]


def content(row: dict) -> list[tuple[str, object]]:
    return [(label, plain(row[name])) for name, label in LABELS.items() if name in row]


def against(row: dict, earlier: dict) -> Table:
    """Only the terms that the version changes."""
    rows = [
        {"term": label, "before": plain(earlier[name]), "after": plain(row[name])}
        for name, label in LABELS.items()
        if name in row and name in earlier and row[name] != earlier[name]
    ]
    columns = [
        Column("term", "Term"),
        Column("before", "Before", wrap=True),
        Column("after", "After", wrap=True),
    ]
    return Table(columns, rows, caption="Terms before and after", short=True,
                 empty="The terms stay as they are; only the volumes change.")  # fmt: skip


def file_terms(row: dict) -> list[tuple[str, object]]:
    found = [(label, row.get(f"inception_file__{name}")) for name, label in FILE_LABELS.items()]
    return [(label, plain(value)) for label, value in found if value not in (None, "")]
