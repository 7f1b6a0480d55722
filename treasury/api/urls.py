"""Addresses of the shared resources, the measures and the contract under /api/v1/."""

from django.urls import path

from treasury.api import desk_urls, market_urls
from treasury.api.audit_events import AuditEvents
from treasury.api.calendars import Calendars
from treasury.api.changes import Changes
from treasury.api.documentation import Documentation, Schema
from treasury.api.followed import BODIES
from treasury.api.manual_quotes import ManualQuotes
from treasury.api.market_quotes import MarketQuotes
from treasury.api.measures import Calculate, Measures, OneMeasure
from treasury.api.policies import Policies, PolicyVersions
from treasury.api.reference import Counterparties, CreditFacts, Entities, Risks
from treasury.api.routes import resource
from treasury.api.rule_packs import RulePacks
from treasury.api.runs import Runs
from treasury.api.streams import streams
from treasury.api.webhook_urls import urlpatterns as webhook_urlpatterns

urlpatterns = [
    *streams(BODIES),
    *resource("entities", Entities),
    *resource("counterparties", Counterparties),
    *resource("credit-facts", CreditFacts),
    *resource("risks", Risks),
    *resource("rule-packs", RulePacks),
    *resource("policies", Policies),
    path("policies/<key:key>/versions/", PolicyVersions.as_view(), name="api-policies-versions"),
    *resource("market-quotes", MarketQuotes),
    *resource("manual-quotes", ManualQuotes),
    *resource("runs", Runs),
    *desk_urls.urlpatterns,
    *market_urls.urlpatterns,
    *resource("audit-events", AuditEvents),
    *webhook_urlpatterns,
    path("calendars/", Calendars.as_view(), name="api-calendars"),
    path("changes/", Changes.as_view(), name="api-changes"),
    path("measures/", Measures.as_view(), name="api-measures"),
    path("measures/<slug:code>/", OneMeasure.as_view(), name="api-measures-one"),
    path("measures/<slug:code>/calculate/", Calculate.as_view(), name="api-measures-calculate"),
    path("schema/", Schema.as_view(), name="api-schema"),
    path("docs/", Documentation.as_view(), name="api-docs"),
]
