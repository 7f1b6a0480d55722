"""Addresses of exposures under /api/v1/."""

from django.urls import path

from exposures.api.exposures import Exposures, ExposureVersions
from treasury.api.routes import resource

urlpatterns = [
    *resource("exposures", Exposures),
    path("exposures/<key:key>/versions/", ExposureVersions.as_view(), name="api-exposures-versions"),
]
