from django.urls import path

from reports.web.views import disclosures, instruments_held, journal, reconciliation, roll_forward

urlpatterns = [
    path("journal/", journal.journal_page, name="journal"),
    path("journal/<int:pk>/", journal.entry_page, name="journal-entry"),
    path("roll-forward/", roll_forward.roll_forward_page, name="roll-forward"),
    path("disclosures/", disclosures.disclosures_page, name="disclosures"),
    path("disclosures/instruments/", instruments_held.instruments_page, name="disclosed-instruments"),
    path("reconciliation/", reconciliation.reconciliation_page, name="reconciliation"),
]
