"""Whether a relationship is effective: the statuses, every statistic, the criteria with their margins."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from hedges.enums import EffectivenessStatus
from hedges.models.relationship import HedgeRelationship, HedgeRelationshipVersion
from treasury.models import RunResult, key_to
from treasury.models.fields import MeasuredAmount, MeasuredCount, MeasuredFloat


def _status() -> models.CharField:
    return models.CharField(max_length=13, choices=EffectivenessStatus)


class EffectivenessResult(RunResult):
    """One relationship. Amounts in the functional currency; changes over the weekly grid of the run's snapshot.

    `observation_dates` are the ends of the weeks. Where `designated_observation_from` is i, the changes from index i
    on are after the designation and make up the dollar offset; the earlier ones value the same terms before it and
    support the regression only. A missing observation is null in both arrays.
    """

    pk = models.CompositePrimaryKey("run_id", "relationship_id")
    relationship = key_to(HedgeRelationship)
    relationship_version = key_to(HedgeRelationshipVersion)
    framework = models.CharField(max_length=8)
    assessment_method = models.CharField(max_length=13)
    functional_currency = models.CharField(max_length=8)
    effectiveness_status = _status()
    economic_relationship_status = _status()
    credit_risk_status = _status()
    hedge_ratio_status = _status()
    dollar_offset_status = _status()
    regression_status = _status()
    warnings = ArrayField(models.TextField(), default=list)
    rule_pack_id = models.BigIntegerField()
    designated_notional_amount = MeasuredAmount(measure="notional_amount")
    cumulative_change_instrument = MeasuredAmount(measure="cumulative_change_instrument")
    cumulative_change_hypothetical = MeasuredAmount(measure="cumulative_change_hypothetical")
    cumulative_ratio = MeasuredFloat(measure="cumulative_ratios")
    period_ratio = MeasuredFloat(measure="period_ratios")
    slope = MeasuredFloat(measure="slope")
    offset_slope = MeasuredFloat(measure="offset_slope")
    intercept = MeasuredFloat(measure="intercept")
    r_squared = MeasuredFloat(measure="r_squared")
    slope_standard_error = MeasuredFloat(measure="slope_standard_error")
    intercept_standard_error = MeasuredFloat(measure="intercept_standard_error")
    residual_standard_deviation = MeasuredFloat(measure="residual_standard_deviation")
    t_statistic = MeasuredFloat(measure="t_statistic")
    f_statistic = MeasuredFloat(measure="f_statistic")
    p_value = MeasuredFloat(measure="p_value")
    slope_confidence_lower = MeasuredFloat(measure="slope_confidence_lower")
    slope_confidence_upper = MeasuredFloat(measure="slope_confidence_upper")
    durbin_watson = MeasuredFloat(measure="durbin_watson")
    t_statistic_unit_slope = MeasuredFloat(measure="t_statistic_unit_slope")
    largest_leverage = MeasuredFloat(measure="largest_leverage")
    observation_count = MeasuredCount(measure="observation_count")
    variance_reduction_ratio = MeasuredFloat(measure="variance_reduction_ratio")
    actual_hedge_ratio = MeasuredFloat(measure="hedge_ratio")
    credit_ratio = MeasuredFloat(measure="credit_ratio")
    observation_dates = ArrayField(models.DateField())
    designated_observation_from = models.PositiveSmallIntegerField()
    instrument_changes = ArrayField(models.FloatField(null=True))
    item_changes = ArrayField(models.FloatField(null=True))

    class Meta:
        ordering = ["entity_id", "relationship_id"]


class EffectivenessCriterionResult(RunResult):
    """One criterion of one relationship: value, limits and the margin left (+: room)."""

    pk = models.CompositePrimaryKey("run_id", "relationship_id", "criterion")
    relationship = key_to(HedgeRelationship)
    criterion = models.CharField(max_length=40)
    effectiveness_status = _status()
    is_deciding = models.BooleanField(help_text="Decides the status under the relationship's framework and method.")
    value = MeasuredFloat(measure="criteria")
    lower_limit = MeasuredFloat(measure="criteria")
    upper_limit = MeasuredFloat(measure="criteria")
    margin = MeasuredFloat(measure="criteria")

    class Meta:
        ordering = ["entity_id", "relationship_id", "criterion"]
