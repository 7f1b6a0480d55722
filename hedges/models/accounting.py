"""Which accounts an entity posts to, and which of its periods are open."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hedges.enums import PeriodStatus
from treasury.models import ApprovalRecord, CalculationRun, Entity, Recorded, VersionRecord


class AccountMap(Recorded):
    """The identity: one map an entity."""

    entity = models.OneToOneField(Entity, on_delete=models.PROTECT, related_name="account_map")

    def __str__(self) -> str:
        return f"accounts of {self.entity_id}"


class AccountMapVersion(VersionRecord):
    """`accounts`: {role: {"code": ..., "name": ...}} for the roles of `AccountRole`."""

    account_map = models.ForeignKey(AccountMap, on_delete=models.PROTECT, related_name="versions")
    accounts = models.JSONField()

    class Meta:
        ordering = ["account_map", "-version_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["account_map", "version_number"], name="account_map_version_number"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="account_map_version_validity",
            ),
        ]


class AccountMapVersionApproval(ApprovalRecord):
    version = models.OneToOneField(AccountMapVersion, on_delete=models.PROTECT, related_name="approval")


class AccountingPeriod(Recorded):
    """A calendar month of an entity. Closed once, by a published CLOSE run; a closed one takes no more entries."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="accounting_periods")
    period_start = models.DateField(help_text="First day of the month.")
    status = models.CharField(max_length=6, choices=PeriodStatus, default=PeriodStatus.OPEN)
    run = models.OneToOneField(
        CalculationRun, null=True, on_delete=models.PROTECT, related_name="closed_period"
    )
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["entity", "period_start"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "period_start"], name="accounting_period_once"),
            models.UniqueConstraint(fields=["entity", "id"], name="accounting_period_entity_key"),
            models.CheckConstraint(condition=Q(period_start__day=1), name="accounting_period_is_a_month"),
            models.CheckConstraint(
                condition=Q(status=PeriodStatus.OPEN, closed_at=None, run=None)
                | Q(status=PeriodStatus.CLOSED, closed_at__isnull=False, run__isnull=False),
                name="accounting_period_closed_by_a_run",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity_id} {self.period_start:%Y-%m}"
