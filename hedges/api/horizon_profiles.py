"""Horizon profiles: exposure, cover and policy band by bucket of months ahead."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from hedges.queries import results
from treasury.api import rows
from treasury.api.fields import Joined, Money
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.results import ResultFields, statistic, words
from treasury.api.rows import Row
from treasury.api.scopes import Scope
from treasury.api.views import ResultResource

_KEY = ("entity_id", "risk_id")


def _amount(**kwargs: Any) -> Money:
    return Money(unit="amount_unit", allow_null=True, **kwargs)


class HorizonBucketSerializer(ResultFields):
    """Amounts signed in the profile's `amount_unit`; `net_exposure_amount` = forecast + firm = inflow + outflow."""

    entity = None
    entity_id = None
    month_from = serializers.IntegerField(help_text="Months ahead, inclusive.")
    month_to = serializers.IntegerField(allow_null=True, help_text="Exclusive; null: everything after.")
    inflow_amount = _amount()
    outflow_amount = _amount()
    forecast_amount = _amount()
    firm_amount = _amount()
    net_exposure_amount = _amount()
    forward_amount = _amount()
    option_amount = _amount()
    swap_amount = _amount()
    future_amount = _amount()
    natural_offset_amount = _amount()
    hedge_amount = _amount(help_text="Sum of the five kinds.")
    position_count = serializers.IntegerField(allow_null=True)
    coverage_ratio = statistic()
    cumulative_coverage_ratio = statistic()
    net_open_amount = _amount()
    lower_ratio = statistic()
    target_ratio = statistic()
    upper_ratio = statistic()
    min_to_hedge_amount = _amount()
    target_to_hedge_amount = _amount()
    max_to_hedge_amount = _amount()
    flags = words()


class HorizonProfileSerializer(serializers.Serializer):
    id = Joined(columns=_KEY)
    entity_id = serializers.IntegerField()
    entity = serializers.CharField(source="entity.code")
    risk_id = serializers.IntegerField()
    risk = serializers.CharField(source="risk.code")
    amount_unit = serializers.CharField(help_text="The risk's base unit.")
    coverage_declines = serializers.BooleanField(
        allow_null=True, help_text="Whether coverage falls with the horizon."
    )
    buckets = HorizonBucketSerializer(many=True)


class HorizonProfiles(ResultResource):
    """One profile of each entity and risk, with its buckets."""

    permission_classes = (OfEntities,)
    operation = "horizon_profiles"
    serializer = HorizonProfileSerializer
    key = _KEY
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="entity__code"),
        Parameter("risk", "Code of the risk.", lookup="risk__code"),
        Parameter("flag", "Profiles with a bucket that has this flag.", lookup="flags__contains"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return results.horizon_buckets(scope.user, scope.run_id).order_by(*_KEY).distinct(*_KEY)

    def located(self, queryset: "QuerySet[Any]", where: dict[str, Any]) -> "QuerySet[Any]":
        return queryset.filter(**dict(zip(_KEY, where["key"].split("."), strict=True)))

    def attach(self, found: list[Row], scope: Scope) -> None:
        profiles = {(row["entity_id"], row["risk_id"]): row for row in found}
        for row in found:
            row["buckets"] = []
        buckets = results.horizon_buckets(scope.user, scope.run_id).filter(
            entity_id__in={entity for entity, _ in profiles}, risk_id__in={risk for _, risk in profiles}
        )
        how = rows.plan(HorizonBucketSerializer, _KEY)
        for values in buckets.order_by(*_KEY, "month_from").values_list(*how.columns):
            if profile := profiles.get(how.key_of(values)):
                profile["buckets"].append(how.row(values))
