"""Requests that were answered, by the key that their caller gave them: sent again, a request gets the same answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from treasury.models.audit import AuditEvent
from treasury.models.reference import Entity


class RequestKey(models.Model):
    """One key of one caller with what was asked and what was answered, written in the transaction of its write.

    `caller`: the token, client or session whose keys these are. The database stamps the time; no row is ever changed.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    caller = models.CharField(max_length=40)
    key = models.CharField(max_length=255)
    request_digest = models.CharField(max_length=64, help_text="SHA-256 of method, address and body.")
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(help_text="Content-Type, Location and ETag of the answer.")
    body = models.BinaryField()
    entity = models.ForeignKey(
        Entity, null=True, on_delete=models.PROTECT, related_name="+",
        help_text="Where the caller needed a role; it is needed to see the answer again.",
    )  # fmt: skip
    event = models.ForeignKey(
        AuditEvent, null=True, on_delete=models.PROTECT, related_name="+", help_text="What the request did."
    )
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "caller", "key"], name="request_key_once"),
            models.CheckConstraint(condition=Q(key__regex=r"^[!-~]{1,255}$"), name="request_key_visible"),
            models.CheckConstraint(condition=Q(status__range=(200, 299)), name="request_key_succeeded"),
        ]

    def __str__(self) -> str:
        return f"{self.caller} {self.key}"
