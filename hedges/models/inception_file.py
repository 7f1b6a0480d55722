"""The documentation of a hedge at its inception: every field of IFRS 9 6.4.1(b), complete or refused.

The relationship's version holds objective, rationale and sources of ineffectiveness, which a change may refresh; the
file holds what stays: the descriptions, how effectiveness is assessed, how the ratio is set, the elections.
"""

from django.db import models
from django.db.models import Q

from hedges.enums import CostRelation, ExcludedTreatment, ReleasePattern, ReportingScope
from treasury.models import Recorded, RulePack

TEXTS = (
    "instrument_description",
    "item_description",
    "risk_description",
    "assessment_description",
    "hedge_ratio_description",
    "strategy",
)


def _text(help_text: str) -> models.TextField:
    return models.TextField(max_length=2000, help_text=help_text)


class InceptionFile(Recorded):
    """One file a designation. `content_digest` is given by the trigger `hedgebook_inception_file`.

    `excluded_treatment` is null where nothing is excluded. `basis_excluded`: the currency basis spread is not part
    of the designated component (IFRS 9 6.5.16). `keeps_basis_in_reserve`: no basis adjustment, the reserve waits
    for the item to affect profit or loss `earnings_lag_days` after its date (the IAS 39.98(a) policy; ASC 815
    always). `spot_is_discounted`: the designated spot element is discounted. `qualitative_after_inception`: after the
    quantitative test at inception a named person states each quarter that facts and circumstances have not changed
    (ASC 815-20-35-2A to 2F; no other framework has it).
    """

    relationship = models.ForeignKey(
        "hedges.HedgeRelationship", on_delete=models.PROTECT, related_name="inception_files"
    )
    instrument_description = _text("The hedging instrument, or the part of it.")
    item_description = _text("The hedged item, or the part or layer of it.")
    risk_description = _text("The nature of the risk being hedged.")
    assessment_description = _text("How effectiveness is assessed: method, frequency, data.")
    hedge_ratio_description = _text("How the hedge ratio is set.")
    strategy = _text("The risk management strategy that the hedge belongs to.")
    rule_pack = models.ForeignKey(RulePack, on_delete=models.PROTECT, related_name="+")
    reporting_scope = models.CharField(
        max_length=12, choices=ReportingScope, default=ReportingScope.CONSOLIDATED
    )
    release_pattern = models.CharField(max_length=16, choices=ReleasePattern)
    excluded_treatment = models.CharField(max_length=14, choices=ExcludedTreatment, null=True, blank=True)  # noqa: DJ001 - null: nothing is excluded
    basis_excluded = models.BooleanField(default=False)
    cost_relation = models.CharField(max_length=11, choices=CostRelation, null=True, blank=True)  # noqa: DJ001 - null: nothing is deferred
    keeps_basis_in_reserve = models.BooleanField(default=False)
    earnings_lag_days = models.PositiveSmallIntegerField(default=0)
    spot_is_discounted = models.BooleanField(default=False)
    qualitative_after_inception = models.BooleanField(default=False)
    content_digest = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            *[
                models.CheckConstraint(
                    condition=Q(**{f"{name}__regex": r"\S"}), name=f"inception_file_{name}"
                )
                for name in TEXTS
            ],
            models.CheckConstraint(
                condition=Q(release_pattern__in=ReleasePattern.values), name="inception_file_release_pattern"
            ),
            models.CheckConstraint(
                condition=Q(reporting_scope__in=ReportingScope.values), name="inception_file_reporting_scope"
            ),
            models.CheckConstraint(
                condition=Q(excluded_treatment=None) | Q(excluded_treatment__in=ExcludedTreatment.values),
                name="inception_file_excluded_treatment",
            ),
            models.CheckConstraint(
                condition=Q(cost_relation=None) | Q(cost_relation__in=CostRelation.values),
                name="inception_file_cost_relation",
            ),
            models.CheckConstraint(
                condition=~Q(excluded_treatment=ExcludedTreatment.DEFERRED) | Q(cost_relation__isnull=False),
                name="inception_file_deferred_cost_has_relation",
            ),
        ]

    def __str__(self) -> str:
        return f"file of {self.relationship_id}"
