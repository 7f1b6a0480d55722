"""The story of one thing on its page: versions with their approvals, what changed, and the audit events."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from treasury.web import formats, words
from treasury.web.tables import Column, Table

AWAITING = "AWAITING_APPROVAL"


def versions_table(story: list[dict], middle: list[Column]) -> Table:
    columns = [
        Column("version_number", "Version", cell=lambda row: f"{row['version_number']}"),
        Column("state", "State", "state"),
        Column("valid_from", "Valid from", "day"),
        Column("valid_to", "To", cell=lambda row: formats.day(row["valid_to"]) or "open"),
        *middle,
        Column("recorded_at", "Recorded (UTC)", "moment"),
        Column("author__username", "By", cell=lambda row: row["author__username"] or "system"),
        Column("approval__decided_by__username", "Decided by"),
        Column("approval__recorded_at", "Decided (UTC)", "moment"),
        Column("change_reason", "Reason", wrap=True),
        Column("content_digest", "Digest", "digest"),
    ]
    return Table(columns, story, caption="Versions and approvals, the newest first", short=True)


def changed_terms(story: list[dict], labels: dict[str, str]) -> Table:
    rows = [
        {
            "version": row["version_number"],
            "term": labels[name],
            "old": plain(earlier[name]),
            "new": plain(row[name]),
        }
        for row, earlier in pairwise(story)
        for name in row["changed"]
        if name in labels
    ]
    columns = [
        Column("version", "Version", cell=lambda row: f"{row['version']}"),
        Column("term", "Term"),
        Column("old", "Before"),
        Column("new", "After"),
    ]
    return Table(columns, rows, caption="What changed from version to version", short=True,
                 empty="Nothing has changed since the first version.")  # fmt: skip


def events_table(events: list[dict]) -> Table:
    columns = [
        Column("recorded_at", "When (UTC)", "moment"),
        Column("action", "What"),
        Column("actor__username", "Who", cell=lambda row: row["actor__username"] or "system"),
        Column("reason", "Reason", wrap=True),
        Column("is_demo_history", "Note", cell=lambda row: "demo history" if row["is_demo_history"] else ""),
    ]
    return Table(columns, events, caption="Change log", short=True)


def awaits(story: list[dict], current: dict, remedy: str = words.APPROVING) -> str:
    """What to say above a thing with a version that nobody has decided on; empty where there is none."""
    if current["state"] == AWAITING:
        return f"Not valued: it awaits approval. {remedy}"
    if any(row["state"] == AWAITING for row in story):
        return f"Another version of it awaits approval. {remedy}"
    return ""


def plain(value: object) -> object:
    match value:
        case None | "":
            return formats.why("none")
        case bool():
            return "yes" if value else "no"
        case Decimal():
            text = format(value.normalize(), ",f")
            return text.replace("-", formats.MINUS)
        case datetime():
            return formats.moment(value)
        case date():
            return value.isoformat()
        case str():
            return words.label(value)
        case _:
            return str(value)
