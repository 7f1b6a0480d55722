"""What every page of one import begins with: the import, or the answer as if there were none."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.module_loading import import_string

from exposures.queries import imports as queries
from treasury.queries.rows import Row
from treasury.web.scope import Scope

NO_IMPORT = "There is no such import, or it touches an entity that you do not see."
REFUSED = 422


def found(request: HttpRequest, pk: int) -> Row:
    row = queries.found(pk, entity_ids=request.book.all_ids, user_id=request.user.pk)  # type: ignore[attr-defined]
    if row is None:
        raise Http404(NO_IMPORT)
    return row


def seen_attempt(request: HttpRequest) -> int:
    """The attempt that stood on the page; one that is no number is no attempt."""
    text = request.POST.get("attempt", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


def to_page(request: HttpRequest, pk: int, name: str = "import") -> HttpResponseRedirect:
    return HttpResponseRedirect(request.book.link(reverse(name, args=[pk])))  # type: ignore[attr-defined]


def effect(pk: int, attempt: int) -> list[Row]:
    """What the import does to hedge relationships: told by the app above, handed in by the settings."""
    tell: Any = import_string(settings.HEDGEBOOK_IMPORT_EFFECT)
    return tell(pk, attempt)


def may_change(scope: Scope, row: Row, user_id: int) -> bool:
    if not scope.may_write:
        return False
    touched = row["entity_ids"]
    return all(scope.may_write_at(pk) for pk in touched) if touched else row["actor_id"] == user_id


def may_stop(scope: Scope, row: Row) -> bool:
    """Who may change the import, or decide on all of it."""
    touched = row["entity_ids"]
    return bool(touched) and (
        all(scope.may_write_at(pk) for pk in touched) or all(scope.may_decide_at(pk) for pk in touched)
    )
