"""Who may do what on the desk: every write × every role, the entity's own and those of others, from one table."""

from typing import Any

import orjson
import pytest

from tests.factories import api, book
from tests.hedges.api.desk.roles import ANYWHERE, IN_BODY, TABLE
from tests.hedges.api.desk.subjects import keys_of
from tests.hedges.api.workflow.office import Office
from tests.treasury.api.test_every_route import ROUTES
from treasury.api.writing import Action

pytestmark = pytest.mark.django_db
ROLES = ("TREASURER", "APPROVER", "HEDGE_ACCOUNTANT", "AUDITOR", "ADMINISTRATOR")


@pytest.fixture
def keys(office: Office) -> dict[str, Any]:
    return keys_of(office)


def filled(address: str, keys: dict[str, Any]) -> str:
    """`instruments/<key:key>/roll/` with the instrument's key."""
    return address.replace("<key:key>", str(keys.get(address.split("/")[0])))


def test_every_address_of_the_table_is_a_write() -> None:
    writes = {address for address, callback in ROUTES if issubclass(callback.cls, Action)}
    assert set(TABLE) <= writes


def test_each_role_does_what_is_its_own_and_nothing_else(office: Office, keys: dict[str, Any]) -> None:
    for role in ROLES:
        callers = api.by_token(role, entity=office.entity), api.by_token(role)
        for address, roles in TABLE.items():
            expected = 400 if role in roles else 403
            for who in callers:
                answer = who.send("POST", filled(address, keys), b'{"nothing": 1}')
                assert answer.status_code == expected, (address, role, answer.content)
                assert answer["Content-Type"] == "application/problem+json"


def test_what_is_foreign_is_not_there_even_with_the_right_role(office: Office, keys: dict[str, Any]) -> None:
    for address in TABLE:
        if "<key:key>" not in address or address in ANYWHERE:
            continue
        foreign = office.post("stranger", filled(address, keys))
        missing = office.post("stranger", filled(address, dict.fromkeys(keys, 999_999)))
        assert foreign.status_code == 404, (address, foreign.content)
        assert foreign.json() == missing.json()


def test_an_entity_in_a_body_is_there_for_its_own_people_only(office: Office) -> None:
    from treasury.domain import access

    reader = book.user("HEDGE_ACCOUNTANT", entity=office.other)
    access.give_role(user=reader, role="AUDITOR", entity=office.entity, actor=None)
    for address, body in IN_BODY.items():
        sent = body(office)
        refused = office.refused("stranger", address, sent, status=404)
        assert refused == office.refused("stranger", address, sent | {"entity": "NOSUCH"}, status=404)
        answer = api.by_token(user=reader).send("POST", address, orjson.dumps(sent))
        assert answer.status_code == 403, (address, answer.content)
