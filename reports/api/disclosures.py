"""Disclosure tables of one entity, framework and span of months."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import serializers

from reports.api import spans
from reports.domain.disclosures.disclose import disclosures
from reports.domain.table import Field, ReportTable
from reports.enums import RiskCategory
from treasury.api.fields import AnyValue, money_text
from treasury.api.parameters import Parameter, one_of
from treasury.api.permissions import OfEntities
from treasury.api.rows import Row
from treasury.api.scopes import Scope
from treasury.api.views import Resource
from treasury.enums import AccountingFramework
from treasury.kernel.money import plain
from treasury.queries import access


class DisclosureFieldSerializer(serializers.Serializer):
    key = serializers.CharField()
    label = serializers.CharField()
    kind = serializers.CharField(help_text="text, label (a code), month, day, amount, rate or count.")
    unit = serializers.CharField(
        help_text="Of an amount: the key of the column with its unit.", allow_null=True
    )


class DisclosureTableSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    paragraph = serializers.CharField(help_text="Of IFRS 7.")
    note = serializers.CharField(help_text="What is said of the table as a whole; empty: nothing.")
    columns = DisclosureFieldSerializer(many=True)
    rows = serializers.ListField(child=serializers.DictField(child=AnyValue()))
    totals = serializers.ListField(child=serializers.DictField(child=AnyValue()))


class ReportingEntitySerializer(serializers.Serializer):
    id = serializers.IntegerField(help_text="Of the entity.")
    entity = serializers.CharField(source="code")
    framework = serializers.ChoiceField(AccountingFramework.choices, source="accounting_framework")
    currency = serializers.CharField(source="functional_currency_id")


class DisclosedSerializer(spans.Months):
    framework = serializers.ChoiceField(AccountingFramework.choices)
    known_at = serializers.DateTimeField(allow_null=True)


class DisclosuresSerializer(ReportingEntitySerializer):
    disclosed = DisclosedSerializer()
    tables = DisclosureTableSerializer(many=True)


class Disclosures(Resource):
    """The entities, and of a single one the tables of IFRS 7.21A-24F from its journal; gains are plus."""

    permission_classes = (OfEntities,)
    operation = "disclosures"
    serializer = ReportingEntitySerializer
    detail_serializer = DisclosuresSerializer
    key: ClassVar[tuple[str, ...]] = ("id",)
    scope_parameters = (
        one_of(
            "framework", AccountingFramework, "Relationships under this one; without it the entity's own."
        ),
        one_of("risk_category", RiskCategory, "Only this risk category."),
        *spans.MONTHS,
    )
    parameters = (Parameter("entity", "Code of the entity.", lookup="code"),)

    def scope(self, values: dict[str, Any]) -> Scope:
        self.asked = values
        return Scope(self.request.user)

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return access.visible_entities(scope.user)

    def attach(self, found: list[Row], scope: Scope) -> None:
        if not self.detail:
            return
        row = found[0]
        framework = self.asked.get("framework") or row["framework"]
        span = spans.span(scope.user, self.asked, framework=framework, entity_ids=[row["id"]])
        tables = disclosures(span, risk_kind=self.asked.get("risk_category", ""))
        about = {"first": span.first, "last": span.last, "framework": framework, "known_at": span.known_at}
        row |= {"disclosed": about, "tables": [_shown(table) for table in tables]}


def _shown(table: ReportTable) -> Row:
    return {
        "code": table.code,
        "title": table.title,
        "paragraph": table.paragraph,
        "note": table.note,
        "columns": [
            {
                "key": one.key,
                "label": one.label,
                "kind": one.kind,
                "unit": one.unit if one.kind == "amount" else None,
            }
            for one in table.fields
        ],
        "rows": [_row(table, row) for row in table.rows],
        "totals": [_row(table, row) for row in table.totals],
    }


def _row(table: ReportTable, row: Row) -> Row:
    return {one.key: _value(one, row) for one in table.fields if one.key in row}


def _value(field: Field, row: Row) -> Any:
    value = row[field.key]
    if value is None:
        return None
    if field.kind == "amount":
        return money_text(value, row[field.unit])
    return plain(value) if field.kind == "rate" else value
