"""Every address of the application. Each app brings its own `urls`; here they are only put in their place."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

API = [
    "treasury.api.urls",
    "treasury.api.access_urls",
    "exposures.api.urls",
    "hedges.api.urls",
    "reports.api.urls",
    "treasury.api.elsewhere",  # last: it takes what the others left
]
PAGES = [
    "treasury.web.urls",
    "exposures.web.import_urls",
    "exposures.web.urls",
    "hedges.web.urls",
    "reports.web.urls",
]


def _of(prefix: str, modules: list[str]) -> list[URLPattern | URLResolver]:
    return [path(prefix, include(module)) for module in modules if find_spec(module) is not None]


handler404 = "treasury.web.views.frame.not_found"
handler500 = "treasury.config.faults.fault"

urlpatterns = [
    path("accounts/", include("treasury.config.accounts_urls")),
    *_of("api/v1/", API),
    *_of("", PAGES),
]
