"""Entities, counterparties with the facts about their credit, risks."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from treasury.api.parameters import Parameter, dates, one_of
from treasury.api.permissions import OfEntities, OfEverybody
from treasury.api.recorded import RecordedResource
from treasury.api.scopes import Scope
from treasury.enums import AccountingFramework, CreditFactKind, RiskKind
from treasury.models import Counterparty, CreditFact, Entity, Risk
from treasury.queries import credit_facts, reference

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


class Entities(RecordedResource):
    """The legal entities of the group at which you have a role."""

    permission_classes = (OfEntities,)
    operation = "entities"
    state_table = Entity
    tagged = Entity
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


class Counterparties(RecordedResource):
    """Banks, brokers and lenders."""

    permission_classes = (OfEverybody,)
    operation = "counterparties"
    state_table = Counterparty
    tagged = Counterparty
    serializer = CounterpartySerializer
    parameters = (_CODE, Parameter("country", "Those in this country.", lookup="country"))

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return reference.counterparties()


class CreditFactSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    counterparty = serializers.CharField(source="counterparty_code")
    kind = serializers.ChoiceField(CreditFactKind.choices)
    fact_date = serializers.DateField(help_text="Date from which it is so, until a later fact of its kind.")
    value = serializers.CharField(
        help_text="RATING: AAA to D; DEFAULT: DEFAULTED, CURED; COLLATERAL: NOT_POSTED, POSTED."
    )
    source = serializers.CharField(help_text="Who says so.")
    recorded_at = serializers.DateTimeField()


class CreditFacts(RecordedResource):
    """Dated facts about the credit of counterparties; of one date and kind the one recorded last counts."""

    permission_classes = (OfEverybody,)
    operation = "credit_facts"
    dated = "fact_date"
    tagged = CreditFact
    serializer = CreditFactSerializer
    descending = True
    parameters = (
        Parameter("counterparty", "Those of the counterparty with this code.", lookup="counterparty__code"),
        one_of("kind", CreditFactKind, "Those of this kind."),
        *dates("fact_date", "Those dated"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return credit_facts.listed()


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


class Risks(RecordedResource):
    """What moves: currency pairs, rate indices, commodities, equity indices."""

    permission_classes = (OfEverybody,)
    operation = "risks"
    state_table = Risk
    tagged = Risk
    serializer = RiskSerializer
    parameters = (_CODE, one_of("kind", RiskKind, "Those of this kind."))

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return reference.risks()
