"""Webhooks: addresses of other systems that are told of changes, what was sent to them, and with what outcome."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from rest_framework import serializers

from treasury.api import rows
from treasury.api.parameters import Parameter, one_of
from treasury.api.permissions import OfOneself
from treasury.api.rows import Row
from treasury.api.scopes import Scope
from treasury.api.views import Resource
from treasury.enums import DeliveryStatus, WebhookStatus
from treasury.models import Webhook
from treasury.queries import reference, webhooks


class WebhookSerializer(serializers.Serializer):
    """The secret is shown once, when it is made; the book keeps it encrypted."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    owner = serializers.CharField(source="owner.username", help_text="Told is what this person may see.")
    url = serializers.CharField()
    resources = serializers.ListField(child=serializers.CharField(), help_text="Empty: all of them.")
    entities = serializers.ListField(
        child=serializers.CharField(), source="entity_ids", help_text="Codes; empty: all those of the owner."
    )
    has_bodies = serializers.BooleanField(help_text="The changed rows come along.")
    status = serializers.ChoiceField(WebhookStatus.choices)
    status_reason = serializers.CharField(help_text="Why it is paused, or has ended.")
    cursor = serializers.CharField(help_text="Of the feed: everything before it was taken.")
    failing_since = serializers.DateTimeField(allow_null=True)
    failure_count = serializers.IntegerField(help_text="Attempts in a row that failed.")
    next_attempt_at = serializers.DateTimeField()
    created_at = serializers.DateTimeField()


class Webhooks(Resource):
    """Your webhooks; an administrator of the whole group sees all of them."""

    permission_classes = (OfOneself,)
    operation = "webhooks"
    tagged = Webhook
    serializer = WebhookSerializer
    parameters = (one_of("status", WebhookStatus, "Those in this state."),)

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return webhooks.webhooks(scope.user)

    def attach(self, found: list[Row], scope: Scope) -> None:
        keys = {key for row in found for key in row["entities"]}
        codes = reference.codes(keys) if keys else {}
        for row in found:
            row["entities"] = sorted(codes[key] for key in row["entities"] if key in codes)


class AttemptSerializer(serializers.Serializer):
    started_at = serializers.DateTimeField()
    milliseconds = serializers.IntegerField()
    address = serializers.CharField(help_text="The address that the host had; empty: none was called.")
    response_status = serializers.IntegerField(allow_null=True)
    response_start = serializers.CharField(help_text="The first 300 characters of the answer.")
    failure = serializers.CharField(help_text="What was wrong; empty: the other side has it.")


class DeliverySerializer(serializers.Serializer):
    """One message: the changes between two cursors. It has one id, however often it is sent."""

    id = serializers.IntegerField()
    message_id = serializers.CharField(help_text="The header `webhook-id`.")
    status = serializers.ChoiceField(DeliveryStatus.choices)
    cursor_from = serializers.CharField(help_text="Replays from this message on, in `replay/`.")
    cursor_to = serializers.CharField()
    change_count = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    attempts = AttemptSerializer(many=True)


class Deliveries(Resource):
    """What was sent to a webhook, the newest first, with every attempt."""

    permission_classes = (OfOneself,)
    operation = "webhooks_deliveries"
    serializer = DeliverySerializer
    descending = True
    parameters: ClassVar[tuple[Parameter, ...]] = (one_of("status", DeliveryStatus, "Those in this state."),)

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return webhooks.deliveries(scope.user, self.kwargs["key"])

    def page(self, scope: Scope, values: dict[str, Any], where: dict[str, Any]) -> Row:
        if not webhooks.webhooks(scope.user).filter(pk=where["key"]).exists():
            raise Http404
        return super().page(scope, values, where)

    def attach(self, found: list[Row], scope: Scope) -> None:
        deliveries = {row["id"]: row for row in found}
        for row in found:
            row["attempts"] = []
        how = rows.plan(AttemptSerializer, ("delivery_id",))
        for values in webhooks.attempts(deliveries).values_list(*how.columns):
            deliveries[values[0]]["attempts"].append(how.row(values))
