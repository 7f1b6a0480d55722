"""One queue of all that waits: every kind of the approvals page, whose it is, since when, and as it was known."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.urls import resolve, reverse
from django.urls.exceptions import NoReverseMatch

from exposures.web import waiting as of_exposures
from hedges.models import InstrumentVersionApproval
from hedges.queries import awaiting
from hedges.web import waiting as in_the_top_bar
from tests.factories import api, book, clock, closable, importing
from tests.hedges.api.desk.subjects import keys_of
from tests.hedges.api.desk.trading import NOW
from tests.hedges.api.workflow import test_roles
from tests.hedges.api.workflow.office import Office
from treasury.domain import approval

pytestmark = pytest.mark.django_db


def now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT hedgebook_now()")
        return cursor.fetchone()[0]


@pytest.fixture
def full() -> Any:
    """An office where something of every kind waits."""
    office = Office()
    with clock.at(NOW):
        test_roles.things(office)
        keys_of(office)
        book.exposure(of=office.entity, approve=False)
        book.relationship(
            of=office.entity, items=[(book.exposure(of=office.entity), 1)],
            instruments=[(book.forward(of=office.entity), -1)], approve=False,
        )  # fmt: skip
        file = importing.csv(*(importing.row(name, office.entity) for name in "ABC"))
        importing.committed(file, actor=office.people["treasurer"])
        yield office


def queue(caller: api.Caller, **query: Any) -> list[dict[str, Any]]:
    return caller.rows("awaiting/", **query)


def test_all_that_waits_is_in_it_once_with_where_it_is_decided(full: Office) -> None:
    rows = queue(full.by("auditor"))
    assert {row["resource"] for row in rows} >= set(awaiting.RESOURCES) - {
        "unrecovered-losses",
        "account-map-versions",
    }
    for row in rows:
        assert full.by("auditor").get(f"{row['resource']}/{row['id']}/").status_code == 200, row
        assert row["address"] == reverse(f"api-{row['resource']}-one", args=[row["id"]])
        assert resolve(f"{row['address']}approve/").func.cls.operation.endswith("_approve")
        assert row["entities"] == [full.entity.code]
    [imported] = [row for row in rows if row["resource"] == "imports"]
    assert (imported["versions"], imported["version_number"], imported["reference"]) == (
        3,
        None,
        "ERP book.csv",
    )
    assert imported["written_by"] == full.people["treasurer"].username
    assert not {row["reference"] for row in rows if row["resource"] == "exposure-versions"} & {"A", "B", "C"}


def test_it_is_what_the_approvals_page_counts(full: Office) -> None:
    class Book:
        entity_ids = [full.entity.pk]

        def link(self, path: str) -> str:
            return path

    parts = [*in_the_top_bar.waiting(Book()), *of_exposures.waiting(Book())]
    assert sum(part["count"] for part in parts) == len(queue(full.by("auditor")))


def test_a_kind_an_entity_a_page(full: Office) -> None:
    caller = full.by("auditor")
    rows = queue(caller)
    for resource in awaiting.RESOURCES:
        assert queue(caller, resource=resource) == [row for row in rows if row["resource"] == resource]
    assert queue(caller, entity=full.entity.code) == rows
    assert queue(caller, entity=full.other.code) == queue(caller, entity="NOSUCH") == []
    found, address = [], "/api/v1/awaiting/?page_size=2"
    while address:
        page = caller.client.get(address).json()
        assert len(page["results"]) <= 2
        found += page["results"]
        address = page["next"]
    assert found == rows
    assert caller.refused("awaiting/", cursor="1.2")["status"] == 400
    assert caller.refused("awaiting/", resource="exposures")["status"] == 400


def test_what_is_foreign_does_not_wait_for_a_stranger(full: Office) -> None:
    assert queue(full.by("stranger")) == []
    version = book.exposure(of=full.other, approve=False)
    assert [row["id"] for row in queue(full.by("stranger"))] == [version.pk]
    shared = importing.csv(importing.row("S1", full.entity), importing.row("S2", full.other))
    importing.committed(shared, actor=book.user("TREASURER"), name="both.csv")
    assert [row["id"] for row in queue(full.by("stranger"))] == [version.pk], (
        "an import that touches others too"
    )
    [both] = [row for row in queue(api.by_token("AUDITOR"), resource="imports") if len(row["entities"]) == 2]
    assert both["entities"] == sorted([full.entity.code, full.other.code])


def test_a_loss_waits_too() -> None:
    entity = book.entity()
    version = book.relationship(
        of=entity,
        items=[(book.exposure(of=entity), 600_000)],
        instruments=[(book.forward(of=entity), -600_000)],
    )
    stated = closable.loss_stated(version, approve=False)
    [row] = queue(api.by_token("AUDITOR", entity=entity))
    assert (row["resource"], row["id"], row["thing_id"]) == (
        "unrecovered-losses", stated.pk, version.relationship_id,
    )  # fmt: skip
    assert row["reference"] == version.relationship.code


def test_what_waited_then() -> None:
    entity, caller = book.entity(), api.by_token("AUDITOR")
    before = now()
    version = book.forward(of=entity, approve=False)
    between = now()
    approval.decide(versions=[version], approvals=InstrumentVersionApproval, actor=book.user("APPROVER"))
    assert queue(caller) == []
    assert queue(caller, known_at=before.isoformat()) == []
    [row] = queue(caller, known_at=between.isoformat())
    assert (row["id"], row["thing_id"], row["version_number"]) == (version.pk, version.instrument_id, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_many_wait(count: int, django_assert_num_queries: Any) -> None:
    entity = book.entity()
    caller = api.by_token("AUDITOR", entity=entity)
    for _ in range(count):
        book.forward(of=entity, approve=False)
        book.exposure(of=entity, approve=False)
    queue(caller)
    with django_assert_num_queries(4):
        rows = queue(caller)
    assert len(rows) == 2 * count
    assert [row["since"] for row in rows] == sorted(row["since"] for row in rows)


def test_every_kind_has_an_address_of_its_own() -> None:
    for resource in awaiting.RESOURCES:
        try:
            reverse(f"api-{resource}-one", args=[1])
        except NoReverseMatch:  # pragma: no cover
            pytest.fail(resource)
