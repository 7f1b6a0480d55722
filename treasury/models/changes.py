"""The order in which changes of the book became visible: what other systems follow it by."""

from django.db import models

from treasury.models.audit import AuditEvent
from treasury.models.run import CalculationRun


class Commit(models.Model):
    """One committed action, or one step in the life of a run; `number` counts them in the order of their commits.

    Written by the database alone. It is numbered at the very end of its transaction, under a lock that is held until
    the commit can be seen, so that whoever has read up to a number has missed nothing below it.
    """

    number = models.BigIntegerField(null=True, unique=True)
    event = models.OneToOneField(AuditEvent, null=True, on_delete=models.PROTECT, related_name="commit")
    run = models.ForeignKey(CalculationRun, null=True, on_delete=models.PROTECT, related_name="commits")
    run_event = models.ForeignKey(
        AuditEvent,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The action, if one is named.",
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(event=None) ^ models.Q(run=None), name="commit_of_an_event_or_a_run"
            )
        ]
