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
    support the regression only. A missing observation is null in both arrays. The scenario arrays are in the order of
    `hedges.domain.scenarios.SCENARIOS`; null where a side could not be valued.
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
    designated_notional_amount = MeasuredAmount(measure="notional_value.notional_amount")
    cumulative_change_instrument = MeasuredAmount(measure="dollar_offset.instrument_changes")
    cumulative_change_hypothetical = MeasuredAmount(measure="dollar_offset.item_changes")
    cumulative_ratio = MeasuredFloat(measure="dollar_offset.cumulative_ratios")
    period_ratio = MeasuredFloat(measure="dollar_offset.period_ratios")
    slope = MeasuredFloat(measure="effectiveness_regression.slope")
    offset_slope = MeasuredFloat(measure="effectiveness_regression.offset_slope")
    intercept = MeasuredFloat(measure="effectiveness_regression.intercept")
    r_squared = MeasuredFloat(measure="effectiveness_regression.r_squared")
    slope_standard_error = MeasuredFloat(measure="effectiveness_regression.slope_standard_error")
    intercept_standard_error = MeasuredFloat(measure="effectiveness_regression.intercept_standard_error")
    residual_standard_deviation = MeasuredFloat(
        measure="effectiveness_regression.residual_standard_deviation"
    )
    t_statistic = MeasuredFloat(measure="effectiveness_regression.t_statistic")
    f_statistic = MeasuredFloat(measure="effectiveness_regression.f_statistic")
    p_value = MeasuredFloat(measure="effectiveness_regression.p_value")
    slope_confidence_lower = MeasuredFloat(measure="effectiveness_regression.slope_confidence_lower")
    slope_confidence_upper = MeasuredFloat(measure="effectiveness_regression.slope_confidence_upper")
    durbin_watson = MeasuredFloat(measure="effectiveness_regression.durbin_watson")
    t_statistic_unit_slope = MeasuredFloat(measure="effectiveness_regression.t_statistic_unit_slope")
    largest_leverage = MeasuredFloat(measure="effectiveness_regression.largest_leverage")
    observation_count = MeasuredCount(measure="effectiveness_regression.observation_count")
    variance_reduction_ratio = MeasuredFloat(measure="variance_reduction.variance_reduction_ratio")
    actual_hedge_ratio = MeasuredFloat(measure="hedge_ratio.hedge_ratio")
    credit_ratio = MeasuredFloat(measure="credit_dominance.credit_ratio")
    observation_dates = ArrayField(models.DateField())
    designated_observation_from = models.PositiveSmallIntegerField()
    instrument_changes = ArrayField(models.FloatField(null=True))
    item_changes = ArrayField(models.FloatField(null=True))
    scenario_instrument_changes = ArrayField(models.FloatField(null=True), default=list)
    scenario_item_changes = ArrayField(models.FloatField(null=True), default=list)

    class Meta:
        ordering = ["entity_id", "relationship_id"]


class EffectivenessCriterionResult(RunResult):
    """One criterion of one relationship: value, limits and the margin left (+: room)."""

    pk = models.CompositePrimaryKey("run_id", "relationship_id", "criterion")
    relationship = key_to(HedgeRelationship)
    criterion = models.CharField(max_length=40)
    effectiveness_status = _status()
    is_deciding = models.BooleanField(
        help_text="Decides the status under the relationship's framework and method."
    )
    value = MeasuredFloat(measure="effectiveness_regression.criteria.value")
    lower_limit = MeasuredFloat(measure="effectiveness_regression.criteria.limit")
    upper_limit = MeasuredFloat(measure="effectiveness_regression.criteria.limit")
    margin = MeasuredFloat(measure="effectiveness_regression.criteria.margin")

    class Meta:
        ordering = ["entity_id", "relationship_id", "criterion"]
