"""Costs of hedging: each excluded element of each relationship, actual against aligned (IFRS 9 B6.5.32-34)."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from hedges.enums import CostElement
from hedges.queries import accounted
from treasury.api.fields import Joined, Money, money_or_null
from treasury.api.parameters import Parameter, one_of
from treasury.api.permissions import OfEntities
from treasury.api.results import ResultFields
from treasury.api.rows import Row
from treasury.api.scopes import Scope
from treasury.api.views import ResultResource
from treasury.enums import ResultStatus

_KEY = ("relationship_id", "element")


def _amount(**kwargs: Any) -> Money:
    return Money(unit="functional_currency", allow_null=True, **kwargs)


class CostOfHedgingSerializer(ResultFields):
    """Cumulative amounts since hedge accounting began, in the functional currency, gains +."""

    id = Joined(columns=_KEY)
    relationship_id = serializers.IntegerField()
    relationship = serializers.CharField(source="relationship.code")
    element = serializers.ChoiceField(CostElement.choices)
    functional_currency = serializers.CharField()
    term_from = serializers.DateField(help_text="The opening value is amortised by days from here")
    term_to = serializers.DateField(help_text="to here.")
    cost_recognised = _amount(help_text="In the cost of hedging reserve.")
    cost_amortised = _amount(help_text="With the sign of the opening value.")
    cost_released = _amount(help_text="With the hedged item.")
    cost_lost = _amount(help_text="Because its transaction is not expected any more.")
    excluded_in_profit_or_loss = _amount()


class CostKnotSerializer(serializers.Serializer):
    day = serializers.DateField()
    actual_value = _amount(help_text="Of the element of the instruments.")
    aligned_value = _amount(help_text="Of an instrument with the item's own terms.")


class CostOfHedgingDetailSerializer(CostOfHedgingSerializer):
    knots = CostKnotSerializer(many=True)


class CostsOfHedging(ResultResource):
    """The excluded elements of a run; the key is that of relationship and element, `3.TIME_VALUE`."""

    permission_classes = (OfEntities,)
    operation = "costs_of_hedging"
    serializer = CostOfHedgingSerializer
    detail_serializer = CostOfHedgingDetailSerializer
    key = _KEY
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="entity__code"),
        Parameter("relationship", "Code of the hedge relationship.", lookup="relationship__code"),
        one_of("element", CostElement, "This element."),
        one_of("status", ResultStatus, "Those in this state."),
        Parameter("reason", "Those with this reason.", lookup="reasons__contains"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return accounted.costs(scope.user, scope.run_id)

    def located(self, queryset: "QuerySet[Any]", where: dict[str, Any]) -> "QuerySet[Any]":
        return queryset.filter(**dict(zip(_KEY, where["key"].split("."), strict=True)))

    def attach(self, found: list[Row], scope: Scope) -> None:
        if not self.detail:
            return
        row, unit = found[0], found[0]["functional_currency"]
        of = {"relationship_id": row["relationship_id"]}
        days = accounted.measurements(scope.user, scope.run_id).filter(**of).values_list("knot_dates").get()
        path = self.rows(scope).filter(**of, element=row["element"])
        actual, aligned = path.values_list("knot_actual_values", "knot_aligned_values").get()
        row["knots"] = [
            {
                "day": day,
                "actual_value": money_or_null(one, unit),
                "aligned_value": money_or_null(other, unit),
            }
            for day, one, other in zip(days[0], actual, aligned, strict=True)
        ]
