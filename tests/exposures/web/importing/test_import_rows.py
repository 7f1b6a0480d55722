"""Every row of an import is seen before it is recorded: what it does, in pages, in files and by the API."""

import csv as tables
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import api, book, importing
from tests.factories.importing import csv, row
from tests.factories.web import signed_in

pytestmark = pytest.mark.django_db
OUTCOMES = ["NEW", "CHANGED", "UNCHANGED", "WRONG", "TWICE"]


@pytest.fixture
def found() -> Any:
    """One row of each kind, in this order; B has changed and C not."""
    book.risk()
    entity, actor = book.entity(), book.user("TREASURER")
    importing.committed(csv(row("B", entity, "5"), row("C", entity, "5")), actor=actor, name="before.csv")
    return importing.checked(
        csv(
            row("A", entity),
            row("B", entity, "7"),
            row("C", entity, "5"),
            row("D", entity, "x"),
            row("A", entity),
        ),
        actor=actor,
    )


def file_of(client: Any, found: Any, **asked: str) -> list[dict[str, str]]:
    answer = client.get(reverse("import-rows", args=[found.pk]), {"format": "csv", **asked})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return list(tables.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_each_row_says_what_it_does(found: Any) -> None:
    rows = file_of(signed_in(), found)
    assert [one["outcome"] for one in rows] == OUTCOMES
    said = [one["says"] for one in rows]
    assert said[0] == said[2] == ""
    assert said[1] == "amount 5 → 7"
    assert "amount in the marks chosen" in said[3]
    assert "stands in row 2 already" in said[4]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_filter_is_in_the_address(found: Any, outcome: str) -> None:
    assert len(file_of(signed_in(), found, outcome=outcome)) == 1
    page = signed_in().get(reverse("import", args=[found.pk])).content.decode()
    assert f"{reverse('import-rows', args=[found.pk])}?outcome={outcome}" in page


def test_by_api_the_same(found: Any) -> None:
    desk = api.by_session()
    rows = desk.rows(f"imports/{found.pk}/rows/")
    assert [one["outcome"] for one in rows] == OUTCOMES
    assert [len(one["problems"]) for one in rows] == [0, 0, 0, 1, 1]
    assert rows[3]["exposure_amount"] is None
    assert rows[1]["exposure_amount"] == "7"
    [wrong] = desk.rows(f"imports/{found.pk}/rows/", outcome="WRONG")
    assert wrong["external_reference"] == "D"


def test_a_page_holds_fifty_and_a_file_all_and_reads_grow_with_neither() -> None:
    book.risk()
    entity, actor, client = book.entity(), book.user("TREASURER"), signed_in()
    importing.committed(csv(*(row(f"R{n}", entity, "5") for n in range(60))), actor=actor, name="before.csv")
    counted = []
    for count in (3, 60):
        changed = importing.checked(
            csv(*(row(f"R{n}", entity, "7") for n in range(count))), actor=actor, name=f"{count}.csv"
        )
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("import-rows", args=[changed.pk])).content.decode()
        counted.append(len(queries))
        assert page.count("amount 5 → 7") == min(count, 50)
        assert len(file_of(client, changed, outcome="CHANGED")) == count
    assert counted[0] == counted[1]
    of_import = client.get(
        reverse("import", args=[changed.pk]), {"changed-exposures-the-first-of-format": "csv"}
    )
    content = b"".join(of_import.streaming_content) if of_import.streaming else of_import.content
    assert content.decode().count("amount 5 → 7") == 60
