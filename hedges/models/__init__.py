"""What protects, the formal links, and what the night found out about them."""

from hedges.models.allocation import InstrumentAllocation, ItemAllocation
from hedges.models.effectiveness_result import EffectivenessCriterionResult, EffectivenessResult
from hedges.models.futures_contract import FuturesContract
from hedges.models.hedge_ratio_result import HedgeRatioResult
from hedges.models.horizon_result import HorizonBucketResult
from hedges.models.instrument import Instrument, InstrumentVersion, InstrumentVersionApproval
from hedges.models.relationship import (
    HedgeRelationship,
    HedgeRelationshipVersion,
    HedgeRelationshipVersionApproval,
)
from hedges.models.valuation_result import ValuationResult

__all__ = [
    "EffectivenessCriterionResult",
    "EffectivenessResult",
    "FuturesContract",
    "HedgeRatioResult",
    "HedgeRelationship",
    "HedgeRelationshipVersion",
    "HedgeRelationshipVersionApproval",
    "HorizonBucketResult",
    "Instrument",
    "InstrumentAllocation",
    "InstrumentVersion",
    "InstrumentVersionApproval",
    "ItemAllocation",
    "ValuationResult",
]
