"""Pages by key: every row once, in one order, with a number of queries that no size changes."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import api, book, night

pytestmark = pytest.mark.django_db
#: Rows 1: token and owner, role; then what the list itself reads: of things with versions first which ones.
QUERIES = {
    "entities/": 3,
    "counterparties/": 3,
    "risks/": 3,
    "policies/": 6,
    "exposures/": 5,
    "instruments/": 5,
    "hedge-relationships/": 7,
    "market-quotes/": 3,
    "runs/": 3,
    "audit-events/": 4,
    "valuations/": 4,
    "hedge-ratios/": 4,
    "horizon-profiles/": 5,
    "effectiveness-results/": 4,
}


def queries_of(caller: api.Caller, path: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as captured:
        rows = caller.rows(path, page_size=1000)
    return len(captured), len(rows)


@pytest.mark.parametrize("path", QUERIES)
def test_a_list_of_three_costs_the_queries_of_a_list_of_one(path: str) -> None:
    night.small_book(1)
    caller = api.by_token("AUDITOR")
    caller.rows("entities/")  # the token's first use is noted by an UPDATE
    small, rows_before = queries_of(caller, path)
    grow()
    large, rows_after = queries_of(caller, path)
    assert (small, large) == (QUERIES[path], QUERIES[path])
    if path != "market-quotes/":
        assert rows_after > rows_before


def grow() -> None:
    """Three more of everything, and a newer published night over all of it."""
    from datetime import timedelta

    entities = [book.entity() for _ in range(3)]
    risk = book.risk("GBPEUR")
    rows: list[Any] = []
    for entity in entities:
        exposure, forward = book.exposure(of=entity), book.forward(of=entity)
        version = book.relationship(of=entity, items=[(exposure, 1)], instruments=[(forward, -1)])
        book.policy(of=entity, risk=risk, bands=[(0, 12, "0.5", "0.65", "0.8")])
        rows += [night.valuation(forward), night.effectiveness(version), night.criterion(version)]
        rows += [night.bucket(entity, risk), night.ratio(entity, risk)]
    night.published(rows, as_of=book.TODAY + timedelta(days=1))


def test_pages_hold_every_row_once_in_the_order_of_the_list() -> None:
    entity = book.entity()
    for _ in range(7):
        book.exposure(of=entity)
    caller = api.by_token()
    whole = caller.read("exposures/", page_size=1000, entity=entity.code)
    assert whole["next"] is None
    seen: list[dict[str, Any]] = []
    page = caller.read("exposures/", page_size=3, entity=entity.code)
    sizes = []
    while True:
        seen += page["results"]
        sizes.append(len(page["results"]))
        if page["next"] is None:
            break
        answer = caller.client.get(page["next"].removeprefix("http://testserver"))
        assert answer.status_code == 200
        page = answer.json()
    assert sizes == [3, 3, 1]
    assert seen == whole["results"]


@pytest.mark.parametrize("path", ["hedge-ratios/", "horizon-profiles/", "audit-events/", "valuations/"])
def test_keys_of_several_columns_and_descending_ones_page_too(path: str) -> None:
    grow()
    caller = api.by_token("AUDITOR")
    whole = caller.rows(path, page_size=1000)
    seen: list[dict[str, Any]] = []
    address = f"/api/v1/{path}?page_size=2"
    while address:
        page = caller.client.get(address).json()
        seen += page["results"]
        address = (page["next"] or "").removeprefix("http://testserver")
    assert seen == whole
    assert len(whole) >= 3


def test_the_next_page_is_about_the_same_run_and_date_whatever_is_published_meanwhile() -> None:
    grow()
    caller = api.by_token()
    run = caller.read("valuations/", page_size=1)["run"]
    following = caller.read("valuations/", page_size=1)["next"]
    assert f"run={run['id']}" in following
    assert "as_of=2026-10-31" in caller.read("exposures/", page_size=1)["next"]


def test_a_page_reads_along_the_key_and_not_the_whole_book() -> None:
    """The plan of the versions that count has no sort and no pass over all versions' newest."""
    from exposures.queries import exposures
    from treasury.queries.known import Point

    entity = book.entity()
    for _ in range(5):
        book.exposure(of=entity)
    user = book.user("AUDITOR")
    query = exposures.at_point(user, Point(book.TODAY)).order_by("exposure_id").values_list("id")[:2]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = query.explain()
    assert "Unique" not in plan
