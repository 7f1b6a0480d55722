"""The views of a page that somebody may choose: their own, and those shared with an entity that they see."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from treasury.models import SavedView
from treasury.queries import access
from treasury.queries.rows import Row, listed


def of_page(path: str, *, user: Any, entity_ids: list[int]) -> list[Row]:
    found = SavedView.objects.filter(Q(owner_id=user.pk) | Q(shared_with_id__in=entity_ids), path=path)
    return listed(
        found.order_by("name", "id").values(
            "id", "name", "query", "owner_id", owner_name=F("owner__username"), entity=F("shared_with__code")
        )
    )


def visible(user: Any) -> QuerySet[SavedView]:
    """For the API: one's own, and those shared with an entity that the person sees."""
    return SavedView.objects.filter(Q(owner=user) | Q(shared_with__in=access.visible_entities(user)))
