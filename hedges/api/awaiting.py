"""One queue of all that waits for a second person: what, since when, by whom, and where it is decided."""

from typing import Any
from urllib.parse import urlencode

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hedges.queries import awaiting
from treasury.api import pages
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.rows import Row
from treasury.api.scopes import KNOWN_AT
from treasury.api.views import ApiView
from treasury.api.writing import address
from treasury.queries import access

_KEY = ("event_id", "place", "id")


class AwaitingSerializer(serializers.Serializer):
    """One thing to decide on; what it says, its digest and its ETag are at `address`."""

    resource = serializers.ChoiceField(
        [(name, name) for name in awaiting.RESOURCES],
        help_text="Where it is read, approved and rejected: `{resource}/{id}/approve/`.",
    )
    id = serializers.IntegerField()
    address = serializers.CharField(help_text="Its own address.")
    thing_id = serializers.IntegerField(
        help_text="What it is a version of: id of the exposure, instrument, relationship, policy, account map or"
        " journal entry; of a loss its relationship, of an import the import."
    )
    version_number = serializers.IntegerField(allow_null=True, help_text="Null: an import.")
    entities = serializers.ListField(child=serializers.CharField(), help_text="Codes; one, but of an import.")
    reference = serializers.CharField(
        help_text="What people call it: reference, code, risk of a policy, number of an entry, source and file of an"
        " import; empty: an account map."
    )
    versions = serializers.IntegerField(help_text="Versions that the decision is about; 1, but of an import.")
    since = serializers.DateTimeField(help_text="When it was recorded.")
    written_by = serializers.CharField(allow_null=True, help_text="Cannot decide on it. Null: the system.")
    reason = serializers.CharField(help_text="What was said of the change; may be empty.")


class AwaitingListSerializer(serializers.Serializer):
    known_at = serializers.DateTimeField(allow_null=True)
    next = serializers.CharField(
        allow_null=True, help_text="Address of the next page; null: this is the last."
    )
    results = AwaitingSerializer(many=True)


class Awaiting(ApiView):
    """What waits for a decision at your entities, the longest waiting first. With `known_at` what waited then."""

    operation = "awaiting"
    permission_classes = (OfEntities,)
    response_schema = AwaitingListSerializer
    parameters = (
        KNOWN_AT,
        Parameter("entity", "Code of the entity; without it all that you may see."),
        Parameter("resource", "Only this kind.", "choice", choices=awaiting.RESOURCES),
        pages.PAGE_SIZE,
        pages.cursor(_KEY),
    )

    def get(self, request: Request) -> Response:
        values = self.read_query(request)
        known_at, size = values.get("known_at"), values["page_size"]
        codes = dict(access.visible_entities(request.user).values_list("pk", "code"))
        wanted = values.get("entity")
        event, place, row = (int(part) for part in pages.read(values.get("cursor", "0.0.0"), _KEY))
        found = awaiting.awaiting(
            [pk for pk, code in codes.items() if wanted in (None, code)], resource=values.get("resource", ""),
            known_at=known_at, after=(event, place, row), limit=size + 1,
        )  # fmt: skip
        following = None
        if len(found) > size:
            last = pages.cursor_of([found[size - 1][name] for name in _KEY])
            query = urlencode(request.query_params.dict() | {"cursor": last})
            following = request.build_absolute_uri(f"{request.path}?{query}")
        results = [_row(one, codes) for one in found[:size]]
        return Response({"known_at": known_at, "next": following, "results": results})


def _row(found: Row, codes: dict[int, str]) -> dict[str, Any]:
    told = (
        "resource",
        "id",
        "thing_id",
        "version_number",
        "reference",
        "versions",
        "since",
        "written_by",
        "reason",
    )
    return {name: found[name] for name in told} | {
        "address": address(found["resource"], found["id"]),
        "entities": sorted(codes[pk] for pk in found["entity_ids"]),
    }
