"""Whole tables for warehouses: every row that may be seen, those known at a time, those changed since a place."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from treasury.queries import changes
from treasury.queries.changes import Place
from treasury.queries.known import Point, applicable


def parent_of(resource: str) -> str:
    """Of what has versions, the column that names the thing; else nothing."""
    versions = [
        source
        for source in changes.sources()
        if source.resource == resource and source.version == "version_number"
    ]
    return str(versions[0].thing).removesuffix("_id") if versions else ""


def counting(found: "QuerySet[Any]", resource: str, at: Point) -> "QuerySet[Any]":
    """Of each thing the version that counts at the point."""
    return applicable(found, parent=parent_of(resource), at=at)


def known(found: "QuerySet[Any]", at: datetime | None) -> "QuerySet[Any]":
    return found if at is None else found.filter(recorded_at__lte=at)


def changed_since(found: "QuerySet[Any]", resource: str, since: Place) -> "QuerySet[Any]":
    """Those that the feed has told of after the place; a commit that was read in part is read again."""
    number = since.number if str(since) == str(since.number) else since.number - 1
    named = Q(pk__in=[])
    for source in changes.sources():
        if source.resource == resource:
            told = source.model._default_manager.filter(source.only, **{f"{source.number}__gt": number})
            named |= Q(pk__in=told.annotate(told_of=changes.key(source.body)).values("told_of"))
    return found.filter(named)
