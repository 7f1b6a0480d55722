"""What keys to the API have in common: a text of which only the digest is kept, and what the key is for.

A key is `<prefix>.<secret>`. The prefix finds its row and may be shown; the secret has 256 random bits, so that a
plain SHA-256 of it is as good as a slow one.
"""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from typing import Any

from django.db.models import Q

from treasury.domain.refusals import Refusal
from treasury.enums import Role, TokenScope
from treasury.models import Entity, User
from treasury.queries import access

#: The roles that may do everything a scope is for, so that no later role of the owner makes a key do more than it did
#: (a test holds it against the addresses). To read is everybody's.
ROLES_FOR: dict[TokenScope, tuple[Role, ...]] = {
    TokenScope.EXPOSURES: access.WRITERS, TokenScope.RUNS: access.WRITERS, TokenScope.TRADES: access.PREPARERS,
    TokenScope.MARKET: access.PREPARERS, TokenScope.POLICIES: access.PREPARERS, TokenScope.ACCOUNTING: access.PREPARERS,
    TokenScope.DECIDE: access.DECIDERS, TokenScope.ADMINISTER: (Role.ADMINISTRATOR,),
}  # fmt: skip


def made(letters: str) -> tuple[str, str]:
    """A new prefix and its secret."""
    return f"{letters}{secrets.token_hex(5)}", secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("ascii")).hexdigest()


def is_it(kept: str, secret: str) -> bool:
    """Whether the secret is the one whose digest is kept; it takes as long for any."""
    return secret.isascii() and hmac.compare_digest(kept, digest(secret))


def allowed(owner: User, entity_ids: Collection[int] | None = None) -> list[str]:
    """The scopes that the owner's roles at these entities (None: at any) allow; a machine decides nothing."""
    held = access.memberships(owner)
    if entity_ids is not None:
        held = held.filter(Q(entity=None) | Q(entity__in=list(entity_ids)))
    roles = set(held.values_list("role", flat=True))
    return [
        scope.value for scope in TokenScope
        if (scope not in ROLES_FOR or roles & set(ROLES_FOR[scope]))
        and not (owner.is_service and scope == TokenScope.DECIDE)
    ]  # fmt: skip


def extent(
    owner: User, scopes: Collection[str] | None, entities: Collection[Entity] | None
) -> dict[str, Any]:
    """The columns that say what a key of this owner is for. Raises Refusal: nothing more than the owner's own.

    Without scopes it only reads.
    """
    ids = _entity_ids(owner, entities)
    chosen = [TokenScope.READ.value] if scopes is None else [
        scope for scope in TokenScope.values if scope in set(scopes)
    ]  # fmt: skip
    known = allowed(owner, ids)
    if unknown := set(scopes or ()) - set(TokenScope.values):
        raise Refusal(f"There is no scope {', '.join(sorted(unknown))}; there are {', '.join(known)}.")
    if not chosen:
        raise Refusal(f"Say what the key is for: one or more of {', '.join(known)}.")
    if owner.is_service and TokenScope.DECIDE in chosen:
        raise Refusal("A service account never decides; leave the scope decide out.")
    if wider := [scope for scope in chosen if scope not in known]:
        raise Refusal(
            f"The owner's roles do not allow {', '.join(wider)}; a key does no more than its owner. They allow"
            f" {', '.join(known)}."
        )
    return {"scopes": chosen, "entity_ids": ids}


def _entity_ids(owner: User, entities: Collection[Entity] | None) -> list[int] | None:
    if entities is None:
        return None
    ids = sorted({entity.pk for entity in entities})
    if not ids:
        raise Refusal("Name the entities that the key is for, or none at all for all of its owner's.")
    own = set(access.visible_entities(owner).filter(pk__in=ids).values_list("pk", flat=True))
    if foreign := [entity.code for entity in entities if entity.pk not in own]:
        raise Refusal(
            f"The owner has no role at {', '.join(sorted(foreign))}; a key does no more than its owner."
        )
    return ids
