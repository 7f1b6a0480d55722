"""Readers of the feed of changes."""

from typing import Any

from django.db import connection

from tests.factories.api import Caller


def numbered() -> None:
    """What a commit does with what was written so far, for tests whose transaction is rolled back."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def read_all(caller: Caller, cursor: str | None = None, **query: Any) -> tuple[list[dict[str, Any]], str]:
    """Every change after a cursor, page by page as a consumer does, and the cursor to go on from."""
    found: list[dict[str, Any]] = []
    while True:
        page = caller.read("changes/", **query, **({"cursor": cursor} if cursor else {}))
        assert page["has_more"] is False or page["cursor"] != cursor
        found += page["results"]
        cursor = page["cursor"]
        if not page["has_more"]:
            return found, cursor
