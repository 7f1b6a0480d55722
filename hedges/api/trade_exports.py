"""Trades out, so that a value can be checked elsewhere: one as FpML 5 or MT300, the live book as an ORE portfolio."""

from dataclasses import asdict
from typing import Any

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hedges.domain.documents import exporting
from hedges.queries import documents
from treasury.api import scopes
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.views import ApiView

ENTITY = Parameter("entity", "Code of the entity; without it all that you may see.")

_BEGUN = Parameter("as_of", "The newest version that begins to count by this business date.", "date")


class FpmlSerializer(serializers.Serializer):
    instrument_id = serializers.IntegerField()
    version_number = serializers.IntegerField(help_text="The newest one that nobody has rejected.")
    file_name = serializers.CharField()
    media_type = serializers.CharField()
    digest = serializers.CharField(help_text="SHA-256 of the content in UTF-8.")
    content = serializers.CharField(help_text="An FpML 5 document.")


class Mt300Serializer(FpmlSerializer):
    content = serializers.CharField(
        help_text="The text block of an MT300, ours as party A. The header and :22C: are the sender's: they take BICs."
    )


class LeftOutSerializer(serializers.Serializer):
    instrument_id = serializers.IntegerField()
    external_reference = serializers.CharField()
    reason = serializers.CharField()


class OrePortfolioSerializer(serializers.Serializer):
    """The whole book in one document; what has no such trade is named."""

    as_of_date = serializers.DateField()
    trade_count = serializers.IntegerField()
    left_out = LeftOutSerializer(many=True)
    file_name = serializers.CharField()
    media_type = serializers.CharField()
    digest = serializers.CharField(help_text="SHA-256 of the content in UTF-8.")
    content = serializers.CharField(help_text="An ORE portfolio.")


class InstrumentFpml(ApiView):
    """A trade as an FpML 5 document; read in again it is the same trade. 409 for what FpML has no product for here."""

    permission_classes = (OfEntities,)
    operation = "instruments_fpml"
    response_schema: type[serializers.Serializer] = FpmlSerializer
    status_code = 200
    media_type = "application/xml"
    made = staticmethod(exporting.as_fpml)
    parameters = (_BEGUN, scopes.KNOWN_AT)

    def get(self, request: Request, key: Any) -> Response:
        asked = self.read_query(request)
        version = documents.instrument_version(
            request.user, key, as_of=asked.get("as_of"), known_at=asked.get("known_at")
        )
        if version is None:
            raise Http404
        named = {"instrument_id": version.instrument_id, "version_number": version.version_number}
        return Response(named | _file(self.made(version), self.media_type))


class InstrumentMt300(InstrumentFpml):
    """A forward or a non-deliverable forward as an MT300; read in again it is the same trade. 409 for every other kind,
    for digits that the fields do not hold, and for a rate near 1 whose direction :36: cannot say."""

    permission_classes = (OfEntities,)
    operation = "instruments_mt300"
    response_schema = Mt300Serializer
    media_type = "text/plain"
    made = staticmethod(exporting.as_mt300)


class OrePortfolio(ApiView):
    """The live book on a day, approved versions alone, as a portfolio of Open Source Risk Engine."""

    permission_classes = (OfEntities,)
    operation = "portfolio_ore"
    response_schema = OrePortfolioSerializer
    parameters = (ENTITY, scopes.AS_OF, scopes.KNOWN_AT)
    status_code = 200

    def get(self, request: Request) -> Response:
        values = self.read_query(request)
        entity = values.get("entity") or ""
        if entity and documents.visible_entity(request.user, entity) is None:
            raise Http404
        point = scopes.of_point(request.user, values).point
        assert point is not None
        found = exporting.as_ore(documents.live_book(request.user, point, entity), point.as_of_date)
        return Response(
            {
                "as_of_date": point.as_of_date,
                "trade_count": found.trade_count,
                "left_out": [asdict(one) for one in found.left_out],
                **_file(found.file, "application/xml"),
            }
        )


def _file(made: exporting.File, media_type: str) -> dict[str, Any]:
    return {
        "file_name": made.name,
        "media_type": media_type,
        "digest": made.digest,
        "content": made.content.decode(),
    }
