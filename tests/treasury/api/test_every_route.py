"""Every route × caller × method: read from the resolver, so that a new route is covered when it is made."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.views import APIView

from tests.factories import api, book, night
from treasury.api.bulk import BulkAction
from treasury.api.permissions import MayWrite, OfEntities, OfEverybody, OfOneself, SignedIn
from treasury.api.recorded import RecordedResource
from treasury.api.streams import Stream
from treasury.api.views import ApiView, Resource, ResultResource, VersionedResource, Versions
from treasury.api.writing import Action
from treasury.enums import Role

pytestmark = pytest.mark.django_db
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE")
#: Whoever asks for a token says in the form who it is: tests/treasury/api/test_oauth.py.
TOKEN = "oauth/token/"
#: What every address is made of: nothing that these say counts as said by the address.
FRAMEWORK = {
    APIView, ApiView, Resource, VersionedResource, ResultResource, Versions, RecordedResource, Stream, Action,
    BulkAction,
}  # fmt: skip
OPEN = {"schema/", "docs/", TOKEN}
KEY = re.compile(r"<(?:\w+:)?(\w+)>")
#: Writes are tested for each role where they belong: tests/hedges/api/workflow/test_roles.py.
WRITES = 200, 201, 202, 400, 403, 404, 409


def routes() -> Iterator[tuple[str, Any]]:
    def walk(prefix: str, patterns: list[Any]) -> Iterator[tuple[str, Any]]:
        for pattern in patterns:
            address = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(address, pattern.url_patterns)
            elif isinstance(pattern, URLPattern) and address.startswith("api/v1/"):
                yield address.removeprefix("api/v1/"), pattern.callback

    return walk("", get_resolver().url_patterns)


ROUTES = sorted((address, callback) for address, callback in routes() if "[" not in address)
ADDRESSES = [address for address, _ in ROUTES]


def filled(address: str, key: str = "1") -> str:
    if "measures/" in address:
        return KEY.sub("hedge_ratio", address)
    address = address.replace("<month:month>", "2026-09")
    if "costs-of-hedging/" in address:
        return KEY.sub(f"{key}.TIME_VALUE", address)
    if "hedge-ratios/" in address:
        return KEY.sub(f"ENTITY_RISK.{key}.{key}", address)
    return KEY.sub(f"{key}.{key}" if "horizon" in address else key, address)


def test_there_are_the_promised_resources() -> None:
    promised = (
        "entities counterparties risks exposures instruments hedge-relationships policies market-quotes runs valuations"
        " hedge-ratios horizon-profiles effectiveness-results audit-events measures measurements costs-of-hedging"
        " hedge-relationship-versions assessments assessment-decisions accounting-periods account-maps"
        " account-map-versions journal-entries journal-reversals roll-forwards disclosures reconciliations"
    )
    assert {f"{name}/" for name in promised.split()} <= set(ADDRESSES)


#: Whose the rows of an address are that reads; what computes from what it is told reads none.
READS = {OfEntities, OfEverybody, OfOneself, SignedIn, AllowAny}


def declared(view: type, given: dict[str, Any], name: str) -> Any:
    """What the route, its class or a class between that and the framework's bases says; these say nothing for it."""
    if name in given:
        return given[name]
    own = [parent for parent in view.__mro__ if parent not in FRAMEWORK and name in vars(parent)]
    return getattr(view, name) if own else None


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_view_declares_who_may_use_it(address: str) -> None:
    callback = dict(ROUTES)[address]
    view, given = callback.cls, callback.initkwargs
    if issubclass(view, Action):
        roles = declared(view, given, "roles")
        assert roles and set(roles) <= set(Role), f"{view} says no roles"
        assert declared(view, given, "permission_classes") is None, f"{view} is asked by its roles"
        assert view.permission_classes == (MayWrite,)
        return
    policy = declared(view, given, "permission_classes")
    assert policy is not None, f"{view} says nothing of who may use it"
    assert len(policy) == 1 and set(policy) <= READS
    assert (AllowAny in policy) == (address in OPEN)


def test_what_declares_nothing_is_closed_to_everybody() -> None:
    """A view or a write of its own, however it comes by a route, until it says who may use it."""

    class Forgotten(ApiView):
        def get(self, request: Any) -> Response:
            return Response({})

    class AlsoForgotten(Action):
        def act(self, subject: None, told: dict[str, Any]) -> Response:
            return Response({})

    book.entity()
    for role in Role.values:
        person = book.user(role)
        for view, method in ((Forgotten, "get"), (AlsoForgotten, "post")):
            request = getattr(APIRequestFactory(), method)("/api/v1/forgotten/", {}, format="json")
            force_authenticate(request, user=person)
            assert view.as_view()(request).status_code == 403, (role, view)


def test_a_stream_is_for_those_who_read_its_resource() -> None:
    routes = dict(ROUTES)
    for address in ADDRESSES:
        if address.endswith("/stream/"):
            of = routes[f"{address.partition('/')[0]}/"].cls
            assert routes[address].initkwargs["permission_classes"] == of.permission_classes, address


def test_nobody_reads_without_signing_in() -> None:
    caller = api.anonymous()
    for address in ADDRESSES:
        for method in METHODS:
            status = caller.send(method, filled(address)).status_code
            allowed = {200, 400, 405} if address == TOKEN else {200, 405} if address in OPEN else {401}
            assert status in allowed, (method, address, status)


@pytest.mark.parametrize("role", Role.values)
def test_every_role_reads_and_only_what_is_declared_writes(role: str) -> None:
    night.small_book()
    caller = api.by_token(role)
    for address in ADDRESSES:
        calculates = address.endswith("calculate/") or address == TOKEN
        writes = issubclass(dict(ROUTES)[address].cls, Action)
        for method in METHODS:
            answer = caller.send(method, filled(address))
            if method in ("GET", "HEAD"):
                allowed = {405} if calculates or writes else {200, 404}
            elif method == "OPTIONS":
                allowed = {200}
            elif method == "POST" and writes:
                allowed = set(WRITES) if role in dict(ROUTES)[address].cls.roles else {403}
            else:
                allowed = {400} if calculates and method == "POST" else {405}
            assert answer.status_code in allowed, (method, address, answer.status_code, answer.content)


def test_without_a_role_nothing_of_the_book_is_read() -> None:
    night.small_book()
    caller = api.by_token(None)
    for address in ADDRESSES:
        expected = {200, 403, 405} if "measures/" in address else {405} if address == TOKEN else {200, 403}
        status = caller.get(filled(address)).status_code
        assert status in expected, (address, status)
        if "measures" not in address and address not in OPEN:
            assert status == 403, address


def test_an_address_that_is_not_there_is_a_problem_document_too() -> None:
    caller = api.by_token()
    for path in (
        "",
        "nothing/",
        "entities/abc/",
        "entities/0/",
        "entities/99999999999999999999/",
        "a%00b/",
        "entities",
    ):
        problem = caller.refused(path)
        assert (problem["status"], problem["code"]) == (404, "not_found"), path
    assert api.anonymous().get("nothing/").status_code == 401
