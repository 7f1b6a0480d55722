"""Who may do what in hedge accounting, in words: who prepares, and who decides; at the entity or in the whole group.

The triggers hold the same, whoever writes. Nobody (the system) prepares nothing; only a close runs by itself.
"""

from collections.abc import Collection
from typing import Any, NoReturn

from treasury.domain.refusals import Refusal
from treasury.models import Entity
from treasury.queries.access import DECIDERS, PREPARERS, has_role_at
from treasury.queries.people import person

PREPARING = "a hedge accountant or treasurer"


def prepares(actor: Any, entity_id: int, what: str) -> None:
    """Raises Refusal unless the person is a hedge accountant or treasurer of the entity."""
    _hold(actor, entity_id, PREPARERS, PREPARING, what)


def prepares_at_all(actor: Any, entity_ids: Collection[int], what: str) -> None:
    """The same of several entities, in as many reads as of one; the first one without the role is named."""
    who = person(actor)
    for entity_id in entity_ids:
        if not who.has_role_at(entity_id, *PREPARERS):
            _refuse(entity_id, PREPARING, what)


def decides(actor: Any, entity_id: int, what: str) -> None:
    """Raises Refusal unless the person is an approver or hedge accountant of the entity."""
    _hold(actor, entity_id, DECIDERS, "an approver or a hedge accountant", what)


def _hold(actor: Any, entity_id: int, roles: Collection[str], who: str, what: str) -> None:
    if actor is None or not has_role_at(actor, entity_id, roles):
        _refuse(entity_id, who, what)


def _refuse(entity_id: int, who: str, what: str) -> NoReturn:
    code = Entity.objects.values_list("code", flat=True).get(pk=entity_id)
    raise Refusal(
        f"Only {who} of {code} {what}: ask one of them, or have the role given. Nothing was changed."
    )
