"""Roll-forwards: the reserves of each relationship by month, beside what the close has measured."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import serializers

from hedges.enums import LifeStage
from reports.api import spans
from reports.enums import Movement, Reserve
from reports.queries import roll_forwards
from treasury.api.fields import Money
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.rows import Row
from treasury.api.scopes import Scope
from treasury.api.views import Resource
from treasury.enums import AccountingFramework


def _amount(**kwargs: Any) -> Money:
    return Money(unit="currency", **kwargs)


class RollForwardMonthSerializer(serializers.Serializer):
    """opening + the movements = closing, with the signs of the reserve; difference = closing − measured."""

    reserve = serializers.ChoiceField(Reserve.choices)
    framework = serializers.ChoiceField(AccountingFramework.choices)
    month = serializers.DateField(help_text="First day of the month.")
    currency = serializers.CharField()
    opening = _amount()
    recognised = _amount()
    reclassified = _amount()
    basis_adjusted = _amount()
    amortised = _amount()
    released = _amount()
    reversed = _amount()
    closing = _amount()
    measured = _amount(allow_null=True, help_text="By the close of the month; null: not closed.")
    difference = _amount(allow_null=True, help_text="0, or journal and measurement do not agree.")
    run_id = serializers.IntegerField(allow_null=True, help_text="The close.")
    life_stage = serializers.ChoiceField(LifeStage.choices, allow_null=True)


class RollForwardSerializer(serializers.Serializer):
    id = serializers.IntegerField(help_text="Of the hedge relationship.")
    relationship = serializers.CharField(source="code")
    entity_id = serializers.IntegerField()
    entity = serializers.CharField(source="entity.code")
    months = RollForwardMonthSerializer(many=True)


class RollForwards(Resource):
    """Each hedge relationship that has journal entries, with its reserves by month; the key is the relationship's."""

    permission_classes = (OfEntities,)
    operation = "roll_forwards"
    serializer = RollForwardSerializer
    key: ClassVar[tuple[str, ...]] = ("id",)
    scope_parameters = spans.MONTHS
    scope_fields: ClassVar[dict[str, serializers.Field]] = {
        "months": spans.Months(),
        "known_at": serializers.DateTimeField(allow_null=True),
    }
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="entity__code"),
        Parameter("relationship", "Code of the hedge relationship.", lookup="code"),
    )

    def scope(self, values: dict[str, Any]) -> Scope:
        self.span = spans.span(self.request.user, values)
        shown, pinned = spans.shown(self.span), spans.pinned(self.span)
        return Scope(self.request.user, known_at=self.span.known_at, shown=shown, pinned=pinned)

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return roll_forwards.with_entries(scope.user)

    def attach(self, found: list[Row], scope: Scope) -> None:
        owners = {row["id"]: row for row in found}
        for row in found:
            row["months"] = []
        names = ("opening", *Movement.values, "closing", "measured", "difference")
        for row in roll_forwards.roll_forward(self.span, relationship_ids=list(owners)):
            amounts = spans.money(row, names, row["currency"])
            kept = {name: row[name] for name in ("reserve", "framework", "currency", "run_id", "life_stage")}
            owners[row["relationship_id"]]["months"].append(kept | {"month": row["period_start"]} | amounts)
