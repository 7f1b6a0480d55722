"""Keys to the API as people see them: their own; who administers the whole group sees everybody's."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from treasury.enums import Role
from treasury.models import ApiClient, ApiToken, AuditEvent, User
from treasury.queries import access, reference, rows
from treasury.queries.rows import Row

_COLUMNS = (
    "name",
    "owner__username",
    "owner__is_active",
    "scopes",
    "entity_ids",
    "created_at",
    "last_used_at",
    "revoked_at",
)


def administers(user: Any) -> bool:
    """Whether the user is an administrator of the whole group: people, machines and keys are everybody's."""
    return (
        access.sees_all(user)
        and access.memberships(user).filter(entity=None, role=Role.ADMINISTRATOR).exists()
    )


def tokens(user: Any) -> "QuerySet[ApiToken]":
    """Those that people have made; what clients ask for every hour stands with the client."""
    found = ApiToken.objects.filter(client=None)
    return found if administers(user) else found.filter(owner=user)


def clients(user: Any) -> "QuerySet[ApiClient]":
    found = ApiClient.objects.all()
    return found if administers(user) else found.filter(owner=user)


def listed(user: Any) -> list[Row]:
    """Tokens and clients, those in force first, then the newest; the same number of reads for any number."""
    found = [
        {"kind": "token", "key": row.pop("prefix"), **row}
        for row in tokens(user).values("prefix", "expires_at", *_COLUMNS)
    ]
    found += [
        {"kind": "client", "key": row.pop("client_id"), "expires_at": None, **row}
        for row in clients(user).values("client_id", *_COLUMNS)
    ]
    named = reference.codes({key for row in found for key in row["entity_ids"] or ()})
    now = timezone.now()
    for row in found:
        row["entities"] = sorted(named[key] for key in row["entity_ids"] or ())
        row["state"] = _state(row, now)
    return sorted(found, key=lambda row: (row["state"] != "in force", -row["created_at"].timestamp()))


def change_log(user: Any, *, limit: int = 200) -> list[Row]:
    """What was done with the keys that the user sees, the newest first: made, ended, and for whom."""
    owners = Q(subject_id__in=tokens(user).values("owner")) | Q(subject_id__in=clients(user).values("owner"))
    about_keys = Q(action__startswith="treasury.api_token.") | Q(action__startswith="treasury.api_client.")
    found = AuditEvent.objects.filter(owners, about_keys, subject_kind=User._meta.model_name)
    events = found.order_by("-id").values(
        "id", "action", "reason", "recorded_at", "is_demo_history", "actor__username"
    )
    return rows.listed(events[:limit])


def _state(row: Row, now: Any) -> str:
    if row["revoked_at"]:
        return "revoked"
    if row["expires_at"] and row["expires_at"] <= now:
        return "expired"
    return "in force" if row["owner__is_active"] else "account closed"
