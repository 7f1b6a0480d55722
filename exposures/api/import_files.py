"""The files of an import as they came: the newest, and each that was sent before it was mended."""

import base64
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from exposures.models import ImportFile
from exposures.queries import import_resources
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.recorded import RecordedResource
from treasury.api.scopes import KNOWN_AT, Scope
from treasury.api.views import ApiView
from treasury.api.writing import seen
from treasury.queries.as_known import recorded_by


class ImportFileSerializer(serializers.Serializer):
    """A file without its bytes; `original/` with its id gives them."""

    id = serializers.IntegerField()
    file_name = serializers.CharField(source="name")
    digest = serializers.CharField(help_text="SHA-256 of the bytes.")
    recorded_at = serializers.DateTimeField()
    recorded_by = serializers.CharField(source="event.actor.username", allow_null=True)


class ImportFiles(RecordedResource):
    """Every file of one import, the newest first: the one that counts and those that came before it."""

    operation = "imports_files"
    permission_classes = (OfEntities,)
    serializer = ImportFileSerializer
    descending = True
    parameters = (Parameter("digest", "The one with this SHA-256.", lookup="digest"),)

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return import_resources.files(
            seen(import_resources.imports(scope.user).filter(pk=self.kwargs["key"]))
        )


class OriginalFileSerializer(serializers.Serializer):
    import_id = serializers.IntegerField()
    file_name = serializers.CharField()
    digest = serializers.CharField(help_text="SHA-256 of the bytes.")
    content = serializers.CharField(help_text="The bytes as they came, base64.")


class ImportOriginal(ApiView):
    """A file of an import, as it came: the newest, or an earlier one by its id in `files/`."""

    permission_classes = (OfEntities,)
    operation = "imports_original"
    response_schema = OriginalFileSerializer
    parameters = (
        Parameter("file", "Id of a file of this import; without it the newest.", "integer"),
        KNOWN_AT,
    )

    def get(self, request: Request, key: Any) -> Response:
        told = self.read_query(request)
        asked, known_at = told.get("file"), told.get("known_at")
        found = seen(recorded_by(import_resources.imports(request.user).filter(pk=key), known_at))
        files = recorded_by(import_resources.files(found), known_at).order_by("-id")
        file: ImportFile | None = (files if asked is None else files.filter(pk=asked)).first()
        if file is None:
            raise Http404
        content = base64.b64encode(bytes(file.content)).decode()
        return Response(
            {"import_id": found.pk, "file_name": file.name, "digest": file.digest, "content": content}
        )
