"""The forms that a person has begun and not sent."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from treasury.models import Draft
from treasury.queries.rows import Row, listed, one

_SHOWN = ("form_name", "client_key", "title", "address", "updated_at")


def of(owner: Any, *form_names: str) -> list[Row]:
    """Of these forms, the newest first."""
    return listed(Draft.objects.filter(owner=owner, form_name__in=form_names).values(*_SHOWN))


def found(owner: Any, form_name: str, client_key: UUID) -> Row | None:
    """The draft with this key, where it is this person's."""
    drafts = Draft.objects.filter(owner=owner, form_name=form_name, client_key=client_key)
    return one(drafts.values(*_SHOWN, "fields"))


def own(owner: Any, form_name: str) -> "QuerySet[Draft]":
    """For the API: the drafts of one person."""
    return Draft.objects.filter(owner=owner, form_name=form_name)
