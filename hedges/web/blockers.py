"""What keeps a month from being closed, each with the page on which it is solved."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from hedges.domain.closing import Blocker
from hedges.queries import relationship_pages
from hedges.web.how import linked
from treasury.models import Entity
from treasury.web.scope import Scope
from treasury.web.tables import Column, Table

PLACES = {
    "accounts": "to the account map",
    "waiting": "to what waits",
    "demanded": "to the relationship",
    "rates": "to the rates",
    "order": "to the periods",
    "inconclusive": "to the decision",
    "credit": "to the decision",
    "unstated": "to the statement",
    "untested": "to the relationship",
    "undefined": "to the relationship",
    "sum": "to the relationship",
}


def table(scope: Scope, entity: Entity, blockers: Iterable[Blocker]) -> Table:
    found = list(blockers)
    known = relationship_pages.ids_of(_codes(found), entity_ids=[entity.pk])
    rows = [
        {
            "subject": blocker.subject, "what": blocker.what, "remedy": blocker.remedy,
            "code": blocker.code, "href": _place(scope, entity, blocker, known),
        }
        for blocker in found
    ]  # fmt: skip
    columns = [
        Column("subject", "What", wrap=True),
        Column("what", "Stands in the way", wrap=True),
        Column("remedy", "What to do", wrap=True),
        Column("href", "Where", cell=lambda row: linked(PLACES.get(row["code"], ""), row["href"])),
    ]
    return Table(columns, rows, caption="What stands in the way of the close", short=True,
                 empty="Nothing stands in the way.", next_step="The month can be closed.")  # fmt: skip


def named(scope: Scope, entity: Entity, reason: str) -> list[dict]:
    """The relationships that a failed close names, each with the page on which a person decides about its test."""
    known = relationship_pages.ids_of({word.strip(":,.") for word in reason.split()}, entity_ids=[entity.pk])
    return [
        {
            "code": code,
            "href": scope.link(reverse("relationship", args=[pk])),
            "decide": scope.link(reverse("assessment-decide", args=[pk])),
        }
        for code, pk in sorted(known.items())
    ]


def _codes(found: list[Blocker]) -> set[str]:
    """Words that may be the code of a relationship; what is none finds nothing."""
    return {word.strip(":,.") for blocker in found for word in blocker.subject.split()}


def _place(scope: Scope, entity: Entity, blocker: Blocker, known: dict[str, int]) -> str:
    if blocker.code == "accounts":
        return scope.link(reverse("account-map", args=[entity.code]))
    if blocker.code == "rates":
        return scope.link(reverse("market"))
    if blocker.code == "order":
        return scope.link(reverse("accounting"))
    if blocker.code == "waiting":
        return scope.link(reverse("approvals"))
    code = next((word for word in blocker.subject.replace(":", " ").split() if word in known), None)
    if code is None:
        return ""
    name = "assessment-decide" if blocker.code in ("inconclusive", "credit", "unstated") else "relationship"
    return scope.link(reverse(name, args=[known[code]]))
