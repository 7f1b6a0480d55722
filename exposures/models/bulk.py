"""Rows that arrive in bulk and are worked on by the worker: what came, how far it is, and what became of each row.

Nothing of a job is in the book before its one transaction ends; a worker that dies leaves it as it was.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from exposures.enums import BulkMode, BulkStatus
from exposures.models.imports import Import
from treasury.models import Recorded

#: A commit, decision or undoing of an import with many rows; and closed months that are measured again.
IMPORT_STEPS, CORRECTIONS = "import-steps", "corrections"
#: What comes in bulk, and what else the worker does for a person.
RESOURCES = ("exposures", "instruments", "market-quotes", IMPORT_STEPS, CORRECTIONS)


class BulkJob(Recorded):
    """One request. `entity_ids`: where its sender might write when it came in; `event` says who that was.

    `attempt` is the fence: the worker that took the job with it records its rows, another one does not. The trigger
    `hedgebook_bulk_state` holds the order waiting, running, and one of the ends.
    """

    resource = models.CharField(max_length=13)
    mode = models.CharField(max_length=14, choices=BulkMode)
    media_type = models.CharField(max_length=40)
    settings = models.JSONField(default=dict)
    entity_ids = ArrayField(models.BigIntegerField(), default=list)
    status = models.CharField(max_length=9, choices=BulkStatus, default=BulkStatus.WAITING)
    status_reason = models.CharField(max_length=400, blank=True)
    attempt = models.PositiveIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    row_count = models.PositiveIntegerField(null=True)
    rows_checked = models.PositiveIntegerField(default=0)
    rows_recorded = models.PositiveIntegerField(default=0)
    outcomes = models.JSONField(default=dict)
    exposure_import = models.ForeignKey(Import, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(resource__in=RESOURCES), name="bulk_job_resource"),
            models.CheckConstraint(condition=Q(status__in=BulkStatus.values), name="bulk_job_status"),
            models.CheckConstraint(condition=Q(mode__in=BulkMode.values), name="bulk_job_mode"),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(status__in=[BulkStatus.WAITING, BulkStatus.RUNNING]),
                name="bulk_job_to_do",
            )
        ]  # fmt: skip


class BulkContent(Recorded):
    """The bytes of a request as they came."""

    job = models.OneToOneField(BulkJob, on_delete=models.PROTECT, related_name="content")
    content = models.BinaryField()


class BulkAnswer(Recorded):
    """What became of each row: the JSON that a request which is answered at once would have got."""

    job = models.OneToOneField(BulkJob, on_delete=models.PROTECT, related_name="answer")
    content = models.BinaryField()
