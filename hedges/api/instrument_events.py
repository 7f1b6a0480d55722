"""What has happened to trades: settled, rolled, unwound, novated, exercised, lapsed, fixed, ended, cancelled,
paid margin, taken back."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from hedges.enums import LifeEventKind, LifeEventMethod
from hedges.models import InstrumentEvent
from hedges.queries import instrument_life
from treasury.api.fields import Exact, Money
from treasury.api.parameters import Parameter, dates, one_of
from treasury.api.permissions import OfEntities
from treasury.api.recorded import RecordedResource
from treasury.api.scopes import Scope
from treasury.enums import Decision


class InstrumentEventSerializer(serializers.Serializer):
    """An event counts once its version is approved, and until another one that counts takes it back; margin at once."""

    id = serializers.IntegerField()
    instrument_id = serializers.IntegerField()
    external_reference = serializers.CharField(source="instrument.external_reference")
    entity_id = serializers.IntegerField()
    entity = serializers.CharField(source="entity.code")
    kind = serializers.ChoiceField(LifeEventKind.choices)
    method = serializers.ChoiceField(LifeEventMethod.choices, allow_blank=True)
    event_date = serializers.DateField()
    amount = Money(
        unit="amount_unit_id", allow_null=True, help_text="The part of the notional, signed as the notional."
    )
    amount_unit = serializers.CharField(source="amount_unit_id", allow_null=True)
    counter_amount = Money(unit="counter_currency_id", allow_null=True)
    counter_currency = serializers.CharField(source="counter_currency_id", allow_null=True)
    rate = Exact(
        allow_null=True, help_text="Quote currency per base unit; of an option's or a future's its price."
    )
    discount_factor = Exact(allow_null=True)
    rate_source = serializers.CharField(help_text="Whose rate it is.")
    is_agreed = serializers.BooleanField(help_text="The cash amount was agreed, not worked out.")
    cash_amount = Money(unit="cash_currency_id", allow_null=True, help_text="Received +, paid −.")
    cash_currency = serializers.CharField(source="cash_currency_id", allow_null=True)
    cash_date = serializers.DateField(allow_null=True)
    reason = serializers.CharField()
    version_id = serializers.IntegerField(allow_null=True, help_text="The version that it made.")
    decision = serializers.ChoiceField(
        Decision.choices, source="version.approval.decision", allow_null=True, help_text="On that version."
    )
    successor_id = serializers.IntegerField(allow_null=True, help_text="The instrument that follows.")
    near_leg_id = serializers.IntegerField(
        allow_null=True,
        help_text="Of a roll: the instrument that closes the old trade, its opposite to the old settlement.",
    )
    reverses_id = serializers.IntegerField(allow_null=True, help_text="The event that this one takes back.")
    recorded_by = serializers.CharField(source="event.actor.username", allow_null=True)
    recorded_at = serializers.DateTimeField()


class InstrumentEvents(RecordedResource):
    """What has happened to trades, the newest first."""

    permission_classes = (OfEntities,)
    operation = "instrument_events"
    dated = "event_date"
    later = {"version__approval__recorded_at": ("decision",)}
    tagged = InstrumentEvent
    serializer = InstrumentEventSerializer
    descending = True
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="entity__code"),
        Parameter("external_reference", "Those of this trade.", lookup="instrument__external_reference"),
        one_of("kind", LifeEventKind, "Those of this kind."),
        one_of(
            "decision",
            Decision,
            "Those whose version has this decision.",
            lookup="version__approval__decision",
        ),
        *dates("event_date", "Those that happened"),
        *dates("cash_date", "Those paid"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return instrument_life.events(scope.user)
