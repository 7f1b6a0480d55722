"""Who may see what. A person sees the entities of their memberships; one without an entity is for all of them.

Who comes with a key to the API that is bound to some entities has no others: `bound` says so of the user whom the key
signs in, and everything that asks for somebody's memberships asks here (a test holds it).
"""

from collections.abc import Collection, Iterable
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


def bound(user: Any, entity_ids: Iterable[int] | None) -> Any:
    """The user as one who has these entities only, whatever their memberships say; None: all of them."""
    user.bound_to = None if entity_ids is None else frozenset(entity_ids)
    return user


def bound_to(user: Any) -> frozenset[int] | None:
    """The entities to which the user's key is bound; None: it is not, or there is no key."""
    return getattr(user, "bound_to", None)


def memberships(user: Any) -> "models.QuerySet[Membership]":
    """The user's roles, at entities within those of their key and at the whole group."""
    found, within = Membership.objects.filter(user_id=user.pk), bound_to(user)
    if within is None:
        return found
    return found.filter(models.Q(entity=None) | models.Q(entity__in=within))


def sees_all(user: Any) -> bool:
    """Whether the user has a role at the whole group, and no key that is bound to less."""
    return bound_to(user) is None and memberships(user).filter(entity=None).exists()


def visible_entities(user: Any) -> "models.QuerySet[Entity]":
    """The entities that the user may see: none without a membership."""
    if not user.is_authenticated:
        return Entity.objects.none()
    of_user, within = memberships(user), bound_to(user)
    everywhere = models.Exists(of_user.filter(entity=None))
    found = Entity.objects.filter(models.Q(pk__in=of_user.values("entity")) | everywhere)
    return found if within is None else found.filter(pk__in=within)


def entities_with(user: Any, wanted: Collection[str]) -> "models.QuerySet[Entity]":
    """The entities at which the user has one of these roles."""
    held, within = memberships(user).filter(role__in=list(wanted)), bound_to(user)
    everywhere = models.Exists(held.filter(entity=None))
    found = Entity.objects.filter(models.Q(pk__in=held.values("entity")) | everywhere)
    return found if within is None else found.filter(pk__in=within)


def scoped(queryset: "models.QuerySet[M]", user: Any, *, entity: str = "entity") -> "models.QuerySet[M]":
    """`queryset` without the rows of entities that the user may not see: a foreign row is as if it did not exist."""
    return queryset.filter(**{f"{entity}__in": visible_entities(user)})


def roles(user: Any) -> frozenset[str]:
    """The user's roles at any entity."""
    if not user.is_authenticated:
        return frozenset()
    return frozenset(memberships(user).values_list("role", flat=True))


def has_role_at(user: Any, entity_id: int, wanted: Collection[str]) -> bool:
    """Whether the user has one of these roles at the entity, or at every one."""
    within = bound_to(user)
    if within is not None and entity_id not in within:
        return False
    found = memberships(user).filter(role__in=list(wanted))
    return found.filter(models.Q(entity=None) | models.Q(entity_id=entity_id)).exists()


def may_write(user: Any) -> bool:
    return bool(roles(user) & set(WRITERS))
