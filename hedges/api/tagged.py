"""What belongs to a thing's state besides its own row, its versions and the decisions on them (treasury.api.tags)."""

from hedges.models import (
    AssessmentDecision,
    HedgeProposal,
    HedgeProposalLine,
    HedgeProposalOutcome,
    HedgeRelationship,
    HedgeRelationshipVersion,
    Instrument,
    InstrumentAllocation,
    InstrumentEvent,
    ItemAllocation,
    JournalEntry,
    JournalReversalVersion,
    LateAcceptance,
    TradeDocument,
    TradeDocumentOutcome,
    UnrecoveredLossVersion,
)
from treasury.api import tags


def declare() -> None:
    """Called where the addresses are made, so that there is no address without it."""
    tags.also(Instrument, (InstrumentEvent, "instrument"))
    tags.also(InstrumentEvent, (InstrumentEvent, "reverses"))
    for thing, path in ((HedgeRelationshipVersion, ""), (HedgeRelationship, "__relationship")):
        tags.also(
            thing,
            (ItemAllocation, f"relationship_version{path}"),
            (InstrumentAllocation, f"relationship_version{path}"),
            (LateAcceptance, f"version{path}"),
        )
    tags.also(
        HedgeRelationship, (UnrecoveredLossVersion, "relationship"), (AssessmentDecision, "relationship")
    )
    tags.also(TradeDocument, (TradeDocumentOutcome, "document"))
    tags.also(HedgeProposal, (HedgeProposalLine, "proposal"), (HedgeProposalOutcome, "line__proposal"))
    tags.also(HedgeProposalLine, (HedgeProposalOutcome, "line"))
    tags.also(JournalEntry, (JournalReversalVersion, "entry"), (JournalEntry, "reversal_of"))
