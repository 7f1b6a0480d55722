"""What hedge accounting makes of a relationship up to a date: every amount cumulative since it began, gains +.

A close posts of each amount what has not been posted yet; a night shows the same as a preview and posts nothing.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from hedges.enums import CostElement, EffectivenessStatus, HedgeType, LifeStage
from hedges.models.relationship import HedgeRelationship, HedgeRelationshipVersion
from treasury.enums import AccountingFramework
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
    Reserve = recognised − reclassified − basis-adjusted − loss not recovered.
    Cost reserve = cost recognised + cost amortised − cost released − cost lost (amortised has the sign of the opening
    value).
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
    opening_fair_value = MeasuredAmount(
        measure="credit_adjustment.fair_value",
        means="Fair value, with credit risk, of what is designated of the instruments on the day"
        " hedge accounting of it began; asset +.",
    )
    fair_value_change = MeasuredAmount(
        measure="credit_adjustment.fair_value",
        means="Change of the fair value, with credit risk, of what is designated of the"
        " instruments, since hedge accounting of it began; gain +.",
    )
    carrying_amount = MeasuredAmount(
        measure="credit_adjustment.fair_value",
        means="Fair value, with credit risk, at which the designated part of the instruments stands"
        " in the books; asset +.",
    )
    settled_amount = MeasuredAmount(
        measure="credit_adjustment.fair_value",
        means="Fair value of designated instruments that have been settled in cash since hedge"
        " accounting began; received +.",
    )
    no_longer_designated_amount = MeasuredAmount(
        measure="credit_adjustment.fair_value",
        means="Fair value at which designated instruments left the relationship and are held on"
        " without hedge accounting; asset +.",
    )
    cumulative_change_instrument = MeasuredAmount(
        measure="dollar_offset.instrument_changes",
        means="Change of the designated component of the instruments, with credit risk, since hedge"
        " accounting began, layer by layer; gain +.",
    )
    cumulative_change_hypothetical = MeasuredAmount(
        measure="dollar_offset.item_changes",
        means="Change of the hypothetical derivative that mirrors the hedged item (for a fair value"
        " hedge: less the change of the item), since hedge accounting began; gain +.",
    )
    cumulative_recognised = MeasuredAmount(
        measure="cash_flow_hedge_reserve.reserve",
        means="Gain or loss on the designated component taken to equity since hedge accounting"
        " began, before anything left the reserve; gain +.",
    )
    cumulative_ineffectiveness = MeasuredAmount(
        measure="cash_flow_hedge_reserve.ineffectiveness",
        means="Part of the change of the designated component that went to profit or loss since"
        " hedge accounting began; gain +.",
    )
    cumulative_reclassified = MeasuredAmount(
        measure="reserve_release.released_with_items",
        means="What has left the reserve into profit or loss, with the hedged flows or because they"
        " are lost, since hedge accounting began; gain +.",
    )
    cumulative_basis_adjusted = MeasuredAmount(
        measure="reserve_release.released_with_items",
        means="What has left the reserve into the cost of non-financial items since hedge"
        " accounting began; gain +.",
    )
    loss_not_recovered = MeasuredAmount(
        measure="reserve_release.not_recovered",
        means="Loss that has left the reserve for profit or loss because a person has stated that it will not be"
        " recovered, since hedge accounting began; loss −.",
    )
    reserve_balance = MeasuredAmount(
        measure="reserve_release.reserve_balance",
        means="What waits in the reserve: recognised less reclassified less adjusted into items less what will"
        " not be recovered; gain +.",
    )
    excluded_in_profit_or_loss = MeasuredAmount(
        measure="cost_of_hedging.profit_or_loss",
        means="Change of the excluded component that went to profit or loss at once, since hedge"
        " accounting began; gain +.",
    )
    cost_recognised = MeasuredAmount(
        measure="cost_of_hedging.oci_movement",
        means="Change of the excluded component taken to the reserve of the cost of hedging since"
        " hedge accounting began, before amortisation; gain +.",
    )
    cost_amortised = MeasuredAmount(
        measure="cost_of_hedging.oci_movement",
        means="Opening value of the excluded component amortised from the reserve of the cost of"
        " hedging so far; sign of that opening value.",
    )
    cost_released = MeasuredAmount(
        measure="reserve_release.released_with_items",
        means="What has left the reserve of the cost of hedging with the hedged flows or at a stop; gain +.",
    )
    cost_lost = MeasuredAmount(
        measure="reserve_release.released_with_items",
        means="What has left the reserve of the cost of hedging because its transaction is not expected"
        " any more; gain +.",
    )
    cost_reserve_balance = MeasuredAmount(
        measure="cost_of_hedging.reserve",
        means="What waits in the reserve of the cost of hedging: recognised plus amortised less"
        " released and lost; gain +.",
    )
    item_adjustment = MeasuredAmount(
        measure="fair_value_hedge.carrying_amount_adjustment",
        means="Adjustment of the hedged item's carrying amount for the hedged risk since hedge"
        " accounting began; raises an asset, lowers a liability +.",
    )
    item_adjustment_amortised = MeasuredAmount(
        measure="reserve_release.released_with_items",
        means="Part of the item's adjustment that has been amortised to profit or loss, or has left"
        " with the item, so far; sign of the adjustment.",
    )

    class Meta:
        ordering = ["entity_id", "relationship_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    reserve_balance=F("cumulative_recognised")
                    - F("cumulative_reclassified")
                    - F("cumulative_basis_adjusted")
                    - Coalesce(F("loss_not_recovered"), 0, output_field=amount_field())
                ),
                name="measurement_reserve",
            ),
            models.CheckConstraint(
                condition=Q(loss_not_recovered=0)
                | Q(hedge_type=HedgeType.CASH_FLOW, loss_not_recovered__lt=0),
                name="measurement_loss_not_recovered",
            ),
            models.CheckConstraint(
                condition=Q(
                    cost_reserve_balance=F("cost_recognised")
                    + F("cost_amortised")
                    - F("cost_released")
                    - F("cost_lost")
                ),
                name="measurement_cost_reserve",
            ),
            models.CheckConstraint(
                condition=Q(hedge_type=HedgeType.FAIR_VALUE, cumulative_recognised=0)
                | (~Q(hedge_type=HedgeType.FAIR_VALUE) & Q(item_adjustment=0, item_adjustment_amortised=0)),
                name="measurement_of_its_kind",
            ),
            models.CheckConstraint(
                condition=~Q(framework=AccountingFramework.IFRS9) | Q(is_qualifying=True),
                name="measurement_ifrs9_qualifies",
            ),
        ]


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
    cost_recognised = MeasuredAmount(
        measure="cost_of_hedging.oci_movement",
        means="Change of the excluded component taken to the reserve of the cost of hedging since"
        " hedge accounting began, before amortisation; gain +.",
    )
    cost_amortised = MeasuredAmount(
        measure="cost_of_hedging.oci_movement",
        means="Opening value of the excluded component amortised from the reserve of the cost of"
        " hedging so far; sign of that opening value.",
    )
    cost_released = MeasuredAmount(
        measure="reserve_release.released_with_items",
        means="What has left the reserve of the cost of hedging with the hedged flows or at a stop; gain +.",
    )
    cost_lost = MeasuredAmount(
        measure="reserve_release.released_with_items",
        means="What has left the reserve of the cost of hedging because its transaction is not expected"
        " any more; gain +.",
    )
    excluded_in_profit_or_loss = MeasuredAmount(
        measure="cost_of_hedging.profit_or_loss",
        means="Change of the excluded component that went to profit or loss at once, since hedge"
        " accounting began; gain +.",
    )

    class Meta:
        ordering = ["entity_id", "relationship_id", "element"]
