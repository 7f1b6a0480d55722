"""Documents of trades: a confirmation comes in, is compared with the book, and becomes a trade or confirms one."""

import base64
import binascii
from dataclasses import asdict
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from hedges.api.document_fields import (
    MatchesSerializer,
    OriginalSerializer,
    ReadDocumentSerializer,
    TradeDocumentSerializer,
)
from hedges.domain.documents import deciding, receiving
from hedges.domain.documents.matching import Match
from hedges.domain.documents.problems import DocumentRefused
from hedges.enums import DocumentFormat, InstrumentKind
from hedges.models import TradeDocument
from hedges.queries import documents
from treasury.api.bodies import Body, Input, body
from treasury.api.links import Made
from treasury.api.parameters import Parameter, one_of
from treasury.api.permissions import OfEntities
from treasury.api.problems import problem
from treasury.api.recorded import RecordedResource
from treasury.api.scopes import KNOWN_AT, Scope
from treasury.api.views import ApiView
from treasury.api.writing import PREPARERS, Action, address, read_back, seen
from treasury.kernel.errors import InputError
from treasury.queries.as_known import recorded_by

#: Characters of 256 KiB in base64.
_MOST = 349_528
_EXAMPLE = {
    "entity": "DE01", "file_name": "confirmation.xml", "content": "PD94bWwgdmVyc2lvbj0iMS4wIj8+",
    "our_party": "party1",
}  # fmt: skip
DOCUMENT = body(
    Input("entity", "Code of the entity whose trade it is.", limit=100),
    Input("content", "The document as it came, base64: FpML 5 or SWIFT MT300, at most 256 KiB.", "base64", limit=_MOST),
    Input("file_name", "Its name, for people.", required=False, limit=400, blank=True, default=""),
    Input(
        "our_party", "What the entity is called in it: id, LEI, BIC, name, or A or B of an MT300. Not needed where the"
        " document has the entity's LEI.", required=False, limit=120, blank=True, default="",
    ),
    Input(
        "counterparty", "Code of the other party. Not needed where the document has its LEI.", required=False,
        limit=100, blank=True, default="",
    ),
    example=_EXAMPLE,
)  # fmt: skip
_REASON = Input("reason", "Goes into the audit event.", required=False, blank=True, default="")


class Documents(RecordedResource):
    """Documents of trades, the newest first."""

    permission_classes = (OfEntities,)
    operation = "documents"
    later = {"outcome__recorded_at": ("outcome", "instrument_id", "differences", "outcome_reason")}
    tagged = TradeDocument
    serializer = TradeDocumentSerializer
    descending = True
    parameters = (
        Parameter("entity", "Code of the entity.", lookup="entity__code"),
        Parameter("counterparty", "Code of the counterparty.", lookup="counterparty__code"),
        Parameter("digest", "The one with this SHA-256.", lookup="digest"),
        one_of("format", DocumentFormat, "Those of this format."),
        one_of("trade_kind", InstrumentKind, "Those of this kind of trade."),
        Parameter("instrument_id", "Those of this trade.", "integer", lookup="outcome__instrument_id"),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return documents.documents(scope.user)


class DocumentMatches(ApiView):
    """What the book has now of a kept document's trade: by its reference, else by counterparty, dates and amounts."""

    permission_classes = (OfEntities,)
    operation = "documents_matches"
    response_schema = MatchesSerializer
    parameters = (KNOWN_AT,)

    def get(self, request: Request, key: Any) -> Response:
        known_at = self.read_query(request).get("known_at")
        document = seen(recorded_by(_documents(request.user).filter(pk=key), known_at))
        try:
            found = receiving.read_again(document, known_at)[1]
        except DocumentRefused as refused:
            return _problem(refused)
        return Response({"document_id": document.pk, "matches": _matches(found)})


class DocumentOriginal(ApiView):
    """The bytes of a document as they came."""

    permission_classes = (OfEntities,)
    operation = "documents_original"
    response_schema = OriginalSerializer
    parameters = (KNOWN_AT,)

    def get(self, request: Request, key: Any) -> Response:
        known_at = self.read_query(request).get("known_at")
        document = seen(recorded_by(documents.documents(request.user).filter(pk=key), known_at))
        content = base64.b64encode(bytes(document.content)).decode()
        named = {name: getattr(document, name) for name in ("file_name", "digest")}
        return Response({"document_id": document.pk, "content": content, **named})


class _OfDocument(Action):
    """`told` is read, and what is wrong with a document is told place by place."""

    roles = PREPARERS
    body: ClassVar[Body] = DOCUMENT

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        entity = documents.visible_entity(self.request.user, told["entity"])
        if entity is None:
            raise Http404
        self.may_at(entity.pk)
        try:
            content = base64.b64decode(told["content"], validate=True)
        except (binascii.Error, ValueError):
            raise InputError("content", "base64", got="something else") from None
        try:
            return self.of_content(entity, content, told)
        except DocumentRefused as refused:
            return _problem(refused)

    def of_content(self, entity: Any, content: bytes, told: dict[str, Any]) -> Response:
        raise NotImplementedError


class PreviewDocument(_OfDocument):
    """Reads a document and compares it with the book. Nothing is kept."""

    operation = "documents_preview"
    response_schema = ReadDocumentSerializer
    status_code = 200
    saves = False

    def of_content(self, entity: Any, content: bytes, told: dict[str, Any]) -> Response:
        found, matches = receiving.look(
            entity=entity, content=content, our_party=told["our_party"], counterparty=told["counterparty"]
        )
        reading = found.reading
        return self.made(
            {
                "format": reading.format, "trade_kind": reading.trade.kind, "counterparty": found.counterparty.code,
                "our_reference": reading.us.reference, "their_reference": reading.them.reference,
                "terms": reading.trade.shown(), "matches": _matches(matches),
            }
        )  # fmt: skip


class ReceiveDocument(_OfDocument):
    """Keeps a document that can be read whole: 201, or 200 with the one that is there when the same bytes come again.
    What is malformed, hostile or unsupported is 400, every place named, and nothing is kept."""

    operation = "documents_receive"
    response_schema = TradeDocumentSerializer
    makes = Made("documents")
    answers = (200,)

    def of_content(self, entity: Any, content: bytes, told: dict[str, Any]) -> Response:
        received = receiving.receive(
            entity=entity, content=content, actor=self.request.user, file_name=told["file_name"],
            our_party=told["our_party"], counterparty=told["counterparty"],
        )  # fmt: skip
        key = received.document.pk
        row = read_back(Documents, self.request.user, key)
        return self.made(row, status=200 if received.again else 201, address=address("documents", key))


class _Deciding(Action):
    roles = PREPARERS
    response_schema = TradeDocumentSerializer
    makes = Made("documents")

    def found(self, where: dict[str, Any]) -> Any:
        return seen(_documents(self.request.user).filter(pk=where["key"]))

    def decided(self, document: TradeDocument) -> Response:
        row = read_back(Documents, self.request.user, document.pk)
        return self.made(row, address=address("documents", document.pk))


class RecordDocument(_Deciding):
    """Records the document's trade as a new instrument, which waits for a second person. What seems to be recorded
    already is refused unless `is_another` says that it is another trade."""

    operation = "documents_record"
    body = body(
        _REASON,
        Input(
            "is_another", "It is another trade than those it seems to be.", "boolean", False, default=False
        ),
        example={"reason": "Dealt by telephone.", "is_another": False},
    )

    def act(self, subject: TradeDocument, told: dict[str, Any]) -> Response:
        try:
            deciding.record(
                document=subject,
                actor=self.request.user,
                reason=told["reason"],
                is_another=told["is_another"],
            )
        except DocumentRefused as refused:
            return _problem(refused)
        return self.decided(subject)


class MatchDocument(_Deciding):
    """Says that the document confirms a recorded trade. Where they differ a reason is needed, and they are kept."""

    operation = "documents_match"
    body = body(
        Input("instrument", "Id of the trade.", "key"),
        _REASON,
        example={"instrument": 12, "reason": "The bank confirms the trade."},
    )

    def act(self, subject: TradeDocument, told: dict[str, Any]) -> Response:
        version = documents.instrument_version(self.request.user, told["instrument"])
        if version is None:
            raise Http404
        try:
            deciding.match(document=subject, version=version, actor=self.request.user, reason=told["reason"])
        except DocumentRefused as refused:
            return _problem(refused)
        return self.decided(subject)


def _documents(user: Any) -> "QuerySet[TradeDocument]":
    return documents.documents(user).select_related("entity", "counterparty")


def _matches(found: list[Match]) -> list[dict[str, Any]]:
    return [
        {
            "instrument_id": one.version.instrument_id,
            "external_reference": one.version.instrument.external_reference,
            "version_number": one.version.version_number,
            "matched_by": one.by,
            "differences": [asdict(difference) for difference in one.differences],
        }
        for one in found
    ]


def _problem(refused: DocumentRefused) -> Response:
    errors = [
        {"field": one.path, "code": one.code, "expected": one.expected, "got": one.got, "index": None}
        for one in refused.problems
    ]
    return problem(400, "document_refused", str(refused), errors=errors)
