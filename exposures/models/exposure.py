"""An exposure and its versions: one life from forecast to settlement."""

from django.db import models
from django.db.models import F, Q

from exposures.enums import ExposureKind, ExposureStatus
from treasury.models import (
    ApprovalRecord,
    Entity,
    Recorded,
    Risk,
    Unit,
    VersionRecord,
    amount_fits,
    capacity_units,
)
from treasury.models.checks import are_numbers
from treasury.models.fields import amount_field, rate_field, ratio_field


class Exposure(Recorded):
    """The identity: whose it is and by which reference its source knows it."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="exposures")
    source_system = models.CharField(max_length=20)
    external_reference = models.CharField(max_length=60)
    split_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
        help_text="The exposure that this one was split off from.",
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(split_from=F("id")), name="exposure_not_its_own_part"),
            models.UniqueConstraint(
                fields=["source_system", "external_reference"], name="exposure_reference"
            ),
            models.UniqueConstraint(fields=["entity", "id"], name="exposure_entity_key"),
        ]

    def __str__(self) -> str:
        return self.external_reference


class ExposureVersion(VersionRecord):
    """The terms from `valid_from` on. `exposure_amount` is signed in the risk's base unit: an inflow is +.

    A date (`expected_date`) or a window (`window_start` to `window_end`, `expected_date` inside it, the date that
    buckets and values use). Floating-rate debt has `start_date`, `payment_months` and `spread_rate` beside its
    maturity (`expected_date`).
    """

    exposure = models.ForeignKey(Exposure, on_delete=models.PROTECT, related_name="versions")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=ExposureKind)
    status = models.CharField(max_length=18, choices=ExposureStatus, default=ExposureStatus.OPEN)
    description = models.CharField(max_length=120, blank=True)
    exposure_amount = amount_field()
    capacity_units = capacity_units("exposure_amount", "exposure_currency")
    exposure_currency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    expected_date = models.DateField()
    window_start = models.DateField(null=True, blank=True)
    window_end = models.DateField(null=True, blank=True)
    certainty_ratio = ratio_field(default=1, help_text="Share of certainty, 0 to 1, as the source states it.")
    start_date = models.DateField(null=True, blank=True)
    payment_months = models.PositiveSmallIntegerField(null=True, blank=True)
    spread_rate = rate_field(null=True, blank=True)
    split_of = models.ForeignKey(
        Exposure,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Of versions that a split (or its undoing) makes together: the exposure that is split."
        " Their amounts add up to what was there before, and they are decided on together.",
    )

    class Meta:
        ordering = ["exposure", "-version_number"]
        constraints = [
            models.UniqueConstraint(fields=["id", "capacity_units"], name="exposure_version_capacity_key"),
            models.UniqueConstraint(fields=["id", "risk"], name="exposure_version_risk_key"),
            models.UniqueConstraint(fields=["exposure", "version_number"], name="exposure_version_number"),
            models.UniqueConstraint(fields=["entity", "exposure", "id"], name="exposure_version_entity_key"),
            amount_fits("exposure_amount", "exposure_currency", name="exposure_version_amount"),
            are_numbers("certainty_ratio", "spread_rate", name="exposure_version_rates_are_numbers"),
            models.CheckConstraint(condition=~Q(exposure_amount=0), name="exposure_version_amount_not_zero"),
            models.CheckConstraint(condition=Q(kind__in=ExposureKind.values), name="exposure_version_kind"),
            models.CheckConstraint(
                condition=Q(status__in=ExposureStatus.values), name="exposure_version_status"
            ),
            models.CheckConstraint(
                condition=Q(certainty_ratio__gte=0, certainty_ratio__lte=1), name="exposure_version_certainty"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="exposure_version_validity"
            ),
            models.CheckConstraint(
                condition=Q(window_start=None, window_end=None)
                | Q(window_start__lte=F("expected_date"), window_end__gte=F("expected_date")),
                name="exposure_version_window",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ExposureKind.RECOGNISED_LIABILITY) | Q(exposure_amount__lt=0),
                name="exposure_version_liability_is_negative",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ExposureKind.RECOGNISED_ASSET) | Q(exposure_amount__gt=0),
                name="exposure_version_asset_is_positive",
            ),
        ]


class ExposureVersionApproval(ApprovalRecord):
    version = models.OneToOneField(ExposureVersion, on_delete=models.PROTECT, related_name="approval")
