"""Versions of hedge relationships as what is decided on: with file, tests, effect and both persons' words."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from hedges.api.assessments import AssessmentSerializer
from hedges.api.hedge_relationships import HedgeRelationshipVersionSerializer, attach_allocations
from hedges.enums import (
    ChangeKind,
    CostRelation,
    ExcludedTreatment,
    ReleasePattern,
    ReportingScope,
)
from hedges.models import HedgeRelationshipVersion
from hedges.queries import accounted
from treasury.api import rows
from treasury.api.parameters import Parameter, one_of
from treasury.api.permissions import OfEntities
from treasury.api.recorded import DECIDED_LATER, RecordedResource
from treasury.api.rows import Row
from treasury.api.scopes import Scope
from treasury.queries.as_known import recorded_by


class InceptionFileSerializer(serializers.Serializer):
    """The documentation of IFRS 9 6.4.1(b), with the elections; it stays as it was."""

    id = serializers.IntegerField()
    instrument_description = serializers.CharField()
    item_description = serializers.CharField()
    risk_description = serializers.CharField()
    assessment_description = serializers.CharField(help_text="How effectiveness is assessed.")
    hedge_ratio_description = serializers.CharField()
    strategy = serializers.CharField(help_text="The risk management strategy.")
    rule_pack = serializers.CharField(source="rule_pack.code")
    reporting_scope = serializers.ChoiceField(ReportingScope.choices)
    release_pattern = serializers.ChoiceField(ReleasePattern.choices)
    excluded_treatment = serializers.ChoiceField(ExcludedTreatment.choices, allow_null=True)
    basis_excluded = serializers.BooleanField()
    cost_relation = serializers.ChoiceField(CostRelation.choices, allow_null=True)
    keeps_basis_in_reserve = serializers.BooleanField()
    earnings_lag_days = serializers.IntegerField()
    spot_is_discounted = serializers.BooleanField()
    qualitative_after_inception = serializers.BooleanField(help_text="ASC 815-20-35-2A.")
    content_digest = serializers.CharField()
    recorded_at = serializers.DateTimeField()


class DecidedVersionSerializer(HedgeRelationshipVersionSerializer):
    id = serializers.IntegerField(help_text="Of the version; what is decided on.")
    relationship_id = serializers.IntegerField()
    relationship = serializers.CharField(source="relationship.code")
    parallel_of_id = serializers.IntegerField(source="relationship.parallel_of_id", allow_null=True)
    entity_id = serializers.IntegerField()
    entity = serializers.CharField(source="entity.code")
    inception_file_id = serializers.IntegerField(allow_null=True)
    decision_comment = serializers.CharField(source="approval.comment", allow_null=True)
    late_accepted_by = serializers.CharField(source="late_acceptance.accepted_by.username", allow_null=True)
    late_accepted_at = serializers.DateTimeField(source="late_acceptance.recorded_at", allow_null=True)


class DecidedVersionDetailSerializer(DecidedVersionSerializer):
    inception_file = InceptionFileSerializer(allow_null=True)
    assessments = AssessmentSerializer(many=True)


class RelationshipVersions(RecordedResource):
    """Versions of hedge relationships, the newest first: what waits for a decision, and what was decided. A single one
    has the inception file of its relationship and its tests."""

    permission_classes = (OfEntities,)
    operation = "hedge_relationship_versions"
    dated = "valid_from"
    later = DECIDED_LATER | {"late_acceptance__recorded_at": ("late_accepted_at", "late_accepted_by")}
    tagged = HedgeRelationshipVersion
    serializer = DecidedVersionSerializer
    detail_serializer = DecidedVersionDetailSerializer
    descending = True
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="entity__code"),
        Parameter("relationship", "Code of the hedge relationship.", lookup="relationship__code"),
        one_of("change_kind", ChangeKind, "Those that do this."),
        Parameter(
            "awaits",
            "true: nobody has decided on them; false: decided.",
            "boolean",
            lookup="approval__isnull",
        ),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return accounted.versions(scope.user)

    def attach(self, found: list[Row], scope: Scope) -> None:
        attach_allocations(found, scope.known_at)
        if self.detail:
            row = found[0]
            files = accounted.files([row["inception_file_id"]] if row["inception_file_id"] else [])
            row["inception_file"] = next(iter(rows.read(InceptionFileSerializer, files)), None)
            tests = recorded_by(accounted.assessments(scope.user).filter(version=row["id"]), scope.known_at)
            row["assessments"] = rows.read(AssessmentSerializer, tests.order_by("-id"))
