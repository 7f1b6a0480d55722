"""Hedge relationships: the formal links, with what they have designated."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from hedges.enums import (
    AssessmentMethod,
    ChangeCause,
    ChangeKind,
    DesignatedComponent,
    HedgeType,
    RelationshipStatus,
)
from hedges.models import HedgeRelationship
from hedges.queries import relationships
from hedges.queries.releases import as_known
from treasury.api import rows
from treasury.api.fields import Money, Ratio
from treasury.api.parameters import Parameter, dates, one_of
from treasury.api.permissions import OfEntities
from treasury.api.rows import Row
from treasury.api.scopes import Scope
from treasury.api.versions import StoryFields, VersionFields
from treasury.api.views import VersionedResource, Versions
from treasury.enums import AccountingFramework


class AllocationFields(serializers.Serializer):
    """Units `unit_from` (inclusive) to `unit_to` (exclusive): minor units of the absolute amount."""

    unit_from = serializers.IntegerField()
    unit_to = serializers.IntegerField()
    period_from = serializers.DateField()
    period_to = serializers.DateField(help_text="Exclusive. A release brings it forward.")
    planned_to = serializers.DateField(allow_null=True, help_text="The end as designated, exclusive.")
    struck_on = serializers.DateField(
        allow_null=True, help_text="The hypothetical of the item is struck on this day."
    )
    released_at = serializers.DateTimeField(
        allow_null=True, help_text="When the release became known; null before that, under `known_at` too."
    )


class HedgedItemSerializer(AllocationFields):
    exposure_id = serializers.IntegerField()
    exposure_version_id = serializers.IntegerField()
    external_reference = serializers.CharField(source="exposure.external_reference")
    designated_amount = Money(unit="exposure_version__exposure_currency_id")
    designated_currency = serializers.CharField(source="exposure_version.exposure_currency_id")


class HedgingInstrumentSerializer(AllocationFields):
    instrument_id = serializers.IntegerField()
    instrument_version_id = serializers.IntegerField()
    external_reference = serializers.CharField(source="instrument.external_reference")
    designated_amount = Money(unit="instrument_version__notional_currency_id")
    designated_currency = serializers.CharField(source="instrument_version.notional_currency_id")


class RelationshipTerms(serializers.Serializer):
    status = serializers.ChoiceField(RelationshipStatus.choices)
    hedge_type = serializers.ChoiceField(HedgeType.choices)
    framework = serializers.ChoiceField(AccountingFramework.choices)
    risk = serializers.CharField(source="risk.code", help_text="Of the hedged item.")
    designated_component = serializers.ChoiceField(DesignatedComponent.choices)
    designation_date = serializers.DateField()
    hedge_end_date = serializers.DateField(help_text="Last date of the hedged period.")
    designated_hedge_ratio = Ratio(help_text="Instrument units per item unit.")
    assessment_method = serializers.ChoiceField(AssessmentMethod.choices)
    objective = serializers.CharField()
    rationale = serializers.CharField()
    ineffectiveness_sources = serializers.CharField()
    change_kind = serializers.ChoiceField(
        ChangeKind.choices, allow_null=True, help_text="What the version does."
    )
    change_cause = serializers.ChoiceField(ChangeCause.choices, allow_null=True)
    accounting_from = serializers.DateField(
        allow_null=True, help_text="Hedge accounting begins: never before the day of the documentation."
    )
    late_reason = serializers.CharField(
        allow_null=True, help_text="Why it was documented after the designation date."
    )
    volumes = serializers.DictField(
        allow_null=True, help_text="Of a change: the layers of items and instruments in force from then on."
    )
    effect = serializers.DictField(
        allow_null=True, help_text="Of a change: what it does, before and after, as shown to who decides."
    )
    items = HedgedItemSerializer(many=True)
    instruments = HedgingInstrumentSerializer(many=True)


class HedgeRelationshipSerializer(RelationshipTerms, VersionFields):
    id = serializers.IntegerField(source="relationship_id")
    code = serializers.CharField(source="relationship.code")
    parallel_of_id = serializers.IntegerField(
        source="relationship.parallel_of_id",
        allow_null=True,
        help_text="The same hedge under its first framework.",
    )
    entity_id = serializers.IntegerField()
    entity = serializers.CharField(source="entity.code")


class HedgeRelationshipVersionSerializer(RelationshipTerms, StoryFields):
    pass


def attach_allocations(found: list[Row], known_at: datetime | None) -> None:
    versions = {row["version_id"]: row for row in found}
    for name, serializer, allocations in (
        ("items", HedgedItemSerializer, relationships.items(versions)),
        ("instruments", HedgingInstrumentSerializer, relationships.instruments(versions)),
    ):
        for row in found:
            row[name] = []
        how = rows.plan(serializer, ("relationship_version_id",))
        for values in allocations.values_list(*how.columns):
            allocation = how.row(values)
            as_known(allocation, known_at)
            versions[values[0]][name].append(allocation)


class HedgeRelationships(VersionedResource):
    """The version of each hedge relationship that counts, with its hedged items and hedging instruments."""

    permission_classes = (OfEntities,)
    operation = "hedge_relationships"
    tagged = HedgeRelationship
    serializer = HedgeRelationshipSerializer
    key = ("relationship_id",)
    parameters = (
        Parameter("code", "The one with this code.", lookup="relationship__code"),
        Parameter("entity", "Code of the entity.", lookup="entity__code"),
        Parameter("risk", "Code of the risk.", lookup="risk__code"),
        one_of("status", RelationshipStatus, "Those in this state."),
        one_of("hedge_type", HedgeType, "Those of this type."),
        one_of("framework", AccountingFramework, "Those under this framework."),
        one_of("assessment_method", AssessmentMethod, "Those assessed by this method."),
        *dates("designation_date", "Those designated"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return relationships.at_point(scope.user, scope.point)

    def attach(self, found: list[Row], scope: Scope) -> None:
        attach_allocations(found, scope.known_at)


class HedgeRelationshipVersions(Versions):
    """Every version of a hedge relationship, the newest first."""

    permission_classes = (OfEntities,)
    operation = "hedge_relationships_versions"
    tagged = HedgeRelationship
    serializer = HedgeRelationshipVersionSerializer

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return relationships.versions_of(scope.user, self.kwargs["key"])

    def attach(self, found: list[Row], scope: Scope) -> None:
        super().attach(found, scope)
        attach_allocations(found, scope.known_at)
