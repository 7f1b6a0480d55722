"""Which tables are changes of trades, relationships and the ledger. Places 200 to 399."""

from typing import Any

from django.db.models import BigIntegerField, Case, CharField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from hedges.enums import ProposalOutcome
from hedges.models import (
    AccountingPeriod,
    AccountMapVersion,
    AccountMapVersionApproval,
    AssessmentDecision,
    AssessmentRecord,
    FuturesContract,
    HedgeProposal,
    HedgeProposalLine,
    HedgeProposalOutcome,
    HedgeRelationshipVersion,
    HedgeRelationshipVersionApproval,
    InstrumentEvent,
    InstrumentVersion,
    InstrumentVersionApproval,
    JournalEntry,
    JournalReversalVersion,
    JournalReversalVersionApproval,
    LateAcceptance,
    TradeDocument,
    TradeDocumentOutcome,
    UnrecoveredLossVersion,
    UnrecoveredLossVersionApproval,
)
from treasury.enums import ChangeVerb, Decision
from treasury.queries import access
from treasury.queries.changes import DECIDED, Source, by, shared, versioned
from treasury.queries.followed import logged

_OWN = by("new_values__entity_id")
#: A line that is dismissed will not be dealt.
_DISMISSED = Case(
    When(outcome=ProposalOutcome.DISMISSED, then=Value(ChangeVerb.WITHDRAWN)),
    default=Value(ChangeVerb.DECIDED),
    output_field=CharField(),
)
_VERSION = Cast(KeyTextTransform("relationship_version_id", "new_values"), BigIntegerField())
_RELATIONSHIP = Subquery(
    HedgeRelationshipVersion.objects.filter(
        pk=Cast(KeyTextTransform("relationship_version_id", OuterRef("new_values")), BigIntegerField())
    ).values("relationship_id")
)


def _released(place: int, table: str) -> Source:
    """Units that an allocation gives back change its relationship."""
    return logged(place, "hedge-relationships", table, _OWN, thing=_RELATIONSHIP, body=_VERSION)


SOURCES = (
    *versioned(
        200, "instruments", InstrumentVersion, InstrumentVersionApproval, thing="instrument_id", entity="entity"
    ),
    Source(205, "instrument-events", InstrumentEvent, by("entity")),
    Source(
        206, "instrument-events", InstrumentVersionApproval, by("version__entity"), DECIDED,
        "version__life_event__id", "version__life_event__id", only=Q(version__life_event__isnull=False),
    ),
    Source(
        207, "instrument-events", InstrumentVersionApproval, by("version__entity"), ChangeVerb.WITHDRAWN,
        "version__life_event__reverses_id", "version__life_event__reverses_id",
        only=Q(version__life_event__reverses__isnull=False, decision=Decision.APPROVED),
    ),
    Source(210, "futures-contracts", FuturesContract, shared),
    *versioned(
        220, "hedge-relationships", HedgeRelationshipVersion, HedgeRelationshipVersionApproval,
        thing="relationship_id", entity="entity",
    ),
    Source(
        222, "hedge-relationships", LateAcceptance, by("version__entity"), ChangeVerb.CHANGED,
        "version__relationship_id", "version_id", version="version__version_number",
    ),
    _released(223, "hedges_itemallocation"),
    _released(224, "hedges_instrumentallocation"),
    Source(230, "assessments", AssessmentRecord, by("version__entity")),
    Source(235, "assessment-decisions", AssessmentDecision, by("relationship__entity")),
    Source(236, "unrecovered-losses", UnrecoveredLossVersion, by("relationship__entity")),
    Source(
        237, "unrecovered-losses", UnrecoveredLossVersionApproval, by("version__relationship__entity"), DECIDED,
        "version_id", "version_id",
    ),
    Source(240, "documents", TradeDocument, by("entity")),
    Source(
        241, "documents", TradeDocumentOutcome, by("entity"), ChangeVerb.DECIDED, "document_id", "document_id"
    ),
    Source(245, "proposals", HedgeProposal, by("entity")),
    Source(
        246, "proposals", HedgeProposalOutcome, by("entity"), ChangeVerb.CHANGED, "line__proposal_id",
        "line__proposal_id",
    ),
    Source(250, "proposal-lines", HedgeProposalLine, by("entity")),
    Source(251, "proposal-lines", HedgeProposalOutcome, by("entity"), _DISMISSED, "line_id", "line_id"),
    *versioned(
        300, "account-maps", AccountMapVersion, AccountMapVersionApproval, thing="account_map_id",
        entity="account_map__entity",
    ),
    Source(310, "accounting-periods", AccountingPeriod, by("entity")),
    logged(311, "accounting-periods", "hedges_accountingperiod", _OWN),
    Source(320, "journal-entries", JournalEntry, by("entity")),
    Source(
        321, "journal-entries", JournalEntry, by("entity"), ChangeVerb.CHANGED, "reversal_of_id", "reversal_of_id",
        only=Q(reversal_of__isnull=False),
    ),
    Source(330, "journal-reversals", JournalReversalVersion, by("entry__entity")),
    Source(
        331, "journal-reversals", JournalReversalVersionApproval, by("version__entry__entity"), DECIDED,
        "version_id", "version_id",
    ),
)  # fmt: skip


def instrument_versions(user: Any) -> "QuerySet[InstrumentVersion]":
    return access.scoped(InstrumentVersion.objects.all(), user)
