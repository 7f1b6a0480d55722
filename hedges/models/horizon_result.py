"""The horizon profile: exposure, cover and policy band by bucket of months ahead."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from treasury.models import Risk, RunResult, key_to
from treasury.models.fields import MeasuredAmount, MeasuredCount, MeasuredFloat


class HorizonBucketResult(RunResult):
    """One bucket of one entity and risk; amounts signed in the risk's base unit (`amount_unit`).

    `net_exposure_amount` = forecast + firm = inflow + outflow. `hedge_amount` is the sum of the five kinds.
    `coverage_declines` repeats the profile's finding on each of its buckets.
    """

    pk = models.CompositePrimaryKey("run_id", "entity_id", "risk_id", "month_from")
    risk = key_to(Risk)
    month_from = models.PositiveSmallIntegerField()
    month_to = models.PositiveSmallIntegerField(null=True, help_text="Exclusive; null: everything after.")
    amount_unit = models.CharField(max_length=8)
    inflow_amount = MeasuredAmount(measure="horizon_profile.inflow_amount")
    outflow_amount = MeasuredAmount(measure="horizon_profile.outflow_amount")
    forecast_amount = MeasuredAmount(measure="horizon_profile.net_exposure_amount")
    firm_amount = MeasuredAmount(measure="horizon_profile.net_exposure_amount")
    net_exposure_amount = MeasuredAmount(measure="horizon_profile.net_exposure_amount")
    forward_amount = MeasuredAmount(measure="horizon_profile.hedge_amount")
    option_amount = MeasuredAmount(measure="horizon_profile.hedge_amount")
    swap_amount = MeasuredAmount(measure="horizon_profile.hedge_amount")
    future_amount = MeasuredAmount(measure="horizon_profile.hedge_amount")
    natural_offset_amount = MeasuredAmount(measure="horizon_profile.hedge_amount")
    hedge_amount = MeasuredAmount(measure="horizon_profile.hedge_amount")
    position_count = MeasuredCount(measure="position_count_ratio.positions_total")
    coverage_ratio = MeasuredFloat(measure="horizon_profile.coverage_ratio")
    cumulative_coverage_ratio = MeasuredFloat(measure="horizon_profile.cumulative_coverage_ratio")
    net_open_amount = MeasuredAmount(measure="horizon_profile.net_open_amount")
    lower_ratio = MeasuredFloat(measure="horizon_profile.lower_ratio")
    target_ratio = MeasuredFloat(measure="horizon_profile.target_ratio")
    upper_ratio = MeasuredFloat(measure="horizon_profile.upper_ratio")
    min_to_hedge_amount = MeasuredAmount(measure="horizon_profile.min_to_hedge_amount")
    target_to_hedge_amount = MeasuredAmount(measure="horizon_profile.target_to_hedge_amount")
    max_to_hedge_amount = MeasuredAmount(measure="horizon_profile.max_to_hedge_amount")
    flags = ArrayField(models.TextField(), default=list)
    coverage_declines = models.BooleanField(null=True)

    class Meta:
        ordering = ["entity_id", "risk_id", "month_from"]
