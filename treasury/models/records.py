"""What every recorded row, version and approval has in common. The triggers named here are in migrations/sql."""

from django.conf import settings
from django.db import models

from treasury.enums import Decision
from treasury.models.audit import AuditEvent


class Recorded(models.Model):
    """A row of the book: `recorded_at` and `event` are given by the trigger `hedgebook_stamp`, never by the caller."""

    event = models.ForeignKey(AuditEvent, on_delete=models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        abstract = True


class Revised(models.Model):
    """A row that is no row of the book and may be changed and deleted: how often that which people decide on in it was
    changed. `revision` is counted by the trigger `hedgebook_revise`, which knows the columns that count."""

    revision = models.PositiveIntegerField(db_default=1, editable=False)

    class Meta:
        abstract = True


class VersionRecord(Recorded):
    """A version of something: business validity, database time, author and digest.

    `version_number`, `author`, `content_digest`, `recorded_at` and `event` are given by the trigger
    `hedgebook_version`. A caller that read version n and writes n + 1 may set `version_number` itself: the
    trigger refuses any other number than the next.
    """

    version_number = models.PositiveIntegerField(editable=False)
    valid_from = models.DateField(help_text="First business date on which this version counts.")
    valid_to = models.DateField(
        null=True, blank=True, help_text="Exclusive; empty: until another version replaces it."
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    change_reason = models.CharField(max_length=400, blank=True)
    content_digest = models.CharField(max_length=64, editable=False)

    class Meta:
        abstract = True


class ApprovalRecord(Recorded):
    """One person's decision on one version, bound to its digest. The subclass adds `version` (one to one).

    The trigger `hedgebook_approval` takes the person from the audit event, refuses a digest that is not the
    version's, a version that is not the newest, and anyone who wrote a version since the last approved one.
    """

    decision = models.CharField(max_length=8, choices=Decision)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    content_digest = models.CharField(max_length=64)
    comment = models.CharField(max_length=400, blank=True)

    class Meta:
        abstract = True
