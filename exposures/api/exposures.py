"""Exposures: what the company is exposed to."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from exposures.enums import ExposureKind, ExposureStatus
from exposures.models import Exposure
from exposures.queries import exposures
from treasury.api.fields import Exact, Money, Ratio
from treasury.api.parameters import Parameter, dates, one_of
from treasury.api.permissions import OfEntities
from treasury.api.scopes import Scope
from treasury.api.versions import StoryFields, VersionFields
from treasury.api.views import VersionedResource, Versions


class ExposureTerms(serializers.Serializer):
    """`exposure_amount` is signed in `exposure_currency`, the risk's base unit: an inflow is +."""

    risk = serializers.CharField(source="risk.code")
    kind = serializers.ChoiceField(ExposureKind.choices)
    status = serializers.ChoiceField(ExposureStatus.choices)
    description = serializers.CharField()
    exposure_amount = Money(unit="exposure_currency_id", help_text="An inflow is +, an outflow −.")
    exposure_currency = serializers.CharField(source="exposure_currency_id")
    expected_date = serializers.DateField()
    window_start = serializers.DateField(allow_null=True)
    window_end = serializers.DateField(allow_null=True)
    certainty_ratio = Ratio(help_text="Share of certainty, 0 to 1, as the source states it.")
    start_date = serializers.DateField(allow_null=True, help_text="Of floating-rate debt.")
    payment_months = serializers.IntegerField(
        allow_null=True, help_text="Months between payments of the debt."
    )
    spread_rate = Exact(allow_null=True, help_text="Over the floating index, per year.")


class ExposureSerializer(ExposureTerms, VersionFields):
    id = serializers.IntegerField(source="exposure_id")
    entity_id = serializers.IntegerField()
    entity = serializers.CharField(source="entity.code")
    source_system = serializers.CharField(source="exposure.source_system")
    external_reference = serializers.CharField(source="exposure.external_reference")


class ExposureVersionSerializer(ExposureTerms, StoryFields):
    pass


class Exposures(VersionedResource):
    """The version of each exposure that counts."""

    permission_classes = (OfEntities,)
    operation = "exposures"
    tagged = Exposure
    serializer = ExposureSerializer
    key = ("exposure_id",)
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="entity__code"),
        Parameter("risk", "Code of the risk.", lookup="risk__code"),
        one_of("kind", ExposureKind, "Those of this kind."),
        one_of("status", ExposureStatus, "Those in this state."),
        Parameter("exposure_currency", "Those in this currency or unit.", lookup="exposure_currency"),
        *dates("expected_date", "Those expected"),
        Parameter("source_system", "Those of this source.", lookup="exposure__source_system"),
        Parameter(
            "external_reference", "The one with this reference.", lookup="exposure__external_reference"
        ),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return exposures.at_point(scope.user, scope.point)


class ExposureVersions(Versions):
    """Every version of an exposure, the newest first."""

    permission_classes = (OfEntities,)
    operation = "exposures_versions"
    tagged = Exposure
    serializer = ExposureVersionSerializer

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return exposures.versions_of(scope.user, self.kwargs["key"])
