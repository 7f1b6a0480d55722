"""How much of an exposure or notional is designated, by which relationships, and how much is free."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, ClassVar

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hedges.enums import DesignatedComponent
from hedges.queries import capacity
from hedges.queries.capacity import Capacity
from treasury.api.fields import Money, money_text
from treasury.api.parameters import Parameter, one_of
from treasury.api.permissions import OfEntities
from treasury.api.problems import ParameterError
from treasury.api.scopes import KNOWN_AT
from treasury.api.views import ApiView
from treasury.enums import AccountingFramework
from treasury.queries import access


class FreeLayerSerializer(serializers.Serializer):
    unit_from = serializers.IntegerField(help_text="Minor units of the absolute amount, inclusive.")
    unit_to = serializers.IntegerField(help_text="Exclusive.")
    amount = Money(unit="unit")


class UseSerializer(FreeLayerSerializer):
    relationship_id = serializers.IntegerField()
    relationship = serializers.CharField()
    is_approved = serializers.BooleanField(
        help_text="No while the designation waits; it has its units already."
    )
    framework = serializers.ChoiceField(AccountingFramework.choices)
    risk_id = serializers.IntegerField()
    designated_component = serializers.ChoiceField(DesignatedComponent.choices)
    period_from = serializers.DateField()
    period_to = serializers.DateField(help_text="Exclusive.")


class CapacitySerializer(serializers.Serializer):
    """Amounts are signed like what they are part of, in its unit. Units are taken for one framework, risk and
    component in a period: free for one is not free for another."""

    id = serializers.IntegerField()
    version_id = serializers.IntegerField(help_text="The newest approved one.")
    external_reference = serializers.CharField()
    risk_id = serializers.IntegerField()
    unit = serializers.CharField()
    amount = Money(unit="unit")
    units = serializers.IntegerField()
    uses = UseSerializer(many=True)
    free = FreeLayerSerializer(many=True, allow_null=True, help_text="Null unless `framework` is given.")


class _CapacityOf(ApiView):
    permission_classes = (OfEntities,)
    response_schema = CapacitySerializer
    parameters = (
        one_of("framework", AccountingFramework, "Shows what is free under this framework."),
        Parameter(
            "designated_component", "What is free for this component.", "choice",
            choices=tuple(DesignatedComponent.values), default=DesignatedComponent.WHOLE.value,
        ),
        Parameter("risk", "Id of the risk it is hedged for; without it the exposure's or instrument's.", "integer"),
        Parameter("period_from", "Free from this day on; without it from the first.", "date"),
        Parameter("period_to", "Free up to this day, exclusive; without it to the last.", "date"),
        KNOWN_AT,
    )  # fmt: skip
    read: ClassVar[Callable[..., list[Capacity]]]

    def get(self, request: Request, key: Any) -> Response:
        values = self.read_query(request)
        first, past_last = values.get("period_from", date.min), values.get("period_to", date.max)
        if first >= past_last:
            raise ParameterError("period_to", "a day after `period_from`", got=str(past_last))
        visible: Iterable[int] = access.visible_entities(request.user).values_list("pk", flat=True)
        found = type(self).read([key], entity_ids=visible, known_at=values.get("known_at"))
        if not found:
            raise Http404
        of = found[0]
        free = None
        if "framework" in values:
            layers = of.free(
                values["framework"], values["designated_component"], period_from=first, period_to=past_last,
                risk_id=values.get("risk"),
            )  # fmt: skip
            free = [
                {
                    "unit_from": one.unit_from,
                    "unit_to": one.unit_to,
                    "amount": money_text(one.amount, of.unit),
                }
                for one in layers
            ]
        return Response(_told(of) | {"free": free})


def _told(of: Capacity) -> dict[str, Any]:
    return {
        "id": of.subject_id, "version_id": of.version_id, "external_reference": of.external_reference,
        "risk_id": of.risk_id, "unit": of.unit, "amount": money_text(of.amount, of.unit), "units": of.units,
        "uses": [
            {
                "relationship_id": use.relationship_id, "relationship": use.code, "is_approved": use.is_approved,
                "framework": use.framework, "risk_id": use.risk_id,
                "designated_component": use.designated_component, "unit_from": use.unit_from,
                "unit_to": use.unit_to, "amount": money_text(use.amount, of.unit),
                "period_from": use.period_from, "period_to": use.period_to,
            }
            for use in of.uses
        ],
    }  # fmt: skip


class ExposureCapacity(_CapacityOf):
    """How much of an exposure is designated, by which relationships and when, and how much is free."""

    operation = "exposures_capacity"
    read = staticmethod(capacity.of_exposures)


class InstrumentCapacity(_CapacityOf):
    """How much of an instrument's notional is designated, by which relationships and when, and how much is free."""

    operation = "instruments_capacity"
    read = staticmethod(capacity.of_instruments)
