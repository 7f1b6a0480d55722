"""Addresses of the shared resources, the measures and the contract under /api/v1/."""

from django.urls import path

from treasury.api.audit_events import AuditEvents
from treasury.api.documentation import Documentation, Schema
from treasury.api.market_quotes import MarketQuotes
from treasury.api.measures import Calculate, Measures, OneMeasure
from treasury.api.policies import Policies, PolicyVersions
from treasury.api.reference import Counterparties, Entities, Risks
from treasury.api.routes import resource
from treasury.api.runs import Runs

urlpatterns = [
    *resource("entities", Entities),
    *resource("counterparties", Counterparties),
    *resource("risks", Risks),
    *resource("policies", Policies),
    path("policies/<key:key>/versions/", PolicyVersions.as_view(), name="api-policies-versions"),
    *resource("market-quotes", MarketQuotes),
    *resource("runs", Runs),
    *resource("audit-events", AuditEvents),
    path("measures/", Measures.as_view(), name="api-measures"),
    path("measures/<slug:code>/", OneMeasure.as_view(), name="api-measures-one"),
    path("measures/<slug:code>/calculate/", Calculate.as_view(), name="api-measures-calculate"),
    path("schema/", Schema.as_view(), name="api-schema"),
    path("docs/", Documentation.as_view(), name="api-docs"),
]
