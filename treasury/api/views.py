"""The one way a resource is read: a list in pages and single objects, by declared fields and parameters.

A resource is a class with a serializer, a key and one query; it is put in its place twice by `routes.resource`.
"""

from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.cache import add_never_cache_headers
from rest_framework import serializers
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from treasury.api import pages, parameters, rate_limits, rows, scopes, tags
from treasury.api.parameters import Parameter
from treasury.api.permissions import NotDeclared
from treasury.api.rows import Row
from treasury.api.schema import ReadSchema
from treasury.api.scopes import Scope


class ApiView(APIView):
    """What every view under /api/v1/ has in common: a place in the contract, and nobody who may use it. A class below
    says who (treasury/api/permissions.py)."""

    schema = ReadSchema()
    permission_classes: ClassVar[Sequence[type[BasePermission]]] = (NotDeclared,)
    operation = ""
    #: Whether an answer has the ETag of a thing, by which that is changed.
    shows_tag = False
    counted: rate_limits.Count | None = None
    parameters: ClassVar[Sequence[Parameter]] = ()

    def takes(self, method: str | None) -> bool:
        """Whether there is such a thing to do here; everything else is 405 for whoever is signed in."""
        return method == "OPTIONS" or hasattr(self, str(method).lower())

    def perform_authentication(self, request: Request) -> None:
        super().perform_authentication(request)
        self.counted = rate_limits.count(request)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """No answer is kept on the way, a refusal neither; each says how many more requests there may be."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        add_never_cache_headers(answer)
        if self.counted is not None:
            for name, text in self.counted.headers.items():
                answer[name] = text
        return answer

    def query_parameters(self) -> list[Parameter]:
        return list(self.parameters)

    def read_query(self, request: Request) -> dict[str, Any]:
        return parameters.read(self.query_parameters(), request.query_params)


class Resource(ApiView):
    """A resource of the book. `key` are local columns that give the rows one order; the last names an object.

    `rows` is its one query, already scoped to the entities of the user. `tagged` is the thing that a single object
    shows, whose state its ETag names.
    """

    detail = False
    serializer: type[serializers.Serializer]
    detail_serializer: type[serializers.Serializer] | None = None
    key: ClassVar[tuple[str, ...]] = ("id",)
    descending = False
    keys_first = False
    tagged: ClassVar[type[Model] | None] = None
    scope_parameters: ClassVar[tuple[Parameter, ...]] = ()
    scope_fields: ClassVar[dict[str, serializers.Field]] = {}

    @property
    def shows_tag(self) -> bool:  # type: ignore[override]
        return self.detail and self.tagged is not None

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        raise NotImplementedError

    def scope(self, values: dict[str, Any]) -> Scope:
        return scopes.of_nothing(self.request.user, values)

    def known(self, scope: Scope) -> "QuerySet[Any]":
        """The rows that were there at the time that the scope says."""
        return self.rows(scope)

    def filtered(self, found: "QuerySet[Any]", scope: Scope, values: dict[str, Any]) -> "QuerySet[Any]":
        """Those that the parameters ask for."""
        return found.filter(**parameters.lookups(self.parameters, values))

    def attach(self, found: list[Row], scope: Scope) -> None:
        """Fills the nested lists of a page, a query each, however many rows there are."""

    def as_then(self, found: list[Row], scope: Scope) -> None:
        """Takes out of a page what was not known then."""

    def located(self, queryset: "QuerySet[Any]", where: dict[str, Any]) -> "QuerySet[Any]":
        return queryset.filter(**{self.key[-1]: where["key"]})

    def query_parameters(self) -> list[Parameter]:
        if self.detail:
            return list(self.scope_parameters)
        return [*self.scope_parameters, *self.parameters, pages.PAGE_SIZE, pages.cursor(self.key)]

    def row_serializer(self) -> type[serializers.Serializer]:
        return (self.detail and self.detail_serializer) or self.serializer

    def get(self, request: Request, **where: Any) -> Response:
        values = self.read_query(request)
        scope = self.scope(values)
        if not self.detail:
            return Response(self.page(scope, values, where))
        return self.told(request, self.one(scope, where), where["key"], scope)

    def told(self, request: Request, row: Row, key: Any, scope: Scope) -> Response:
        """With the tag of the thing, where it has one."""
        if self.tagged is None:
            return Response(row)
        known = tags.states(self.tagged, [key], known_at=scope.known_at)
        return tags.answered(request, row, known.get(key, tags.State()))

    def one(self, scope: Scope, where: dict[str, Any]) -> Row:
        how = rows.plan(self.row_serializer())
        found = [how.row(row) for row in self.located(self.known(scope), where).values_list(*how.columns)[:1]]
        if not found:
            raise Http404
        self.attach(found, scope)
        self.as_then(found, scope)
        return found[0]

    def page(self, scope: Scope, values: dict[str, Any], where: dict[str, Any]) -> Row:
        queryset = self.filtered(self.known(scope), scope, values)
        if "cursor" in values:
            queryset = pages.start_after(queryset, self.key, values["cursor"], descending=self.descending)
        how = rows.plan(self.row_serializer(), self.key)
        size = values["page_size"]
        ordered = pages.in_order(queryset, self.key, descending=self.descending)
        if self.keys_first:
            keys = list(ordered.values_list("pk", flat=True)[: size + 1])
            page = queryset.model._default_manager.filter(pk__in=keys)
            ordered = pages.in_order(page, self.key, descending=self.descending)
        found = list(ordered.values_list(*how.columns)[: size + 1])
        following = how.key_of(found[size - 1]) if len(found) > size else None
        results = [how.row(row) for row in found[:size]]
        self.attach(results, scope)
        self.as_then(results, scope)
        return scope.shown | {"next": self.next_address(scope, following), "results": results}

    def next_address(self, scope: Scope, key: tuple[Any, ...] | None) -> str | None:
        if key is None:
            return None
        query = self.request.query_params.dict() | scope.pinned | {"cursor": pages.cursor_of(key)}
        return self.request.build_absolute_uri(f"{self.request.path}?{urlencode(query)}")


class VersionedResource(Resource):
    """A thing with versions: as the one that counts on `as_of`, as known at `known_at`.

    A page finds its keys first, in a statement of its own, and joins what it shows to those alone. In one piece the
    database misjudges the choice of versions: with the joins beside it, it reads the whole book (300,000 exposures,
    those of one entity: 4.9 s against 0.03 s); with the keys as a subquery it takes them for a handful and compares
    each row with each (a page of 1,000: 120 ms against 23 ms).
    """

    keys_first = True
    scope_parameters = (scopes.AS_OF, scopes.KNOWN_AT)
    scope_fields: ClassVar[dict[str, serializers.Field]] = {
        "as_of_date": serializers.DateField(),
        "known_at": serializers.DateTimeField(allow_null=True),
    }

    def scope(self, values: dict[str, Any]) -> Scope:
        return scopes.of_point(self.request.user, values)


class ResultResource(Resource):
    """A result family: the rows of one run."""

    scope_parameters = (scopes.RUN, scopes.AS_OF, scopes.KNOWN_AT)
    scope_fields: ClassVar[dict[str, serializers.Field]] = {"run": scopes.RunReference(allow_null=True)}

    def scope(self, values: dict[str, Any]) -> Scope:
        return scopes.of_run(self.request.user, values)


class Versions(Resource):
    """Every version of one thing, the newest first, each with its author and its decision. The ETag is the thing's,
    also where none of its versions counts yet."""

    descending = True
    key: ClassVar[tuple[str, ...]] = ("version_number",)
    parameters = (
        parameters.Parameter("known_at", scopes.KNOWN_AT.meaning, "time", lookup="recorded_at__lte"),
        parameters.Parameter(
            "as_of", "Those that begin to count by this business date.", "date", lookup="valid_from__lte"
        ),
    )
    thing: str

    def scope(self, values: dict[str, Any]) -> Scope:
        return Scope(self.request.user, known_at=values.get("known_at"))

    @property
    def shows_tag(self) -> bool:  # type: ignore[override]
        return self.tagged is not None

    def get(self, request: Request, **where: Any) -> Response:
        values = self.read_query(request)
        scope = self.scope(values)
        return self.told(request, self.page(scope, values, where), where["key"], scope)

    def page(self, scope: Scope, values: dict[str, Any], where: dict[str, Any]) -> Row:
        self.where = where
        found = super().page(scope, values, where)
        if not found["results"] and not self.rows(scope).exists():
            raise Http404
        return found

    def attach(self, found: list[Row], scope: Scope) -> None:
        """A decision that came after `known_at` was not known then."""
        for row in found:
            if scope.known_at and row["decided_at"] and row["decided_at"] > scope.known_at:
                row |= {"decision": None, "decided_at": None, "decided_by": None}
