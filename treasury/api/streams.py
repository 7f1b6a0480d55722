"""Whole tables as Parquet files or Arrow streams: a warehouse takes them once, and then follows the feed of changes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from django.urls import URLPattern, path
from drf_spectacular.types import OpenApiTypes
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request

from treasury.api import changes as feed
from treasury.api import tables
from treasury.api.parameters import Parameter
from treasury.api.recorded import AS_OF, DECIDED_LATER, Later
from treasury.api.rows import Row
from treasury.api.schema import ReadSchema
from treasury.api.scopes import KNOWN_AT, Scope
from treasury.api.tables import ARROW, PARQUET, Table
from treasury.api.views import ApiView, Resource, ResultResource
from treasury.queries import changes, streamed
from treasury.queries.known import Point

#: Follow the feed from here: everything before it is in the table.
CURSOR_HEADER, RUN_HEADER = "Hedgebook-Cursor", "Hedgebook-Run"
_MEDIA = {"parquet": PARQUET, "arrow": ARROW}
_FORMAT = Parameter(
    "format",
    "A file, or a stream that is read as it comes.",
    "choice",
    choices=tuple(_MEDIA),
    default="parquet",
)
_AS_OF = Parameter("as_of", "The versions that count on this date; without it every version.", "date")
_SINCE = Parameter(
    "changed_since", "Only rows that have changed since this cursor of the feed.", pattern=feed.CURSOR_PATTERN
)


class _Whatever(BaseContentNegotiation):
    """The parameter says the format; refusals are JSON."""

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        return next(iter(parsers))

    def select_renderer(self, request: Request, renderers: Iterable[Any], format_suffix: Any = None) -> Any:
        first = next(iter(renderers))
        return first, first.media_type


class _StreamSchema(ReadSchema):
    """The answer is bytes, in one of two forms."""

    def get_response_serializers(self) -> Any:
        refusals = {code: told for code, told in super().get_response_serializers().items() if code != 200}
        return {(200, media_type): OpenApiTypes.BINARY for media_type in _MEDIA.values()} | refusals


class Stream(ApiView):
    """The whole table, as Parquet or Arrow: each field with the type of the book's column, decimals exact. Of what has
    versions, every version with its author and the decision on it. `Hedgebook-Cursor` says where `changes/` goes on."""

    schema = _StreamSchema()
    content_negotiation_class = _Whatever
    response_schema = OpenApiTypes.BINARY
    of: type[Resource] | None = None
    resource = ""

    @property
    def operation(self) -> str:  # type: ignore[override]
        return f"{self.resource.replace('-', '_')}_stream"

    @property
    def answer_headers(self) -> tuple[str, ...]:
        return ("Content-Disposition", CURSOR_HEADER, *((RUN_HEADER,) if self.is_result else ()))

    @property
    def is_result(self) -> bool:
        return issubclass(self._of, ResultResource)

    @property
    def _of(self) -> type[Resource]:
        assert self.of is not None
        return self.of

    def query_parameters(self) -> list[Parameter]:
        if self.is_result:
            return [_FORMAT, *self._of.scope_parameters]
        versions = streamed.parent_of(self.resource)
        dated = [_AS_OF] if versions else [AS_OF] if getattr(self._of, "dated", "") else []
        return [_FORMAT, *dated, KNOWN_AT, _SINCE]

    def get(self, request: Request, **where: Any) -> HttpResponseBase:
        values = self.read_query(request)
        cursor = str(changes.end())
        view = self._of()
        view.request, view.kwargs = request, {}
        scope, found = self._results(view, values) if self.is_result else self._rows(view, values)
        made = tables.table(view.serializer, found.model)
        answer = StreamingHttpResponse(
            _sent(_MEDIA[values["format"]], made, found, view, scope), content_type=_MEDIA[values["format"]]
        )
        answer.headers[CURSOR_HEADER] = cursor
        if scope.run_id is not None:
            answer.headers[RUN_HEADER] = str(scope.run_id)
        name = f"{self.resource}.{'parquet' if values['format'] == 'parquet' else 'arrows'}"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    def _results(self, view: Resource, values: dict[str, Any]) -> tuple[Scope, "QuerySet[Any]"]:
        scope = view.scope(values)
        return scope, view.rows(scope).order_by(*view.key)

    def _rows(self, view: Resource, values: dict[str, Any]) -> tuple[Scope, "QuerySet[Any]"]:
        known_at = values.get("known_at")
        scope = Scope(self.request.user, known_at=known_at)
        found = streamed.known(view.rows(scope), known_at)
        if "as_of" in values:
            found = (
                streamed.counting(found, self.resource, Point(values["as_of"], known_at))
                if streamed.parent_of(self.resource)
                else found.filter(**{f"{self._of.dated}__lte": values["as_of"]})  # type: ignore[attr-defined]
            )
        if "changed_since" in values:
            found = streamed.changed_since(
                found, self.resource, feed.place(values["changed_since"], "changed_since")
            )
        return scope, found.order_by("pk")


def _sent(
    media_type: str, made: Table, found: "QuerySet[Any]", view: Resource, scope: Scope
) -> Iterator[bytes]:
    """Read by a cursor of the server, so that no more than a batch is in memory, here or there."""

    def shown(attached: list[Row]) -> None:
        view.attach(attached, scope)

    moves = scope.known_at is not None and getattr(view, "moves", False)
    later = _later(made, view) if scope.known_at and not moves else {}
    with transaction.atomic():
        rows = found.values_list(*made.columns, *later).iterator(chunk_size=tables.BATCH)
        known: Iterable[Sequence[Any]] = rows
        if moves:
            known = _state_then(rows, made, view, scope)
        elif scope.known_at:
            known = _as_then(rows, made, later, scope.known_at)
        yield from tables.written(media_type, made.schema, tables.batches(made, known, shown))


def _later(made: Table, view: Resource) -> Later:
    told: Later | None = getattr(view, "later", None)
    return (DECIDED_LATER if "decided_at" in made.places else {}) if told is None else told


def _as_then(
    rows: Iterable[tuple[Any, ...]], made: Table, later: Later, known_at: datetime
) -> Iterator[Sequence[Any]]:
    """What was added to a row after `known_at` was not known then."""
    width = len(made.columns)
    added = [[made.places[name] for name in names if name in made.places] for names in later.values()]
    for row in rows:
        cells = list(row[:width])
        for places, time in zip(added, row[width:], strict=True):
            if time is not None and time > known_at:
                for place in places:
                    cells[place] = None
        yield cells


def _state_then(
    rows: Iterable[tuple[Any, ...]], made: Table, view: Resource, scope: Scope
) -> Iterator[Sequence[Any]]:
    """State rows with the columns that they had, as their list shows them."""
    source = iter(rows)
    while taken := list(islice(source, tables.BATCH)):
        shown = [made.plan.row(values) for values in taken]
        view.as_then(shown, scope)
        for values, row in zip(taken, shown, strict=True):
            cells = list(values)
            for name, place in made.places.items():
                cells[place] = row[name]
            yield cells


def streams(of: Mapping[str, type[Resource]]) -> list[URLPattern]:
    """The addresses of these tables, by the names of their resources."""
    return [
        path(
            f"{name}/stream/",
            Stream.as_view(of=view, resource=name, permission_classes=view.permission_classes),
            name=f"api-{name}-stream",
        )
        for name, view in of.items()
    ]
