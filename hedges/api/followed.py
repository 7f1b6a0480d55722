"""How changed trades, relationships and periods are shown in the feed: of what has versions, the version."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from hedges.api.account_maps import DecidedMapVersions
from hedges.api.accounting_periods import AccountingPeriods
from hedges.api.assessments import AssessmentDecisions, Assessments
from hedges.api.costs_of_hedging import CostsOfHedging
from hedges.api.documents import Documents
from hedges.api.effectiveness_results import EffectivenessResults
from hedges.api.futures_contracts import FuturesContracts
from hedges.api.hedge_ratios import HedgeRatios
from hedges.api.horizon_profiles import HorizonBucketSerializer
from hedges.api.instrument_events import InstrumentEvents
from hedges.api.instruments import InstrumentDetailSerializer, Instruments
from hedges.api.measurements import Measurements
from hedges.api.proposals import ProposalLines, Proposals
from hedges.api.relationship_versions import RelationshipVersions
from hedges.api.unrecovered_losses import UnrecoveredLosses
from hedges.api.valuations import Valuations
from hedges.models import AccountMap, HedgeRelationship
from hedges.queries import followed, results
from treasury.api.permissions import OfEntities
from treasury.api.scopes import Scope
from treasury.api.versions import StoryFields
from treasury.api.views import ResultResource


class InstrumentChangeSerializer(InstrumentDetailSerializer, StoryFields):
    pass


class InstrumentBodies(Instruments):
    serializer = InstrumentChangeSerializer

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return followed.instrument_versions(scope.user)


class RelationshipBodies(RelationshipVersions):
    tagged = HedgeRelationship


class MapBodies(DecidedMapVersions):
    tagged = AccountMap


BODIES = {
    "instruments": InstrumentBodies,
    "instrument-events": InstrumentEvents,
    "futures-contracts": FuturesContracts,
    "hedge-relationships": RelationshipBodies,
    "assessments": Assessments,
    "assessment-decisions": AssessmentDecisions,
    "unrecovered-losses": UnrecoveredLosses,
    "documents": Documents,
    "proposals": Proposals,
    "proposal-lines": ProposalLines,
    "account-maps": MapBodies,
    "accounting-periods": AccountingPeriods,
}


class HorizonRowSerializer(HorizonBucketSerializer):
    """A bucket, with whose it is."""

    entity_id = serializers.IntegerField()
    entity = serializers.CharField(source="entity.code")
    risk_id = serializers.IntegerField()
    risk = serializers.CharField(source="risk.code")
    amount_unit = serializers.CharField()


class HorizonRows(ResultResource):
    """A row a bucket, where a profile has them in one."""

    permission_classes = (OfEntities,)
    serializer = HorizonRowSerializer
    key = ("entity_id", "risk_id", "month_from")

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return results.horizon_buckets(scope.user, scope.run_id)


#: What is told by the publishing of its run, and read run by run.
RESULTS = {
    "valuations": Valuations,
    "hedge-ratios": HedgeRatios,
    "horizon-profiles": HorizonRows,
    "effectiveness-results": EffectivenessResults,
    "measurements": Measurements,
    "costs-of-hedging": CostsOfHedging,
}
