from django.urls import path

from treasury.web.views import calculators, frame, reference, runs, search

urlpatterns = [
    path("scheme/", frame.scheme, name="scheme"),
    path("help/", frame.help_page, name="help"),
    path("search/", search.search_page, name="search"),
    path("runs/", runs.runs_page, name="runs"),
    path("runs/start/", runs.run_start, name="run-start"),
    path("runs/<int:pk>/", runs.run_page, name="run"),
    path("runs/<int:pk>/progress/", runs.run_progress, name="run-progress"),
    path("calculators/", calculators.calculators_page, name="calculators"),
    path("calculators/<slug:code>/", calculators.calculator_page, name="calculator"),
    path("market/", reference.market_page, name="market"),
    path("policies/", reference.policies_page, name="policies"),
    path("changes/", reference.changes_page, name="changes"),
]
