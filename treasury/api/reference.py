"""Entities, counterparties, risks."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from treasury.api.parameters import Parameter, one_of
from treasury.api.scopes import Scope
from treasury.api.views import Resource
from treasury.enums import AccountingFramework, RiskKind
from treasury.queries import reference

_CODE = Parameter("code", "The one with this code.", lookup="code")


class EntitySerializer(serializers.Serializer):
    id = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField()
    functional_currency = serializers.CharField(source="functional_currency_id")
    accounting_framework = serializers.ChoiceField(AccountingFramework.choices)
    time_zone = serializers.CharField(help_text="IANA name.")
    lei = serializers.CharField()
    recorded_at = serializers.DateTimeField()


class Entities(Resource):
    """The legal entities of the group at which you have a role."""

    operation = "entities"
    serializer = EntitySerializer
    parameters = (
        _CODE,
        Parameter("functional_currency", "Those that count in this currency.", lookup="functional_currency"),
        one_of("accounting_framework", AccountingFramework, "Those that report under this framework."),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return reference.entities(scope.user)


class CounterpartySerializer(serializers.Serializer):
    id = serializers.IntegerField()
    code = serializers.CharField(help_text="Symbol of its CREDIT_SPREAD quotes.")
    name = serializers.CharField()
    lei = serializers.CharField()
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2.")
    credit_rating = serializers.CharField()
    recorded_at = serializers.DateTimeField()


class Counterparties(Resource):
    """Banks, brokers and lenders."""

    operation = "counterparties"
    serializer = CounterpartySerializer
    parameters = (_CODE, Parameter("country", "Those in this country.", lookup="country"))

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return reference.counterparties()


class RiskSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(RiskKind.choices)
    base_unit = serializers.CharField(
        source="base_unit_id", help_text="What exposures and notionals count in."
    )
    quote_currency = serializers.CharField(source="quote_currency_id", help_text="What values count in.")
    market_symbol = serializers.CharField(help_text="Symbol of the market quotes that move it.")
    recorded_at = serializers.DateTimeField()


class Risks(Resource):
    """What moves: currency pairs, rate indices, commodities, equity indices."""

    operation = "risks"
    serializer = RiskSerializer
    parameters = (_CODE, one_of("kind", RiskKind, "Those of this kind."))

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return reference.risks()
