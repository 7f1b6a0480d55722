"""Versions of instruments, with the second person's decision on them."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.response import Response

from hedges.api.instruments import InstrumentTerms
from hedges.domain import book_approval
from hedges.enums import InstrumentKind, InstrumentStatus
from hedges.models import InstrumentVersion
from hedges.queries import instruments
from treasury.api.decisions import DECISION, SEEN
from treasury.api.parameters import Parameter, one_of
from treasury.api.permissions import OfEntities
from treasury.api.recorded import DECIDED_LATER, RecordedResource
from treasury.api.scopes import Scope
from treasury.api.versions import StoryFields
from treasury.api.writing import DECIDERS, Action, read_back, seen
from treasury.enums import Decision, TokenScope


class DecidedInstrumentVersionSerializer(InstrumentTerms, StoryFields):
    version_id = None
    id = serializers.IntegerField(help_text="Of the version; what is decided on.")
    instrument_id = serializers.IntegerField()
    entity_id = serializers.IntegerField()
    entity = serializers.CharField(source="entity.code")
    source_system = serializers.CharField(source="instrument.source_system")
    external_reference = serializers.CharField(source="instrument.external_reference")
    structure_reference = serializers.CharField(source="instrument.structure_reference")


class DecidedInstrumentVersions(RecordedResource):
    """Versions of instruments, the newest first: what waits for a decision, and what was decided."""

    permission_classes = (OfEntities,)
    operation = "instrument_versions"
    dated = "valid_from"
    later = DECIDED_LATER
    tagged = InstrumentVersion
    serializer = DecidedInstrumentVersionSerializer
    descending = True
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="entity__code"),
        Parameter("instrument_id", "Those of this trade.", "integer", lookup="instrument"),
        Parameter("external_reference", "Those of the trade with this reference.",
                  lookup="instrument__external_reference"),
        Parameter("source_system", "Those of trades of this source.", lookup="instrument__source_system"),
        one_of("kind", InstrumentKind, "Those of this kind."),
        one_of("status", InstrumentStatus, "Those in this state."),
        Parameter("awaits", "true: nobody has decided on them; false: decided.", "boolean",
                  lookup="approval__isnull"),
    )  # fmt: skip

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return instruments.all_versions(scope.user)


class _Decide(Action):
    token_scope = TokenScope.DECIDE
    response_schema = DecidedInstrumentVersionSerializer
    roles = DECIDERS
    body = DECISION
    status_code = 200
    decision = Decision.APPROVED

    def found(self, where: dict[str, Any]) -> InstrumentVersion:
        return seen(instruments.all_versions(self.request.user).filter(pk=where["key"]))

    def act(self, subject: InstrumentVersion, told: dict[str, Any]) -> Response:
        book_approval.decide(
            kind="instrument", version_id=subject.pk, actor=self.request.user, decision=self.decision,
            comment=told["comment"], digest=told[SEEN],
        )  # fmt: skip
        return self.made(read_back(DecidedInstrumentVersions, self.request.user, subject.pk))


class ApproveInstrumentVersion(_Decide):
    """A second person's yes: the version counts from its date on. What one event in the life of a trade has made
    besides (the trade that follows a roll) is decided by the same word."""

    operation = "instrument_versions_approve"


class RejectInstrumentVersion(_Decide):
    """A second person's no: the version never counts."""

    operation = "instrument_versions_reject"
    decision = Decision.REJECTED
