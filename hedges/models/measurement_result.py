"""What hedge accounting makes of a relationship up to a date: every amount cumulative since it began, gains +.

A close posts of each amount what has not been posted yet; a night shows the same as a preview and posts nothing.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from hedges.enums import CostElement, EffectivenessStatus, HedgeType, LifeStage
from hedges.models.relationship import HedgeRelationship, HedgeRelationshipVersion
from treasury.models import RunResult, key_to
from treasury.models.fields import MeasuredAmount, amount_field


class MeasurementResult(RunResult):
    """One relationship, in the entity's functional currency.

    The arrays are the path that the amounts come from: at each of `knot_dates` (start, changes of volume, dates of
    the items, ends of periods, the as-of date) the cumulative change of the designated component, of the hypothetical
    derivative (for a fair value hedge: of the item), what was recognised in the reserve, and whether the period that
    ends there qualified for hedge accounting.

    Of the instruments: opening + change = carrying amount + settled + no longer designated.
    Of the change: change = recognised + ineffectiveness + cost recognised + excluded in profit or loss; in a fair
    value hedge recognised is 0 and ineffectiveness is that of instrument and item together, so there
    change = (ineffectiveness − item adjustment) + cost recognised + excluded in profit or loss.
    Reserve = recognised − reclassified − basis-adjusted.
    Cost reserve = cost recognised + cost amortised − cost released (amortised has the sign of the opening value).
    """

    pk = models.CompositePrimaryKey("run_id", "relationship_id")
    relationship = key_to(HedgeRelationship)
    relationship_version = key_to(HedgeRelationshipVersion)
    framework = models.CharField(max_length=8)
    hedge_type = models.CharField(max_length=14, choices=HedgeType)
    functional_currency = models.CharField(max_length=8)
    life_stage = models.CharField(max_length=17, choices=LifeStage)
    accounting_from = models.DateField()
    ended_on = models.DateField(null=True)
    effectiveness_status = models.CharField(max_length=13, choices=EffectivenessStatus)
    decided_by_person = models.BooleanField()
    is_qualifying = models.BooleanField()
    knot_dates = ArrayField(models.DateField())
    knot_instrument_changes = ArrayField(amount_field())
    knot_hypothetical_changes = ArrayField(amount_field())
    knot_recognised = ArrayField(amount_field())
    knot_qualifying = ArrayField(models.BooleanField())
    opening_fair_value = MeasuredAmount(measure="credit_adjustment.fair_value")
    fair_value_change = MeasuredAmount(measure="credit_adjustment.fair_value")
    carrying_amount = MeasuredAmount(measure="credit_adjustment.fair_value")
    settled_amount = MeasuredAmount(measure="credit_adjustment.fair_value")
    no_longer_designated_amount = MeasuredAmount(measure="credit_adjustment.fair_value")
    cumulative_change_instrument = MeasuredAmount(measure="cash_flow_hedge_reserve.reserve")
    cumulative_change_hypothetical = MeasuredAmount(measure="cash_flow_hedge_reserve.reserve")
    cumulative_recognised = MeasuredAmount(measure="cash_flow_hedge_reserve.reserve")
    cumulative_ineffectiveness = MeasuredAmount(measure="cash_flow_hedge_reserve.ineffectiveness")
    cumulative_reclassified = MeasuredAmount(measure="reserve_release.released_with_items")
    cumulative_basis_adjusted = MeasuredAmount(measure="reserve_release.released_with_items")
    reserve_balance = MeasuredAmount(measure="reserve_release.reserve_balance")
    excluded_in_profit_or_loss = MeasuredAmount(measure="cost_of_hedging.profit_or_loss")
    cost_recognised = MeasuredAmount(measure="cost_of_hedging.reserve")
    cost_amortised = MeasuredAmount(measure="cost_of_hedging.reserve")
    cost_released = MeasuredAmount(measure="cost_of_hedging.reserve")
    cost_reserve_balance = MeasuredAmount(measure="cost_of_hedging.reserve")
    item_adjustment = MeasuredAmount(measure="fair_value_hedge.carrying_amount_adjustment")
    item_adjustment_amortised = MeasuredAmount(measure="reserve_release.released_with_items")

    class Meta:
        ordering = ["entity_id", "relationship_id"]


class CostOfHedgingResult(RunResult):
    """One excluded element of one relationship at the knots of its measurement: actual against aligned (B6.5.32-34)."""

    pk = models.CompositePrimaryKey("run_id", "relationship_id", "element")
    relationship = key_to(HedgeRelationship)
    element = models.CharField(max_length=15, choices=CostElement)
    functional_currency = models.CharField(max_length=8)
    knot_actual_values = ArrayField(amount_field())
    knot_aligned_values = ArrayField(amount_field())
    term_from = models.DateField(help_text="The opening value is amortised by days from here")
    term_to = models.DateField(help_text="to here.")
    cost_recognised = MeasuredAmount(measure="cost_of_hedging.reserve")
    cost_amortised = MeasuredAmount(measure="cost_of_hedging.reserve")
    cost_released = MeasuredAmount(measure="cost_of_hedging.reserve")
    excluded_in_profit_or_loss = MeasuredAmount(measure="cost_of_hedging.profit_or_loss")

    class Meta:
        ordering = ["entity_id", "relationship_id", "element"]
