"""Tokens of the API: issued once, kept as a digest, for some scopes and entities, ended by time or by a person."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from treasury.domain import audit, keys
from treasury.domain.refusals import as_refusal
from treasury.models import ApiClient, ApiToken, Entity, User

LONGEST = timedelta(days=366)
_USE_IS_NOTED_EVERY = timedelta(minutes=1)


def issue(
    *,
    owner: User,
    name: str,
    expires_at: datetime,
    actor: User | None,
    scopes: Collection[str] | None = None,
    entities: Collection[Entity] | None = None,
) -> tuple[ApiToken, str]:
    """A new token and its text, which nobody can read again. Raises Refusal for more than the owner's.

    Without scopes it only reads; without entities it is for those of its owner.
    """
    if not timezone.now() < expires_at <= timezone.now() + LONGEST:
        raise ValueError(f"a token expires within {LONGEST.days} days")
    extent = keys.extent(owner, scopes, entities)
    return _made(owner, name, expires_at, extent, actor=actor)


def issue_to(*, client: ApiClient, scopes: Collection[str], expires_at: datetime) -> tuple[ApiToken, str]:
    """A token that a client has asked for itself: for these of its scopes, and all of its entities."""
    extent = {
        "scopes": [scope for scope in client.scopes if scope in set(scopes)], "entity_ids": client.entity_ids,
        "client": client,
    }  # fmt: skip
    # By nobody: a machine that only reads may ask for one too, and who only reads names no action.
    return _made(client.owner, client.name, expires_at, extent, actor=None)


def revoke(*, prefix: str, actor: User | None) -> bool:
    """Ends a token at once; False if there is none with this prefix that still counts."""
    found = ApiToken.objects.filter(prefix=prefix, revoked_at=None).select_related("owner").first()
    if found is None:
        return False
    with audit.action("treasury.api_token.revoked", actor=actor, subject=found.owner, reason=prefix):
        return bool(ApiToken.objects.filter(pk=found.pk, revoked_at=None).update(revoked_at=timezone.now()))


def used(text: str) -> ApiToken | None:
    """The token with this text if it counts now, with its owner; notes the use, at most once a minute."""
    prefix, _, secret = text.partition(".")
    if not prefix.isascii() or not prefix.isalnum():
        return None
    now = timezone.now()
    token = ApiToken.objects.filter(prefix=prefix).select_related("owner", "client").first()
    if token is None or not keys.is_it(token.secret_digest, secret):
        return None
    if token.revoked_at is not None or token.expires_at <= now or not token.owner.is_active:
        return None
    if token.client is not None and token.client.revoked_at is not None:
        return None
    if token.last_used_at is None or token.last_used_at < now - _USE_IS_NOTED_EVERY:
        _note_use(token, now)
    return token


def _made(
    owner: User, name: str, expires_at: datetime, extent: dict, *, actor: User | None
) -> tuple[ApiToken, str]:
    prefix, secret = keys.made("hb")
    reason = f"{prefix} {name}"
    with as_refusal(), audit.action("treasury.api_token.issued", actor=actor, subject=owner, reason=reason):
        token = ApiToken.objects.create(
            owner=owner, name=name, prefix=prefix, secret_digest=keys.digest(secret), expires_at=expires_at,
            **extent,
        )  # fmt: skip
    return token, f"{prefix}.{secret}"


def _note_use(token: ApiToken, now: datetime) -> None:
    """Conditional, so that a thousand requests at once write the row once."""
    ApiToken.objects.filter(
        Q(last_used_at=None) | Q(last_used_at__lt=now - _USE_IS_NOTED_EVERY), pk=token.pk
    ).update(last_used_at=now)
