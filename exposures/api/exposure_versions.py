"""Versions of exposures, with the second person's decision on them."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from exposures.api.exposures import ExposureTerms
from exposures.enums import ExposureKind, ExposureStatus
from exposures.models import ExposureVersion
from exposures.queries import exposures
from treasury.api.parameters import Parameter, one_of
from treasury.api.permissions import OfEntities
from treasury.api.recorded import DECIDED_LATER, RecordedResource
from treasury.api.scopes import Scope
from treasury.api.versions import StoryFields


class DecidedExposureVersionSerializer(ExposureTerms, StoryFields):
    version_id = None
    id = serializers.IntegerField(help_text="Of the version; what is decided on.")
    exposure_id = serializers.IntegerField()
    entity_id = serializers.IntegerField()
    entity = serializers.CharField(source="entity.code")
    source_system = serializers.CharField(source="exposure.source_system")
    external_reference = serializers.CharField(source="exposure.external_reference")
    split_of_id = serializers.IntegerField(
        allow_null=True, help_text="Of what a split made together: the exposure that is split."
    )
    decision_comment = serializers.CharField(source="approval.comment", allow_null=True)


class MadeVersionSerializer(DecidedExposureVersionSerializer):
    """A version that was just made, with those that were made with it."""

    together = DecidedExposureVersionSerializer(many=True, help_text="The parts of a split; else nothing.")


class DecidedExposureVersions(RecordedResource):
    """Versions of exposures, the newest first: what waits for a decision, and what was decided."""

    permission_classes = (OfEntities,)
    operation = "exposure_versions"
    dated = "valid_from"
    later = DECIDED_LATER
    serializer = DecidedExposureVersionSerializer
    descending = True
    tagged = ExposureVersion
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="entity__code"),
        Parameter("exposure_id", "Those of this exposure.", "integer", lookup="exposure"),
        Parameter("external_reference", "Those of the exposure with this reference.",
                  lookup="exposure__external_reference"),
        Parameter("source_system", "Those of exposures of this source.", lookup="exposure__source_system"),
        one_of("kind", ExposureKind, "Those of this kind."),
        one_of("status", ExposureStatus, "Those in this state."),
        Parameter("awaits", "true: nobody has decided on them; false: decided.", "boolean",
                  lookup="approval__isnull"),
    )  # fmt: skip

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return exposures.all_versions(scope.user)
