"""Hedging instruments one by one, the rows behind IFRS 7.24A: what a relationship holds, carries, has changed by."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hedges.enums import HedgeType
from reports.api import spans
from reports.api.disclosures import DisclosedSerializer
from reports.domain.disclosures.instruments_held import instruments_held
from reports.enums import RiskCategory
from treasury.api.fields import Money, money_or_null, money_text
from treasury.api.parameters import one_of
from treasury.api.permissions import OfEntities
from treasury.api.rows import Row
from treasury.api.views import ApiView
from treasury.api.writing import seen
from treasury.enums import AccountingFramework
from treasury.queries import access

_AMOUNTS = ("asset", "liability", "change")


class HeldTotalSerializer(serializers.Serializer):
    currency = serializers.CharField()
    asset = Money(unit="currency")
    liability = Money(unit="currency")
    change = Money(unit="currency")


class HeldSerializer(serializers.Serializer):
    """What one relationship has designated of its instruments: a ledger carries them as one amount."""

    relationship_id = serializers.IntegerField()
    relationship = serializers.CharField()
    risk_category = serializers.ChoiceField(RiskCategory.choices)
    hedge_type = serializers.ChoiceField(HedgeType.choices)
    instrument_ids = serializers.ListField(child=serializers.IntegerField(), help_text="Of its instruments.")
    instruments = serializers.CharField(allow_null=True, help_text="Their references; null: none any more.")
    instrument_kinds = serializers.CharField(allow_null=True, help_text="Their kinds, by commas.")
    matures_on = serializers.DateField(allow_null=True, help_text="The last settlement of them.")
    nominal = Money(
        unit="unit", allow_null=True, help_text="Designated at the end of the span; 0: the hedge has ended."
    )
    unit = serializers.CharField(allow_null=True, help_text="Of the nominal.")
    currency = serializers.CharField(help_text="Functional currency; of the amounts.")
    asset = Money(unit="currency", help_text="Carrying amount, where it is one.")
    liability = Money(unit="currency", help_text="Carrying amount, where it is one; plus.")
    change = Money(
        unit="currency", help_text="Change in value used for ineffectiveness over the span; gains +."
    )
    line_item = serializers.CharField(help_text="Where it stands in the balance sheet.")


class HedgingInstrumentsSerializer(serializers.Serializer):
    entity_id = serializers.IntegerField()
    entity = serializers.CharField()
    disclosed = DisclosedSerializer()
    results = HeldSerializer(many=True)
    totals = HeldTotalSerializer(many=True, help_text="A row a currency.")


class HedgingInstruments(ApiView):
    """The hedging instruments of an entity, relationship by relationship; they add up to a table of `disclosures/`."""

    operation = "disclosures_instruments"
    permission_classes = (OfEntities,)
    response_schema = HedgingInstrumentsSerializer
    parameters = (
        one_of(
            "framework", AccountingFramework, "Relationships under this one; without it the entity's own."
        ),
        one_of("risk_category", RiskCategory, "Only this risk category."),
        one_of("hedge_type", HedgeType, "Only hedges of this type."),
        *spans.MONTHS,
    )

    def get(self, request: Request, key: Any) -> Response:
        values = self.read_query(request)
        entity = seen(access.visible_entities(request.user).filter(pk=key))
        framework = values.get("framework") or entity.accounting_framework
        span = spans.span(request.user, values, framework=framework, entity_ids=[entity.pk])
        table = instruments_held(
            span, risk_kind=values.get("risk_category", ""), hedge_type=values.get("hedge_type", "")
        )
        return Response(
            {
                "entity_id": entity.pk,
                "entity": entity.code,
                "disclosed": {
                    "first": span.first, "last": span.last, "framework": framework, "known_at": span.known_at
                },
                "results": [_row(row) for row in table.rows],
                "totals": [{"currency": row["currency"]} | _money(row) for row in table.totals],
            }
        )  # fmt: skip


def _row(row: Row) -> Row:
    same = (
        "relationship_id", "hedge_type", "instruments", "instrument_kinds", "matures_on", "unit", "currency",
        "line_item",
    )  # fmt: skip
    nominal = row["nominal"] if row["unit"] else None
    return {name: row[name] for name in same} | _money(row) | {
        "relationship": row["relationship_code"], "risk_category": row["risk_kind"],
        "instrument_ids": row["instrument_ids"] or [],
        "nominal": money_or_null(nominal, row["unit"]),
    }  # fmt: skip


def _money(row: Row) -> Row:
    return {name: money_text(row[name], row["currency"]) for name in _AMOUNTS}
