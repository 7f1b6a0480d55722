"""Addresses of the reports under /api/v1/."""

from django.urls import path

from reports.api.disclosures import Disclosures
from reports.api.journal_entries import JournalEntries
from reports.api.reconciliations import Reconciliations
from reports.api.reversals import ReverseEntry
from reports.api.roll_forwards import RollForwards
from treasury.api.routes import resource

urlpatterns = [
    *resource("journal-entries", JournalEntries),
    path("journal-entries/<key:key>/reverse/", ReverseEntry.as_view(), name="api-journal-entries-reverse"),
    *resource("roll-forwards", RollForwards),
    *resource("disclosures", Disclosures),
    *resource("reconciliations", Reconciliations),
]
