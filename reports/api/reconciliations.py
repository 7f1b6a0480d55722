"""Reconciliations: one hedge under two frameworks, and its differences part by part."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import serializers

from reports.api import spans
from reports.domain.reconciliation.parts import CODES, UNEXPLAINED, Part
from reports.domain.reconciliation.reconcile import FIGURES, MEASURES, Extent, Reconciliation, reconcile
from reports.queries import reconciled
from treasury.api.fields import Money, money_text
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.rows import Row
from treasury.api.scopes import Scope
from treasury.api.views import Resource
from treasury.enums import AccountingFramework


def _amount(**kwargs: Any) -> Money:
    return Money(unit="currency", **kwargs)


class ReconciledFigureSerializer(serializers.Serializer):
    figure = serializers.ChoiceField([name for name, _ in FIGURES])
    first = _amount()
    second = _amount()
    difference = _amount(help_text="first − second")


class DifferencePartSerializer(serializers.Serializer):
    part = serializers.ChoiceField(
        [*CODES, UNEXPLAINED], help_text="unexplained: what was posted and never measured."
    )
    profit_or_loss = _amount()
    reserves = _amount()
    item_cost = _amount()


class ReconciledExtentSerializer(serializers.Serializer):
    """The parts add up to the differences of profit or loss, reserves and cost of the item."""

    figures = ReconciledFigureSerializer(many=True)
    parts = DifferencePartSerializer(many=True)


class ReconciliationSerializer(serializers.Serializer):
    id = serializers.IntegerField(help_text="Of the second relationship, which is parallel to the first.")
    relationship = serializers.CharField(source="code")
    first_id = serializers.IntegerField(source="parallel_of_id")
    first_relationship = serializers.CharField(source="parallel_of.code")
    entity_id = serializers.IntegerField()
    entity = serializers.CharField(source="entity.code")
    currency = serializers.CharField(source="entity.functional_currency_id")
    first_framework = serializers.ChoiceField(AccountingFramework.choices)
    second_framework = serializers.ChoiceField(AccountingFramework.choices)
    period = ReconciledExtentSerializer()
    cumulative = ReconciledExtentSerializer()


class Reconciliations(Resource):
    """Each hedge that is designated under two frameworks; the key is that of the second relationship."""

    permission_classes = (OfEntities,)
    operation = "reconciliations"
    serializer = ReconciliationSerializer
    key: ClassVar[tuple[str, ...]] = ("id",)
    scope_parameters = spans.MONTHS
    scope_fields: ClassVar[dict[str, serializers.Field]] = {
        "months": spans.Months(),
        "known_at": serializers.DateTimeField(allow_null=True),
    }
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="entity__code"),
        Parameter("relationship", "Code of the second relationship.", lookup="code"),
    )

    def scope(self, values: dict[str, Any]) -> Scope:
        self.span = spans.span(self.request.user, values)
        shown, pinned = spans.shown(self.span), spans.pinned(self.span)
        return Scope(self.request.user, known_at=self.span.known_at, shown=shown, pinned=pinned)

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return reconciled.visible(scope.user)

    def attach(self, found: list[Row], scope: Scope) -> None:
        pairs = [
            {"id": row["id"], "parallel_of_id": row["first_id"], "currency": row["currency"]} for row in found
        ]
        for row, made in zip(found, reconcile(self.span, pairs), strict=True):
            row |= _shown(made)


def _shown(made: Reconciliation) -> Row:
    unit = made.pair["currency"]
    return {
        "period": _extent(made.period, unit),
        "cumulative": _extent(made.cumulative, unit),
    }


def _extent(extent: Extent, unit: str) -> Row:
    return {
        "figures": [
            {
                "figure": name,
                "first": money_text(getattr(extent.first, name), unit),
                "second": money_text(getattr(extent.second, name), unit),
                "difference": money_text(extent.difference(name), unit),
            }
            for name, _ in FIGURES
        ],
        "parts": [_part(part, unit) for part in (*extent.parts, extent.rest)],
    }


def _part(part: Part, unit: str) -> Row:
    return {"part": part.code} | {name: money_text(getattr(part, name), unit) for name in MEASURES}
