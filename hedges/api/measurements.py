"""Measurements: what hedge accounting makes of each relationship up to the date of a run."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from hedges.enums import EffectivenessStatus, HedgeType, LifeStage
from hedges.queries import accounted
from treasury.api.fields import Money, money_or_null
from treasury.api.parameters import Parameter, one_of
from treasury.api.permissions import OfEntities
from treasury.api.results import ResultFields
from treasury.api.rows import Row
from treasury.api.scopes import Scope
from treasury.api.views import ResultResource
from treasury.enums import AccountingFramework, ResultStatus


def _amount(**kwargs: Any) -> Money:
    return Money(unit="functional_currency", allow_null=True, **kwargs)


class MeasurementSerializer(ResultFields):
    """Every amount is cumulative since hedge accounting began, in the functional currency, gains +."""

    relationship_id = serializers.IntegerField()
    relationship = serializers.CharField(source="relationship.code")
    relationship_version_id = serializers.IntegerField()
    framework = serializers.ChoiceField(AccountingFramework.choices)
    hedge_type = serializers.ChoiceField(HedgeType.choices)
    functional_currency = serializers.CharField()
    life_stage = serializers.ChoiceField(LifeStage.choices)
    accounting_from = serializers.DateField(help_text="Hedge accounting begins.")
    ended_on = serializers.DateField(allow_null=True)
    effectiveness_status = serializers.ChoiceField(EffectivenessStatus.choices)
    decided_by_person = serializers.BooleanField(help_text="The status is a named person's decision.")
    is_qualifying = serializers.BooleanField(help_text="The last period qualified for hedge accounting.")
    opening_fair_value = _amount(help_text="Of the instruments when they were designated.")
    fair_value_change = _amount(
        help_text="opening + change = carrying amount + settled + no longer designated."
    )
    carrying_amount = _amount()
    settled_amount = _amount()
    no_longer_designated_amount = _amount()
    cumulative_change_instrument = _amount(help_text="Of the designated component.")
    cumulative_change_hypothetical = _amount(
        help_text="Of the hypothetical derivative; in a fair value hedge of the item."
    )
    cumulative_recognised = _amount(help_text="In the reserve.")
    cumulative_ineffectiveness = _amount()
    cumulative_reclassified = _amount(help_text="Out of the reserve into profit or loss.")
    cumulative_basis_adjusted = _amount(help_text="Out of the reserve into the cost of the item.")
    loss_not_recovered = _amount(
        help_text="Out of the reserve into profit or loss, since it was stated not to be recovered; loss −."
    )
    reserve_balance = _amount(help_text="recognised − reclassified − basis-adjusted − loss not recovered.")
    excluded_in_profit_or_loss = _amount()
    cost_recognised = _amount()
    cost_amortised = _amount(help_text="With the sign of the opening value.")
    cost_released = _amount()
    cost_lost = _amount()
    cost_reserve_balance = _amount(help_text="recognised + amortised − released.")
    item_adjustment = _amount(help_text="Of the hedged item's carrying amount, in a fair value hedge.")
    item_adjustment_amortised = _amount()


class MeasurementKnotSerializer(serializers.Serializer):
    """One date of the path: a start, a change of volume, the date of an item, the end of a month, the last day."""

    day = serializers.DateField()
    instrument_change = _amount(help_text="Cumulative, to the knot.")
    hypothetical_change = _amount()
    recognised = _amount()
    is_qualifying = serializers.BooleanField(help_text="Of the period that ends there.")


class MeasurementDetailSerializer(MeasurementSerializer):
    knots = MeasurementKnotSerializer(many=True)


class Measurements(ResultResource):
    """What hedge accounting makes of each relationship: the preview of a night or, with the `run` of a close, what was
    posted; a single one has the relationship's id as its key."""

    permission_classes = (OfEntities,)
    operation = "measurements"
    serializer = MeasurementSerializer
    detail_serializer = MeasurementDetailSerializer
    key = ("relationship_id",)
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="entity__code"),
        Parameter("relationship", "Code of the hedge relationship.", lookup="relationship__code"),
        one_of("framework", AccountingFramework, "Those under this framework."),
        one_of("hedge_type", HedgeType, "Those of this type."),
        one_of("life_stage", LifeStage, "Those that stand here."),
        one_of("status", ResultStatus, "Those in this state."),
        Parameter("reason", "Those with this reason.", lookup="reasons__contains"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return accounted.measurements(scope.user, scope.run_id)

    def attach(self, found: list[Row], scope: Scope) -> None:
        if not self.detail:
            return
        row, unit = found[0], found[0]["functional_currency"]
        path = self.rows(scope).filter(relationship_id=row["relationship_id"])
        days, *amounts, qualifying = path.values_list(
            "knot_dates", "knot_instrument_changes", "knot_hypothetical_changes", "knot_recognised",
            "knot_qualifying",
        ).get()  # fmt: skip
        row["knots"] = [
            {
                "day": day, "instrument_change": money_or_null(instrument, unit),
                "hypothetical_change": money_or_null(item, unit), "recognised": money_or_null(recognised, unit),
                "is_qualifying": qualified,
            }
            for day, instrument, item, recognised, qualified in zip(days, *amounts, qualifying, strict=True)
        ]  # fmt: skip
