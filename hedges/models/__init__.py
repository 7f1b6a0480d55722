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
from hedges.models.journal import JournalEntry, JournalLine
from hedges.models.measurement_result import CostOfHedgingResult, MeasurementResult
from hedges.models.relationship import (
    HedgeRelationship,
    HedgeRelationshipVersion,
    HedgeRelationshipVersionApproval,
    LateAcceptance,
)
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
    "HedgeRatioResult",
    "HedgeRelationship",
    "HedgeRelationshipVersion",
    "HedgeRelationshipVersionApproval",
    "HorizonBucketResult",
    "InceptionFile",
    "Instrument",
    "InstrumentAllocation",
    "InstrumentVersion",
    "InstrumentVersionApproval",
    "ItemAllocation",
    "JournalEntry",
    "JournalLine",
    "LateAcceptance",
    "MeasurementResult",
    "ValuationResult",
]
