"""Journal entries: balanced, append-only, reversed by a new entry; debit and credit are never negative."""

from django.db import models
from django.db.models import Q

from hedges.enums import AccountRole, PostingRule
from hedges.models.accounting import AccountingPeriod
from hedges.models.relationship import HedgeRelationship
from treasury.enums import AccountingFramework
from treasury.models import ApprovalRecord, CalculationRun, Entity, Recorded, Unit, VersionRecord
from treasury.models.fields import amount_field


class JournalEntry(Recorded):
    """One posting of one rule for one relationship; `number` counts by entity, without gaps, given by the trigger."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="journal_entries")
    number = models.PositiveIntegerField(editable=False)
    period = models.ForeignKey(AccountingPeriod, on_delete=models.PROTECT, related_name="journal_entries")
    entry_date = models.DateField()
    framework = models.CharField(max_length=8, choices=AccountingFramework)
    currency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    relationship = models.ForeignKey(
        HedgeRelationship, on_delete=models.PROTECT, related_name="journal_entries"
    )
    rule = models.CharField(max_length=28, choices=PostingRule)
    paragraph = models.CharField(max_length=60)
    description = models.CharField(max_length=200)
    run = models.ForeignKey(
        CalculationRun, null=True, on_delete=models.PROTECT, related_name="journal_entries"
    )
    reversal_of = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )

    class Meta:
        ordering = ["entity", "number"]
        verbose_name_plural = "journal entries"
        constraints = [
            models.UniqueConstraint(fields=["entity", "number"], name="journal_entry_number"),
            models.UniqueConstraint(
                fields=["run", "relationship", "rule"],
                condition=Q(reversal_of=None),
                name="journal_entry_once_a_run",
            ),
            models.CheckConstraint(condition=Q(rule__in=PostingRule.values), name="journal_entry_rule"),
            models.CheckConstraint(
                condition=Q(framework__in=AccountingFramework.values), name="journal_entry_framework"
            ),
            models.CheckConstraint(
                condition=Q(run__isnull=False) | Q(reversal_of__isnull=False),
                name="journal_entry_of_a_run_or_reversal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity_id} {self.number}"


class JournalReversalVersion(VersionRecord):
    """A proposal to take an entry back on `valid_from`, for `change_reason`; posted once another person agrees."""

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="reversals")

    class Meta:
        ordering = ["entry", "-version_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "version_number"], name="journal_reversal_version_number"
            ),
            models.CheckConstraint(
                condition=Q(change_reason__regex=r"\S"), name="journal_reversal_version_reason"
            ),
            models.CheckConstraint(condition=Q(valid_to=None), name="journal_reversal_version_one_day"),
        ]


class JournalReversalVersionApproval(ApprovalRecord):
    version = models.OneToOneField(JournalReversalVersion, on_delete=models.PROTECT, related_name="approval")


class JournalLine(models.Model):
    """Debit or credit of one account, in the currency of its entry. Entry and lines are one transaction."""

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="lines")
    line_number = models.PositiveSmallIntegerField()
    account_role = models.CharField(max_length=27, choices=AccountRole)
    account_code = models.CharField(max_length=20)
    account_name = models.CharField(max_length=120)
    debit_amount = amount_field()
    credit_amount = amount_field()

    class Meta:
        ordering = ["entry", "line_number"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "line_number"], name="journal_line_number"),
            models.CheckConstraint(
                condition=Q(debit_amount__gt=0, credit_amount=0) | Q(debit_amount=0, credit_amount__gt=0),
                name="journal_line_debit_or_credit",
            ),
            models.CheckConstraint(
                condition=Q(account_role__in=AccountRole.values), name="journal_line_role"
            ),
            models.CheckConstraint(condition=Q(account_code__regex=r"\S"), name="journal_line_account"),
        ]
