"""Who may see which audit event.

An event belongs to no entity, the rows that it made do. One who has a role at the whole group sees every event; anyone
else those that made a row of their entities, those that made rows of no entity alone (quotes, risks, runs), and
their own. What is its author's alone, as a saved mapping, is not of no entity. A designation elsewhere that seals the
market on its way is an event of that entity. Which tables there are is read from the models, so that a new one is
covered when it is made.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from treasury.models import AuditChange, AuditEvent, Entity, Recorded
from treasury.queries.access import bound_to, sees_all, visible_entities

_THROUGH = (
    "version", "policy", "policy_version", "relationship_version", "relationship", "account_map", "entry",
    "exposure_import", "file", "job",
)  # fmt: skip


def events(user: Any) -> "QuerySet[AuditEvent]":
    """The events that the user may see."""
    if sees_all(user):
        return AuditEvent.objects.all()
    # Their own at other entities are not for a key that is bound to some.
    visible = Q(actor=user) if bound_to(user) is None else Q(pk__in=[])
    of_nobody, of_somebody = Q(pk__in=[]), Q(pk__in=[])
    for model, path in _recorded():
        made = model._default_manager.filter(event=OuterRef("pk"))
        if getattr(model, "is_of_its_author", False):
            continue
        if path:
            visible |= Q(Exists(made.filter(**{f"{path}__in": visible_entities(user)})))
            of_somebody |= Q(Exists(made.exclude(**{path: None})))
        else:
            of_nobody |= Q(Exists(made))
    return AuditEvent.objects.filter(visible | (of_nobody & ~of_somebody))


def changes(user: Any, event_ids: Iterable[int]) -> "QuerySet[AuditChange]":
    """Old and new values of the state rows that these events changed, without rows of other entities."""
    found = AuditChange.objects.filter(event__in=list(event_ids)).order_by("id")
    if sees_all(user):
        return found
    visible = list(visible_entities(user).values_list("pk", flat=True))
    entity_table = Entity._meta.db_table
    of_entity = Q(new_values__entity_id__in=visible) | Q(table_name=entity_table, row_id__in=visible)
    of_nobody = Q(new_values__entity_id=None) & ~Q(table_name=entity_table)
    return found.filter(of_entity | of_nobody)


@cache
def _recorded() -> tuple[tuple[type[Model], str], ...]:
    """Every recorded model with its path to the entity; an empty path where it has none."""
    return tuple(
        (model, _path_to_entity(model)) for model in apps.get_models() if issubclass(model, Recorded)
    )


def _path_to_entity(model: type[Model]) -> str:
    if model is Entity:
        return "pk"
    fields = {
        field.name: field for field in model._meta.get_fields() if field.many_to_one or field.one_to_one
    }
    if "entity" in fields:
        return "entity"
    for name in _THROUGH:
        target = fields[name].related_model if name in fields and fields[name].concrete else None
        if isinstance(target, type) and (path := _path_to_entity(target)):
            return f"{name}__{path}"
    return ""
