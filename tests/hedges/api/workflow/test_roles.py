"""Who may do what: every write of the API × every role, the entity's own and those of others."""

from datetime import date
from typing import Any

import orjson
import pytest

from hedges.domain import reversal
from hedges.domain.documents import receiving
from hedges.models import AccountMapVersion
from tests.exposures.api import roles as exposures
from tests.factories import accounting, api, book
from tests.hedges.api.desk import roles as desk
from tests.hedges.api.workflow.office import Office
from tests.hedges.documents import samples
from tests.treasury.api.test_every_route import ROUTES
from treasury.api.writing import DECIDERS, EITHER, PREPARERS, Action

pytestmark = pytest.mark.django_db
ROLES = ("TREASURER", "APPROVER", "HEDGE_ACCOUNTANT", "AUDITOR", "ADMINISTRATOR")
PREPARE, DECIDE, BOTH = (
    {str(one) for one in PREPARERS},
    {str(one) for one in DECIDERS},
    {str(one) for one in EITHER},
)
TABLE = {
    "hedge-relationships/designate/": PREPARE,
    "hedge-relationships/designate/preview/": PREPARE,
    "hedge-relationships/{relationship}/rebalance/": PREPARE,
    "hedge-relationships/{relationship}/rebalance/preview/": PREPARE,
    "hedge-relationships/{relationship}/discontinue/": PREPARE,
    "hedge-relationships/{relationship}/discontinue/preview/": PREPARE,
    "hedge-relationships/{relationship}/de-designate/": PREPARE,
    "hedge-relationships/{relationship}/de-designate/preview/": PREPARE,
    "hedge-relationships/{relationship}/test/": BOTH,
    "hedge-relationships/{relationship}/decide/": DECIDE,
    "hedge-relationships/{relationship}/state-loss/": PREPARE,
    "hedge-relationships/{relationship}/state-loss/preview/": PREPARE,
    "hedge-relationship-versions/{version}/approve/": DECIDE,
    "hedge-relationship-versions/{version}/reject/": DECIDE,
    "hedge-relationship-versions/{version}/accept-late/": DECIDE,
    "entities/{entity}/account-map/": PREPARE,
    "account-map-versions/{map}/approve/": DECIDE,
    "account-map-versions/{map}/reject/": DECIDE,
    "entities/{entity}/periods/2026-07/close/": PREPARE,
    "journal-entries/{entry}/reverse/": PREPARE,
    "journal-reversals/{reversal}/approve/": DECIDE,
    "journal-reversals/{reversal}/reject/": DECIDE,
    "documents/receive/": PREPARE,
    "documents/preview/": PREPARE,
    "documents/{document}/record/": PREPARE,
    "documents/{document}/match/": PREPARE,
}
#: Who does these is tested with them: test_{webhooks_api,market_writes,unrecovered_losses,manual_quotes}.
ELSEWHERE = ("webhooks/", "market-quotes/", "credit-facts/", "unrecovered-losses/", "manual-quotes/")

#: The entity stands in the body.
DESIGNATIONS = ("hedge-relationships/designate/", "hedge-relationships/designate/preview/")
IN_BODY = (*DESIGNATIONS, "documents/receive/", "documents/preview/")


@pytest.fixture
def keys(office: Office) -> dict[str, Any]:
    return things(office)


def things(office: Office) -> dict[str, Any]:
    """One thing of each kind that hedge accounting writes to, of the office's entity."""
    version = book.relationship(
        of=office.entity, items=[(office.item, 600_000)], instruments=[(office.forward, -600_000)]
    )
    legs = [("DERIVATIVE", "-100"), ("CASH_FLOW_HEDGE_RESERVE", "100")]
    (entry,) = accounting.closed_month(
        office.entity, date(2026, 6, 1), [accounting.Entry(version, "REMEASUREMENT", legs)]
    )
    proposed = reversal.propose(
        entry=entry, actor=office.people["third"], reason="wrong", entry_date=date(2026, 7, 1)
    )
    document = receiving.receive(
        entity=office.entity, content=samples.fpml(ours=office.entity.lei, theirs=office.bank.lei),
        actor=office.people["preparer"],
    ).document  # fmt: skip
    return {
        "document": document.pk, "relationship": version.relationship_id,
        "version": version.pk, "entity": office.entity.pk,
        "map": office.accounts()["id"], "entry": entry.pk, "reversal": proposed.pk,
    }  # fmt: skip


def sent(address: str, office: Office) -> bytes:
    """Refused for its body by whoever may do it; the entity of a designation stands in the body."""
    is_designation = "designate/" in address and "de-designate/" not in address
    return orjson.dumps(office.designation(items=[]) if is_designation else {"nothing": 1})


def test_the_table_has_every_write() -> None:
    shapes = (
        {address for address, callback in ROUTES if issubclass(callback.cls, Action)}
        - set(desk.TABLE)
        - set(exposures.TABLE)
    )
    shapes = {address for address in shapes if not address.startswith(ELSEWHERE)}
    assert len(shapes) == len(TABLE)
    for address in TABLE:
        last = [part for part in address.split("/") if part and "{" not in part]
        assert any(all(f"{part}/" in shape or part == "2026-07" for part in last) for shape in shapes), (
            address
        )


@pytest.mark.parametrize("role", ROLES)
def test_each_role_does_what_is_its_own_and_nothing_else(office: Office, keys: dict, role: str) -> None:
    caller = api.by_token(role, entity=office.entity)
    group = api.by_token(role)
    for address, roles in TABLE.items():
        path = address.format(**keys)
        expected = 400 if role in roles else 403
        for who in (caller, group):
            answer = who.send("POST", path, sent(address, office))
            assert answer.status_code == expected, (address, role, answer.content)
            assert answer["Content-Type"] == "application/problem+json"


def test_nobody_writes_without_signing_in(office: Office, keys: dict) -> None:
    for address in TABLE:
        answer = api.anonymous().send("POST", address.format(**keys), b"{}")
        assert answer.status_code == 401, address


def test_what_is_foreign_is_not_there_even_with_the_right_role(office: Office, keys: dict) -> None:
    """The same words for what belongs to others and for what does not exist, whatever the body."""
    for address in TABLE:
        if address in IN_BODY:
            continue
        for body in (b"{}", b'{"reason": "x"}', b"[1]", b"{"):
            foreign = office.post("stranger", address.format(**keys), raw=body)
            missing = office.post("stranger", address.format(**dict.fromkeys(keys, 999_999)), raw=body)
            assert foreign.status_code == 404, (address, foreign.content)
            assert foreign.json() == missing.json()


def test_a_writer_of_one_entity_is_a_reader_of_another(office: Office, keys: dict) -> None:
    from treasury.domain import access

    person = book.user("HEDGE_ACCOUNTANT", entity=office.other)
    access.give_role(user=person, role="AUDITOR", entity=office.entity, actor=None)
    caller = api.by_token(user=person)
    for address in TABLE:
        document = {"entity": office.entity.code, "content": "eA=="} if address in IN_BODY else {}
        body = office.designation() if address in DESIGNATIONS else document
        answer = caller.send("POST", address.format(**keys), orjson.dumps(body))
        assert answer.status_code == 403, (address, answer.content)
    assert caller.get(f"hedge-relationship-versions/{keys['version']}/").status_code == 200


def test_foreign_things_in_a_body_are_not_there(office: Office, keys: dict) -> None:
    """An entity, exposure, instrument or first relationship of others, named in one's own designation."""
    item, forward = book.exposure(of=office.other), book.forward(of=office.other)

    def own(**changed: Any) -> dict[str, Any]:
        mine = {
            "entity": office.other.code,
            "items": [{"exposure": item.exposure_id}],
            "instruments": [{"instrument": forward.instrument_id}],
        }
        return office.designation(**(mine | changed))

    bodies = [
        office.designation(),
        own(items=[{"exposure": office.item.exposure_id}]),
        own(instruments=[{"instrument": office.forward.instrument_id}]),
        own(parallel_of=keys["relationship"]),
    ]
    missing = [
        office.designation(entity="NOSUCH"),
        own(items=[{"exposure": 999_999}]),
        own(instruments=[{"instrument": 999_999}]),
        own(parallel_of=999_999),
    ]
    for path in ("hedge-relationships/designate/", "hedge-relationships/designate/preview/"):
        for foreign, absent in zip(bodies, missing, strict=True):
            refused = office.refused("stranger", path, foreign, status=404)
            assert refused == office.refused("stranger", path, absent, status=404)


def test_foreign_things_in_a_change_are_not_there(office: Office, keys: dict) -> None:
    theirs = book.forward(of=office.other)
    change = {"from_date": "2026-08-10", "reason": "x", "ineffectiveness_sources": "y"}
    path = f"hedge-relationships/{keys['relationship']}/rebalance/"
    for key in (theirs.instrument_id, 999_999):
        body = change | {"instruments": [{"instrument": key, "amount": "-1.00"}]}
        assert office.refused("preparer", path, body, status=404)["code"] == "not_found"


def test_the_close_of_others_is_not_seen(office: Office, keys: dict) -> None:
    (run,) = office.by("auditor").rows("runs/", kind="CLOSE")
    assert office.by("stranger").rows("runs/", kind="CLOSE") == []
    assert office.by("stranger").refused(f"runs/{run['id']}/")["status"] == 404
    for family in ("measurements/", "costs-of-hedging/", "valuations/"):
        assert office.by("auditor").read(family, run=run["id"])["run"]["kind"] == "CLOSE"
        assert office.by("stranger").refused(family, run=run["id"])["status"] == 404


@pytest.mark.parametrize(
    "address",
    [
        "hedge-relationships/{relationship}/life/", "hedge-relationship-versions/{version}/",
        "entities/{entity}/periods/2026-07/", "entities/{entity}/corrections/",
        "entities/{entity}/demanded-changes/", "account-maps/{chart}/versions/", "account-map-versions/{map}/",
        "exposures/{exposure}/capacity/", "instruments/{instrument}/capacity/",
    ],
)  # fmt: skip
def test_what_is_read_is_read_by_its_entity_only(office: Office, keys: dict, address: str) -> None:
    keys |= {"exposure": office.item.exposure_id, "instrument": office.forward.instrument_id}
    keys["chart"] = AccountMapVersion.objects.get(pk=keys["map"]).account_map_id
    assert office.by("auditor").get(address.format(**keys)).status_code == 200
    foreign = office.by("stranger").refused(address.format(**keys))
    assert foreign["status"] == 404
    assert foreign == office.by("stranger").refused(address.format(**dict.fromkeys(keys, 999_999)))
