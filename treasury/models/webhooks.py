"""Webhooks: where changes are sent to, what was sent, and every attempt with its outcome.

Administration, no rows of the book: what is sent is read from the feed of changes each time, never kept here.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from treasury.enums import DeliveryStatus, WebhookStatus
from treasury.models.records import Revised


class Webhook(Revised):
    """One address that is told of changes, in the order of the feed, from `cursor` on.

    It tells what its owner may see, `entity_ids` and `resources` no more than that; empty: all of it. The secret is
    kept encrypted, because it signs. A worker holds it for the time of a lease; only the newest epoch may write.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="webhooks")
    name = models.CharField(max_length=80)
    url = models.CharField(max_length=400)
    resources = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    entity_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    has_bodies = models.BooleanField(default=False, help_text="The changed rows come along.")
    secret_ciphertext = models.TextField()
    status = models.CharField(max_length=8, choices=WebhookStatus, default=WebhookStatus.ACTIVE)
    status_reason = models.CharField(max_length=400, blank=True)
    cursor = models.CharField(max_length=60, help_text="Everything before it has been taken.")
    failing_since = models.DateTimeField(null=True, blank=True)
    failure_count = models.PositiveIntegerField(default=0, help_text="In a row.")
    next_attempt_at = models.DateTimeField()
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    epoch = models.PositiveIntegerField(default=0, help_text="Counts the claims; only the newest may write.")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=WebhookStatus.values), name="webhook_status"),
            models.CheckConstraint(
                condition=Q(cursor__regex=r"^[0-9]{1,15}(\.[0-9]{1,9}\.[0-9]{1,15})?$"), name="webhook_cursor"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WebhookDelivery(models.Model):
    """One message: the changes between two places. Its id stays, however often it is sent; one at a time is open."""

    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    message_id = models.CharField(max_length=40, unique=True)
    cursor_from = models.CharField(max_length=60)
    cursor_to = models.CharField(max_length=60)
    change_count = models.PositiveIntegerField()
    status = models.CharField(max_length=9, choices=DeliveryStatus, default=DeliveryStatus.OPEN)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["webhook"], condition=Q(status=DeliveryStatus.OPEN), name="webhook_one_open_delivery"
            ),
            models.CheckConstraint(
                condition=Q(status__in=DeliveryStatus.values), name="webhook_delivery_status"
            ),
        ]

    def __str__(self) -> str:
        return self.message_id


class WebhookAttempt(models.Model):
    """One attempt to send a message: when, to which address, and what came back."""

    delivery = models.ForeignKey(WebhookDelivery, on_delete=models.PROTECT, related_name="attempts")
    started_at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()
    address = models.CharField(max_length=45, blank=True, help_text="The address that the name had.")
    response_status = models.PositiveSmallIntegerField(null=True, blank=True)
    response_start = models.CharField(
        max_length=300, blank=True, help_text="The first characters of the answer."
    )
    failure = models.CharField(max_length=400, blank=True, help_text="Empty: delivered.")

    class Meta:
        ordering = ["-id"]
