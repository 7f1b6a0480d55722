"""The formal link between hedged items and hedging instruments, and its versions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hedges.enums import (
    AssessmentMethod,
    ChangeCause,
    ChangeKind,
    DesignatedComponent,
    HedgeType,
    RelationshipStatus,
)
from hedges.models.inception_file import InceptionFile
from treasury.enums import AccountingFramework
from treasury.models import ApprovalRecord, Entity, Recorded, Risk, VersionRecord
from treasury.models.checks import are_numbers
from treasury.models.fields import ratio_field


class HedgeRelationship(Recorded):
    """The identity.

    Under a second framework the same relationship has a record of its own, designated, tested and measured by that
    framework's rules, which points at the first one (`parallel_of`).
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="hedge_relationships")
    code = models.CharField(max_length=24, unique=True)
    parallel_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parallels"
    )

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["entity", "id"], name="relationship_entity_key")]

    def __str__(self) -> str:
        return self.code


class HedgeRelationshipVersion(VersionRecord):
    """What is designated from `valid_from` on; items and instruments are allocations of this version.

    The first version is the designation; each later one is a change (`change_kind`), dated `valid_from`, that shows
    its `effect` to the person who approves it and names the `volumes` to be in force from then on. Hedge accounting
    begins on `accounting_from`: the designation date or, where the documentation is later, the day of the
    documentation by the database's clock (6.4.1(b)); `late_reason` says why it is late.

    `risk` is the risk of the hedged item; the instrument may be on another one (a proxy hedge).
    `designated_hedge_ratio` is instrument units per item unit (B6.4.9); `prices_per_unit` differ in a cross hedge,
    so it need not be one.
    """

    relationship = models.ForeignKey(HedgeRelationship, on_delete=models.PROTECT, related_name="versions")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=12, choices=RelationshipStatus, default=RelationshipStatus.DESIGNATED
    )
    hedge_type = models.CharField(max_length=14, choices=HedgeType)
    framework = models.CharField(max_length=8, choices=AccountingFramework)
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="+")
    designated_component = models.CharField(max_length=10, choices=DesignatedComponent)
    designation_date = models.DateField()
    hedge_end_date = models.DateField(help_text="Last date of the hedged period.")
    designated_hedge_ratio = ratio_field()
    assessment_method = models.CharField(max_length=13, choices=AssessmentMethod)
    objective = models.CharField(max_length=400, blank=True)
    rationale = models.CharField(max_length=400, blank=True, help_text="Why the two offset (B6.4.4-6).")
    ineffectiveness_sources = models.CharField(max_length=400, blank=True)
    inception_file = models.ForeignKey(
        InceptionFile, null=True, blank=True, on_delete=models.PROTECT, related_name="versions"
    )
    change_kind = models.CharField(max_length=23, choices=ChangeKind, null=True, blank=True)  # noqa: DJ001 - a later term
    change_cause = models.CharField(max_length=25, choices=ChangeCause, null=True, blank=True)  # noqa: DJ001 - a later term
    accounting_from = models.DateField(null=True, editable=False)
    late_reason = models.CharField(max_length=400, null=True, blank=True)  # noqa: DJ001 - a later term
    volumes = models.JSONField(
        null=True, blank=True, help_text="Items and instruments with the amounts in force from the change on."
    )
    effect = models.JSONField(null=True, blank=True, help_text="What the change does, as shown before it.")
    allocations_digest = models.CharField(
        max_length=64, help_text="SHA-256 over the allocations of this version."
    )

    class Meta:
        ordering = ["relationship", "-version_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "version_number"], name="relationship_version_number"
            ),
            models.UniqueConstraint(
                fields=["id", "entity", "framework", "risk", "designated_component"],
                name="relationship_version_allocation_key",
            ),
            models.UniqueConstraint(
                fields=["entity", "relationship", "id"], name="relationship_version_entity_key"
            ),
            models.CheckConstraint(
                condition=Q(status__in=RelationshipStatus.values), name="relationship_version_status"
            ),
            models.CheckConstraint(
                condition=Q(hedge_type__in=HedgeType.values), name="relationship_version_hedge_type"
            ),
            models.CheckConstraint(
                condition=Q(framework__in=AccountingFramework.values), name="relationship_version_framework"
            ),
            models.CheckConstraint(
                condition=Q(designated_component__in=DesignatedComponent.values),
                name="relationship_version_component",
            ),
            models.CheckConstraint(
                condition=Q(designated_hedge_ratio__gt=0), name="relationship_version_hedge_ratio"
            ),
            are_numbers("designated_hedge_ratio", name="relationship_version_hedge_ratio_is_a_number"),
            models.CheckConstraint(
                condition=Q(hedge_end_date__gte=F("designation_date")), name="relationship_version_period"
            ),
            models.CheckConstraint(
                condition=Q(change_kind=None) | Q(change_kind__in=ChangeKind.values),
                name="relationship_version_change_kind",
            ),
            models.CheckConstraint(
                condition=Q(change_cause=None) | Q(change_cause__in=ChangeCause.values),
                name="relationship_version_change_cause",
            ),
            models.CheckConstraint(
                condition=Q(late_reason=None) | Q(late_reason__regex=r"\S"),
                name="relationship_version_late_reason",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="relationship_version_validity",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.relationship_id} v{self.version_number}"


class HedgeRelationshipVersionApproval(ApprovalRecord):
    version = models.OneToOneField(
        HedgeRelationshipVersion, on_delete=models.PROTECT, related_name="approval"
    )


class LateAcceptance(Recorded):
    """A second person besides the approver who accepts that a designation was documented late, with the reason."""

    version = models.OneToOneField(
        HedgeRelationshipVersion, on_delete=models.PROTECT, related_name="late_acceptance"
    )
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    content_digest = models.CharField(max_length=64)
    comment = models.CharField(max_length=400, blank=True)
