"""Which entities a signed-in person sees, and in which roles."""

from __future__ import annotations

from treasury.models import Membership, User
from treasury.queries import access


def visible_entities(user: User) -> list[dict]:
    """The entities of a person's memberships in the order of their codes; a group-wide membership sees all."""
    memberships = list(Membership.objects.filter(user_id=user.pk).values_list("entity_id", "role"))
    if not memberships:
        return []
    everywhere = {role for entity_id, role in memberships if entity_id is None}
    entities = access.visible_entities(user).order_by("code")
    return [
        entity | {"roles": everywhere | {role for entity_id, role in memberships if entity_id == entity["id"]}}
        for entity in entities.values("id", "code", "name", "functional_currency_id", "accounting_framework")
    ]
