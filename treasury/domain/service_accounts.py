"""Machines that act under an account of their own: no password, no form, keys only, and they never decide.

A client is what such a machine asks for short-lived tokens with (OAuth 2, client credentials).
"""

from collections.abc import Collection
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from treasury.domain import access as giving
from treasury.domain import api_tokens, audit, keys
from treasury.domain.refusals import Refusal, as_refusal
from treasury.models import ApiClient, ApiToken, Entity, User
from treasury.queries import access

#: Of a token that a client asks for.
LIFE = timedelta(hours=1)


def create(*, username: str, actor: User | None) -> User:
    """A machine's account; its roles are given like a person's. Raises Refusal: the name is taken."""
    if User.objects.filter(username=username).exists():
        raise Refusal(f"There is an account {username} already; choose another name.")
    with as_refusal(), audit.action("treasury.service_account.made", actor=actor, reason=username):
        return User.objects.create(username=username, is_service=True, password=make_password(None))


def register(
    *,
    owner: User,
    name: str,
    actor: User | None,
    scopes: Collection[str] | None = None,
    entities: Collection[Entity] | None = None,
) -> tuple[ApiClient, str]:
    """A client of a machine and its secret, which nobody can read again. Raises Refusal: a person's, or too wide."""
    if not owner.is_service:
        raise Refusal(f"{owner.username} is a person; a client belongs to a service account.")
    extent = keys.extent(owner, scopes, entities)
    client_id, secret = keys.made("hc")
    reason = f"{client_id} {name}"
    with (
        as_refusal(),
        audit.action("treasury.api_client.registered", actor=actor, subject=owner, reason=reason),
    ):
        client = ApiClient.objects.create(
            owner=owner, name=name, client_id=client_id, secret_digest=keys.digest(secret), **extent
        )
    return client, secret


def set_up(
    *,
    username: str,
    role: str | None,
    name: str,
    actor: User | None,
    scopes: Collection[str] | None = None,
    entities: Collection[Entity] | None = None,
    at: Entity | None = None,
) -> tuple[ApiClient, str]:
    """A client of the machine of this name, which is made and given its role first where that is missing."""
    with transaction.atomic():
        owner = User.objects.filter(username=username).first() or create(username=username, actor=actor)
        if not owner.is_service:
            raise Refusal(f"{username} is a person; choose another name for the machine.")
        if role and not access.memberships(owner).filter(role=role, entity=at).exists():
            giving.give_role(user=owner, role=role, entity=at, actor=actor)
        return register(owner=owner, name=name, actor=actor, scopes=scopes, entities=entities)


def revoke(*, client_id: str, actor: User | None) -> bool:
    """Ends a client and, at once, every token that it has asked for; False where there is none that still counts."""
    found = ApiClient.objects.filter(client_id=client_id, revoked_at=None).select_related("owner").first()
    if found is None:
        return False
    with audit.action("treasury.api_client.revoked", actor=actor, subject=found.owner, reason=client_id):
        return bool(ApiClient.objects.filter(pk=found.pk, revoked_at=None).update(revoked_at=timezone.now()))


def client(client_id: str, secret: str) -> ApiClient | None:
    """The client with this secret, if it counts now."""
    found = (
        ApiClient.objects.filter(client_id=client_id).select_related("owner").first() if client_id else None
    )
    if found is None or not keys.is_it(found.secret_digest, secret):
        return None
    return found if found.revoked_at is None and found.owner.is_active else None


def token(*, of: ApiClient, scopes: Collection[str]) -> tuple[ApiToken, str]:
    """A token for these of the client's scopes, for an hour."""
    ApiClient.objects.filter(pk=of.pk).update(last_used_at=timezone.now())
    return api_tokens.issue_to(client=of, scopes=scopes, expires_at=timezone.now() + LIFE)
