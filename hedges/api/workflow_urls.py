"""Addresses of hedge accounting under /api/v1/: what is done to relationships, versions, months and account maps."""

from hedges.api import tagged
from hedges.api.account_maps import ApproveAccountMap, RecordAccountMap, RejectAccountMap
from hedges.api.accounting_periods import Close, Month
from hedges.api.after_publishing import Corrections, DemandedChanges
from hedges.api.changes import (
    DeDesignate,
    Discontinue,
    PreviewDeDesignation,
    PreviewDiscontinuation,
    PreviewRebalancing,
    Rebalance,
)
from hedges.api.designations import Designate, PreviewDesignation
from hedges.api.relationship_decisions import AcceptLate, ApproveVersion, RejectVersion
from hedges.api.tests_on_demand import DecideOnTest, TestNow
from hedges.api.unrecovered_losses import ApproveLoss, PreviewLoss, RejectLoss, StateLoss
from treasury.api.routes import action

tagged.declare()
urlpatterns = [
    action("hedge-relationships/designate", Designate),
    action("hedge-relationships/designate/preview", PreviewDesignation),
    action("hedge-relationships/<key:key>/rebalance", Rebalance),
    action("hedge-relationships/<key:key>/rebalance/preview", PreviewRebalancing),
    action("hedge-relationships/<key:key>/discontinue", Discontinue),
    action("hedge-relationships/<key:key>/discontinue/preview", PreviewDiscontinuation),
    action("hedge-relationships/<key:key>/de-designate", DeDesignate),
    action("hedge-relationships/<key:key>/de-designate/preview", PreviewDeDesignation),
    action("hedge-relationships/<key:key>/test", TestNow),
    action("hedge-relationships/<key:key>/decide", DecideOnTest),
    action("hedge-relationships/<key:key>/state-loss", StateLoss),
    action("hedge-relationships/<key:key>/state-loss/preview", PreviewLoss),
    action("unrecovered-losses/<key:key>/approve", ApproveLoss),
    action("unrecovered-losses/<key:key>/reject", RejectLoss),
    action("hedge-relationship-versions/<key:key>/approve", ApproveVersion),
    action("hedge-relationship-versions/<key:key>/reject", RejectVersion),
    action("hedge-relationship-versions/<key:key>/accept-late", AcceptLate),
    action("entities/<key:key>/account-map", RecordAccountMap),
    action("account-map-versions/<key:key>/approve", ApproveAccountMap),
    action("account-map-versions/<key:key>/reject", RejectAccountMap),
    action("entities/<key:key>/periods/<month:month>", Month),
    action("entities/<key:key>/periods/<month:month>/close", Close),
    action("entities/<key:key>/corrections", Corrections),
    action("entities/<key:key>/demanded-changes", DemandedChanges),
]
