"""Keys for other systems: issued once, kept as a digest, ended by time or by a person.

A token is `<prefix>.<secret>`. The prefix finds its row and may be shown; the secret has 256 random bits, so that a
plain SHA-256 of it is as good as a slow one.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from treasury.domain import audit
from treasury.models import ApiToken, User

LONGEST = timedelta(days=366)
_USE_IS_NOTED_EVERY = timedelta(minutes=1)


def issue(*, owner: User, name: str, expires_at: datetime, actor: User | None) -> tuple[ApiToken, str]:
    """Makes a token and returns it with its text, which nobody can read again."""
    if not timezone.now() < expires_at <= timezone.now() + LONGEST:
        raise ValueError(f"a token expires within {LONGEST.days} days")
    prefix, secret = f"hb{secrets.token_hex(5)}", secrets.token_urlsafe(32)
    with audit.action("treasury.api_token.issued", actor=actor, subject=owner, reason=f"{prefix} {name}"):
        token = ApiToken.objects.create(
            owner=owner, name=name, prefix=prefix, secret_digest=_digest(secret), expires_at=expires_at
        )
    return token, f"{prefix}.{secret}"


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
    if not prefix.isascii() or not prefix.isalnum() or not secret.isascii():
        return None
    now = timezone.now()
    token = ApiToken.objects.filter(prefix=prefix).select_related("owner").first()
    if token is None or not hmac.compare_digest(token.secret_digest, _digest(secret)):
        return None
    if token.revoked_at is not None or token.expires_at <= now or not token.owner.is_active:
        return None
    if token.last_used_at is None or token.last_used_at < now - _USE_IS_NOTED_EVERY:
        _note_use(token, now)
    return token


def _note_use(token: ApiToken, now: datetime) -> None:
    """Conditional, so that a thousand requests at once write the row once."""
    ApiToken.objects.filter(
        Q(last_used_at=None) | Q(last_used_at__lt=now - _USE_IS_NOTED_EVERY), pk=token.pk
    ).update(last_used_at=now)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("ascii")).hexdigest()
