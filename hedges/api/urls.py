"""Addresses of instruments, relationships and results under /api/v1/."""

from django.urls import path

from hedges.api import (
    bulk,
    desk_urls,
    document_urls,
    exposure_decisions,
    many_decisions,
    search,
    trade_urls,
    workflow_urls,
)
from hedges.api.account_maps import AccountMaps, AccountMapVersions, DecidedMapVersions
from hedges.api.accounting_periods import AccountingPeriods
from hedges.api.assessments import AssessmentDecisions, Assessments
from hedges.api.capacities import ExposureCapacity, InstrumentCapacity
from hedges.api.costs_of_hedging import CostsOfHedging
from hedges.api.effectiveness_results import EffectivenessResults
from hedges.api.explanations import (
    ExplainCostOfHedging,
    ExplainEffectiveness,
    ExplainHedgeRatio,
    ExplainHorizonBucket,
    ExplainMeasurement,
    ExplainValuation,
)
from hedges.api.followed import BODIES, RESULTS
from hedges.api.futures_contracts import FuturesContracts
from hedges.api.hedge_ratios import HedgeRatios
from hedges.api.hedge_relationships import HedgeRelationships, HedgeRelationshipVersions
from hedges.api.horizon_profiles import HorizonProfiles
from hedges.api.instrument_events import InstrumentEvents
from hedges.api.instruments import Instruments, InstrumentVersions
from hedges.api.life import Life
from hedges.api.measurements import Measurements
from hedges.api.relationship_versions import RelationshipVersions
from hedges.api.unrecovered_losses import UnrecoveredLosses
from hedges.api.valuations import Valuations
from treasury.api.routes import resource
from treasury.api.streams import streams

urlpatterns = [
    *streams(BODIES | RESULTS),
    *resource("instruments", Instruments),
    *resource("instrument-events", InstrumentEvents),
    *resource("futures-contracts", FuturesContracts),
    path("instruments/<key:key>/versions/", InstrumentVersions.as_view(), name="api-instruments-versions"),
    *resource("hedge-relationships", HedgeRelationships),
    path(
        "hedge-relationships/<key:key>/versions/",
        HedgeRelationshipVersions.as_view(),
        name="api-hedge-relationships-versions",
    ),
    path("hedge-relationships/<key:key>/life/", Life.as_view(), name="api-hedge-relationships-life"),
    *resource("hedge-relationship-versions", RelationshipVersions),
    *resource("assessments", Assessments),
    *resource("assessment-decisions", AssessmentDecisions),
    path("exposures/<key:key>/capacity/", ExposureCapacity.as_view(), name="api-exposures-capacity"),
    path("instruments/<key:key>/capacity/", InstrumentCapacity.as_view(), name="api-instruments-capacity"),
    *resource("accounting-periods", AccountingPeriods),
    *resource("account-maps", AccountMaps),
    path("account-maps/<key:key>/versions/", AccountMapVersions.as_view(), name="api-account-maps-versions"),
    *resource("account-map-versions", DecidedMapVersions),
    *resource("unrecovered-losses", UnrecoveredLosses),
    *workflow_urls.urlpatterns,
    *document_urls.urlpatterns,
    *trade_urls.urlpatterns,
    *exposure_decisions.urlpatterns,
    *many_decisions.urlpatterns,
    *search.urlpatterns,
    *bulk.urlpatterns,
    *desk_urls.urlpatterns,
    *resource("measurements", Measurements),
    *resource("costs-of-hedging", CostsOfHedging, key="element_key"),
    path("measurements/<key:key>/explain/", ExplainMeasurement.as_view(), name="api-measurements-explain"),
    path(
        "costs-of-hedging/<element_key:key>/explain/",
        ExplainCostOfHedging.as_view(),
        name="api-costs-of-hedging-explain",
    ),
    *resource("valuations", Valuations),
    *resource("hedge-ratios", HedgeRatios, key="subject_key"),
    *resource("horizon-profiles", HorizonProfiles, key="pair_key"),
    *resource("effectiveness-results", EffectivenessResults),
    path("valuations/<key:key>/explain/", ExplainValuation.as_view(), name="api-valuations-explain"),
    path(
        "hedge-ratios/<subject_key:key>/explain/",
        ExplainHedgeRatio.as_view(),
        name="api-hedge-ratios-explain",
    ),
    path(
        "horizon-profiles/<pair_key:key>/explain/",
        ExplainHorizonBucket.as_view(),
        name="api-horizon-profiles-explain",
    ),
    path(
        "effectiveness-results/<key:key>/explain/",
        ExplainEffectiveness.as_view(),
        name="api-effectiveness-results-explain",
    ),
]
