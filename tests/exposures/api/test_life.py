"""The whole life of an exposure by API: recorded, approved, amended, split, settled in part, taken back."""

from decimal import Decimal
from typing import Any

import orjson
import pytest

from exposures.models import Exposure, ExposureVersion, Import
from tests.exposures.api.roles import TABLE
from tests.factories import api, book, importing
from tests.treasury.api.test_every_route import ROUTES
from treasury.api.writing import Action
from treasury.models import AuditEvent, Entity

pytestmark = pytest.mark.django_db
ROLES = ("TREASURER", "APPROVER", "HEDGE_ACCOUNTANT", "ADMINISTRATOR", "AUDITOR")


@pytest.fixture
def entity() -> Entity:
    book.risk()
    return book.entity()


def told(of: Entity, **changed: Any) -> dict[str, Any]:
    return {
        "source_system": "ERP", "external_reference": "SO-1", "entity": of.code, "risk": "USDEUR",
        "kind": "HIGHLY_PROBABLE_FORECAST", "exposure_amount": "1000000.00", "expected_date": "2027-03-31",
        "valid_from": "2026-01-01", "reason": "Plan of October",
    } | changed  # fmt: skip


def done(caller: api.Caller, path: str, body: dict[str, Any], status: int = 201) -> dict[str, Any]:
    answer = caller.send("POST", path, orjson.dumps(body))
    assert answer.status_code == status, answer.content
    return answer.json()


def approved(version: dict[str, Any], verb: str = "approve") -> dict[str, Any]:
    body = {"content_digest": version["content_digest"], "comment": "seen"}
    return done(api.by_token("APPROVER"), f"exposure-versions/{version['id']}/{verb}/", body, 200)


def left() -> list[int]:
    return [model._default_manager.count() for model in (AuditEvent, Exposure, ExposureVersion, Import)]


def test_a_whole_life(entity: Entity) -> None:
    desk = api.by_token("TREASURER")
    made = done(desk, "exposures/record/", told(entity))
    assert (made["exposure_amount"], made["decision"], made["together"]) == ("1000000.00", None, [])
    address = f"exposures/{made['exposure_id']}/"
    assert approved(made)["decision"] == "APPROVED"

    def changed(verb: str, **body: Any) -> dict[str, Any]:
        version = done(desk, f"{address}{verb}/", {"valid_from": "2026-06-01", "reason": "as told"} | body)
        approved(version)
        return version

    amended = changed("amend", exposure_amount="1200000.00", description="Machines")
    assert (amended["version_number"], amended["exposure_amount"], amended["description"]) == (
        2, "1200000.00", "Machines",
    )  # fmt: skip
    assert changed("lower")["kind"] == "FORECAST"
    assert (
        changed("confirm", kind="FIRM_COMMITMENT", expected_date="2027-04-15")["expected_date"]
        == "2027-04-15"
    )
    split = changed("split", parts=[{"exposure_amount": "200000.00", "expected_date": "2027-02-26"}])
    assert (split["exposure_amount"], [part["exposure_amount"] for part in split["together"]]) == (
        "1000000.00", ["200000.00"],
    )  # fmt: skip
    part = changed("settle-part", exposure_amount="400000.00")
    assert (part["exposure_amount"], part["together"][0]["status"]) == ("600000.00", "SETTLED")
    settled = changed("settle", exposure_amount="590000.00")
    assert (settled["status"], settled["exposure_amount"]) == ("SETTLED", "590000.00")
    undone = done(desk, f"{address}undo/", {"reason": "Paid by another customer"})
    assert (undone["status"], undone["exposure_amount"]) == ("OPEN", "600000.00")
    approved(undone)
    assert changed("cancel")["status"] == "CANCELLED"
    waits = desk.rows("exposure-versions/", exposure_id=made["exposure_id"], awaits="true")
    assert waits == []
    assert Exposure.objects.filter(entity=entity).count() == 3


def test_a_window_comes_and_goes(entity: Entity) -> None:
    desk = api.by_token("TREASURER")
    made = done(desk, "exposures/record/", told(entity, window_start="2027-03-01", window_end="2027-04-30"))
    address = f"exposures/{made['exposure_id']}/amend/"
    assert made["window_end"] == "2027-04-30"
    without = done(desk, address, {"without_window": True, "reason": "The day is known."})
    assert (without["window_start"], without["window_end"], without["version_number"]) == (None, None, 2)


def test_every_wrong_field_is_named_at_once_by_the_checks_of_an_import(entity: Entity) -> None:
    desk = api.by_token("TREASURER")
    before = left()
    problem = done(
        desk, "exposures/record/",
        told(entity, risk="NOSUCH", kind="RECOGNISED_LIABILITY", window_start="2027-05-01"), 400,
    )  # fmt: skip
    assert {(one["field"], one["code"]) for one in problem["errors"]} >= {
        ("risk", "unknown_risk"), ("exposure_amount", "sign_of_kind"), ("window_start", "half_a_window"),
    }  # fmt: skip
    assert left() == before


@pytest.mark.parametrize(
    ("verb", "body", "status", "words"),
    [
        ("amend", {}, 400, "a field besides"),
        ("amend", {"exposure_amount": "1.001"}, 400, "at most 2 decimals"),
        ("amend", {"exposure_amount": "1000000.00"}, 409, "Nothing changes"),
        ("amend", {"exposure_amount": 5}, 400, "decimal string"),
        ("amend", {"status": "SETTLED"}, 400, "one of the fields"),
        ("confirm", {"kind": "FORECAST"}, 400, "one of HIGHLY_PROBABLE"),
        ("confirm", {"kind": "HIGHLY_PROBABLE_FORECAST"}, 409, "it is confirmed as"),
        ("settle", {"exposure_amount": "-5.00"}, 409, "the same side"),
        ("settle-part", {"exposure_amount": "-5.00"}, 400, "the sign of the exposure"),
        ("settle-part", {"exposure_amount": "1000000.00"}, 409, "something has to stay"),
        ("split", {"parts": []}, 400, "parts"),
        ("undo", {"valid_from": "2026-06-01"}, 400, "one of the fields reason"),
        ("undo", {}, 409, "nothing before"),
    ],
)
def test_a_refusal_leaves_nothing(entity: Entity, verb: str, body: Any, status: int, words: str) -> None:
    version = book.exposure(Decimal(1000000), of=entity)
    desk = api.by_token("TREASURER")
    before = left()
    problem = done(desk, f"exposures/{version.exposure_id}/{verb}/", body | {"reason": "x"}, status)
    assert words in problem["detail"]
    assert left() == before


def test_every_address_of_the_table_is_a_write() -> None:
    assert set(TABLE) <= {address for address, callback in ROUTES if issubclass(callback.cls, Action)}


def test_who_may(entity: Entity) -> None:
    keys = {
        "exposures": book.exposure(of=entity).exposure_id,
        "exposure-versions": book.exposure(of=entity, approve=False).pk,
        "imports": importing.committed(
            importing.csv(importing.row("R", entity)), actor=book.user("TREASURER")
        ).pk,
    }

    def filled(address: str, keys: dict[str, int]) -> str:
        return address.replace("<key:key>", str(keys.get(address.split("/")[0])))

    of_entity = {address: roles for address, roles in TABLE.items() if not address.startswith("bulk-jobs")}
    for role in ROLES:
        for caller in (api.by_token(role, entity=entity), api.by_token(role)):
            for address, roles in of_entity.items():
                answer = caller.send("POST", filled(address, keys), b'{"nothing": 1}')
                expected = 400 if role in roles else 403
                assert answer.status_code == expected, (role, address, answer.content)
    stranger = api.by_token("HEDGE_ACCOUNTANT", entity=book.entity())
    for address in of_entity:
        if "<key:key>" in address:
            foreign = stranger.send("POST", filled(address, keys), b"{}")
            missing = stranger.send("POST", filled(address, dict.fromkeys(keys, 999_999)), b"{}")
            assert (foreign.status_code, foreign.json()) == (404, missing.json()), address
    assert done(stranger, "exposures/record/", told(entity), 404) == done(
        stranger, "exposures/record/", told(entity) | {"entity": "NOSUCH"}, 404
    )


def test_nobody_decides_on_their_own(entity: Entity) -> None:
    person = book.user("HEDGE_ACCOUNTANT")
    made = done(api.by_token(user=person), "exposures/record/", told(entity))
    body = {"content_digest": made["content_digest"]}
    problem = done(api.by_token(user=person), f"exposure-versions/{made['id']}/approve/", body, 409)
    assert "nobody decides" in problem["detail"]
    assert approved(made, "reject")["decision"] == "REJECTED"


def test_what_became_of_exposures_is_read(entity: Entity) -> None:
    version = book.exposure(Decimal(1000000), of=entity)
    desk = api.by_token("AUDITOR")
    told = {"since": "2026-02-27", "until": "2026-12-31", "entity": entity.code}
    (risk,) = desk.read("exposure-waterfall/", **told)["results"]
    amounts = {part["part"]: part["amount"] for part in risk["parts"]}
    assert (risk["risk"], amounts["CLOSING"]) == ("USDEUR", "1000000.00")
    assert sum(Decimal(amount) for part, amount in amounts.items() if part != "CLOSING") == 1000000
    assert desk.read("exposure-waterfall/", **(told | {"entity": "NOSUCH"}))["results"] == []
    assert (
        desk.refused("exposure-waterfall/", since="2026-12-31", until="2026-01-01")["errors"][0]["field"]
        == "since"
    )
    caller = api.by_token("TREASURER")
    approved(done(caller, f"exposures/{version.exposure_id}/settle/", {"exposure_amount": "900000.00", "reason": "Paid",
                                                                       "valid_from": "2026-06-01"}))  # fmt: skip
    rows = desk.read("forecast-accuracy/", since="2027-01-01", until="2027-12-31", entity=entity.code)[
        "results"
    ]
    assert {row["lead"] for row in rows} <= {1, 3, 6, 12}
    assert all(row["actual_amount"] == "900000.00" for row in rows)
    assert desk.refused("forecast-accuracy/", lead="2")["errors"][0]["field"] == "lead"


@pytest.mark.parametrize("until", ["0001-01-01", "9999-12-31"])
def test_a_day_without_days_beside_it_is_asked_back(until: str) -> None:
    caller = api.by_token("AUDITOR", entity=book.entity())
    for look in ("forecast-accuracy/", "exposure-waterfall/"):
        assert caller.get(look, until=until).status_code in (200, 400), look
    assert caller.refused("forecast-accuracy/", until="0001-01-01")["errors"][0]["field"] == "until"
