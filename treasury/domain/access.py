"""Giving a person a role, and taking it: on the record, like every other decision."""

from typing import Any

from treasury.domain import audit
from treasury.domain.refusals import Refusal, as_refusal
from treasury.models import Entity, Membership, User


def give_role(*, user: User, role: str, entity: Entity | None = None, actor: Any) -> Membership:
    """Makes `user` a member of `entity`, or of the whole group, in `role`. Raises Refusal when they are already."""
    with as_refusal(), audit.action("treasury.access.role_given", actor=actor, subject=user):
        return Membership.objects.create(user=user, entity=entity, role=role)


def take_role(*, user: User, role: str, entity: Entity | None = None, actor: Any, reason: str = "") -> None:
    """Ends what `give_role` has given, at once for every session and key of theirs; None: the role at the whole group
    alone. What they did stays theirs. Raises Refusal when they do not have it there."""
    with as_refusal(), audit.action("treasury.access.role_taken", actor=actor, subject=user, reason=reason):
        gone, _ = Membership.objects.filter(user=user, entity=entity, role=role).delete()
        if not gone:
            at = f"at {entity.code}" if entity else "at the whole group"
            raise Refusal(f"{user.username} does not have the role {role} {at}. Nothing was changed.")
