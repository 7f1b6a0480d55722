"""A signed-in person: the entities that they see, their roles, and whether they see the whole group."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Concat, Trim

from treasury.models import AuditChange, AuditEvent, Membership, User
from treasury.queries import access, rows
from treasury.queries.rows import Row


@dataclass(frozen=True)
class Person:
    user_id: int = 0
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
    memberships = list(access.memberships(user).values_list("entity_id", "role"))
    if not memberships:
        return Person(user.pk)
    entities = access.visible_entities(user).order_by("code")
    seen = rows.listed(
        entities.values("id", "code", "name", "functional_currency_id", "accounting_framework")
    )
    return Person(
        user.pk,
        entities=seen,
        roles=frozenset(role for _, role in memberships),
        sees_all=access.bound_to(user) is None and any(entity_id is None for entity_id, _ in memberships),
        roles_at={
            entity["id"]: frozenset(role for at, role in memberships if at in (None, entity["id"]))
            for entity in seen
        },
    )


def everybody(entity_ids: list[int]) -> list[Row]:
    """Who has which role at these entities or at all of them: one row a role, by name."""
    found = Membership.objects.filter(Q(entity_id__in=entity_ids) | Q(entity=None))
    return rows.listed(
        found.order_by("user__username", "entity__code", "role").values(
            "role",
            account=F("user__username"),
            username=F("user__username"),
            full_name=Trim(Concat("user__first_name", Value(" "), "user__last_name")),
            at=F("entity__code"),
            active=F("user__is_active"),
            last_login=F("user__last_login"),
        )
    )


def role_changes(entity_ids: list[int], *, limit: int = 200) -> list[Row]:
    """The newest roles given and taken at these entities or at all of them, with `changes` as the log has them."""
    at = Q()
    for kept in ("new_values", "old_values"):
        for entity_id in (None, *entity_ids):
            at |= Q(**{f"{kept}__entity_id": entity_id})
    found = AuditChange.objects.filter(at, table_name=Membership._meta.db_table).order_by("-id")[:limit]
    changes = rows.listed(found.values("event_id", "row_id", "old_values", "new_values"))
    by_event: dict[int, list[Row]] = {}
    for change in changes:
        by_event.setdefault(change["event_id"], []).append(change)
    events = AuditEvent.objects.filter(pk__in=by_event).order_by("-id")
    named = events.values(
        "id", "action", "reason", "recorded_at", "is_demo_history", "actor__username", "subject_id"
    )
    told = rows.listed(named)
    whom = dict(User.objects.filter(pk__in={row["subject_id"] for row in told}).values_list("pk", "username"))
    return [row | {"whom": whom.get(row["subject_id"], ""), "changes": by_event[row["id"]]} for row in told]


def memberships(user: Any) -> QuerySet[Membership]:
    """For the API: the roles at the entities that a person sees, and those at every entity."""
    return Membership.objects.filter(Q(entity__in=access.visible_entities(user)) | Q(entity=None))


def called(text: str, *, entity_ids: list[int], limit: int) -> list[Row]:
    """For the search: who of those with a role at these entities or at all of them is called so, one row a person."""
    named = (
        Q(user__username__icontains=text)
        | Q(user__first_name__icontains=text)
        | Q(user__last_name__icontains=text)
    )
    found = Membership.objects.filter(Q(entity_id__in=entity_ids) | Q(entity=None), named)
    return rows.listed(
        found.values(account=F("user__username"), first=F("user__first_name"), last=F("user__last_name"))
        .annotate(role_count=Count("id"))
        .order_by("account")[:limit]
    )
