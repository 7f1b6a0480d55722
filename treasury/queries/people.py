"""Which entities a signed-in person sees, and in which roles."""

from __future__ import annotations

from treasury.models import Entity, Membership, User


def visible_entities(user: User) -> list[dict]:
    """The entities of a person's memberships in the order of their codes; a group-wide membership sees all."""
    memberships = list(Membership.objects.filter(user_id=user.pk).values_list("entity_id", "role"))
    if not memberships:
        return []
    everywhere = {role for entity_id, role in memberships if entity_id is None}
    entities = Entity.objects.order_by("code")
    if not everywhere:
        entities = entities.filter(pk__in=[entity_id for entity_id, _ in memberships])
    return [
        entity | {"roles": everywhere | {role for entity_id, role in memberships if entity_id == entity["id"]}}
        for entity in entities.values("id", "code", "name", "functional_currency_id", "accounting_framework")
    ]
