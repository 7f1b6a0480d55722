"""Imports as resources: those that touch only entities of the user, as the pages show them, and how files are read."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from exposures.models import Import, ImportChange, ImportFile, ImportMapping, ImportProblem
from exposures.queries.imports import visible
from treasury.models import Entity
from treasury.queries import access, as_known, people
from treasury.queries.rows import Row

#: What moves while a file is on its way.
_MOVES = ("attempt", "commit_event_id", "undo_event_id", "settings")


def imports(user: Any) -> "QuerySet[Import]":
    seen = list(access.visible_entities(user).values_list("pk", flat=True))
    return Import.objects.filter(visible(seen, user.pk))


def then(found: Import, known_at: datetime | None) -> Row:
    """Its attempt and what had been done with it at the time; without one, as it is."""
    now = {name: getattr(found, name) for name in _MOVES}
    if known_at is None:
        return now
    before = as_known.values_then(Import._meta.db_table, [found.pk], known_at).get(found.pk, {})
    return {name: before.get(name, value) for name, value in now.items()}


def problems(found: Import, attempt: int) -> "QuerySet[ImportProblem]":
    return ImportProblem.objects.filter(exposure_import_id=found.pk, attempt=attempt)


def changes(found: Import, attempt: int) -> "QuerySet[ImportChange]":
    return ImportChange.objects.filter(exposure_import_id=found.pk, attempt=attempt)


def files(found: Import) -> "QuerySet[ImportFile]":
    return ImportFile.objects.filter(exposure_import_id=found.pk)


def mappings(user: Any) -> "QuerySet[ImportMapping]":
    """Those that the user or somebody with a role at one of the user's entities has saved, but none whose rows all go
    to another entity: such a mapping names it."""
    by = Q(event__actor_id=user.pk) | Q(event__actor__in=people.memberships(user).values("user"))
    foreign = Entity.objects.exclude(pk__in=access.visible_entities(user)).values_list("code", flat=True)
    at = Q(settings__fixed__entity__isnull=True) | ~Q(settings__fixed__entity__in=list(foreign))
    return ImportMapping.objects.filter(by, at)
