"""Imports of exposures: files and rows in bulk on their way into the book, what is wrong with them and what they do."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from exposures.enums import ImportStatus, RowOutcome
from exposures.models import Import, ImportMapping
from exposures.queries import import_decisions, import_resources
from exposures.queries import imports as queries
from treasury.api.fields import AnyValue, Money, Ratio
from treasury.api.parameters import Parameter, one_of
from treasury.api.permissions import OfEntities
from treasury.api.recorded import RecordedResource
from treasury.api.rows import Row
from treasury.api.scopes import KNOWN_AT, Scope
from treasury.api.views import ApiView, Resource
from treasury.api.writing import seen
from treasury.queries.as_known import recorded_by


class ImportSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    source_system = serializers.CharField()
    file_name = serializers.CharField()
    status = serializers.ChoiceField(ImportStatus.choices)
    attempt = serializers.IntegerField(help_text="Counts up with whatever is said, mended or checked anew.")
    is_checked = serializers.BooleanField(help_text="All rows were held against the book in this attempt.")
    is_row_wise = serializers.BooleanField(help_text="It came in bulk: wrong rows were left out.")
    row_count = serializers.IntegerField()
    problem_count = serializers.IntegerField(help_text="Wrong cells.")
    recorded_by = serializers.CharField(source="event.actor.username", allow_null=True)
    recorded_at = serializers.DateTimeField()
    committed_by = serializers.CharField(source="commit_event.actor.username", allow_null=True)
    committed_at = serializers.DateTimeField(source="commit_event.recorded_at", allow_null=True)
    undone_by = serializers.CharField(source="undo_event.actor.username", allow_null=True)
    undone_at = serializers.DateTimeField(source="undo_event.recorded_at", allow_null=True)


class ImportStandingSerializer(serializers.Serializer):
    """What was found when it was checked last, and what waits for a decision."""

    headings = serializers.DictField(
        child=serializers.CharField(), help_text="Of the columns by field, once they are said."
    )
    outcomes = serializers.DictField(
        child=serializers.IntegerField(), help_text="Rows by what they do: NEW, CHANGED, UNCHANGED."
    )
    content_digest = serializers.CharField(
        allow_null=True, help_text="Over the versions that wait for a decision; null: nothing waits."
    )


class ImportDetailSerializer(ImportSerializer):
    settings = AnyValue(help_text="How the file is read: marks, order of dates, columns by field.")
    standing = ImportStandingSerializer()


class Imports(RecordedResource):
    """Imports that touch only entities of yours, and those of yours that touch none yet, the newest first."""

    permission_classes = (OfEntities,)
    operation = "imports"
    serializer = ImportSerializer
    detail_serializer = ImportDetailSerializer
    descending = True
    tagged = Import
    state_table = Import
    parameters = (
        Parameter("source_system", "Those of this source.", lookup="source_system"),
        one_of("status", ImportStatus, "Those in this state."),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return import_resources.imports(scope.user)

    def attach(self, found: list[Row], scope: Scope) -> None:
        if not self.detail:
            return
        row = found[0]
        told = import_resources.then(Import.objects.get(pk=row["id"]), scope.known_at)
        event = told["undo_event_id"] or told["commit_event_id"]
        row["standing"] = {
            "headings": told["settings"].get("names", {}),
            "outcomes": queries.outcomes(row["id"], told["attempt"]),
            "content_digest": import_decisions.digest_of_waiting(event, scope.known_at) if event else None,
        }


class ImportProblemSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    row_number = serializers.IntegerField(help_text="From 1, as in a spreadsheet.")
    column_number = serializers.IntegerField(allow_null=True, help_text="Null: the row as a whole.")
    column_name = serializers.CharField()
    field = serializers.CharField()
    code = serializers.CharField()
    value = serializers.CharField()
    expected = serializers.CharField()


def _attempt(user: Any, key: int, known_at: datetime | None) -> tuple[Import, int]:
    """The import, and which attempt was its newest. Raises Http404."""
    found = seen(recorded_by(import_resources.imports(user).filter(pk=key), known_at))
    return found, import_resources.then(found, known_at)["attempt"]


class OfImport(Resource):
    """Rows of the newest attempt of one import."""

    permission_classes = (OfEntities,)
    key = ("row_number", "id")
    scope_parameters = (KNOWN_AT,)

    def scope(self, values: dict[str, Any]) -> Scope:
        return Scope(self.request.user, known_at=values.get("known_at"))

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return self.of(*_attempt(scope.user, self.kwargs["key"], scope.known_at))

    def of(self, found: Import, attempt: int) -> "QuerySet[Any]":
        raise NotImplementedError


class ImportProblems(OfImport):
    """Every wrong cell of an import, with what was expected."""

    operation = "imports_problems"
    serializer = ImportProblemSerializer
    parameters = (Parameter("code", "Those with this code.", lookup="code"),)

    def of(self, found: Import, attempt: int) -> "QuerySet[Any]":
        return import_resources.problems(found, attempt)


class ImportChangeSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    row_number = serializers.IntegerField()
    outcome = serializers.ChoiceField(RowOutcome.choices)
    external_reference = serializers.CharField(source="reference")
    exposure_id = serializers.IntegerField(allow_null=True, help_text="Null: a new one.")
    entity = serializers.CharField(source="entity.code")
    risk = serializers.CharField(source="risk.code")
    kind = serializers.CharField()
    status = serializers.CharField()
    exposure_amount = Money(unit="exposure_currency_id")
    exposure_amount_before = Money(
        unit="exposure_currency_id", source="base_version.exposure_amount", allow_null=True
    )
    exposure_currency = serializers.CharField(source="exposure_currency_id")
    expected_date = serializers.DateField()
    expected_date_before = serializers.DateField(source="base_version.expected_date", allow_null=True)
    window_start = serializers.DateField(allow_null=True)
    window_end = serializers.DateField(allow_null=True)
    certainty_ratio = Ratio()
    description = serializers.CharField()


class ImportChanges(OfImport):
    """What each row without a problem makes of the book: new, changed or unchanged, with the whole terms."""

    operation = "imports_changes"
    serializer = ImportChangeSerializer
    parameters = (one_of("outcome", RowOutcome, "Those that do this."),)

    def of(self, found: Import, attempt: int) -> "QuerySet[Any]":
        return import_resources.changes(found, attempt)


class ImportTotalSerializer(serializers.Serializer):
    entity = serializers.CharField()
    unit = serializers.CharField()
    before = serializers.CharField(help_text="Open exposures, signed, a decimal string.")
    change = serializers.CharField()
    after = serializers.CharField()


class ImportEffectSerializer(serializers.Serializer):
    totals = ImportTotalSerializer(many=True)
    relationships = serializers.ListField(
        child=serializers.DictField(), help_text="Hedge relationships that it touches, row by row."
    )


class ImportEffect(ApiView):
    """Open exposures by entity and unit before and after the import, and the hedge relationships that it touches."""

    permission_classes = (OfEntities,)
    operation = "imports_effect"
    response_schema = ImportEffectSerializer
    parameters = (KNOWN_AT,)

    def get(self, request: Request, key: Any) -> Response:
        known_at = self.read_query(request).get("known_at")
        found, attempt = _attempt(request.user, key, known_at)
        totals = queries.totals(found.pk, attempt, entity_ids=found.entity_ids, known_at=known_at)
        effect = import_string(settings.HEDGEBOOK_IMPORT_EFFECT)(found.pk, attempt, known_at=known_at)
        return Response(
            {
                "totals": [
                    {"entity": row["entity_code"], "unit": row["unit"]}
                    | {name: f"{row[name]:f}" for name in ("before", "change", "after")}
                    for row in totals
                ],
                "relationships": [{name: _plain(value) for name, value in row.items()} for row in effect],
            }
        )


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


class ImportMappingSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    source_system = serializers.CharField()
    name = serializers.CharField()
    version_number = serializers.IntegerField()
    settings = AnyValue(help_text="How files of the source are read.")
    recorded_at = serializers.DateTimeField()
    recorded_by = serializers.CharField(source="event.actor.username", allow_null=True)


class ImportMappings(RecordedResource):
    """How files of a source are read, under a name: what you and people of your entities have saved, every version, the
    newest first."""

    permission_classes = (OfEntities,)
    operation = "import_mappings"
    tagged = ImportMapping
    serializer = ImportMappingSerializer
    descending = True
    parameters = (
        Parameter("source_system", "Those of this source.", lookup="source_system"),
        Parameter("name", "Those with this name.", lookup="name"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return import_resources.mappings(scope.user)
