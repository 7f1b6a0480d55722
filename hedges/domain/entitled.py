"""Who may do what in hedge accounting, in words: who prepares, and who decides; at the entity or in the whole group.

The triggers hold the same, whoever writes. Nobody (the system) prepares nothing; only a close runs by itself.
"""

from collections.abc import Collection
from typing import Any

from treasury.domain.refusals import Refusal
from treasury.models import Entity
from treasury.queries.access import DECIDERS, PREPARERS, has_role_at


def prepares(actor: Any, entity_id: int, what: str) -> None:
    """Raises Refusal unless the person is a hedge accountant or treasurer of the entity."""
    _hold(actor, entity_id, PREPARERS, "a hedge accountant or treasurer", what)


def decides(actor: Any, entity_id: int, what: str) -> None:
    """Raises Refusal unless the person is an approver or hedge accountant of the entity."""
    _hold(actor, entity_id, DECIDERS, "an approver or a hedge accountant", what)


def _hold(actor: Any, entity_id: int, roles: Collection[str], who: str, what: str) -> None:
    if actor is None or not has_role_at(actor, entity_id, roles):
        code = Entity.objects.values_list("code", flat=True).get(pk=entity_id)
        raise Refusal(
            f"Only {who} of {code} {what}: ask one of them, or have the role given. Nothing was changed."
        )
