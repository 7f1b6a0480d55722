"""Runs, imports and the change log are filtered by their address, and a view of any list can be kept."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import book, importing, night
from tests.factories.web import signed_in

pytestmark = pytest.mark.django_db


def rows(name: str, client: Client | None = None, **asked: str) -> int:
    answer = (client or signed_in("ADMINISTRATOR")).get(reverse(name), asked)
    assert answer.status_code == 200
    body = re.search(r"<tbody>(.*?)</tbody>", answer.content.decode(), re.S)
    return body.group(1).count("<tr") if body else 0


def test_runs_are_filtered() -> None:
    for back in (2, 1, 0):
        night.published(as_of=book.TODAY - timedelta(days=back))
    assert rows("runs") == 3
    assert rows("runs", since=f"{book.TODAY - timedelta(days=1)}") == 2
    assert rows("runs", until=f"{book.TODAY - timedelta(days=2)}") == 1
    assert rows("runs", kind="CLOSE") == 0
    assert rows("runs", status="PUBLISHED") == 3
    assert rows("runs", status="FAILED") == 0


def test_imports_are_filtered() -> None:
    entity, _ = book.entity(), book.risk()
    importing.committed(importing.csv(importing.row("A-1", entity)), actor=book.user("ADMINISTRATOR"))
    assert rows("imports") == 1
    assert rows("imports", status="COMMITTED") == 1
    assert rows("imports", status="STAGED") == 0
    assert rows("imports", q="nothing like it") == 0
    assert rows("imports", since="2199-01-01") == 0


def test_the_change_log_is_filtered_by_days() -> None:
    first, last = (book.exposure(of=book.entity()).recorded_at.date() for _ in range(2))
    client, asked = signed_in("ADMINISTRATOR"), {"action": "test."}
    every = rows("changes", client, **asked)
    assert every > 0
    assert rows("changes", client, since=f"{first}", until=f"{last}", **asked) == every
    assert rows("changes", client, since=f"{last + timedelta(days=1)}", **asked) == 0
    assert rows("changes", client, until=f"{first - timedelta(days=1)}", **asked) == 0


@pytest.mark.parametrize("name", ["position", "policies", "runs", "imports", "people"])
def test_a_view_of_any_list_can_be_kept(name: str) -> None:
    night.small_book(1)
    page = signed_in("ADMINISTRATOR").get(reverse(name)).content.decode()
    assert "Keep this view" in page
