"""Webhooks, what was sent to them, and every attempt: for their owners, and for administrators of the whole group."""

from typing import Any

from django.db.models import QuerySet

from treasury.enums import Role
from treasury.models import Webhook, WebhookAttempt, WebhookDelivery
from treasury.queries import access


def webhooks(user: Any) -> "QuerySet[Webhook]":
    """A key that is bound to entities reaches the webhooks that tell of no other ones."""
    if not user.is_authenticated:
        return Webhook.objects.none()
    within = access.bound_to(user)
    if within is not None:
        own = Webhook.objects.filter(owner=user, entity_ids__contained_by=sorted(within))
        return own.exclude(entity_ids=[])
    of_group = access.memberships(user).filter(entity=None, role=Role.ADMINISTRATOR)
    return Webhook.objects.all() if of_group.exists() else Webhook.objects.filter(owner=user)


def deliveries(user: Any, webhook_id: int) -> "QuerySet[WebhookDelivery]":
    return WebhookDelivery.objects.filter(webhook__in=webhooks(user), webhook=webhook_id)


def attempts(delivery_ids: Any) -> "QuerySet[WebhookAttempt]":
    return WebhookAttempt.objects.filter(delivery__in=list(delivery_ids)).order_by("delivery", "id")
