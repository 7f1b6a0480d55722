"""Changes as other systems get them, by the feed and by webhooks: one form, with or without the changed row."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from rest_framework import serializers

from treasury.api import rows, tags
from treasury.api.fields import AnyValue
from treasury.api.rows import Row
from treasury.api.scopes import Scope
from treasury.api.tags import State
from treasury.api.views import Resource
from treasury.enums import ChangeVerb
from treasury.queries import changes
from treasury.queries.changes import Change


class ChangeSerializer(serializers.Serializer):
    """One change of one thing. Apply them in their order; the same one may come twice."""

    resource = serializers.CharField(help_text="Name of the resource: `exposures`.")
    id = serializers.IntegerField(help_text="Its id in the addresses of that resource.")
    version = serializers.IntegerField(allow_null=True, help_text="Of what has versions, which one.")
    kind = serializers.ChoiceField(ChangeVerb.choices)
    tombstone = serializers.BooleanField(
        help_text="Rejected, corrected or taken back: it does not count and never will."
        " Take it out of a copy of what counts. Nothing ever leaves the book itself."
    )
    at = serializers.DateTimeField(help_text="When it was recorded, by the clock of the book.")
    actor = serializers.CharField(allow_null=True, help_text="Null: the system.")
    action = serializers.CharField(allow_null=True, help_text="Past tense, dotted; null: a step of a run.")
    event_id = serializers.IntegerField(allow_null=True, help_text="Of the audit event.")
    etag = serializers.CharField(
        allow_null=True,
        help_text="With `bodies=full` the state of the thing as it is now, for `If-Match`; else null.",
    )
    body = AnyValue(
        allow_null=True,
        help_text="With `bodies=full` the changed row as it stands now; of what has versions, that version with its"
        " author and the decision on it. Else null.",
    )


@cache
def _views() -> dict[str, type[Resource]]:
    return {
        resource: view
        for path in settings.HEDGEBOOK_CHANGE_BODIES
        for resource, view in import_string(f"{path}.BODIES").items()
    }


def shown(found: Sequence[Change], user: Any, *, full: bool) -> list[Row]:
    """The changes for a user; full bodies are read a resource at a time, however many rows there are."""
    bodies: dict[tuple[str, int], Row] = {}
    states: dict[tuple[str, int], State] = {}
    for resource in sorted({change.resource for change in found}) if full else ():
        view, own = _views()[resource], [change for change in found if change.resource == resource]
        read = _bodies(view(), {change.body for change in own}, Scope(user))
        bodies |= {(resource, key): row for key, row in read}
        if view.tagged is not None:
            known = tags.states(view.tagged, {change.id for change in own})
            states |= {(resource, key): state for key, state in known.items()}
    return [
        {
            "resource": change.resource,
            "id": change.id,
            "version": change.version,
            "kind": change.verb,
            "tombstone": change.verb == ChangeVerb.WITHDRAWN,
            "at": change.at,
            "actor": change.actor,
            "action": change.action,
            "event_id": change.event_id,
            "etag": f'"{state}"' if (state := states.get((change.resource, change.id))) else None,
            "body": bodies.get((change.resource, change.body)),
        }
        for change in found
    ]


def _bodies(view: Resource, keys: set[int], scope: Scope) -> list[tuple[int, Row]]:
    how = rows.plan(view.serializer, ("id",))
    read = [
        (how.key_of(values)[0], how.row(values))
        for values in view.rows(scope).filter(pk__in=keys).values_list(*how.columns)
    ]
    view.attach([row for _, row in read], scope)
    return read


def followed() -> tuple[str, ...]:
    """The names of the resources whose changes are told."""
    return changes.resources()
