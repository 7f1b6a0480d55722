"""Effectiveness results: the status of each relationship, its statistics, criteria and observations."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from hedges.enums import AssessmentMethod, EffectivenessStatus
from hedges.queries import results
from treasury.api import rows
from treasury.api.fields import Money
from treasury.api.parameters import Parameter, one_of
from treasury.api.permissions import OfEntities
from treasury.api.results import ResultFields, statistic, words
from treasury.api.rows import Row
from treasury.api.scopes import Scope
from treasury.api.views import ResultResource
from treasury.enums import AccountingFramework


def _status() -> serializers.ChoiceField:
    return serializers.ChoiceField(EffectivenessStatus.choices)


def _amount() -> Money:
    return Money(unit="functional_currency", allow_null=True)


class EffectivenessResultSerializer(ResultFields):
    """`effectiveness_status` is the outcome; the other statuses are those of its criteria and methods."""

    relationship_id = serializers.IntegerField()
    relationship_version_id = serializers.IntegerField()
    relationship = serializers.CharField(source="relationship.code")
    framework = serializers.ChoiceField(AccountingFramework.choices)
    assessment_method = serializers.ChoiceField(AssessmentMethod.choices)
    functional_currency = serializers.CharField()
    effectiveness_status = _status()
    economic_relationship_status = _status()
    credit_risk_status = _status()
    hedge_ratio_status = _status()
    dollar_offset_status = _status()
    regression_status = _status()
    warnings = words()
    rule_pack_id = serializers.IntegerField()
    designated_notional_amount = _amount()
    cumulative_change_instrument = _amount()
    cumulative_change_hypothetical = _amount()
    cumulative_ratio = statistic()
    period_ratio = statistic()
    slope = statistic()
    offset_slope = statistic()
    intercept = statistic()
    r_squared = statistic()
    slope_standard_error = statistic()
    intercept_standard_error = statistic()
    residual_standard_deviation = statistic()
    t_statistic = statistic()
    f_statistic = statistic()
    p_value = statistic()
    slope_confidence_lower = statistic()
    slope_confidence_upper = statistic()
    durbin_watson = statistic()
    t_statistic_unit_slope = statistic()
    largest_leverage = statistic()
    observation_count = serializers.IntegerField(allow_null=True)
    variance_reduction_ratio = statistic()
    actual_hedge_ratio = statistic()
    credit_ratio = statistic()


class CriterionSerializer(serializers.Serializer):
    criterion = serializers.CharField()
    effectiveness_status = _status()
    is_deciding = serializers.BooleanField(help_text="Decides the status under the framework and method.")
    value = statistic()
    lower_limit = statistic()
    upper_limit = statistic()
    margin = statistic(help_text="Room left: +.")
    reasons = words()


class EffectivenessResultDetailSerializer(EffectivenessResultSerializer):
    """Changes from index `designated_observation_from` on are after the designation."""

    designated_observation_from = serializers.IntegerField()
    observation_dates = serializers.ListField(child=serializers.DateField())
    instrument_changes = serializers.ListField(child=serializers.FloatField(allow_null=True))
    item_changes = serializers.ListField(child=serializers.FloatField(allow_null=True))
    criteria = CriterionSerializer(many=True)


class EffectivenessResults(ResultResource):
    """Whether each relationship is effective; a single one has the relationship's id as its key."""

    permission_classes = (OfEntities,)
    operation = "effectiveness_results"
    serializer = EffectivenessResultSerializer
    detail_serializer = EffectivenessResultDetailSerializer
    key = ("relationship_id",)
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="entity__code"),
        Parameter("relationship", "Code of the hedge relationship.", lookup="relationship__code"),
        one_of("effectiveness_status", EffectivenessStatus, "Those with this outcome."),
        one_of("framework", AccountingFramework, "Those under this framework."),
        one_of("assessment_method", AssessmentMethod, "Those assessed by this method."),
        Parameter("reason", "Those with this reason.", lookup="reasons__contains"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return results.effectiveness(scope.user, scope.run_id)

    def attach(self, found: list[Row], scope: Scope) -> None:
        if self.detail:
            criteria = results.criteria(scope.user, scope.run_id, [found[0]["relationship_id"]])
            found[0]["criteria"] = rows.read(CriterionSerializer, criteria)
