"""What protects, the formal links, and what the night found out about them."""

from hedges.models.accounting import (
    AccountingPeriod,
    AccountMap,
    AccountMapVersion,
    AccountMapVersionApproval,
)
from hedges.models.allocation import InstrumentAllocation, ItemAllocation
from hedges.models.assessment import AssessmentDecision, AssessmentRecord
from hedges.models.effectiveness_result import EffectivenessCriterionResult, EffectivenessResult
from hedges.models.futures_contract import FuturesContract
from hedges.models.hedge_ratio_result import HedgeRatioResult
from hedges.models.horizon_result import HorizonBucketResult
from hedges.models.inception_file import InceptionFile
from hedges.models.instrument import Instrument, InstrumentVersion, InstrumentVersionApproval
from hedges.models.instrument_event import InstrumentEvent
from hedges.models.journal import (
    JournalEntry,
    JournalLine,
    JournalReversalVersion,
    JournalReversalVersionApproval,
)
from hedges.models.measurement_result import CostOfHedgingResult, MeasurementResult
from hedges.models.proposal import HedgeProposal, HedgeProposalLine, HedgeProposalOutcome
from hedges.models.relationship import (
    HedgeRelationship,
    HedgeRelationshipVersion,
    HedgeRelationshipVersionApproval,
    LateAcceptance,
)
from hedges.models.trade_document import TradeDocument, TradeDocumentOutcome
from hedges.models.unrecovered_loss import UnrecoveredLossVersion, UnrecoveredLossVersionApproval
from hedges.models.valuation_result import ValuationResult

__all__ = [
    "AccountMap",
    "AccountMapVersion",
    "AccountMapVersionApproval",
    "AccountingPeriod",
    "AssessmentDecision",
    "AssessmentRecord",
    "CostOfHedgingResult",
    "EffectivenessCriterionResult",
    "EffectivenessResult",
    "FuturesContract",
    "HedgeProposal",
    "HedgeProposalLine",
    "HedgeProposalOutcome",
    "HedgeRatioResult",
    "HedgeRelationship",
    "HedgeRelationshipVersion",
    "HedgeRelationshipVersionApproval",
    "HorizonBucketResult",
    "InceptionFile",
    "Instrument",
    "InstrumentAllocation",
    "InstrumentEvent",
    "InstrumentVersion",
    "InstrumentVersionApproval",
    "ItemAllocation",
    "JournalEntry",
    "JournalLine",
    "JournalReversalVersion",
    "JournalReversalVersionApproval",
    "LateAcceptance",
    "MeasurementResult",
    "TradeDocument",
    "TradeDocumentOutcome",
    "UnrecoveredLossVersion",
    "UnrecoveredLossVersionApproval",
    "ValuationResult",
]
