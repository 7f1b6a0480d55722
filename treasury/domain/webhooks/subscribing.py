"""Who is told of changes: an administrator subscribes an address, changes it, makes a new secret, replays."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from treasury.domain import audit
from treasury.domain.refusals import Refusal
from treasury.domain.webhooks import secrets, targets
from treasury.enums import DeliveryStatus, WebhookStatus
from treasury.models import Webhook, WebhookDelivery
from treasury.queries import access, changes
from treasury.queries.changes import Place

#: Webhooks of one owner.
MOST = 20


def subscribe(
    *,
    owner: Any,
    name: str,
    url: str,
    resources: Collection[str] = (),
    entity_codes: Collection[str] = (),
    has_bodies: bool = False,
    cursor: str | None = None,
) -> tuple[Webhook, str]:
    """Makes a webhook and returns it with its secret, which nobody can read again.

    It tells what its owner may see at the time of each message, from now on or from a cursor of the feed.
    Raises Refusal for a host that is not allowed, an unknown resource, an entity that is not the owner's.
    """
    targets.place(url)
    told = sorted(set(resources))
    _refuse_unknown(told)
    if Webhook.objects.filter(owner=owner).exclude(status=WebhookStatus.DISABLED).count() >= MOST:
        raise Refusal(f"You have {MOST} webhooks; change one of them instead.")
    secret = secrets.made()
    with audit.action(
        "treasury.webhook.subscribed", actor=owner, subject=owner, reason=f"{name} {url}"[:400]
    ):
        webhook = Webhook.objects.create(
            owner=owner, name=name, url=url, resources=told, entity_ids=_own(owner, entity_codes),
            has_bodies=has_bodies, secret_ciphertext=secrets.encrypted(secret),
            cursor=cursor or str(changes.end()), next_attempt_at=timezone.now(), created_at=timezone.now(),
        )  # fmt: skip
    return webhook, secret


def change_url(*, webhook: Webhook, url: str, actor: Any) -> None:
    targets.place(url)
    _changed(
        "treasury.webhook.address_changed", webhook, actor, url, url=url, failure_count=0, failing_since=None
    )


def pause(*, webhook: Webhook, actor: Any, reason: str) -> None:
    """Nothing is sent any more; what happens meanwhile is sent after it is resumed."""
    _changed(
        "treasury.webhook.paused",
        webhook,
        actor,
        reason,
        status=WebhookStatus.PAUSED,
        status_reason=reason[:400],
    )


def resume(*, webhook: Webhook, actor: Any) -> None:
    """Goes on where it stopped, also after it was ended by itself."""
    _changed(
        "treasury.webhook.resumed", webhook, actor, "", status=WebhookStatus.ACTIVE, status_reason="",
        failure_count=0, failing_since=None,
    )  # fmt: skip


def new_secret(*, webhook: Webhook, actor: Any) -> str:
    """The old one signs nothing any more, from the next message on."""
    secret = secrets.made()
    _changed("treasury.webhook.secret_made", webhook, actor, "", secret_ciphertext=secrets.encrypted(secret))
    return secret


def replay(*, webhook: Webhook, actor: Any, cursor: str, reason: str = "") -> None:
    """Sends everything after the cursor again, as new messages; what is under way is taken back."""
    Place.read(cursor)
    with transaction.atomic():
        _changed(
            "treasury.webhook.replayed", webhook, actor, f"from {cursor} {reason}"[:400], cursor=cursor,
            failure_count=0, failing_since=None,
        )  # fmt: skip
        WebhookDelivery.objects.filter(webhook=webhook, status=DeliveryStatus.OPEN).update(
            status=DeliveryStatus.ABANDONED, finished_at=timezone.now()
        )


def _changed(name: str, webhook: Webhook, actor: Any, reason: str, **fields: Any) -> None:
    """Takes the webhook from whoever is sending for it: a new epoch, and due at once."""
    with audit.action(name, actor=actor, subject=webhook.owner, reason=f"{webhook.name}: {reason}"[:400]):
        Webhook.objects.filter(pk=webhook.pk).update(
            epoch=F("epoch") + 1, revision=F("revision") + 1, lease_expires_at=None,
            next_attempt_at=timezone.now(), **fields,
        )  # fmt: skip
    webhook.refresh_from_db()


def _refuse_unknown(resources: list[str]) -> None:
    known = changes.resources()
    for name in resources:
        if name not in known:
            raise Refusal(f"There are no changes of “{name}”; there are those of {', '.join(known)}.")


def _own(owner: Any, codes: Collection[str]) -> list[int]:
    if not codes:
        # A key that is bound to entities makes no webhook that tells of others.
        if access.bound_to(owner) is None:
            return []
        within = sorted(access.visible_entities(owner).values_list("pk", flat=True))
        if not within:
            raise Refusal("The key is bound to entities at which its owner has no role any more.")
        return within
    found = dict(access.visible_entities(owner).filter(code__in=codes).values_list("code", "pk"))
    for code in codes:
        if code not in found:
            raise Refusal(f"There is no entity {code} among yours.")
    return sorted(found.values())
