"""A signed-in person: the entities that they see, their roles, and whether they see the whole group."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from treasury.models import Membership
from treasury.queries import access, rows
from treasury.queries.rows import Row


@dataclass(frozen=True)
class Person:
    entities: list[Row] = field(default_factory=list)
    roles: frozenset[str] = frozenset()
    sees_all: bool = False
    roles_at: dict[int, frozenset[str]] = field(default_factory=dict)

    @property
    def may_write(self) -> bool:
        return bool(self.roles & set(access.WRITERS))

    def has_role_at(self, entity_id: int, *wanted: str) -> bool:
        return bool(self.roles_at.get(entity_id, frozenset()) & set(wanted))


def person(user: Any) -> Person:
    """Two reads: the memberships, and the entities that they open, in the order of their codes."""
    memberships = list(Membership.objects.filter(user_id=user.pk).values_list("entity_id", "role"))
    if not memberships:
        return Person()
    entities = access.visible_entities(user).order_by("code")
    seen = rows.listed(
        entities.values("id", "code", "name", "functional_currency_id", "accounting_framework")
    )
    return Person(
        entities=seen,
        roles=frozenset(role for _, role in memberships),
        sees_all=any(entity_id is None for entity_id, _ in memberships),
        roles_at={
            entity["id"]: frozenset(role for at, role in memberships if at in (None, entity["id"]))
            for entity in seen
        },
    )
