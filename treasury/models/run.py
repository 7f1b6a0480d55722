"""Calculation runs and their shards: the night is rows in Postgres, the broker only rings the bell."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from treasury.enums import RunKind, RunStatus, RunStep, ShardStatus
from treasury.models.records import Recorded
from treasury.models.snapshot import BookSnapshot, MarketDataSnapshot


class CalculationRun(Recorded):
    """One revision of one night, or of one entity's period close.

    State moves forward only; the trigger `hedgebook_run_state` holds it.
    """

    kind = models.CharField(max_length=8, choices=RunKind, default=RunKind.NIGHTLY)
    scope = models.CharField(max_length=12, default="GROUP")
    as_of_date = models.DateField()
    revision = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=RunStatus, default=RunStatus.PENDING)
    status_reason = models.CharField(max_length=400, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    known_at = models.DateTimeField(null=True, help_text="Database time at which the inputs were sealed.")
    market_data_snapshot = models.ForeignKey(
        MarketDataSnapshot, null=True, on_delete=models.PROTECT, related_name="runs"
    )
    book_snapshot = models.ForeignKey(BookSnapshot, null=True, on_delete=models.PROTECT, related_name="runs")
    code_version = models.CharField(max_length=80, blank=True, help_text="Version and digest of the program.")
    library_versions = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-as_of_date", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "scope", "as_of_date", "revision"], name="run_revision"),
            models.UniqueConstraint(
                fields=["kind", "scope", "as_of_date"],
                condition=Q(status=RunStatus.PUBLISHED),
                name="run_one_published",
            ),
            models.UniqueConstraint(
                fields=["kind", "scope", "as_of_date"],
                condition=Q(status__in=[RunStatus.PENDING, RunStatus.WAITING, RunStatus.RUNNING]),
                name="run_one_open",
            ),
            models.CheckConstraint(condition=Q(status__in=RunStatus.values), name="run_status"),
            models.CheckConstraint(
                condition=~Q(status__in=[RunStatus.RUNNING, RunStatus.PUBLISHED, RunStatus.SUPERSEDED])
                | Q(known_at__isnull=False, market_data_snapshot__isnull=False, book_snapshot__isnull=False),
                name="run_sealed_before_it_runs",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.as_of_date} r{self.revision}"


class RunShard(models.Model):
    """A part of a step, claimed by a conditional UPDATE with a lease and an epoch."""

    run = models.ForeignKey(CalculationRun, on_delete=models.PROTECT, related_name="shards")
    step = models.CharField(max_length=16, choices=RunStep)
    step_number = models.PositiveSmallIntegerField(help_text="A step starts when every earlier one is done.")
    shard_number = models.PositiveSmallIntegerField()
    shard_count = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=8, choices=ShardStatus, default=ShardStatus.PENDING)
    epoch = models.PositiveIntegerField(
        default=0, help_text="Counts the claims; only the newest claim may write."
    )
    lease_owner = models.CharField(max_length=80, blank=True)
    lease_expires_at = models.DateTimeField(null=True)
    failure_count = models.PositiveSmallIntegerField(default=0)
    failure_cause = models.TextField(blank=True)
    row_count = models.PositiveIntegerField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["run", "step_number", "shard_number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "step", "shard_number"], name="run_shard_once"),
            models.CheckConstraint(condition=Q(status__in=ShardStatus.values), name="run_shard_status"),
            models.CheckConstraint(
                condition=~Q(status=ShardStatus.LEASED) | Q(lease_expires_at__isnull=False),
                name="run_shard_lease",
            ),
        ]
