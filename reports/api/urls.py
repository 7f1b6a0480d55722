"""Addresses of the reports under /api/v1/."""

from django.urls import path

from reports.api.disclosures import Disclosures
from reports.api.journal_entries import JournalEntries
from reports.api.reconciliations import Reconciliations
from reports.api.roll_forwards import RollForwards
from treasury.api.routes import resource

urlpatterns = [
    *resource("journal-entries", JournalEntries),
    *resource("roll-forwards", RollForwards),
    path("disclosures/<key:key>/", Disclosures.as_view(), name="api-disclosures-one"),
    *resource("reconciliations", Reconciliations),
]
