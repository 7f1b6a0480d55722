"""Addresses of the reports under /api/v1/."""

from django.urls import path

from hedges.web.strategy.tools import TOOLS
from reports.api.disclosures import Disclosures
from reports.api.followed import BODIES
from reports.api.hedging_instruments import HedgingInstruments
from reports.api.journal_entries import JournalEntries
from reports.api.journal_files import JournalFile
from reports.api.reconciliations import Reconciliations
from reports.api.reversals import ApproveReversal, JournalReversals, RejectReversal, ReverseEntry
from reports.api.roll_forwards import RollForwards
from reports.api.saved_strategies import SavedStrategies, SavedStrategy, StrategiesBeside
from reports.api.strategies import SaveStrategy, Strategies, view_of
from treasury.api.routes import action, resource
from treasury.api.streams import streams

urlpatterns = [
    *streams(BODIES),
    *resource("journal-entries", JournalEntries),
    path("journal-entries/<key:key>/reverse/", ReverseEntry.as_view(), name="api-journal-entries-reverse"),
    *resource("journal-reversals", JournalReversals),
    path(
        "journal-reversals/<key:key>/approve/",
        ApproveReversal.as_view(),
        name="api-journal-reversals-approve",
    ),
    path(
        "journal-reversals/<key:key>/reject/", RejectReversal.as_view(), name="api-journal-reversals-reject"
    ),
    action("journal-entries/file", JournalFile),
    path("strategies/", Strategies.as_view(), name="api-strategies"),
    action("strategies/save", SaveStrategy),
    path("strategies/saved/", SavedStrategies.as_view(), name="api-strategies-saved-list"),
    action("strategies/saved/compare", StrategiesBeside),
    path("strategies/saved/<key:key>/", SavedStrategy.as_view(), name="api-strategies-saved"),
    *[action(f"strategies/{tool}", view_of(tool)) for tool in TOOLS],
    *resource("roll-forwards", RollForwards),
    *resource("disclosures", Disclosures),
    action("disclosures/<key:key>/instruments", HedgingInstruments),
    *resource("reconciliations", Reconciliations),
]
