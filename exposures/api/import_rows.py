"""Rows of an import, each with what it does: the page of its rows, as a resource."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from exposures.api.imports import OfImport
from exposures.enums import PreviewOutcome
from exposures.models import Import
from exposures.queries import import_rows
from treasury.api.fields import Exact
from treasury.api.parameters import one_of
from treasury.api.rows import Row
from treasury.api.scopes import Scope


class WrongCellSerializer(serializers.Serializer):
    column_name = serializers.CharField()
    field = serializers.CharField()
    code = serializers.CharField()
    value = serializers.CharField()
    expected = serializers.CharField()


class ImportRowSerializer(serializers.Serializer):
    row_number = serializers.IntegerField(help_text="From 1, as in a spreadsheet.")
    outcome = serializers.ChoiceField(
        PreviewOutcome.choices, help_text="TWICE: its reference stands in an earlier row of the file already."
    )
    external_reference = serializers.CharField(source="reference", allow_blank=True)
    exposure_id = serializers.IntegerField(allow_null=True, help_text="Null: a new one, or a wrong row.")
    entity = serializers.CharField(source="entity.code", allow_null=True)
    risk = serializers.CharField(source="risk.code", allow_null=True)
    kind = serializers.CharField(allow_null=True)
    exposure_amount = Exact(allow_null=True)
    exposure_currency = serializers.CharField(source="exposure_currency_id", allow_null=True)
    expected_date = serializers.DateField(allow_null=True)
    problems = WrongCellSerializer(many=True, help_text="Its wrong cells.")


class ImportRows(OfImport):
    """Every row of an import as it was read, with what it does: new, changed, unchanged, wrong, twice in the file."""

    operation = "imports_rows"
    serializer = ImportRowSerializer
    parameters = (one_of("outcome", PreviewOutcome, "Those that do this."),)

    def of(self, found: Import, attempt: int) -> "QuerySet[Any]":
        self.read_of = found.pk, attempt
        return import_rows.rows(found.pk, attempt)

    def attach(self, found: list[Row], scope: Scope) -> None:
        import_rows.tell(*self.read_of, found)
        for row in found:
            row["problems"] = [
                {name: value for name, value in one.items() if name != "row_number"}
                for one in row["problems"]
            ]
            del row["change"]
