"""Tickets that somebody has begun: kept as they stand, for oneself alone, until they are sent or discarded."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from rest_framework import serializers
from rest_framework.response import Response

from hedges.api import whose
from hedges.domain.ticket import send
from hedges.domain.ticket.kinds import COMMON, FIELDS
from treasury.api import tags
from treasury.api.bodies import Input, body
from treasury.api.links import Made
from treasury.api.permissions import OfOneself
from treasury.api.scopes import Scope
from treasury.api.views import Resource
from treasury.api.writing import Action, read_back
from treasury.domain import drafts as verbs
from treasury.models import Draft
from treasury.queries import drafts
from treasury.queries.access import WRITERS

_NAMES = ("kind", *COMMON, *dict.fromkeys(name for names in FIELDS.values() for name in names))
_FIELD = Input("value", "As it would be typed.", required=True, limit=400, blank=True)
KEY = Input(
    "key", "UUID: the same one is written over; it is the `key` of the trade that is recorded.", "uuid"
)


class TradeDraftSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    key = serializers.UUIDField(source="client_key")
    title = serializers.CharField(allow_blank=True)
    fields_typed = serializers.DictField(
        source="fields",
        child=serializers.CharField(allow_blank=True),
        help_text="As they were typed, by name.",
    )
    updated_at = serializers.DateTimeField()


class TradeDrafts(Resource):
    """Your own drafts of trades; nobody else sees them."""

    permission_classes = (OfOneself,)
    operation = "trade_drafts"
    tagged = Draft
    serializer = TradeDraftSerializer
    descending = True

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return drafts.own(scope.user, send.FORM)


class KeepDraft(Action):
    """Keeps a draft, or writes over the one with this key. Nothing of it is understood or counted yet."""

    operation = "trade_drafts_keep"
    names = True
    may_be_first = True
    response_schema = TradeDraftSerializer
    makes = Made("trade-drafts")
    roles = WRITERS
    body = body(
        KEY,
        Input("title", "For the list of drafts.", required=False, limit=200, blank=True, default=""),
        Input("fields", "Name and value, as they would be typed on the ticket.", "array",
              of=body(Input("name", "Of the field.", "choice", choices=_NAMES), _FIELD)),
        example={
            "key": "0b8f9f1e-5c0e-4f0e-9d5a-1f2e3d4c5b6a", "title": "Forward: sell EUR 5m",
            "fields": [{"name": "kind", "value": "FORWARD"}, {"name": "amount", "value": "5m"}],
        },
    )  # fmt: skip

    def named(self, told: dict[str, Any]) -> Draft | None:
        """Two that are kept at once under one key are one after the other: the later one has not seen the first."""
        key = whose.uuid_of(told["key"])
        tags.held_name(f"draft {self.request.user.pk} {send.FORM} {key}")
        return drafts.own(self.request.user, send.FORM).filter(client_key=key).first()

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        user, key = self.request.user, whose.uuid_of(told["key"])
        said = {row["name"]: row["value"] for row in told["fields"]}
        verbs.keep(
            owner=user, form_name=send.FORM, client_key=key, fields=said, title=told["title"],
            address=f"{reverse('ticket')}?draft={key}",
        )  # fmt: skip
        made = _own(user, key)
        return self.made(
            read_back(TradeDrafts, user, made.pk), address=reverse("api-trade-drafts-one", args=[made.pk])
        )


class DiscardDraft(Action):
    """Throws a draft of your own away."""

    operation = "trade_drafts_discard"
    names = True
    response_schema = TradeDraftSerializer
    roles = WRITERS
    status_code = 200
    body = body(KEY, example={"key": "0b8f9f1e-5c0e-4f0e-9d5a-1f2e3d4c5b6a"})

    def named(self, told: dict[str, Any]) -> Draft:
        return _own(self.request.user, whose.uuid_of(told["key"]))

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        user, key = self.request.user, whose.uuid_of(told["key"])
        found = _own(user, key)
        row = read_back(TradeDrafts, user, found.pk)
        verbs.discard(owner=user, form_name=send.FORM, client_key=key)
        return self.made(row)


def _own(user: Any, key: UUID) -> Draft:
    found = drafts.own(user, send.FORM).filter(client_key=key).first()
    if found is None:
        raise Http404
    return found
