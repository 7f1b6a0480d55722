"""Audit events: who did what, when."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from treasury.api import rows
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.recorded import RecordedResource
from treasury.api.rows import Row
from treasury.api.scopes import Scope
from treasury.queries import audit_events


class AuditEventSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    action = serializers.CharField(help_text="Past tense, dotted: exposures.exposure.recorded")
    actor = serializers.CharField(source="actor.username", allow_null=True, help_text="Null: the system.")
    subject_kind = serializers.CharField()
    subject_id = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField()
    is_demo_history = serializers.BooleanField(help_text="The time was given by the demo company's seed.")
    recorded_at = serializers.DateTimeField()


class AuditChangeSerializer(serializers.Serializer):
    """Old and new values of a state row. Version rows need none: they are their own history."""

    table_name = serializers.CharField()
    row_id = serializers.IntegerField()
    old_values = serializers.DictField()
    new_values = serializers.DictField()


class AuditEventDetailSerializer(AuditEventSerializer):
    changes = AuditChangeSerializer(many=True)


class AuditEvents(RecordedResource):
    """The named actions that made rows of your entities, or of no entity, the newest first."""

    permission_classes = (OfEntities,)
    operation = "audit_events"
    serializer = AuditEventSerializer
    detail_serializer = AuditEventDetailSerializer
    descending = True
    parameters = (
        Parameter("action", "Those with this name.", lookup="action"),
        Parameter("actor", "Those of the user with this name.", lookup="actor__username"),
        Parameter("subject_kind", "Those about an object of this kind.", lookup="subject_kind"),
        Parameter("subject_id", "Those about the object with this id.", "integer", lookup="subject_id"),
        Parameter("recorded_from", "Those from this time on.", "time", lookup="recorded_at__gte"),
        Parameter("recorded_to", "Those before this time.", "time", lookup="recorded_at__lt"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return audit_events.events(scope.user)

    def attach(self, found: list[Row], scope: Scope) -> None:
        if self.detail:
            changes = audit_events.changes(scope.user, [found[0]["id"]])
            found[0]["changes"] = rows.read(AuditChangeSerializer, changes)
