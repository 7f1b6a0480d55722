"""Who may see what. A person sees the entities of their memberships; one without an entity is for all of them."""

from collections.abc import Collection
from typing import Any, TypeVar

from django.db import models

from treasury.enums import Role
from treasury.models import Entity, Membership

M = TypeVar("M", bound=models.Model)

#: Roles that record, decide and designate. An auditor and nobody else reads without being able to write anything.
WRITERS = (Role.TREASURER, Role.APPROVER, Role.HEDGE_ACCOUNTANT, Role.ADMINISTRATOR)

#: Who records, proposes, reverses and asks for a close in hedge accounting, and who is the second person there. The
#: triggers of `hedges` hold the same.
PREPARERS = (Role.HEDGE_ACCOUNTANT, Role.TREASURER)
DECIDERS = (Role.APPROVER, Role.HEDGE_ACCOUNTANT)


def visible_entities(user: Any) -> "models.QuerySet[Entity]":
    """The entities that the user may see: none without a membership."""
    if not user.is_authenticated:
        return Entity.objects.none()
    memberships = Membership.objects.filter(user=user)
    everywhere = models.Exists(memberships.filter(entity=None))
    return Entity.objects.filter(models.Q(pk__in=memberships.values("entity")) | everywhere)


def scoped(queryset: "models.QuerySet[M]", user: Any, *, entity: str = "entity") -> "models.QuerySet[M]":
    """`queryset` without the rows of entities that the user may not see: a foreign row is as if it did not exist."""
    return queryset.filter(**{f"{entity}__in": visible_entities(user)})


def roles(user: Any) -> frozenset[str]:
    """The user's roles at any entity."""
    if not user.is_authenticated:
        return frozenset()
    return frozenset(Membership.objects.filter(user=user).values_list("role", flat=True))


def has_role_at(user: Any, entity_id: int, wanted: Collection[str]) -> bool:
    """Whether the user has one of these roles at the entity, or at every one."""
    found = Membership.objects.filter(user=user, role__in=list(wanted))
    return found.filter(models.Q(entity=None) | models.Q(entity_id=entity_id)).exists()


def may_write(user: Any) -> bool:
    return bool(roles(user) & set(WRITERS))
