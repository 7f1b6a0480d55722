"""Tests outside the night: at inception and on demand; and what a named person has decided about a test."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hedges.enums import AssessmentOccasion, DecisionSubject, EffectivenessStatus
from hedges.models.relationship import HedgeRelationship, HedgeRelationshipVersion
from treasury.models import MarketDataSnapshot, Recorded


class AssessmentRecord(Recorded):
    """One test of one version, with every number: the quantitative support of a designation, or a test on demand.

    `numbers`: the columns of an effectiveness result and its criteria, by name; `critical_terms`: term by term;
    `hypothetical`: the terms of the hypothetical derivative of each item, struck at designation, and its value there
    as proof. `content_digest` is given by the trigger. A designation without its INCEPTION record cannot be approved.
    """

    version = models.ForeignKey(
        HedgeRelationshipVersion, on_delete=models.PROTECT, related_name="assessments"
    )
    occasion = models.CharField(max_length=9, choices=AssessmentOccasion)
    as_of_date = models.DateField()
    market_data_snapshot = models.ForeignKey(MarketDataSnapshot, on_delete=models.PROTECT, related_name="+")
    effectiveness_status = models.CharField(max_length=13, choices=EffectivenessStatus)
    numbers = models.JSONField()
    critical_terms = models.JSONField()
    hypothetical = models.JSONField()
    content_digest = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering = ["version", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(occasion__in=AssessmentOccasion.values), name="assessment_record_occasion"
            ),
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(occasion=AssessmentOccasion.INCEPTION),
                name="assessment_record_one_inception",
            ),
        ]


class AssessmentDecision(Recorded):
    """What a named person decided for one relationship and one period end, with the reason; the newest one counts.

    TEST: the status to go by where the documented test came out INCONCLUSIVE (IAS 39, ASC 815). CREDIT_RISK:
    NOT_EFFECTIVE confirms that credit risk dominates, which then discontinues the hedge. QUALITATIVE: EFFECTIVE states
    that facts and circumstances have not changed (ASC 815-20-35-2A), NOT_EFFECTIVE that they have.
    """

    relationship = models.ForeignKey(
        HedgeRelationship, on_delete=models.PROTECT, related_name="assessment_decisions"
    )
    subject = models.CharField(max_length=11, choices=DecisionSubject)
    as_of_date = models.DateField(help_text="End of the period that the decision is for.")
    decided_status = models.CharField(max_length=13, choices=EffectivenessStatus)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=400)

    class Meta:
        ordering = ["relationship", "as_of_date", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject__in=DecisionSubject.values), name="assessment_decision_subject"
            ),
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="assessment_decision_reason"),
            models.CheckConstraint(
                condition=Q(
                    decided_status__in=[EffectivenessStatus.EFFECTIVE, EffectivenessStatus.NOT_EFFECTIVE]
                ),
                name="assessment_decision_is_a_decision",
            ),
        ]
