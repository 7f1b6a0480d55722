"""Imports and saved mappings of other entities' people: not there, and the same bytes say nothing of whose they are."""

from collections.abc import Callable
from typing import Any

import pytest

from exposures.domain.importing import checking, receiving
from exposures.models import Import, ImportMapping
from tests.exposures.api.test_imports import HOW, done, received
from tests.factories import api, book, importing
from treasury.domain import access
from treasury.domain.refusals import Refusal
from treasury.models import Entity, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Entity, Entity]:
    book.risk()
    return book.entity(), book.entity()


def staged(content: bytes, by: User) -> Import:
    return importing.checked(content, actor=by)


def committed(content: bytes, by: User) -> Import:
    return importing.committed(content, actor=by)


@pytest.mark.parametrize("state", [staged, committed])
def test_bytes_that_are_there_already_name_no_foreign_import(
    two: tuple[Entity, Entity], state: Callable[[bytes, User], Import]
) -> None:
    home, other = two
    content = importing.csv(importing.row("A", other))
    there = state(content, book.user("TREASURER", entity=other))
    stranger = book.user("TREASURER", entity=home)
    told = received(api.by_token(user=stranger), content, 409)
    assert (told["code"], told["detail"]) == ("refused", receiving.NOT_YOURS)
    own = importing.checked(importing.csv(importing.row("B", home)), actor=stranger)
    with pytest.raises(Refusal) as refusal:
        receiving.mend_by_file(
            import_id=own.pk, name="a.csv", content=content, actor=stranger, attempt=own.attempt
        )
    assert (type(refusal.value), str(refusal.value)) == (Refusal, receiving.NOT_YOURS)
    assert Import.objects.count() == 2
    assert received(api.by_token("TREASURER", entity=other), content, 200)["id"] == there.pk


def test_an_import_is_seen_with_its_entities_whoever_began_it(two: tuple[Entity, Entity]) -> None:
    """A key for less, and a person who has lost the role since then, do not see what they began."""
    home, other = two
    person = book.user("TREASURER", entity=home)
    access.give_role(user=person, role="TREASURER", entity=other, actor=None)
    found = staged(importing.csv(importing.row("A", other)), person)
    whole, less = api.by_token(user=person), api.by_token(user=person, entities=[home])
    for path in ("", "changes/", "problems/", "effect/", "original/"):
        assert whole.get(f"imports/{found.pk}/{path}").status_code == 200, path
        assert less.refused(f"imports/{found.pk}/{path}") == less.refused(f"imports/999999/{path}")
    assert (len(whole.rows("imports/")), less.rows("imports/")) == (1, [])
    access.take_role(user=person, role="TREASURER", entity=other, actor=None)
    assert whole.rows("imports/") == []
    assert whole.get(f"imports/{found.pk}/").status_code == 404
    begun = received(whole, b"no,entity\n")
    assert [one["id"] for one in whole.rows("imports/")] == [begun["id"]]


def saved(name: str, by: User, **fixed: str) -> ImportMapping:
    layout = importing.layout(fixed=fixed).with_headings(list(importing.HEADER))
    return checking.save_mapping(source_system="ERP", name=name, layout=layout, actor=by)


def test_mappings_are_those_of_people_of_ones_entities(two: tuple[Entity, Entity]) -> None:
    home, other = two
    mine, colleague, stranger, group = (
        book.user("TREASURER", entity=home), book.user("APPROVER", entity=home),
        book.user("TREASURER", entity=other), book.user("TREASURER"),
    )  # fmt: skip
    kept = [
        saved("mine", mine), saved("a colleague's", colleague), saved("for us", group, entity=home.code),
        saved("the group's", group), saved("for them", group, entity=other.code), saved("theirs", stranger),
    ]  # fmt: skip
    caller = api.by_token(user=mine)
    names = {row["name"] for row in caller.rows("import-mappings/")}
    assert names == {"mine", "a colleague's", "for us", "the group's"}
    assert {row["name"] for row in api.by_token(user=group).rows("import-mappings/")} == {
        one.name for one in kept
    }
    for one in kept:
        status = caller.get(f"import-mappings/{one.pk}/").status_code
        assert status == (200 if one.name in names else 404), one.name
    theirs, missing = (caller.refused(f"import-mappings/{key}/") for key in (kept[-1].pk, 999_999))
    assert theirs == missing
    bound = api.by_token(user=group, entities=[other])
    assert {row["name"] for row in bound.rows("import-mappings/")} == {"the group's", "for them", "theirs"}


def test_a_foreign_mapping_reads_no_file(two: tuple[Entity, Entity]) -> None:
    home, other = two
    foreign = saved("theirs", book.user("TREASURER", entity=other))
    caller = api.by_token("TREASURER", entity=home)
    made = received(caller, importing.csv(importing.row("A", home)))
    path = f"imports/{made['id']}/describe/"
    told = [
        done(caller, path, {"mapping": key, "valid_from": "2026-02-01"}, 400)["errors"][0] | {"got": ""}
        for key in (foreign.pk, 999_999)
    ]
    assert told[0] == told[1]
    own = saved("ours", book.user("TREASURER", entity=home))
    assert done(caller, path, {"mapping": own.pk, "valid_from": "2026-02-01"})["is_checked"]
    assert done(caller, path, HOW)["is_checked"]


def test_the_page_offers_no_foreign_mapping(two: tuple[Entity, Entity], client: Any) -> None:
    from tests.factories.web import BACKEND

    home, other = two
    person = book.user("TREASURER", entity=home)
    saved("Theirs of May", book.user("TREASURER", entity=other))
    saved("Ours of May", book.user("TREASURER", entity=home))
    made = received(api.by_token(user=person), importing.csv(importing.row("A", home)))
    client.force_login(person, backend=BACKEND)
    page = client.get(f"/exposures/imports/{made['id']}/layout/").content.decode()
    assert "Ours of May" in page
    assert "Theirs of May" not in page
