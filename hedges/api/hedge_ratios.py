"""Hedge ratios: how much is hedged, by entity, by entity and risk, by relationship."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from hedges.enums import RatioSubject
from hedges.queries import results
from treasury.api.fields import Joined, Money
from treasury.api.parameters import Parameter, one_of
from treasury.api.permissions import OfEntities
from treasury.api.results import ResultFields, statistic, words
from treasury.api.scopes import Scope
from treasury.api.views import ResultResource
from treasury.enums import ResultStatus

_KEY = ("subject", "entity_id", "subject_key")


def _amount(**kwargs: Any) -> Money:
    return Money(unit="amount_unit", allow_null=True, **kwargs)


class HedgeRatioSerializer(ResultFields):
    """Amounts signed in `amount_unit`: the risk's base unit, or for an ENTITY its functional currency at spot."""

    id = Joined(columns=_KEY)
    subject = serializers.ChoiceField(RatioSubject.choices)
    risk = serializers.CharField(source="risk.code", allow_null=True)
    relationship_id = serializers.IntegerField(allow_null=True)
    relationship = serializers.CharField(source="relationship.code", allow_null=True)
    amount_unit = serializers.CharField()
    exposure_amount = _amount(
        help_text="Of an ENTITY gross: the sizes of its risks at spot, added up; each hedge is turned to the side"
        " of its exposure."
    )
    hedge_amount = _amount(help_text="Derivatives and natural offsets together.")
    derivative_amount = _amount()
    natural_offset_amount = _amount()
    open_amount = _amount()
    hedge_ratio = statistic()
    derivative_hedge_ratio = statistic()
    natural_offset_ratio = statistic()
    designated_hedge_ratio = statistic()
    positions_total = serializers.IntegerField(allow_null=True)
    positions_hedged = serializers.IntegerField(allow_null=True)
    counted_as_hedged_from = statistic(
        help_text="Cover from which a position counted as hedged; 0: any cover."
    )
    position_count_ratio = statistic()
    flags = words()


class HedgeRatios(ResultResource):
    """How much is hedged, by amount and by count of positions."""

    permission_classes = (OfEntities,)
    operation = "hedge_ratios"
    serializer = HedgeRatioSerializer
    key = _KEY
    parameters = (
        one_of("subject", RatioSubject, "Those over this kind of subject."),
        Parameter("entity", "Code of the entity.", lookup="entity__code"),
        Parameter("risk", "Code of the risk.", lookup="risk__code"),
        Parameter("relationship", "Code of the hedge relationship.", lookup="relationship__code"),
        one_of("status", ResultStatus, "Those in this state."),
        Parameter("flag", "Those with this flag.", lookup="flags__contains"),
        Parameter("reason", "Those with this reason.", lookup="reasons__contains"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return results.hedge_ratios(scope.user, scope.run_id)

    def located(self, queryset: "QuerySet[Any]", where: dict[str, Any]) -> "QuerySet[Any]":
        return queryset.filter(**dict(zip(_KEY, where["key"].split("."), strict=True)))
