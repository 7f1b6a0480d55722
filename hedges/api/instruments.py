"""Hedging instruments: what protects."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from hedges.enums import DayCount, InstrumentKind, InstrumentStatus, OptionKind, OptionSide
from hedges.models import Instrument
from hedges.queries import instruments
from treasury.api.fields import Exact, Money
from treasury.api.parameters import Parameter, dates, one_of
from treasury.api.permissions import OfEntities
from treasury.api.scopes import Scope
from treasury.api.versions import StoryFields, VersionFields
from treasury.api.views import VersionedResource, Versions


def _date() -> serializers.DateField:
    return serializers.DateField(allow_null=True)


def _rate() -> Exact:
    return Exact(allow_null=True)


def _unit(source: str) -> serializers.CharField:
    return serializers.CharField(source=source, allow_null=True)


class InstrumentTerms(serializers.Serializer):
    """Notionals are signed in the risk's base unit, + bought; terms that a kind does not have are null."""

    kind = serializers.ChoiceField(InstrumentKind.choices)
    status = serializers.ChoiceField(InstrumentStatus.choices)
    counterparty = serializers.CharField(source="counterparty.code", allow_null=True)
    risk = serializers.CharField(source="risk.code")
    trade_date = serializers.DateField()
    start_date = _date()
    settlement_date = serializers.DateField(help_text="Settlement or maturity.")
    notional_amount = Money(
        unit="notional_currency_id", help_text="Bought +, sold −; of an option, its delta's sign."
    )
    notional_currency = serializers.CharField(source="notional_currency_id")
    strike_rate = _rate()
    counter_amount = Money(unit="counter_currency_id", allow_null=True)
    counter_currency = _unit("counter_currency_id")
    fixing_date = _date()
    settlement_currency = _unit("settlement_currency_id")
    contract = serializers.CharField(source="contract.code", allow_null=True, help_text="Of a future.")
    contract_multiplier = Exact(source="contract.contract_multiplier", allow_null=True)
    contract_count = serializers.IntegerField(allow_null=True)
    entry_price = _rate()
    option_kind = serializers.ChoiceField(OptionKind.choices, allow_blank=True)
    option_side = serializers.ChoiceField(OptionSide.choices, allow_blank=True)
    expiry_date = _date()
    premium_amount = Money(unit="premium_currency_id", allow_null=True, help_text="Paid −, received +.")
    premium_currency = _unit("premium_currency_id")
    near_settlement_date = _date()
    near_rate = _rate()
    near_counter_amount = Money(unit="counter_currency_id", allow_null=True)
    pay_fixed = serializers.BooleanField(allow_null=True)
    fixed_rate = _rate()
    spread_rate = _rate()
    counter_fixed_rate = _rate()
    resets_notional = serializers.BooleanField(
        allow_null=True, help_text="Of a cross-currency swap: the quote notional follows the spot rate."
    )
    payment_months = serializers.IntegerField(allow_null=True, help_text="Of a swap: between two payments.")
    day_count = serializers.ChoiceField(
        DayCount.choices,
        allow_null=True,
        help_text="Of the fixed leg, or of both; null: as the money market of the currency counts, or as stated.",
    )
    floating_payment_months = serializers.IntegerField(
        allow_null=True, help_text="Of a floating leg that does not pay as the fixed one; null: it does."
    )
    floating_day_count = serializers.ChoiceField(
        DayCount.choices, allow_null=True, help_text="Of the floating leg; null: as the fixed one."
    )
    dealt_pair = serializers.CharField(help_text="The pair as dealt, if the other way round.")
    dealt_rate = _rate()


class InstrumentSerializer(InstrumentTerms, VersionFields):
    id = serializers.IntegerField(source="instrument_id")
    entity_id = serializers.IntegerField()
    entity = serializers.CharField(source="entity.code")
    source_system = serializers.CharField(source="instrument.source_system")
    external_reference = serializers.CharField(source="instrument.external_reference")
    structure_reference = serializers.CharField(source="instrument.structure_reference")
    offset_exposure_id = serializers.IntegerField(source="instrument.offset_exposure_id", allow_null=True)


class InstrumentDetailSerializer(InstrumentSerializer):
    flow_days = serializers.ListField(child=serializers.IntegerField(), allow_null=True)
    flow_accruals = serializers.ListField(child=serializers.FloatField(), allow_null=True)
    floating_flow_days = serializers.ListField(
        child=serializers.IntegerField(), allow_null=True, help_text="Null: `flow_days` are both legs'."
    )
    floating_flow_accruals = serializers.ListField(child=serializers.FloatField(), allow_null=True)


class InstrumentVersionSerializer(InstrumentTerms, StoryFields):
    pass


class Instruments(VersionedResource):
    """The version of each hedging instrument that counts."""

    permission_classes = (OfEntities,)
    operation = "instruments"
    tagged = Instrument
    serializer = InstrumentSerializer
    detail_serializer = InstrumentDetailSerializer
    key = ("instrument_id",)
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="entity__code"),
        Parameter("risk", "Code of the risk.", lookup="risk__code"),
        Parameter("counterparty", "Code of the counterparty.", lookup="counterparty__code"),
        one_of("kind", InstrumentKind, "Those of this kind."),
        one_of("status", InstrumentStatus, "Those in this state."),
        *dates("trade_date", "Those traded"),
        *dates("settlement_date", "Those due"),
        Parameter("source_system", "Those of this source.", lookup="instrument__source_system"),
        Parameter(
            "external_reference", "The one with this reference.", lookup="instrument__external_reference"
        ),
        Parameter(
            "structure_reference", "The legs of this structure.", lookup="instrument__structure_reference"
        ),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return instruments.at_point(scope.user, scope.point)


class InstrumentVersions(Versions):
    """Every version of an instrument, the newest first."""

    permission_classes = (OfEntities,)
    operation = "instruments_versions"
    tagged = Instrument
    serializer = InstrumentVersionSerializer

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return instruments.versions_of(scope.user, self.kwargs["key"])
