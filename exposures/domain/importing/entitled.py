"""Who may work on an import: a writer at every entity that it touches; before it touches one, whoever began it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from exposures.models import Import
from treasury.domain.refusals import Refusal
from treasury.queries.access import DECIDERS, WRITERS
from treasury.queries.people import person


def works_on(actor: Any, found: Import) -> None:
    """Raises Refusal unless the person may change this import."""
    began = found.event.actor_id == actor.pk
    if not (began and not found.entity_ids):
        _hold(actor, found.entity_ids, WRITERS, "records exposures there")


def decides(actor: Any, found: Import) -> None:
    """Raises Refusal unless the person is an approver or hedge accountant of every entity of the import."""
    _hold(actor, found.entity_ids, DECIDERS, "decides on its exposures")


def stops(actor: Any, found: Import) -> None:
    """Raises Refusal unless the person may change this import or decide on it."""
    try:
        decides(actor, found)
    except Refusal:
        works_on(actor, found)


def _hold(actor: Any, entity_ids: Collection[int], roles: Collection[str], what: str) -> None:
    who = person(actor)
    if not entity_ids or not all(who.has_role_at(entity_id, *roles) for entity_id in entity_ids):
        raise Refusal(
            "The import touches an entity at which you have no role that "
            f"{what}: ask somebody who has, or have it given. Nothing was changed."
        )
