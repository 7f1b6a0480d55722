"""Who did what, when: written by the database itself (`audit_begin`, triggers); nobody can change a row."""

from django.conf import settings
from django.db import models


class AuditEvent(models.Model):
    """One named action: a write transaction has exactly one, and every book row that it makes points at it."""

    action = models.CharField(max_length=80, help_text="Past tense, dotted: exposures.exposure.recorded")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Null: the system.",
    )
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    transaction_id = models.BigIntegerField(help_text="The database transaction that this event names.")
    is_demo_history = models.BooleanField(
        help_text="The time was given by the demo company's seed, not by the clock."
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="audit_event_subject"),
            models.Index(fields=["recorded_at"], name="audit_event_recorded_at"),
        ]

    def __str__(self) -> str:
        return f"{self.action} #{self.pk}"


class AuditChange(models.Model):
    """Old and new values of a state row that was updated. Version rows need none: they are their own history."""

    event = models.ForeignKey(AuditEvent, on_delete=models.PROTECT, related_name="changes")
    table_name = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    old_values = models.JSONField()
    new_values = models.JSONField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["table_name", "row_id"], name="audit_change_row")]


class DatabaseMark(models.Model):
    """Says what this database is; only its owner can mark it.

    One marked DEMO takes another time than the clock's from its owner, one marked TEST from anyone.
    """

    kind = models.CharField(max_length=8, primary_key=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["DEMO", "TEST"]), name="database_mark_kind")
        ]


class DemoClock(models.Model):
    """How far the database's clock of a demo stands behind the real one; the newest row counts, its owner writes it.

    The demo's market ends on its business date. So that people can work on that day, whatever day it is, each start
    sets the clock to the evening of it, or to what was recorded last, never back.
    """

    clock_offset = models.DurationField()

    class Meta:
        ordering = ["-id"]
