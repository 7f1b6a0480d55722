"""The story of one thing on its page: versions with their approvals, what changed, and the audit events."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from django.utils.html import format_html

from treasury.web import formats, words
from treasury.web.tables import Column, Table

AWAITING = "AWAITING_APPROVAL"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def versions_table(story: list[dict], middle: list[Column]) -> Table:
    columns = [
        Column("version_number", "Version", cell=lambda row: f"{row['version_number']}"),
        Column("state", "State", "state", cell=_decided, value=lambda row: row["state"]),
        Column("valid_from", "Valid from", "day"),
        Column("valid_to", "To", cell=lambda row: formats.day(row["valid_to"]) or "open", optional=True),
        *middle,
        Column("recorded_at", "Recorded (UTC)", "moment"),
        Column("author__username", "By", cell=lambda row: row["author__username"] or "system"),
        Column("approval__decided_by__username", "Decided by", optional=True),
        Column("approval__recorded_at", "Decided (UTC)", "moment", optional=True),
        Column("change_reason", "Reason", wrap=True),
        Column("content_digest", "Digest", "digest", optional=True),
    ]
    return Table(columns, story, caption="Versions and approvals, the newest first", short=True)


def _decided(row: dict) -> object:
    """Under the state by whom, where somebody has decided."""
    person = row["approval__decided_by__username"]
    if row["state"] == AWAITING or not person:
        return formats.state(row["state"])
    return format_html('{}<br><span class="quiet">by {}</span>', formats.state(row["state"]), person)


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


def events_table(
    events: list[dict],
    story: list[dict] | None = None,
    labels: dict[str, str] | None = None,
    about: Column | None = None,
    caption: str = "Change log",
) -> Table:
    """The change log of one thing: with its `story` and the `labels` of its terms, what each event has changed.

    A thing without versions has its `changes` of state with the events (`treasury.queries.change_log`). `about`: which
    thing, in a log of several.
    """
    changed = {
        event["id"]: changes_said(event.get("changes", [])) or words.STEPS.get(event["action"], "")
        for event in events
    }
    changed |= old_and_new(story or [], labels or {})
    columns = [
        Column("recorded_at", "When (UTC)", "moment"),
        Column("action", "What", cell=lambda row: words.event(row["action"])),
        *([about] if about else []),
        Column("actor__username", "Who", cell=lambda row: row["actor__username"] or "system"),
        Column("reason", "Reason", wrap=True),
        Column("changed", "Old and new", cell=lambda row: changed.get(row["id"], ""), wrap=True),
        Column("is_demo_history", "Note", cell=lambda row: "demo history" if row["is_demo_history"] else ""),
    ]
    return Table(columns, events, caption=caption, short=True)


def old_and_new(story: list[dict], labels: dict[str, str]) -> dict[int, str]:
    """By the event that recorded a version: its terms before and after; of the first version, that it is the first."""
    found = {
        row["event_id"]: "; ".join(
            f"{labels[name]}: {_said(earlier[name])} → {_said(row[name])}"
            for name in row["changed"]
            if name in labels
        )
        for row, earlier in pairwise(story)
    }
    if story:
        found[story[-1]["event_id"]] = "first version"
    return found


def changes_said(changes: list[dict]) -> str:
    """State rows that were updated: each value before and after; who did it stands beside it."""
    return "; ".join(
        f"{words.sentence(name.removesuffix('_id'))}: {_kept(name, change['old_values'].get(name))}"
        f" → {_kept(name, new)}"
        for change in changes
        for name, new in change["new_values"].items()
        if change["old_values"].get(name) != new and not name.endswith("_by_id")
    )


def _kept(name: str, value: object) -> object:
    """A value as the log keeps it, JSON: a state in its word, a moment to the minute."""
    if name == "status" and value:
        return words.state(value)[0] if str(value) in words.STATES else words.sentence(str(value).lower())
    if isinstance(value, str) and MOMENT.match(value):
        return value[:16].replace("T", " ")
    return _said(value)


def _said(value: object) -> object:
    """For a line of text, where the grey of `plain` would be read as letters."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "none" if value in (None, "") else plain(value)


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
