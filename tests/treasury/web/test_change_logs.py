"""Change logs in words: roles of people, states of runs and of months."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import book
from tests.factories.web import signed_in
from treasury.domain import access
from treasury.enums import Role
from treasury.web.story import changes_said, events_table

pytestmark = pytest.mark.django_db


def log_of(client) -> str:
    html = client.get(reverse("people")).content.decode()
    return html[html.index('id="change-log"') :]


def test_people_have_their_roles_given_and_taken_on_their_page() -> None:
    entity = book.entity()
    person = book.user("TREASURER", entity=entity)
    administrator = book.user("ADMINISTRATOR", entity=entity)
    access.give_role(user=person, role=Role.APPROVER, entity=entity, actor=administrator)
    access.take_role(
        user=person, role=Role.APPROVER, entity=entity, actor=administrator, reason="Moved to Lyon."
    )
    log = log_of(signed_in(user=person))
    assert "Role: none → Approver" in log
    assert "Role: Approver → none" in log or "Access role taken" in log
    assert "Moved to Lyon." in log
    assert administrator.username in log
    stranger = log_of(signed_in(entity=book.entity()))
    assert person.username not in stranger
    assert "Moved to Lyon." not in stranger


@pytest.mark.parametrize("size", [1, 3])
def test_the_reads_of_people_do_not_grow(size: int) -> None:
    entity = book.entity()
    for _ in range(size):
        book.user("TREASURER", entity=entity)
    client = signed_in(entity=entity)
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("people"))
    assert len(asked) == 15


def test_a_state_row_is_told_in_words() -> None:
    change = {
        "old_values": {"run_id": None, "status": "OPEN", "closed_at": None, "closed_by_id": None},
        "new_values": {
            "run_id": 102, "status": "CLOSED", "closed_at": "2026-10-05T07:08:09.123+00:00", "closed_by_id": 7,
        },
    }  # fmt: skip
    said = changes_said([change])
    assert said == "Run: none → 102; Status: Open → Closed; Closed at: none → 2026-10-05 07:08"


def test_a_run_says_what_each_event_has_made_of_it() -> None:
    event = {"id": 1, "action": "treasury.run.published", "changes": []}
    column = next(one for one in events_table([event]).columns if one.key == "changed")
    assert column.show(event) == "Status: Running → Published"
