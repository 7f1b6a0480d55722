"""Addresses of instruments, relationships and results under /api/v1/."""

from django.urls import path

from hedges.api.effectiveness_results import EffectivenessResults
from hedges.api.explanations import (
    ExplainEffectiveness,
    ExplainHedgeRatio,
    ExplainHorizonBucket,
    ExplainValuation,
)
from hedges.api.hedge_ratios import HedgeRatios
from hedges.api.hedge_relationships import HedgeRelationships, HedgeRelationshipVersions
from hedges.api.horizon_profiles import HorizonProfiles
from hedges.api.instruments import Instruments, InstrumentVersions
from hedges.api.valuations import Valuations
from treasury.api.routes import resource

urlpatterns = [
    *resource("instruments", Instruments),
    path("instruments/<key:key>/versions/", InstrumentVersions.as_view(), name="api-instruments-versions"),
    *resource("hedge-relationships", HedgeRelationships),
    path(
        "hedge-relationships/<key:key>/versions/",
        HedgeRelationshipVersions.as_view(),
        name="api-hedge-relationships-versions",
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
