"""Keeping a list under a name, sharing it with the people of an entity, and letting it go.

A view of one's own is a preference, open to every role; one that others see is on the audit record.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db import connection, transaction

from treasury.domain import audit
from treasury.domain.refusals import Refusal, as_refusal
from treasury.models import Entity, SavedView
from treasury.queries import access

#: Views of one page that a person keeps.
MOST = 40
#: What is of the moment and not of the view.
MOMENTARY = ("page", "format")


def save(*, owner: Any, name: str, path: str, query: str, shared_with: Entity | None = None) -> int:
    """Keeps the view and returns its number. Raises Refusal where the name is taken or the page is no page of ours."""
    name = " ".join(name.split())
    if not name:
        raise Refusal("A view needs a name; say what it shows, as in “Dollar, open, this quarter”.")
    if len(name) > 60:
        raise Refusal("The name of a view has at most 60 letters.")
    if not path.startswith("/") or path.startswith("//") or len(path) > 200 or "\x00" in name + path + query:
        raise Refusal("Only a page of this program can be kept as a view.")
    kept = urlencode([pair for pair in parse_qsl(query) if not pair[0].endswith(MOMENTARY)])
    if len(kept) > 2000:
        raise Refusal("The filters of this view are too long to be kept; clear some of them.")
    if SavedView.objects.filter(owner=owner, path=path).count() >= MOST:
        raise Refusal(f"You keep {MOST} views of this page; delete one that you do not use any more.")
    if shared_with is None:
        return _written(owner, name, path, kept, None)
    if not access.has_role_at(owner, shared_with.pk, access.WRITERS):
        raise Refusal(f"You may read {shared_with.code} only; keep the view for yourself.")
    with (
        as_refusal(),
        audit.action("treasury.view.shared", actor=owner, subject=shared_with, reason=f"{name} {path}"),
    ):
        return _written(owner, name, path, kept, shared_with.pk)


def _written(owner: Any, name: str, path: str, query: str, entity_id: int | None) -> int:
    with as_refusal(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO treasury_savedview (owner_id, name, path, query, shared_with_id, created_at)"
            " VALUES (%s, %s, %s, %s, %s, hedgebook_now()) RETURNING id",
            [owner.pk, name, path, query, entity_id],
        )
        return int(cursor.fetchone()[0])


def delete(*, owner: Any, pk: int) -> SavedView:
    """Raises Refusal where the person keeps no such view: nobody deletes another's."""
    view = SavedView.objects.filter(owner=owner, pk=pk).select_related("shared_with").first()
    if view is None:
        raise Refusal("You keep no such view; it may be deleted already, or it is somebody else's.")
    if view.shared_with is None:
        SavedView.objects.filter(pk=pk).delete()
        return view
    reason = f"{view.name} {view.path}"
    with (
        as_refusal(),
        audit.action("treasury.view.withdrawn", actor=owner, subject=view.shared_with, reason=reason),
    ):
        SavedView.objects.filter(pk=pk).delete()
    return view
