"""How a changed exposure is shown in the feed: the version, with its author and the decision on it."""

from typing import Any

from django.db.models import QuerySet

from exposures.api.exposures import Exposures, ExposureSerializer
from exposures.api.imports import Imports
from exposures.queries import followed
from treasury.api.scopes import Scope
from treasury.api.versions import StoryFields


class ExposureChangeSerializer(ExposureSerializer, StoryFields):
    pass


class ExposureBodies(Exposures):
    serializer = ExposureChangeSerializer

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return followed.exposure_versions(scope.user)


BODIES = {"exposures": ExposureBodies, "imports": Imports}
