"""What the company has decided: how much to hedge, and the limits that a test is held against."""

from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from treasury.enums import AccountingFramework
from treasury.kernel.ratings import RATINGS
from treasury.models.checks import are_numbers
from treasury.models.fields import ratio_field
from treasury.models.records import ApprovalRecord, Recorded, VersionRecord
from treasury.models.reference import Entity, Risk


class Policy(Recorded):
    """The hedging policy of one entity for one risk."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="policies")
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="policies")

    class Meta:
        ordering = ["entity", "risk"]
        verbose_name_plural = "policies"
        constraints = [models.UniqueConstraint(fields=["entity", "risk"], name="policy_once")]

    def __str__(self) -> str:
        return f"{self.entity} {self.risk}"


class PolicyVersion(VersionRecord):
    """Dated limits of a policy. Its bands are rows of their own, written in the same transaction."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="versions")
    bands_digest = models.CharField(
        max_length=64, help_text="SHA-256 over the bands, so that an approval binds them."
    )

    class Meta:
        ordering = ["policy", "-version_number"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "version_number"], name="policy_version_number"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="policy_version_validity"
            ),
        ]


class PolicyBand(models.Model):
    """Lower, target and upper coverage for the months `month_from` (inclusive) to `month_to` (exclusive) ahead."""

    policy_version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="bands")
    month_from = models.PositiveSmallIntegerField()
    month_to = models.PositiveSmallIntegerField()
    lower_ratio = ratio_field()
    target_ratio = ratio_field()
    upper_ratio = ratio_field()

    class Meta:
        ordering = ["policy_version", "month_from"]
        constraints = [
            are_numbers("lower_ratio", "target_ratio", "upper_ratio", name="policy_band_numbers"),
            models.CheckConstraint(condition=Q(month_to__gt=F("month_from")), name="policy_band_months"),
            models.CheckConstraint(
                condition=Q(lower_ratio__gte=0)
                & Q(target_ratio__gte=F("lower_ratio"))
                & Q(upper_ratio__gte=F("target_ratio"))
                & Q(upper_ratio__lte=2),
                name="policy_band_order",
            ),
            ExclusionConstraint(
                name="policy_band_no_overlap",
                expressions=[
                    ("policy_version", RangeOperators.EQUAL),
                    (Func(F("month_from"), F("month_to"), function="int4range"), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class PolicyVersionApproval(ApprovalRecord):
    version = models.OneToOneField(PolicyVersion, on_delete=models.PROTECT, related_name="approval")


class RulePack(Recorded):
    """The limits of an accounting framework's usual practice, as data with dates: a standard's change is a new pack.

    Packs come with the program (migrations), so a run takes the one whose dates hold its business date, whenever it
    was installed, and stores which one it was.

    None of these limits stands in a standard except 80-125 % (IAS 39 AG105); `rules.md` section 4.
    """

    code = models.CharField(max_length=24, unique=True)
    framework = models.CharField(max_length=8, choices=AccountingFramework)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    dollar_offset_lower = ratio_field()
    dollar_offset_upper = ratio_field()
    slope_lower = ratio_field()
    slope_upper = ratio_field()
    r_squared_minimum = ratio_field()
    observation_minimum = models.PositiveSmallIntegerField()
    observation_count = models.PositiveSmallIntegerField(help_text="Weekly changes in the series.")
    confidence_level = ratio_field()
    variance_reduction_minimum = ratio_field(default=Decimal("0.8"), help_text="Below it a warning.")
    prospective_spot_shift = ratio_field(
        default=Decimal("0.1"), help_text="Up and down move of spot rates and prices in a prospective test."
    )
    prospective_rate_shift = ratio_field(
        default=Decimal("0.01"),
        help_text="Up and down parallel move of all zero rates in a prospective test, per year.",
    )
    term_days_tolerance = models.PositiveSmallIntegerField(
        default=5, help_text="Days by which dates of a critical terms match may differ."
    )
    term_amount_tolerance = ratio_field(
        default=Decimal("0.01"),
        help_text="Share by which the amounts of a critical terms match may differ.",
    )
    noise_threshold_bp = ratio_field(help_text="Basis points of the designated notional.")
    credit_watch_ratio = ratio_field()
    credit_fail_ratio = ratio_field()
    credit_rating_minimum = models.CharField(
        max_length=4,
        default="BBB-",
        help_text="A counterparty that is rated worse triggers the credit criterion.",
    )
    hedge_ratio_tolerance = ratio_field(
        help_text="Largest deviation of the actual from the designated hedge ratio."
    )
    counted_as_hedged_from = ratio_field(
        help_text="Cover from which a position counts as hedged (FAQ section 5)."
    )
    count_amount_margin = ratio_field(
        help_text="Difference of count and amount ratio from which both are flagged."
    )
    stale_after_days = models.PositiveSmallIntegerField(help_text="A quote older than this is stale.")

    class Meta:
        ordering = ["framework", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(credit_rating_minimum__in=RATINGS), name="rule_pack_credit_rating"
            ),
            are_numbers(
                "dollar_offset_lower",
                "dollar_offset_upper",
                "slope_lower",
                "slope_upper",
                "r_squared_minimum",
                "confidence_level",
                "variance_reduction_minimum",
                "prospective_spot_shift",
                "prospective_rate_shift",
                "noise_threshold_bp",
                "credit_watch_ratio",
                "credit_fail_ratio",
                "hedge_ratio_tolerance",
                "counted_as_hedged_from",
                "count_amount_margin",
                name="rule_pack_numbers",
            ),
            models.CheckConstraint(
                condition=Q(
                    prospective_spot_shift__gt=0, prospective_spot_shift__lt=1, prospective_rate_shift__gt=0
                ),
                name="rule_pack_shifts",
            ),
            are_numbers("term_amount_tolerance", name="rule_pack_term_numbers"),
            ExclusionConstraint(
                name="rule_pack_one_at_a_time",
                expressions=[
                    ("framework", RangeOperators.EQUAL),
                    (Func(F("valid_from"), F("valid_to"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.code
