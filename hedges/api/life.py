"""Where a relationship stands on a date as known, and what has happened to it by then."""

from dataclasses import asdict
from typing import Any

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hedges.enums import LifeStage
from hedges.queries import accounted, life_stages
from treasury.api import scopes
from treasury.api.permissions import OfEntities
from treasury.api.views import ApiView
from treasury.api.writing import seen

KINDS = (
    "DESIGNATED", "PROPOSED", "APPROVED", "REJECTED", "LATE_ACCEPTED", "TESTED", "DECIDED", "CLOSED", "MATURED",
    "LOSS_STATED",
)  # fmt: skip


class LifeEventSerializer(serializers.Serializer):
    day = serializers.DateField(help_text="Business date that it is about.")
    recorded_at = serializers.DateTimeField(allow_null=True, help_text="Null: it happened by itself.")
    kind = serializers.ChoiceField(KINDS)
    what = serializers.CharField(allow_blank=True, help_text="Kind of change, occasion, subject or stage.")
    detail = serializers.CharField(allow_blank=True, help_text="Its cause, or the status that came out.")
    person = serializers.CharField(allow_blank=True)
    version_number = serializers.IntegerField(allow_null=True)
    record_id = serializers.IntegerField(
        allow_null=True, help_text="Of the version, approval, acceptance, test, decision or run."
    )


class LifeSerializer(serializers.Serializer):
    relationship_id = serializers.IntegerField()
    relationship = serializers.CharField()
    as_of_date = serializers.DateField()
    known_at = serializers.DateTimeField(allow_null=True)
    life_stage = serializers.ChoiceField(LifeStage.choices)
    events = LifeEventSerializer(many=True)


class Life(ApiView):
    """Life stage and time line of a hedge relationship: derived from what is recorded, never typed in."""

    permission_classes = (OfEntities,)
    operation = "hedge_relationships_life"
    response_schema = LifeSerializer
    parameters = (scopes.AS_OF, scopes.KNOWN_AT)

    def get(self, request: Request, key: Any) -> Response:
        scope = scopes.of_point(request.user, self.read_query(request))
        relationship = seen(accounted.relationships(request.user).filter(pk=key))
        assert scope.point is not None
        at: dict[str, Any] = {"on": scope.point.as_of_date, "known_at": scope.known_at}
        stage = life_stages.life_stages([key], **at).get(key)
        if stage is None:
            raise Http404
        events = life_stages.time_lines([key], **at)[key]
        told = [
            {name: value for name, value in asdict(event).items() if name != "relationship_id"}
            for event in events
        ]
        row = {"relationship_id": key, "relationship": relationship.code, "life_stage": stage, "events": told}
        return Response(row | scope.shown)
