"""Addresses of hedge accounting under /api/v1/: what is done to relationships, versions, months and account maps."""

from typing import Any

from django.urls import URLPattern, path

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


def _action(address: str, view: Any) -> URLPattern:
    return path(f"{address}/", view.as_view(), name=f"api-{view.operation.replace('_', '-')}")


urlpatterns = [
    _action("hedge-relationships/designate", Designate),
    _action("hedge-relationships/designate/preview", PreviewDesignation),
    _action("hedge-relationships/<key:key>/rebalance", Rebalance),
    _action("hedge-relationships/<key:key>/rebalance/preview", PreviewRebalancing),
    _action("hedge-relationships/<key:key>/discontinue", Discontinue),
    _action("hedge-relationships/<key:key>/discontinue/preview", PreviewDiscontinuation),
    _action("hedge-relationships/<key:key>/de-designate", DeDesignate),
    _action("hedge-relationships/<key:key>/de-designate/preview", PreviewDeDesignation),
    _action("hedge-relationships/<key:key>/test", TestNow),
    _action("hedge-relationships/<key:key>/decide", DecideOnTest),
    _action("hedge-relationship-versions/<key:key>/approve", ApproveVersion),
    _action("hedge-relationship-versions/<key:key>/reject", RejectVersion),
    _action("hedge-relationship-versions/<key:key>/accept-late", AcceptLate),
    _action("entities/<key:key>/account-map", RecordAccountMap),
    _action("account-map-versions/<key:key>/approve", ApproveAccountMap),
    _action("account-map-versions/<key:key>/reject", RejectAccountMap),
    _action("entities/<key:key>/periods/<month:month>", Month),
    _action("entities/<key:key>/periods/<month:month>/close", Close),
    _action("entities/<key:key>/corrections", Corrections),
    _action("entities/<key:key>/demanded-changes", DemandedChanges),
]
