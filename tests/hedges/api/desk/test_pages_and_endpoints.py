"""Everything that a page sends can be done by API: the table of docs/api.md is held to the resolver, both ways."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import URLResolver, get_resolver

from tests.treasury.api.test_every_route import ROUTES
from treasury.api.writing import Action

DOCUMENT = Path(__file__).parents[4] / "docs" / "api.md"
ONLY_A_PAGE = "only on the page: "
CODE = re.compile(r"`([^`]+)`")
KEY = re.compile(r"<(?:\w+:)?(\w+)>")


def table() -> dict[str, str]:
    """Page → what stands beside it."""
    text = DOCUMENT.read_text().partition("| page | endpoint |")[2].partition("\n\n")[0]
    rows = [line.strip("| ").split(" | ", 1) for line in text.splitlines()[2:]]
    return {page: told for pages, told in rows for page in CODE.findall(pages)}


def pages() -> Iterator[tuple[str, Any]]:
    """The pages that take a POST: the others refuse it before they ask who sends it."""

    def walk(prefix: str, patterns: list[Any]) -> Iterator[tuple[str, Any]]:
        for pattern in patterns:
            address = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(address, pattern.url_patterns)
            elif not address.startswith(("api/", "accounts/")):
                yield address, pattern

    for address, pattern in walk("", get_resolver().url_patterns):
        request = RequestFactory().post("/")
        request.user = AnonymousUser()
        told = dict.fromkeys(KEY.findall(address), "1")
        if pattern.callback(request, **told).status_code != 405:
            yield pattern.name, pattern


def endpoints(told: str) -> Iterator[str]:
    """`a/{key}/approve/`, `…/reject/`: the second stands where the first does."""
    previews = "each with `preview/`" in told
    base = ""
    for code in CODE.findall(told.partition(", each with")[0]):
        if code.startswith("…/"):
            address = base + code.removeprefix("…/")
        else:
            address, base = code, code.rstrip("/").rpartition("/")[0] + "/"
        yield address
        if previews:
            yield f"{address}preview/"


WRITES = {
    KEY.sub(r"{\1}", address)
    for address, callback in ROUTES
    if issubclass(callback.cls, Action)
}  # fmt: skip


def test_every_page_that_sends_something_has_its_endpoint() -> None:
    sending = {name for name, _ in pages()}
    assert len(sending) > 40, "the walk finds the pages"
    assert set(table()) == sending


@pytest.mark.parametrize("page", sorted(table()))
def test_each_endpoint_of_the_table_is_a_write_of_the_api(page: str) -> None:
    told = table()[page]
    if told.startswith(ONLY_A_PAGE):
        assert len(told) > len(ONLY_A_PAGE) + 10, "a reason"
        return
    named = set(endpoints(told))
    assert named
    assert named <= WRITES, named - WRITES


def test_the_verbs_of_a_page_are_all_there() -> None:
    """A page with a verb in its address stands for each of them."""
    from hedges.web.forms.instrument_life import FORMS, TAKE_BACK

    known = {"settle": "settle-part"}
    verbs = {known.get(verb, verb) for verb in FORMS if verb != TAKE_BACK}
    named = set(endpoints(table()["instrument-life"]))
    assert named == {f"instruments/{{key}}/{verb}/{last}" for verb in verbs for last in ("", "preview/")}
