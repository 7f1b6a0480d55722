"""Telling one webhook what has changed: message after message in the order of the feed, until one is not taken.

A message is on record before it is sent and its range never changes, so that a worker that dies in between leaves it to
the next one, which sends it again under the same id. The next message waits for it: the changes of an object, and of
everything else, arrive in their order.
"""

from __future__ import annotations

import logging
import secrets as chance
import time
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from treasury.domain.refusals import Refusal
from treasury.domain.webhooks import leases, secrets, sending, targets
from treasury.domain.webhooks.leases import Claim, Overtaken
from treasury.domain.webhooks.sending import Outcome
from treasury.models import Webhook, WebhookDelivery
from treasury.queries import access, changes
from treasury.queries.changes import Change, Page, Place

logger = logging.getLogger(__name__)
#: Changes of one message, and messages and seconds of one turn: others get theirs.
MOST_CHANGES, MOST_MESSAGES, TURN_SECONDS = 100, 50, 20.0

#: Makes the body of a message out of its changes.
Shown = Callable[[Webhook, WebhookDelivery, Sequence[Change]], bytes]


def deliver(webhook_id: int, *, shown: Shown) -> int:
    """Sends what is due, and returns how many messages were taken. Safe to call at any time, by any number at once."""
    held = leases.claim(webhook_id)
    if held is None:
        return 0
    until, taken = time.monotonic() + TURN_SECONDS, 0
    try:
        while taken < MOST_MESSAGES and time.monotonic() < until and _next(held, shown):
            taken += 1
    except Overtaken as error:
        logger.info("%s", error)
    finally:
        leases.give_back(held)
    return taken


def _next(held: Claim, shown: Shown) -> bool:
    """One message; False where there is none, or where it was not taken."""
    webhook = Webhook.objects.select_related("owner").get(pk=held.webhook_id)
    if not webhook.owner.is_active:
        leases.disable(
            held, f"{webhook.owner} may not sign in any more; somebody else makes a webhook of their own."
        )
        return False
    delivery = WebhookDelivery.objects.filter(webhook=webhook, status="OPEN").first() or _open(held, webhook)
    if delivery is None:
        return False
    leases.renew(held)
    found = _within(webhook, delivery)
    if not found:  # the owner may not see any of it by now
        leases.finished(held, delivery, None, None)
        return True
    body = shown(webhook, delivery, found)
    started_at = timezone.now()
    outcome = _sent(webhook, delivery, body)
    leases.finished(held, delivery, outcome, started_at)
    if outcome.failure:
        _give_up_after_days(held)
    return not outcome.failure


def _open(held: Claim, webhook: Webhook) -> WebhookDelivery | None:
    since = Place.read(webhook.cursor)
    while True:
        page = _page(webhook, since, None)
        if page.changes:
            return leases.opened(
                held, message_id=f"msg_{chance.token_hex(16)}", cursor_from=str(since), cursor_to=str(page.upto),
                change_count=len(page.changes), created_at=timezone.now(),
            )  # fmt: skip
        leases.advance(held, str(page.upto))
        since = page.upto
        if not page.has_more:
            return None


def _within(webhook: Webhook, delivery: WebhookDelivery) -> list[Change]:
    """The changes of a message, by what the owner may see now."""
    since, until = Place.read(delivery.cursor_from), Place.read(delivery.cursor_to)
    found: list[Change] = []
    while since != until:
        page = _page(webhook, since, until)
        found += page.changes
        if page.upto == since:
            break
        since = page.upto
    return found


def _page(webhook: Webhook, since: Place, until: Place | None) -> Page:
    visible = access.visible_entities(webhook.owner)
    if webhook.entity_ids:
        visible = visible.filter(pk__in=webhook.entity_ids)
    entity_ids = list(visible.values_list("pk", flat=True))
    if not access.roles(webhook.owner):
        return Page([], until or changes.end(), has_more=False)
    return changes.after(since, entity_ids=entity_ids, size=MOST_CHANGES, only=webhook.resources, until=until)


def _sent(webhook: Webhook, delivery: WebhookDelivery, body: bytes) -> Outcome:
    """The time stamp is that of the attempt: who receives it refuses what is old."""
    try:
        target = targets.resolved(targets.place(webhook.url))
        secret = secrets.decrypted(webhook.secret_ciphertext)
    except Refusal as refusal:
        return Outcome(0, failure=str(refusal)[:400])
    stamp = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(stamp),
        "webhook-signature": secrets.signature(secret, delivery.message_id, stamp, body),
    }
    return sending.post(target, body, headers)


def _give_up_after_days(held: Claim) -> None:
    webhook = Webhook.objects.get(pk=held.webhook_id)
    days = settings.HEDGEBOOK_WEBHOOK_DAYS
    if webhook.failing_since and timezone.now() - webhook.failing_since > timedelta(days=days):
        leases.disable(
            held,
            f"No message was taken for {days} days, since {webhook.failing_since:%Y-%m-%d %H:%M} UTC. Mend the other"
            " side and resume: what has happened meanwhile is sent then.",
        )
