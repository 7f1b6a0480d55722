"""Disclosure tables of one entity, framework and span of months."""

from typing import Any

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from reports.api import spans
from reports.domain.disclosures.disclose import disclosures
from reports.domain.table import Field, ReportTable
from reports.enums import RiskCategory
from treasury.api.fields import AnyValue, money_text
from treasury.api.parameters import one_of
from treasury.api.views import ApiView
from treasury.enums import AccountingFramework
from treasury.kernel.money import plain
from treasury.queries import access
from treasury.queries.rows import Row


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
    columns = DisclosureFieldSerializer(many=True)
    rows = serializers.ListField(child=serializers.DictField(child=AnyValue()))
    totals = serializers.ListField(child=serializers.DictField(child=AnyValue()))


class DisclosuresSerializer(serializers.Serializer):
    entity = serializers.CharField()
    framework = serializers.ChoiceField(AccountingFramework.choices)
    months = spans.Months()
    known_at = serializers.DateTimeField(allow_null=True)
    tables = DisclosureTableSerializer(many=True)


class Disclosures(ApiView):
    """The tables of IFRS 7.21A-24F of one entity, from the journal; amounts are texts, gains are plus."""

    operation = "disclosures_read"
    response_schema = DisclosuresSerializer
    parameters = (
        one_of("framework", AccountingFramework, "Without it that of the entity."),
        one_of("risk_category", RiskCategory, "Only this risk category."),
        *spans.MONTHS,
    )

    def get(self, request: Request, key: int) -> Response:
        values = self.read_query(request)
        entity = access.visible_entities(request.user).filter(pk=key).first()
        if entity is None:
            raise Http404
        framework = values.get("framework") or entity.accounting_framework
        span = spans.span(request.user, values, framework=framework, entity_ids=[entity.pk])
        tables = disclosures(span, risk_kind=values.get("risk_category", ""))
        about = {"entity": entity.code, "framework": framework} | spans.shown(span)
        return Response(about | {"tables": [_shown(table) for table in tables]})


def _shown(table: ReportTable) -> Row:
    return {
        "code": table.code,
        "title": table.title,
        "paragraph": table.paragraph,
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
