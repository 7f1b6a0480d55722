"""Taking a journal entry back: proposed by one person, posted as a new entry when another one agrees."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.response import Response

from hedges.domain import reversal
from hedges.models import JournalEntry, JournalReversalVersion
from hedges.queries import reversals
from reports.queries import journal_entries
from treasury.api.bodies import Input, body
from treasury.api.decisions import DECISION, SEEN
from treasury.api.links import Made
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.recorded import DECIDED_LATER, RecordedResource
from treasury.api.scopes import Scope
from treasury.api.versions import StoryFields
from treasury.api.writing import DECIDERS, PREPARERS, Action, address, read_back, seen
from treasury.enums import TokenScope


class JournalReversalSerializer(StoryFields):
    id = serializers.IntegerField(help_text="Of the proposal; what is decided on.")
    entity_id = serializers.IntegerField(source="entry.entity_id")
    entity = serializers.CharField(source="entry.entity.code")
    entry_id = serializers.IntegerField(help_text="The entry that is to be taken back.")
    entry_number = serializers.IntegerField(source="entry.number")
    reversal_id = serializers.IntegerField(
        source="entry.reversed_by.id", allow_null=True, help_text="The entry that takes it back, once agreed."
    )


class JournalReversals(RecordedResource):
    """Proposals to take entries back, the newest first: what waits for a decision, and what was decided."""

    permission_classes = (OfEntities,)
    operation = "journal_reversals"
    dated = "valid_from"
    later = DECIDED_LATER | {"entry__reversed_by__recorded_at": ("reversal_id",)}
    tagged = JournalReversalVersion
    serializer = JournalReversalSerializer
    descending = True
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="entry__entity__code"),
        Parameter(
            "awaits",
            "true: nobody has decided on them; false: decided.",
            "boolean",
            lookup="approval__isnull",
        ),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return reversals.visible(scope.user)


class ReverseEntry(Action):
    """Proposes to take an entry back; it is posted into the entity's open period when another person agrees."""

    operation = "journal_entries_reverse"
    response_schema = JournalReversalSerializer
    makes = Made("journal-reversals", "/version_id")
    roles = PREPARERS
    body = body(
        Input("reason", "Why the entry is taken back.", limit=160),
        Input("entry_date", "In the open period; without it today, or its last day where that is past.", "date", False),
        example={"reason": "The rate of the last day was corrected."},
    )  # fmt: skip

    def found(self, where: dict[str, Any]) -> JournalEntry:
        entries = journal_entries.visible(self.request.user).select_related("entity")
        return seen(entries.filter(pk=where["key"]))

    def act(self, subject: JournalEntry, told: dict[str, Any]) -> Response:
        made = reversal.propose(
            entry=subject, actor=self.request.user, reason=told["reason"], entry_date=told["entry_date"]
        )
        row = read_back(JournalReversals, self.request.user, made.pk)
        return self.made(row, address=address("journal-reversals", made.pk))


class _Decide(Action):
    token_scope = TokenScope.DECIDE
    response_schema = JournalReversalSerializer
    roles = DECIDERS
    body = DECISION
    status_code = 200
    decide: Any = staticmethod(reversal.approve)

    def found(self, where: dict[str, Any]) -> JournalReversalVersion:
        return seen(reversals.visible(self.request.user).filter(pk=where["key"]))

    def entity_of(self, subject: JournalReversalVersion) -> int:
        return subject.entry.entity_id

    def act(self, subject: JournalReversalVersion, told: dict[str, Any]) -> Response:
        decide = type(self).decide
        decide(version=subject, actor=self.request.user, comment=told["comment"], digest=told[SEEN])
        return self.made(read_back(JournalReversals, self.request.user, subject.pk))


class ApproveReversal(_Decide):
    """A second person's yes to the proposal with the digest that they have seen: the reversal is posted."""

    operation = "journal_reversals_approve"


class RejectReversal(_Decide):
    """A second person's no: the entry stands."""

    operation = "journal_reversals_reject"
    decide = staticmethod(reversal.reject)
