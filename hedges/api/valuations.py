"""Valuations: what each instrument was worth in a run."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from hedges.enums import InstrumentKind
from hedges.queries import results
from treasury.api.fields import Money
from treasury.api.parameters import Parameter, one_of
from treasury.api.permissions import OfEntities
from treasury.api.results import ResultFields, statistic
from treasury.api.scopes import Scope
from treasury.api.views import ResultResource
from treasury.enums import ResultStatus


def _value(**kwargs: Any) -> Money:
    return Money(unit="value_currency", allow_null=True, **kwargs)


class ValuationSerializer(ResultFields):
    """Amounts in `value_currency`, assets +. Components sum to `present_value` to the minor unit."""

    instrument_id = serializers.IntegerField()
    instrument_version_id = serializers.IntegerField()
    external_reference = serializers.CharField(source="instrument.external_reference")
    kind = serializers.ChoiceField(InstrumentKind.choices)
    risk = serializers.CharField(source="instrument_version.risk.code")
    value_currency = serializers.CharField()
    functional_currency = serializers.CharField()
    present_value = _value()
    spot_element = _value()
    forward_element = _value()
    basis_element = _value(help_text="Currency basis, contained in the forward element.")
    intrinsic_value = _value()
    time_value = _value()
    clean_value = _value()
    accrued_amount = _value()
    profit_amount = _value(
        help_text="Gain settled in cash since the trade: of futures daily, of resetting swaps at each reset."
    )
    credit_value_adjustment = _value()
    debit_value_adjustment = _value()
    fair_value = _value()
    fair_value_functional = Money(
        unit="functional_currency", allow_null=True, help_text="In the functional currency."
    )
    spot_rate = statistic()
    forward_rate = statistic()
    discount_factor = statistic()
    implied_volatility = statistic()
    delta = statistic()


class Valuations(ResultResource):
    """What each instrument was worth in the run; a single one has the instrument's id as its key."""

    permission_classes = (OfEntities,)
    operation = "valuations"
    serializer = ValuationSerializer
    key = ("instrument_id",)
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="entity__code"),
        Parameter("risk", "Code of the instrument's risk.", lookup="instrument_version__risk__code"),
        Parameter("external_reference", "Of this instrument.", lookup="instrument__external_reference"),
        one_of("kind", InstrumentKind, "Of instruments of this kind."),
        one_of("status", ResultStatus, "Those in this state."),
        Parameter("reason", "Those with this reason.", lookup="reasons__contains"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return results.valuations(scope.user, scope.run_id)
