"""What belongs to other entities is as if it did not exist: in lists, by address, through filters."""

from typing import Any

import pytest

from tests.factories import api, book, night

pytestmark = pytest.mark.django_db
OF_ENTITY = (
    "entities/",
    "exposures/",
    "instruments/",
    "hedge-relationships/",
    "policies/",
    "valuations/",
    "hedge-ratios/",
    "horizon-profiles/",
    "effectiveness-results/",
)
SHARED = ("counterparties/", "risks/", "market-quotes/", "runs/")
MISSING = {"hedge-ratios/": "ENTITY.9999.0/", "horizon-profiles/": "9999.9999/"}


def key_of(resource: str, row: dict[str, Any]) -> Any:
    names = {"valuations/": "instrument_id", "effectiveness-results/": "relationship_id"}
    return row[names.get(resource, "id")]


@pytest.fixture
def other_book() -> dict[str, Any]:
    return night.small_book(2)


@pytest.mark.parametrize("resource", OF_ENTITY)
def test_a_foreign_row_is_absent_and_its_address_is_not_there(
    resource: str, other_book: dict[str, Any]
) -> None:
    code = other_book["entity"].code
    owner = api.by_token("TREASURER", entity=other_book["entity"])
    stranger = api.by_token("ADMINISTRATOR", entity=book.entity())
    rows = owner.rows(resource)
    assert rows
    assert [
        row for row in stranger.rows(resource) if code in (row["code"] if "lei" in row else row["entity"])
    ] == []
    missing = stranger.refused(resource + MISSING.get(resource, "9999/"))
    for row in rows:
        path = f"{resource}{key_of(resource, row)}/"
        assert owner.get(path).status_code == 200
        assert stranger.refused(path) == missing


@pytest.mark.parametrize("resource", ["exposures/", "instruments/", "hedge-relationships/", "policies/"])
def test_the_versions_of_a_foreign_thing_are_not_there(resource: str, other_book: dict[str, Any]) -> None:
    owner = api.by_token("TREASURER", entity=other_book["entity"])
    stranger = api.by_token("TREASURER", entity=book.entity())
    path = f"{resource}{owner.rows(resource)[0]['id']}/versions/"
    assert len(owner.rows(path)) == 1
    assert stranger.refused(path) == stranger.refused(f"{resource}9999/versions/")


@pytest.mark.parametrize("resource", [name for name in OF_ENTITY if name != "entities/"])
def test_an_auditor_of_the_group_reads_what_the_entity_reads(
    resource: str, other_book: dict[str, Any]
) -> None:
    owner = api.by_token("TREASURER", entity=other_book["entity"])
    assert api.by_token("AUDITOR").rows(resource, entity=other_book["entity"].code) == owner.rows(resource)


@pytest.mark.parametrize("resource", [name for name in OF_ENTITY if name != "entities/"])
def test_a_filter_that_names_a_foreign_entity_is_like_one_that_names_none(
    resource: str, other_book: dict[str, Any]
) -> None:
    stranger = api.by_token("TREASURER", entity=book.entity())
    foreign = stranger.read(resource, entity=other_book["entity"].code)
    nothing = stranger.read(resource, entity="NOSUCH")
    assert foreign["results"] == nothing["results"] == []


@pytest.mark.parametrize("resource", SHARED)
def test_what_belongs_to_nobody_is_read_by_every_role(resource: str, other_book: dict[str, Any]) -> None:
    assert api.by_token("AUDITOR", entity=book.entity()).get(resource).status_code == 200


def test_audit_events_are_those_of_ones_entities_and_of_nobody(other_book: dict[str, Any]) -> None:
    mine = book.entity()
    mine.refresh_from_db()
    other_book["risk"].refresh_from_db()
    own = book.exposure(of=mine)
    with_role = api.by_token("AUDITOR", entity=mine)
    ids = {row["id"] for row in with_role.rows("audit-events/", page_size=1000)}
    assert own.event_id in ids
    assert mine.event_id in ids
    assert other_book["risk"].event_id in ids
    foreign = other_book["exposures"][0].event_id
    assert foreign not in ids
    assert with_role.get(f"audit-events/{foreign}/").status_code == 404
    everything = {row["id"] for row in api.by_token("AUDITOR").rows("audit-events/", page_size=1000)}
    assert foreign in everything
