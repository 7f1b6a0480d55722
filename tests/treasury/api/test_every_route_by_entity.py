"""Every address with a key × method × role × entity: what belongs to others is what is not there, in the same words."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.utils import timezone

from exposures.domain.importing import checking
from tests.factories import api, book, clock, importing, night
from tests.hedges.api.desk.subjects import keys_of
from tests.hedges.api.desk.trading import NOW
from tests.hedges.api.workflow import test_roles
from tests.hedges.api.workflow.office import Office
from tests.treasury.api.test_every_route import KEY, ROUTES
from treasury.api.writing import Action
from treasury.domain import access
from treasury.enums import Role

pytestmark = pytest.mark.django_db
#: Of no entity: whoever has a role reads them. What is done to them is asked of the roles alone.
EVERYBODYS = {
    "counterparties", "credit-facts", "futures-contracts", "manual-quotes", "market-quotes", "measures", "risks",
    "rule-packs", "runs", "audit-events",
}  # fmt: skip
#: What the two entities have nothing of, by what it would need. A new resource is probed or gets its reason here.
ELSEWHERE = {
    "costs-of-hedging": "a month that is really closed: tests/hedges/api/workflow/test_contract.py",
    "reconciliations": "the same: tests/reports/api",
    "unrecovered-losses": "a loss in the reserve, which a close has measured",
    "assessment-decisions": "a test without a result: tests/hedges/api/workflow",
    "bulk-jobs": "a worker: tests/exposures/api/test_bulk.py",
    "strategies": "a run of rates: tests/hedges/api/desk/test_position_and_strategies.py",
    "trade-drafts": "each person has their own: tests/hedges/api/desk/test_own_things.py",
    "webhooks": "the same: tests/treasury/webhooks",
}
#: Read by another key than `id`.
OWN_KEY = {
    "effectiveness-results": "relationship_id", "measurements": "relationship_id", "valuations": "instrument_id",
}  # fmt: skip
#: What an address asks for besides its key.
ASKED = {
    "capacity": {"framework": "IFRS9"}, "valuations": {"field": "fair_value"}, "hedge-ratios": {"field": "hedge_ratio"},
    "horizon-profiles": {"field": "coverage_ratio"}, "effectiveness-results": {"field": "cumulative_ratio"},
}  # fmt: skip
#: Read from the run of a close.
OF_A_CLOSE = {"measurements"}
DONE = {200, 201, 202, 400, 409, 412}


def keyed() -> dict[str, Any]:
    return {
        address: callback.cls
        for address, callback in ROUTES
        if "<" in address and address.partition("/")[0] not in EVERYBODYS | set(ELSEWHERE)
    }


def a_night() -> Any:
    """An entity with results of each family, in the newest run."""
    entity, risk = book.entity(), book.risk()
    item, forward = book.exposure(of=entity, risk=risk), book.forward(of=entity, risk=risk)
    version = book.relationship(of=entity, items=[(item, 600_000)], instruments=[(forward, -600_000)])
    book.policy(of=entity, risk=risk, bands=[(0, 12, "0.5", "0.65", "0.8")])
    rows = [
        night.bucket(entity, risk, 0, 6), night.valuation(forward), night.effectiveness(version),
        night.criterion(version), night.ratio(entity, risk),
    ]  # fmt: skip
    with clock.at(timezone.now() + timedelta(minutes=2)):
        night.published(rows, revision=2)
    return entity


class Book:
    """Two entities that have one thing of everything, and nothing at the other one."""

    def __init__(self, office: Office) -> None:
        self.office = office
        workflow = test_roles.things(office)
        named = {
            "entities": office.entity.pk, "documents": workflow["document"],
            "account-map-versions": workflow["map"], "journal-entries": workflow["entry"],
            "journal-reversals": workflow["reversal"], "hedge-relationship-versions": workflow["version"],
        }  # fmt: skip
        named["exposure-versions"] = book.exposure(of=office.entity, approve=False).pk
        file = importing.csv(importing.row("A", office.entity))
        named["imports"] = importing.checked(file, actor=office.people["treasurer"]).pk
        named["import-mappings"] = checking.save_mapping(
            source_system="ERP", name="Orders", layout=importing.layout(), actor=office.people["treasurer"]
        ).pk
        self.keys = named | keys_of(office)
        self.home = [office.entity, a_night()]
        self.codes = {entity.code for entity in self.home}
        self.group = api.by_token("AUDITOR")
        self.close = self.group.rows("runs/", kind="CLOSE")[0]["id"]

    def native(self, role: str) -> api.Caller:
        person = book.user(role, entity=self.home[0])
        access.give_role(user=person, role=role, entity=self.home[1], actor=None)
        return api.by_token(user=person)

    def key(self, resource: str) -> Any:
        """Of something that the two have: named, or the first in the resource's own list."""
        if resource not in self.keys:
            query = {"run": self.close} if resource in OF_A_CLOSE else {}
            rows = self.group.rows(f"{resource}/", page_size=1000, **query)
            own = [row for row in rows if row.get("entity") in {None, *self.codes}]
            assert own, f"nothing of {resource}: give the office one"
            self.keys[resource] = own[0][OWN_KEY.get(resource, "id")]
        return self.keys[resource]

    def asked(self, address: str) -> dict[str, Any]:
        parts = [part for part in address.split("/") if part]
        kind = "capacity" if parts[-1] == "capacity" else parts[0] if parts[-1] == "explain" else ""
        return ASKED.get(kind, {}) | ({"run": self.close} if parts[0] in OF_A_CLOSE else {})

    def path(self, address: str, *, missing: bool = False) -> str:
        key = str(self.key(address.partition("/")[0]))
        if missing:
            key = ".".join("999999999" if part.isdigit() else part for part in key.split("."))
        return KEY.sub(key, address.replace("<month:month>", "2026-07"))


@pytest.fixture
def whole(db: None) -> Iterator[Book]:
    office = Office()
    with clock.at(NOW):
        yield Book(office)


def test_what_is_foreign_is_missing_for_every_role_and_key(whole: Book) -> None:
    other = whole.office.other
    bound = book.user("TREASURER")
    strangers = {role: api.by_token(role, entity=other) for role in Role.values}
    strangers["a key that is bound to another entity"] = api.by_token(user=bound, entities=[other])
    natives = {role: whole.native(role) for role in Role.values}
    wrong: list[Any] = []
    for address, view in keyed().items():
        try:
            path, missing = whole.path(address), whole.path(address, missing=True)
        except AssertionError as nothing:
            wrong.append((address, str(nothing)))
            continue
        acts, roles = issubclass(view, Action), {str(role) for role in getattr(view, "roles", ())}
        for who, caller in strangers.items():
            foreign, absent = (sent(caller, acts, where, whole.asked(address)) for where in (path, missing))
            role = who if who in Role.values else "TREASURER"
            expected = 404 if not acts or role in roles else 403
            if {foreign.status_code, absent.status_code} != {expected} or foreign.json() != absent.json():
                wrong.append((address, who, foreign.content, absent.content))
        for role, caller in natives.items():
            answer = sent(caller, acts, path, whole.asked(address))
            if answer.status_code not in (DONE if not acts or role in roles else {403}):
                wrong.append((address, role, answer.content))
    assert not wrong, "\n".join(str(one) for one in wrong)


def sent(caller: api.Caller, acts: bool, path: str, query: dict[str, Any]) -> Any:
    """Nothing is changed by it: the state that is named is none that there was."""
    if acts:
        return caller.send("POST", path, orjson.dumps({}), headers={"If-Match": '"e0.0"'})
    return caller.get(path, **query)


def test_nothing_foreign_is_in_a_list_or_comes_by_a_filter(whole: Book) -> None:
    """Whatever filter names the foreign entity, or a thing of it: empty, as for an entity that is not there."""
    caller = api.by_token("TREASURER", entity=whole.office.other)
    lists = [
        address for address, _ in ROUTES if "<" not in address and f"{address}<key:key>/" in dict(ROUTES)
    ]
    assert len(lists) > 15
    for address in lists:
        for row in caller.rows(address, page_size=1000):
            assert row.get("entity") not in whole.codes, (address, row)
        foreign = caller.get(address, entity=whole.office.entity.code)
        if foreign.status_code == 200:
            assert foreign.json()["results"] == [] == caller.rows(address, entity="NOSUCH"), address
