"""Variation margin of futures: the days with a settlement price that are not on record, and their recording."""

from datetime import date
from typing import Any

from rest_framework import serializers
from rest_framework.response import Response

from hedges.api import whose
from hedges.domain.trade_life import margin
from hedges.queries import ticket, variation_margin
from treasury.api.bodies import Input, body
from treasury.api.fields import Exact
from treasury.api.writing import PREPARERS, Action
from treasury.kernel.errors import InputError
from treasury.queries import people

_BODY = body(
    Input("up_to", "Last day, included; today if it is not given.", "date", required=False),
    Input(
        "entity",
        "Code of the entity; all whose margin you record, if it is not given.",
        required=False,
        limit=100,
    ),
    example={"up_to": "2026-10-30", "entity": "US01"},
)


class MarginDueSerializer(serializers.Serializer):
    instrument_id = serializers.IntegerField()
    external_reference = serializers.CharField()
    entity = serializers.CharField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    days = serializers.IntegerField()
    last_price = Exact()


class MarginPreviewSerializer(serializers.Serializer):
    up_to = serializers.DateField()
    due = MarginDueSerializer(
        many=True, help_text="By future the days that are not on record; the first 200 futures."
    )


class MarginRecordedSerializer(serializers.Serializer):
    up_to = serializers.DateField()
    recorded = serializers.IntegerField(
        help_text="Margin days that were recorded; 0: every one was on record."
    )


class _Margin(Action):
    roles = PREPARERS
    body = _BODY
    status_code = 200

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        if told["entity"] is None:
            person = people.person(self.request.user)
            mine = [row["id"] for row in person.entities if person.has_role_at(row["id"], *PREPARERS)]
        else:
            mine = [whose.entity_named(self, told["entity"]).pk]
        today = ticket.today(mine[0] if len(mine) == 1 else None)
        up_to = told["up_to"] or today
        if up_to > today:
            raise InputError("up_to", f"today, {today}, or a day before it", got=str(up_to))
        return self.of(mine, up_to)

    def of(self, entity_ids: list[int], up_to: date) -> Response:
        raise NotImplementedError


class RecordMargin(_Margin):
    """Records every margin day up to a date that is not on record yet, from the settlement prices; twice is once."""

    operation = "instrument_events_record_margin"
    response_schema = MarginRecordedSerializer
    status_code = 201

    def of(self, entity_ids: list[int], up_to: date) -> Response:
        count = margin.record_due(up_to=up_to, actor=self.request.user, entity_ids=entity_ids)
        return self.made({"up_to": up_to, "recorded": count})


class PreviewMargin(_Margin):
    """The margin days that would be recorded. Nothing is recorded."""

    operation = "instrument_events_record_margin_preview"
    saves = False
    response_schema = MarginPreviewSerializer

    def of(self, entity_ids: list[int], up_to: date) -> Response:
        exact = Exact()
        due = [
            {
                "instrument_id": row["instrument_id"], "external_reference": row["reference"],
                "entity": row["entity_code"], "first_day": row["first_day"], "last_day": row["last_day"],
                "days": row["days"], "last_price": exact.to_representation(row["price"]),
            }
            for row in variation_margin.margin_totals(up_to=up_to, entity_ids=entity_ids)
        ]  # fmt: skip
        return self.made({"up_to": up_to, "due": due})
