"""Tests outside the night, with every number; and what named persons have decided about tests and credit risk."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from hedges.enums import AssessmentOccasion, DecisionSubject, EffectivenessStatus
from hedges.models import AssessmentDecision, AssessmentRecord
from hedges.queries import accounted
from treasury.api.parameters import Parameter, dates, one_of
from treasury.api.permissions import OfEntities
from treasury.api.recorded import RecordedResource
from treasury.api.scopes import Scope


class TestFields(serializers.Serializer):
    """What a test has come to. `numbers` are the columns of an effectiveness result and its criteria, by name."""

    occasion = serializers.ChoiceField(AssessmentOccasion.choices)
    as_of_date = serializers.DateField()
    effectiveness_status = serializers.ChoiceField(EffectivenessStatus.choices)


class TestNumbers(TestFields):
    numbers = serializers.DictField()
    critical_terms = serializers.ListField(child=serializers.DictField(), help_text="Term by term.")
    hypothetical = serializers.ListField(
        child=serializers.DictField(), help_text="The hypothetical derivative of each item, with its proof."
    )


class AssessmentSerializer(TestFields):
    id = serializers.IntegerField()
    relationship_id = serializers.IntegerField(source="version.relationship_id")
    relationship = serializers.CharField(source="version.relationship.code")
    relationship_version_id = serializers.IntegerField(source="version_id")
    entity_id = serializers.IntegerField(source="version.entity_id")
    entity = serializers.CharField(source="version.entity.code")
    market_data_snapshot_id = serializers.IntegerField()
    content_digest = serializers.CharField()
    tested_by = serializers.CharField(source="event.actor.username", allow_null=True)
    recorded_at = serializers.DateTimeField()


class AssessmentDetailSerializer(AssessmentSerializer, TestNumbers):
    pass


class Assessments(RecordedResource):
    """Tests at inception, which support a designation, and tests on demand, the newest first."""

    permission_classes = (OfEntities,)
    operation = "assessments"
    dated = "as_of_date"
    tagged = AssessmentRecord
    serializer = AssessmentSerializer
    detail_serializer = AssessmentDetailSerializer
    descending = True
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="version__entity__code"),
        Parameter("relationship", "Code of the hedge relationship.", lookup="version__relationship__code"),
        one_of("occasion", AssessmentOccasion, "Those made then."),
        one_of("effectiveness_status", EffectivenessStatus, "Those with this outcome."),
        *dates("as_of_date", "Those as of"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return accounted.assessments(scope.user)


class AssessmentDecisionSerializer(serializers.Serializer):
    """The newest one for a relationship, subject and day counts."""

    id = serializers.IntegerField()
    relationship_id = serializers.IntegerField()
    relationship = serializers.CharField(source="relationship.code")
    entity_id = serializers.IntegerField(source="relationship.entity_id")
    entity = serializers.CharField(source="relationship.entity.code")
    subject = serializers.ChoiceField(DecisionSubject.choices)
    as_of_date = serializers.DateField(help_text="End of the period that it is for.")
    decided_status = serializers.ChoiceField(EffectivenessStatus.choices)
    reason = serializers.CharField()
    decided_by = serializers.CharField(source="decided_by.username")
    recorded_at = serializers.DateTimeField()


class AssessmentDecisions(RecordedResource):
    """What named persons decided about a test without a result, or whether credit risk dominates, the newest first."""

    permission_classes = (OfEntities,)
    operation = "assessment_decisions"
    dated = "as_of_date"
    tagged = AssessmentDecision
    serializer = AssessmentDecisionSerializer
    descending = True
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="relationship__entity__code"),
        Parameter("relationship", "Code of the hedge relationship.", lookup="relationship__code"),
        one_of("subject", DecisionSubject, "About this."),
        *dates("as_of_date", "For"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return accounted.decisions(scope.user)
