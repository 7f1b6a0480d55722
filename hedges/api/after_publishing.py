"""What today's knowledge would change of what was published, and changes that the facts demand and nobody approved."""

from datetime import date
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hedges.domain import accounting_periods
from hedges.domain.changes import corrections, demanded
from hedges.enums import ChangeCause
from treasury.api.fields import Money, money_or_null, money_text
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.scopes import KNOWN_AT
from treasury.api.views import ApiView
from treasury.api.writing import seen
from treasury.queries import access


class CorrectionSerializer(serializers.Serializer):
    """One published amount that would be another one; its difference goes into the open period."""

    relationship_id = serializers.IntegerField()
    relationship = serializers.CharField()
    period_end = serializers.DateField()
    run_id = serializers.IntegerField(help_text="The close that published it.")
    field = serializers.ChoiceField(corrections.FIELDS)
    currency = serializers.CharField()
    published = Money(unit="currency", allow_null=True, help_text="Null: it was not published.")
    recomputed = Money(
        unit="currency", allow_null=True, help_text="Null: it cannot be known now; see reasons."
    )
    difference = Money(unit="currency", allow_null=True, help_text="recomputed − published.")
    reasons = serializers.ListField(child=serializers.CharField())


class CorrectionsSerializer(serializers.Serializer):
    entity_id = serializers.IntegerField()
    entity = serializers.CharField()
    known_at = serializers.DateTimeField(allow_null=True)
    results = CorrectionSerializer(many=True)


class Corrections(ApiView):
    """Every published amount of the entity's closed months that what is known now would change. A month about whose
    time nothing became known since its close is not measured again; any other one is, which takes as long as its close
    did. The answer is kept until something is recorded."""

    permission_classes = (OfEntities,)
    operation = "entities_corrections"
    response_schema = CorrectionsSerializer
    parameters = (Parameter("as_of", "Months that end by this business date.", "date"), KNOWN_AT)

    def get(self, request: Request, key: Any) -> Response:
        asked = self.read_query(request)
        known_at, last = asked.get("known_at"), asked.get("as_of", date.max)
        entity = seen(access.visible_entities(request.user).filter(pk=key))
        found = corrections.would_change(entity, known_at=known_at)
        results = [
            {
                "relationship_id": one.relationship_id, "relationship": one.code, "period_end": one.period_end,
                "run_id": one.run_id, "field": one.field, "currency": one.currency, "reasons": list(one.reasons),
                **{
                    name: money_or_null(amount, one.currency)
                    for name, amount in (
                        ("published", one.published), ("recomputed", one.recomputed),
                        ("difference", one.difference),
                    )
                },
            }
            for one in found
            if one.period_end <= last
        ]  # fmt: skip
        return Response(
            {"entity_id": entity.pk, "entity": entity.code, "known_at": known_at, "results": results}
        )


class LostSerializer(serializers.Serializer):
    side = serializers.ChoiceField(["item", "instrument"])
    subject_id = serializers.IntegerField(help_text="Of the exposure or instrument.")
    external_reference = serializers.CharField()
    amount = Money(unit="unit")
    unit = serializers.CharField()


class DemandSerializer(serializers.Serializer):
    relationship_id = serializers.IntegerField()
    relationship = serializers.CharField()
    cause = serializers.ChoiceField(ChangeCause.choices)
    since = serializers.DateField(help_text="Date of the fact.")
    from_date = serializers.DateField(
        help_text="First date of it that is in an open period: propose from there."
    )
    lost = LostSerializer(many=True, help_text="What has ended; empty: the whole hedge.")
    text = serializers.CharField()


class DemandsSerializer(serializers.Serializer):
    entity_id = serializers.IntegerField()
    entity = serializers.CharField()
    as_of_date = serializers.DateField()
    known_at = serializers.DateTimeField(allow_null=True)
    results = DemandSerializer(many=True)


class DemandedChanges(ApiView):
    """Changes of hedge relationships that the facts demand and nobody has approved: until then no month is closed."""

    permission_classes = (OfEntities,)
    operation = "entities_demanded_changes"
    response_schema = DemandsSerializer
    parameters = (
        Parameter("as_of", "Facts up to this day; without it today at the entity.", "date"),
        KNOWN_AT,
    )

    def get(self, request: Request, key: Any) -> Response:
        values = self.read_query(request)
        known_at = values.get("known_at")
        entity = seen(access.visible_entities(request.user).filter(pk=key))
        day: date = values.get("as_of") or accounting_periods.today(entity)
        results = [
            {
                "relationship_id": one.relationship_id, "relationship": one.code, "cause": one.cause,
                "since": one.since, "from_date": one.from_date, "text": one.text,
                "lost": [
                    {
                        "side": part.side, "subject_id": part.subject_id, "external_reference": part.reference,
                        "amount": money_text(part.amount, part.unit), "unit": part.unit,
                    }
                    for part in one.lost
                ],
            }
            for one in demanded.demanded(entity, day, known_at=known_at)
        ]  # fmt: skip
        head = {"entity_id": entity.pk, "entity": entity.code, "as_of_date": day, "known_at": known_at}
        return Response(head | {"results": results})
