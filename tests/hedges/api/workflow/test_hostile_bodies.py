"""Bodies that are not as declared are refused by the path of the field, and nothing is left behind."""

from typing import Any

import orjson
import pytest

from hedges.models import AccountMapVersion
from tests.factories import book, clock
from tests.factories.refusing import rows
from tests.hedges.api.workflow.office import DECIDED, DESIGNATED, Office, decision, seen

pytestmark = pytest.mark.django_db
DESIGNATE = "hedge-relationships/designate/"
DEEP = b'{"a":' * 40 + b"1" + b"}" * 40


def put(body: dict[str, Any], path: str, value: Any) -> bytes:
    """The body with one field of it set."""
    *parents, last = path.replace("[", ".").replace("]", "").split(".")
    at: Any = body
    for part in parents:
        at = at[int(part)] if part.isdigit() else at[part]
    at[last] = value
    return orjson.dumps(body)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("nothing", 1), ("items[0].nothing", 1), ("file.nothing", 1), ("entity", 7), ("entity", None),
        ("entity", " "), ("code", "x" * 25), ("code", "a\x00b"), ("hedge_type", "HEDGE"), ("risk", "NOSUCH"),
        ("framework", "GAAP"), ("designation_date", "2026-02-30"), ("designation_date", "20260715"),
        ("designation_date", "0001-01-01"), ("hedge_end_date", "9999-12-31"), ("hedge_end_date", 20270430),
        ("designated_hedge_ratio", 0), ("designated_hedge_ratio", -1), ("designated_hedge_ratio", 1e300),
        ("designated_hedge_ratio", "1.0000001"), ("designated_hedge_ratio", True),
        ("designated_hedge_ratio", "1_0"), ("designated_hedge_ratio", "１"), ("designated_hedge_ratio", []),
        ("items", []), ("items", {}), ("items", None), ("instruments", "all"), ("items[0]", 1),
        ("items[0].exposure", "17"), ("items[0].exposure", 0), ("items[0].exposure", 1.5),
        ("items[0].exposure", -1), ("items[0].exposure", True), ("items[0].amount", 600000),
        ("items[0].amount", 600000.0), ("items[0].amount", "6e5"), ("items[0].amount", "600000.001"),
        ("items[0].amount", "600,000"), ("items[0].amount", "NaN"), ("items[0].amount", "Infinity"),
        ("items[0].amount", ""), ("items[0].amount", "９"), ("items[0].amount", "1" * 17),
        ("items[0].unit_from", -1), ("items[0].unit_from", "0"), ("items[0].unit_from", 2**53),
        ("items[0].proportion", 0), ("instruments[0].amount", "-600000.005"), ("file", "none"),
        ("file.strategy", "x" * 2001), ("file.earnings_lag_days", 40000), ("file.basis_excluded", "true"),
        ("file.basis_excluded", 1), ("file.release_pattern", "NEVER"), ("late_reason", "x" * 401),
        ("objective", ["a"]), ("parallel_of", "1"),
    ],
)  # fmt: skip
def test_a_designation_is_refused_by_the_field(office: Office, path: str, value: Any) -> None:
    body = office.designation()
    before = rows()
    sent = orjson.dumps(body | {"items": [1]}) if path == "items[0]" else put(body, path, value)
    refused = office.refused("preparer", DESIGNATE, raw=sent, status=400)
    assert (refused["code"], refused["errors"][0]["field"]) == ("invalid_input", path), refused
    assert refused["errors"][0]["expected"]
    assert rows() == before


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        (b'{"entity": "A", "entity": "B"}', "entity"), (b"", "document"), (b"[]", "document"), (b"{", "document"),
        (b"null", "document"), (b'"x"', "document"), (b"\xff\xfe", "document"), (DEEP, "document"),
        (b'{"designated_hedge_ratio": NaN, ', "document"),
    ],
)  # fmt: skip
def test_what_is_no_json_object_is_refused_as_a_document(office: Office, raw: bytes, field: str) -> None:
    refused = office.refused("preparer", DESIGNATE, raw=raw, status=400)
    assert refused["errors"][0]["field"] == (field if raw else "entity")


def test_nan_is_refused_by_its_field(office: Office) -> None:
    raw = orjson.dumps(office.designation()).replace(
        b'"designated_hedge_ratio":1', b'"designated_hedge_ratio":NaN'
    )
    refused = office.refused("preparer", DESIGNATE, raw=raw, status=400)
    assert refused["errors"][0]["field"] == "designated_hedge_ratio"


def test_the_scale_is_that_of_the_unit(office: Office) -> None:
    """Yen have no decimals, whatever the column would hold."""
    yen = book.exposure("1000000", of=office.entity, risk=book.risk("JPYEUR"))
    body = office.designation(items=[{"exposure": yen.exposure_id, "amount": "1000.50"}])
    refused = office.refused("preparer", DESIGNATE, body, status=400)
    assert refused["errors"][0]["expected"] == "at most 0 decimals for JPY"


def test_what_is_not_approved_cannot_be_named(office: Office) -> None:
    waiting = book.exposure(of=office.entity, approve=False)
    body = office.designation(items=[{"exposure": waiting.exposure_id}])
    refused = office.refused("preparer", DESIGNATE, body, status=400)
    assert refused["errors"][0]["field"] == "items[0].exposure"


@pytest.mark.parametrize(
    ("verb", "body", "field"),
    [
        ("rebalance", {"reason": "x", "ineffectiveness_sources": "y"}, "from_date"),
        ("rebalance", {"from_date": "2026-08-01", "reason": "x"}, "ineffectiveness_sources"),
        ("discontinue", {"from_date": "2026-08-01", "reason": "x"}, "cause"),
        ("discontinue", {"from_date": "2026-08-01", "reason": "x", "cause": "BOREDOM"}, "cause"),
        ("discontinue", {"from_date": "2026-08-01", "reason": "", "cause": "VOLUNTARY"}, "reason"),
        ("de-designate", {"from_date": "1066-10-14", "reason": "x"}, "from_date"),
        ("de-designate", {"from_date": "2026-08-01", "reason": "x", "volumes": {}}, "volumes"),
        ("test", {}, "as_of_date"),
        ("test", {"as_of_date": "0001-01-01"}, "as_of_date"),
        ("decide", {"subject": "WEATHER"}, "subject"),
        (
            "decide",
            {"subject": "TEST", "as_of_date": "2026-07-31", "decided_status": "INCONCLUSIVE"},
            "decided_status",
        ),
    ],
)
def test_changes_tests_and_decisions_are_refused_by_the_field(
    office: Office, verb: str, body: dict, field: str
) -> None:
    version = office.designated()
    before = rows()
    path = f"hedge-relationships/{version['relationship_id']}/{verb}/"
    refused = office.refused("third", path, body, status=400)
    assert refused["errors"][0]["field"] == field
    assert rows() == before


def test_amounts_of_a_change_are_read_like_those_of_a_designation(office: Office) -> None:
    version = office.approved(office.designated())
    path = f"hedge-relationships/{version['relationship_id']}/rebalance/preview/"
    one = {"instrument": office.forward.instrument_id, "amount": "-1.00"}
    common = {"from_date": "2026-08-01", "reason": "x", "ineffectiveness_sources": "y"}
    for instruments, field in (
        ([one | {"amount": "-1.001"}], "instruments[0].amount"), ([one | {"amount": -1}], "instruments[0].amount"),
        ([one, one], "instruments[1].instrument"), ([{"amount": "1"}], "instruments[0].instrument"),
    ):  # fmt: skip
        refused = office.refused("preparer", path, common | {"instruments": instruments}, status=400)
        assert refused["errors"][0]["field"] == field


def test_an_account_map_is_refused_by_the_field(office: Office) -> None:
    path, account = f"entities/{office.entity.pk}/account-map/", {"role": "DERIVATIVE", "code": "1"}
    for accounts, field in (
        ([account, account], "accounts[1].role"), ([account | {"role": "CASH"}], "accounts[0].role"),
        ([account | {"code": " "}], "accounts[0].code"), ([account | {"code": "1" * 21}], "accounts[0].code"),
        ([], "accounts"), ({"DERIVATIVE": account}, "accounts"),
    ):  # fmt: skip
        refused = office.refused(
            "preparer", path, {"valid_from": "2026-01-01", "accounts": accounts}, status=400
        )
        assert refused["errors"][0]["field"] == field
    assert not AccountMapVersion.objects.exists()


def test_a_decision_names_what_was_seen(office: Office) -> None:
    version = office.designated()
    with clock.at(DECIDED):
        silent = office.refused("approver", decision(version, "approve"), {}, status=400)
        assert silent["errors"][0]["field"] == "content_digest"
        other = office.refused("approver", decision(version, "approve"), {"content_digest": "0" * 64})
        assert "another content" in other["detail"]
        long = office.refused(
            "approver", decision(version, "approve"), seen(version, comment="x" * 401), status=400
        )
        assert long["errors"][0]["field"] == "comment"


def test_queries_and_other_media_are_refused(office: Office) -> None:
    caller = office.by("preparer")
    answer = caller.client.post("/api/v1/" + DESIGNATE, {"entity": "x"})
    assert answer.status_code == 415
    assert caller.send("POST", DESIGNATE, b"{}", dry="1").status_code == 400
    assert caller.send("PUT", DESIGNATE, b"{}").status_code == 405
    assert caller.get("hedge-relationships/designate/").status_code == 405
    assert caller.refused(f"entities/{office.entity.pk}/periods/2026-13/")["status"] == 404


def test_dates_at_the_end_of_the_calendar_are_no_fault_of_ours(office: Office) -> None:
    version = office.approved(office.designated())
    key = version["relationship_id"]
    for path in (
        f"hedge-relationships/{key}/life/?as_of=0001-01-01", f"hedge-relationships/{key}/life/?as_of=9999-12-31",
        f"entities/{office.entity.pk}/demanded-changes/?as_of=0001-01-01",
        f"entities/{office.entity.pk}/demanded-changes/?as_of=9999-12-31",
        f"entities/{office.entity.pk}/corrections/?known_at=0001-01-01T00:00:00Z",
        f"entities/{office.entity.pk}/periods/1900-01/", f"entities/{office.entity.pk}/periods/2199-12/",
        f"exposures/{office.item.exposure_id}/capacity/?framework=IFRS9&period_from=0001-01-01&period_to=9999-12-31",
    ):  # fmt: skip
        address, _, query = path.partition("?")
        told = dict(part.split("=") for part in query.split("&")) if query else {}
        assert office.by("auditor").get(address, **told).status_code in (200, 404), path
    with clock.at(DESIGNATED):
        for day in ("1970-01-01", "2199-12-31"):
            body = office.designation(designation_date=day, hedge_end_date="2199-12-31", late_reason="x")
            assert office.post("preparer", DESIGNATE, body).status_code == 409, day
    for month in ("1900-01", "2199-12"):
        office.refused("preparer", f"entities/{office.entity.pk}/periods/{month}/close/")
