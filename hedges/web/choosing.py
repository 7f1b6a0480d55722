"""What a second person may tick in the lists of what waits, and the bar that decides on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.urls import reverse

from treasury.web.scope import Scope
from treasury.web.tables import Choice, Table

NOUNS = {"relationship": "relationships", "instrument": "instruments", "exposure": "exposures"}


def boxes(scope: Scope, kind: str, rows: list[dict], ticked: Collection[str]) -> Choice:
    """A box sends a version with the digest that is shown; versions that one word decides have one box.

    `ticked`: the values that come ticked, or the kind itself for all of them.
    """
    parts: dict[object, list[dict]] = defaultdict(list)
    for row in rows:
        parts[row.get("goes_with") or -row["id"]].append(row)
    values = {}
    for together in parts.values():
        first = together[0]
        for other in together[1:]:
            other["decided_with"] = first["reference"]
        if all(_may(scope, row) for row in together):
            values[first["id"]] = ",".join(f"{row['id']}:{row['content_digest']}" for row in together)
    return Choice(
        form=f"decide-{kind}",
        value=lambda row: values.get(row["id"], ""),
        ticked=lambda value: kind in ticked or value in ticked,
    )


def _may(scope: Scope, row: dict) -> bool:
    late = row.get("late_reason") and row.get("late_acceptance__id") is None
    return scope.may_decide_at(row["entity_id"]) and not (row["is_own"] or row["overtaken"] or late)


def bar(scope: Scope, kind: str, table: Table, told: dict | None) -> dict | None:
    """The bar under a list; none where nothing in it may be ticked. `told`: what was sent and refused."""
    boxed = sum(bool(table.choice.value(row)) for row in table.rows) if table.choice else 0
    if not boxed and not told:
        return None
    every = scope.link(reverse("approvals"), tick=kind)
    return {
        "form_id": f"decide-{kind}",
        "action": scope.link(reverse("decide-many", args=[kind])),
        "every": f"{every}#{NOUNS[kind]}",
        "count": boxed,
        "hint": f"Tick {NOUNS[kind]} to decide on them with one word; x ticks the row that has the focus.",
        "comment_label": "Comment; a rejection needs one",
        "buttons": [
            {"value": "APPROVED", "words": "Approve what is chosen"},
            {"value": "REJECTED", "words": "Reject what is chosen"},
        ],
        **(told or {}),
    }
