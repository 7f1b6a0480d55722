"""A loss in a cash flow hedge reserve that somebody states will not be recovered, and the second person's decision."""

from django.db import models
from django.db.models import Q

from hedges.models.relationship import HedgeRelationship
from treasury.models import ApprovalRecord, Unit, VersionRecord, amount_fits
from treasury.models.checks import are_numbers
from treasury.models.fields import amount_field, ratio_field


class UnrecoveredLossVersion(VersionRecord):
    """A statement: on `valid_from` a loss, or a share of the loss there, leaves the reserve for profit or loss.

    IFRS 9 6.5.11(d)(iii), IAS 39.97-98, ASC 815-30-35-40. `change_reason` says why it will not be recovered in one or
    more future periods, `evidence` what that rests on. Statements are numbered by relationship; each one stands beside
    the others and counts from the measurement of its month on, once another person has agreed.
    """

    relationship = models.ForeignKey(
        HedgeRelationship, on_delete=models.PROTECT, related_name="unrecovered_losses"
    )
    loss_amount = amount_field(null=True, blank=True, help_text="In `currency`, above 0: at most this.")
    loss_share = ratio_field(null=True, blank=True, help_text="Of the loss in the reserve that day, up to 1.")
    currency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    evidence = models.CharField(max_length=400)

    class Meta:
        ordering = ["relationship", "-version_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "version_number"], name="unrecovered_loss_version_number"
            ),
            models.CheckConstraint(
                condition=Q(loss_amount__gt=0, loss_share=None)
                | Q(loss_amount=None, loss_share__gt=0, loss_share__lte=1),
                name="unrecovered_loss_amount_or_share",
            ),
            are_numbers("loss_share", name="unrecovered_loss_share_is_a_number"),
            amount_fits("loss_amount", "currency", name="unrecovered_loss_amount"),
            models.CheckConstraint(
                condition=Q(change_reason__regex=r"\S", evidence__regex=r"\S"),
                name="unrecovered_loss_reason_and_evidence",
            ),
            models.CheckConstraint(condition=Q(valid_to=None), name="unrecovered_loss_one_day"),
        ]

    def __str__(self) -> str:
        return f"{self.relationship_id} {self.version_number}"


class UnrecoveredLossVersionApproval(ApprovalRecord):
    version = models.OneToOneField(UnrecoveredLossVersion, on_delete=models.PROTECT, related_name="approval")
