"""How much is hedged: by entity, by entity and risk, by relationship."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from hedges.enums import RatioSubject
from hedges.models.relationship import HedgeRelationship
from treasury.models import Risk, RunResult, key_to
from treasury.models.fields import MeasuredAmount, MeasuredCount, MeasuredFloat


class HedgeRatioResult(RunResult):
    """Amounts are signed in `amount_unit`: the risk's base unit, or the functional currency at spot for an ENTITY.

    `hedge_amount` is derivatives and natural offsets together; an item that is a natural offset is not in
    `exposure_amount` as well.
    """

    pk = models.CompositePrimaryKey("run_id", "subject", "entity_id", "subject_key")
    subject = models.CharField(max_length=12, choices=RatioSubject)
    subject_key = models.BigIntegerField(help_text="Id of the risk or relationship; 0 for an entity.")
    risk = key_to(Risk, null=True)
    relationship = key_to(HedgeRelationship, null=True)
    amount_unit = models.CharField(max_length=8)
    exposure_amount = MeasuredAmount(measure="hedge_ratio.exposure_amount")
    hedge_amount = MeasuredAmount(measure="hedge_ratio.hedged_amount")
    derivative_amount = MeasuredAmount(measure="hedge_ratio.hedged_amount")
    natural_offset_amount = MeasuredAmount(measure="hedge_ratio.hedged_amount")
    open_amount = MeasuredAmount(measure="hedge_ratio.open_amount")
    hedge_ratio = MeasuredFloat(measure="hedge_ratio.hedge_ratio")
    derivative_hedge_ratio = MeasuredFloat(measure="hedge_ratio.hedge_ratio")
    natural_offset_ratio = MeasuredFloat(measure="hedge_ratio.hedge_ratio")
    designated_hedge_ratio = MeasuredFloat(measure="hedge_ratio.hedge_ratio")
    positions_total = MeasuredCount(measure="position_count_ratio.positions_total")
    positions_hedged = MeasuredCount(measure="position_count_ratio.positions_hedged")
    counted_as_hedged_from = MeasuredFloat(
        measure="position_count_ratio.positions_hedged",
        help_text="The definition that was counted by: cover from which a position is hedged; 0: any cover.",
    )
    position_count_ratio = MeasuredFloat(measure="position_count_ratio.position_count_ratio")
    flags = ArrayField(models.TextField(), default=list)

    class Meta:
        ordering = ["subject", "entity_id", "subject_key"]
