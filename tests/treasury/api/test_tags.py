"""A change is made to what was seen: entity tags, If-Match and If-None-Match."""

from typing import Any

import pytest

from hedges.api.account_maps import RecordAccountMap
from hedges.domain import account_map
from hedges.models import AccountMap, AccountMapVersion, HedgeRelationship
from tests.factories import api, book, clock
from tests.hedges.api.workflow.office import DECIDED, DESIGNATED, Office, decision, seen
from treasury.api import tags
from treasury.models import AuditEvent

pytestmark = pytest.mark.django_db
ACCOUNTS = {"valid_from": "2026-01-01", "accounts": [{"role": "DERIVATIVE", "code": "1410"}]}


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def where(office: Office) -> str:
    return f"entities/{office.entity.pk}/account-map/"


def recorded(office: Office, **headers: Any) -> Any:
    told = {name.replace("_", "-"): text for name, text in headers.items()}
    return office.by("preparer").post(where(office), ACCOUNTS, headers=told)


def test_the_tag_names_the_newest_event_and_how_much_there_is(office: Office) -> None:
    version = office.designated()
    path = f"hedge-relationship-versions/{version['id']}/"
    with clock.at(DESIGNATED):
        event, count = office.by("auditor").tag_of(path).strip('"').split("-")[0][1:].split(".")
    assert AuditEvent.objects.get(pk=int(event)).action == "hedges.relationship.designated"
    assert int(count) == 3  # the version, one allocation on each side
    office.approved(version)
    newer = office.by("auditor").tag_of(path)
    assert AuditEvent.objects.get(pk=int(newer.strip('"e').split(".")[0])).action.endswith("approved")
    assert newer.split("-")[0].endswith(".4")


def test_what_is_not_in_its_rows_does_not_change_it(office: Office) -> None:
    path = f"exposures/{office.item.exposure_id}/"
    before = office.by("auditor").tag_of(path)
    book.exposure(of=office.entity)
    office.designated()
    assert office.by("auditor").tag_of(path) == before


def test_a_change_needs_the_state_that_was_seen(office: Office) -> None:
    version = office.designated()
    path, body = decision(version, "approve"), seen(version)
    caller = office.by("approver")
    with clock.at(DECIDED):
        silent = caller.post(path, body, headers={"If-Match": None})
        assert (silent.status_code, silent.json()["code"]) == (428, "precondition_required")
        assert silent.json()["errors"][0]["field"] == "If-Match"
        current = caller.tag_of(f"hedge-relationship-versions/{version['id']}/")
        other = caller.post(path, body, headers={"If-Match": '"e1.1-00000000"'})
        assert (other.status_code, other.json()["code"]) == (412, "precondition_failed")
        assert other["ETag"].strip('"') == current.strip('"').split("-")[0]
        done = caller.post(path, body, headers={"If-Match": current})
    assert done.status_code == 200, done.content
    assert done["ETag"].split("-")[0] not in (current.split("-")[0], other["ETag"])
    assert done["ETag"] == caller.tag_of(f"hedge-relationship-versions/{version['id']}/")


def test_the_answer_to_a_creation_has_the_tag_of_what_was_made(office: Office) -> None:
    with clock.at(DESIGNATED):
        made = office.post("preparer", "hedge-relationships/designate/", office.designation())
    path = made["Location"].partition("/api/v1/")[2]
    assert made["ETag"] == office.by("auditor").tag_of(path)
    with clock.at(DECIDED):
        told = {"If-Match": made["ETag"]}
        approved = office.by("approver").post(f"{path}approve/", seen(made.json()), headers=told)
    assert approved.status_code == 200


@pytest.mark.parametrize(
    "given", ["e1", '"e1', "", '"a" "b"', "'e1'", '"e1",'],
)  # fmt: skip
def test_what_is_no_list_of_tags_is_refused(office: Office, given: str) -> None:
    recorded(office)
    refused = recorded(office, If_Match=given)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "If-Match")


def test_lists_weak_tags_and_any_state_are_read_as_the_rfc_says(office: Office) -> None:
    assert recorded(office, If_Match=None).status_code == 201  # there is no map yet whose state could be seen
    current = tags.state(AccountMap.objects.get())
    assert recorded(office, If_Match=f'W/"{current}"').status_code == 412
    assert recorded(office, If_Match=f'"e1.1", "{current}-ffffffff"').status_code == 201
    assert recorded(office, If_Match=f'"{current}"').status_code == 412
    assert recorded(office, If_Match="*").status_code == 201
    assert AccountMapVersion.objects.count() == 3


def test_a_change_by_another_in_between_is_seen_and_nothing_is_left(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Checked before, and again after the deed: here somebody else writes between the two."""
    recorded(office)
    current = tags.state(AccountMap.objects.get())
    act = RecordAccountMap.act

    def after_another(self: Any, subject: Any, told: dict[str, Any]) -> Any:
        given = {name: told[name] for name in ("valid_from", "valid_to")}
        with monkeypatch.context() as unwatched:
            unwatched.setattr("treasury.domain.audit._watched", _Nobody())
            account_map.record(
                entity=subject, accounts={"DERIVATIVE": {"code": "1", "name": ""}}, reason="meanwhile",
                actor=office.people["third"], **given,
            )  # fmt: skip
        return act(self, subject, told)

    monkeypatch.setattr(RecordAccountMap, "act", after_another)
    events = AuditEvent.objects.count()
    refused = recorded(office, If_Match=f'"{current}"')
    assert (refused.status_code, refused.json()["code"]) == (412, "precondition_failed")
    assert (AccountMapVersion.objects.count(), AuditEvent.objects.count()) == (1, events)


class _Nobody:
    """In place of the variable in which the request's own events are noted."""

    def get(self) -> None:
        return None


def test_what_the_caller_has_is_not_sent_again(office: Office) -> None:
    caller, path = office.by("auditor"), f"instruments/{office.forward.instrument_id}/"
    tag = caller.tag_of(path)
    for given in (tag, f'"x", W/{tag}', "*"):
        same = caller.send("GET", path, headers={"If-None-Match": given})
        assert (same.status_code, same.content, same["ETag"]) == (304, b"", tag), given
        assert "no-store" in same["Cache-Control"]
    for given in (tag.split("-")[0] + '"', '"x"', "x"):
        assert caller.send("GET", path, headers={"If-None-Match": given}).status_code == 200


def test_an_answer_about_another_day_has_another_tag(office: Office) -> None:
    """The same thing, but another version counts then: the state is one, the representation is not."""
    version = office.designated()
    office.approved(version)
    office.accounts()
    path = f"hedge-relationships/{version['relationship_id']}/"
    one = office.by("auditor").get(path, as_of="2026-08-01")
    assert office.by("auditor").get(path, as_of="2026-08-01")["ETag"] == one["ETag"]
    past = office.by("auditor").get(path, as_of="2026-08-01", known_at="2026-07-16T23:59:59Z")
    assert past.status_code in (200, 404)


def test_what_is_shown_as_it_was_known_is_not_the_state_that_is_changed(office: Office) -> None:
    """Who has read the book as of yesterday does not change today's with it."""
    version = office.approved(office.designated())
    path = f"hedge-relationship-versions/{version['id']}/"
    assert tags.states(HedgeRelationship, [version["relationship_id"]])
    now = office.by("auditor").tag_of(path)
    thing = HedgeRelationship.objects.get(pk=version["relationship_id"])
    event = AuditEvent.objects.filter(action="hedges.relationship.designated").get()
    then = tags.states(type(thing), [thing.pk], known_at=event.recorded_at)[thing.pk]
    assert then.event == event.pk
    assert then.count < tags.state(thing).count
    assert now


@pytest.mark.parametrize("count", [1, 3])
def test_the_states_of_many_things_are_one_query(
    office: Office, count: int, django_assert_num_queries: Any
) -> None:
    keys = [book.exposure(of=office.entity).exposure_id for _ in range(count)]
    thing = type(office.item.exposure)
    with django_assert_num_queries(1):
        found = tags.states(thing, keys)
    assert sorted(found) == sorted(keys)
    assert {state.count for state in found.values()} == {3}  # identity, version, approval


def test_foreign_things_are_missing_whatever_tag_is_sent(office: Office) -> None:
    version = office.designated()
    for told in ({"If-Match": "*"}, {"If-Match": None}, {"If-Match": '"e1.1"'}):
        answer = office.by("stranger").post(decision(version, "approve"), seen(version), headers=told)
        assert answer.status_code == 404


def test_a_test_of_a_relationship_needs_no_tag() -> None:
    office = Office()
    version = office.approved(office.designated())
    path = f"hedge-relationships/{version['relationship_id']}/test/"
    with clock.at(DECIDED):
        made = office.by("preparer").post(path, {"as_of_date": str(DECIDED)}, headers={"If-Match": None})
    assert made.status_code == 201, made.content
    assert made["ETag"] == api.by_token("AUDITOR").tag_of(made["Location"].partition("/api/v1/")[2])
