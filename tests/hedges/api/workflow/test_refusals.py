"""Each refusal says what is missing and what to do, and leaves nothing behind."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from hedges.models import AccountingPeriod, HedgeRelationship, HedgeRelationshipVersion, JournalEntry
from tests.factories import accounting, book, changes, clock
from tests.factories.api import BACKEND
from tests.factories.refusing import rows
from tests.hedges.api.workflow.office import DECIDED, DESIGNATED, MONTH_END, Office, decision, seen
from treasury.models import AuditEvent, CalculationRun

pytestmark = pytest.mark.django_db
DESIGNATE = "hedge-relationships/designate/"


def refused(office: Office, name: str, path: str, body: Any = None, *, on: date = DESIGNATED) -> str:
    """The words of a 409 that has left nothing behind, not even an audit event."""
    before, events = rows(), AuditEvent.objects.count()
    with clock.at(on):
        problem = office.refused(name, path, body)
    assert rows() == before
    assert AuditEvent.objects.count() == events
    assert (problem["code"], problem["title"], problem["errors"]) == ("refused", "Refused", [])
    return problem["detail"]


def test_documentation_that_is_missing_is_named_field_by_field(office: Office) -> None:
    body = office.designation(objective="")
    del body["file"]["strategy"], body["file"]["release_pattern"]
    for path in (DESIGNATE, f"{DESIGNATE}preview/"):
        words = refused(office, "preparer", path, body)
        assert body["code"] in words
        for name in ("objective", "strategy", "release_pattern", "6.4.1(b)"):
            assert name in words


def test_more_than_is_there_is_refused_and_what_waits_counts_as_taken(office: Office) -> None:
    office.designated()
    body = office.designation(
        items=[{"exposure": office.item.exposure_id, "amount": "400000.01"}],
        instruments=[{"instrument": office.forward.instrument_id, "amount": "-400000.00"}],
    )
    assert office.item.exposure.external_reference in refused(office, "preparer", DESIGNATE, body)


def test_a_code_is_designated_once(office: Office) -> None:
    version = office.designated()
    words = refused(office, "preparer", DESIGNATE, office.designation(
        code=version["relationship"],
        items=[{"exposure": office.item.exposure_id, "amount": "100000.00"}],
        instruments=[{"instrument": office.forward.instrument_id, "amount": "-100000.00"}],
    ))  # fmt: skip
    assert "choose another code" in words
    assert HedgeRelationship.objects.count() == 1


def test_a_rate_that_is_missing_is_named(office: Office) -> None:
    kronor = book.risk("SEKEUR")
    with clock.at(DESIGNATED):
        item = book.exposure(of=office.entity, risk=kronor)
        forward = book.forward(-1_000_000, of=office.entity, risk=kronor, counterparty=office.bank)
    body = office.designation(
        risk="SEKEUR",
        items=[{"exposure": item.exposure_id}],
        instruments=[{"instrument": forward.instrument_id}],
    )
    assert "SEK" in refused(office, "preparer", DESIGNATE, body)


def test_nobody_decides_twice_or_on_their_own(office: Office) -> None:
    version = office.designated()
    approve, reject = decision(version, "approve"), decision(version, "reject")
    assert "had a hand in" in refused(office, "preparer", approve, seen(version), on=DECIDED)
    assert "documented in time" in refused(
        office, "third", decision(version, "accept-late"), seen(version), on=DECIDED
    )
    office.approved(version)
    for path in (approve, reject):
        assert "decided already" in refused(office, "third", path, seen(version), on=DECIDED)


def test_changes_that_the_standard_does_not_know_are_refused(office: Office) -> None:
    version = office.approved(office.designated())
    where = f"hedge-relationships/{version['relationship_id']}/"
    body = {"from_date": "2026-08-10", "reason": "no longer wanted"}
    for tail in ("", "preview/"):
        on = {"on": date(2026, 8, 10)}
        words = refused(office, "preparer", f"{where}de-designate/{tail}", body, **on)
        assert "IFRS 9 knows no voluntary end" in words
        voluntary = body | {"cause": "VOLUNTARY"}
        assert refused(office, "preparer", f"{where}discontinue/{tail}", voluntary, **on)
        rebalanced = body | {"ineffectiveness_sources": "x"}
        assert "ratio would stay" in refused(office, "preparer", f"{where}rebalance/{tail}", rebalanced, **on)


def test_a_month_is_closed_only_when_nothing_stands_in_its_way(office: Office) -> None:
    version = office.approved(office.designated())
    changes.exposure_says(office.item.exposure_id, on=date(2026, 7, 20), status="NO_LONGER_EXPECTED")
    words = refused(office, "preparer", f"{office.month()}close/", on=MONTH_END)
    with clock.at(MONTH_END):
        stands = office.by("auditor").read(office.month())["blockers"]
    assert {one["code"] for one in stands} == {"accounts", "demanded"}
    for one in stands:
        assert one["text"] in words
    assert version["relationship"] in words
    assert not CalculationRun.objects.filter(kind="CLOSE").exists()
    assert not AccountingPeriod.objects.exists()
    early = refused(office, "preparer", f"{office.month('2026-08')}close/", on=date(2026, 8, 15))
    assert "lasts until 2026-08-31" in early


def test_a_close_that_is_asked_for_twice_is_one_run(office: Office) -> None:
    office.approved(office.designated())
    office.accounts()
    with clock.at(MONTH_END):
        first = office.done("preparer", f"{office.month()}close/", status=202)
        second = office.done("treasurer", f"{office.month()}close/", {"reason": "month end"}, status=202)
        month = office.by("auditor").read(office.month())
    assert (first["is_new"], second["is_new"], second["run_id"]) == (True, False, first["run_id"])
    assert second["run"].endswith(f"/api/v1/runs/{first['run_id']}/")
    assert (month["status"], month["is_under_way"], month["blockers"]) == ("OPEN", True, [])
    assert office.by("auditor").read(f"runs/{first['run_id']}/")["kind"] == "CLOSE"


def test_an_account_map_is_not_approved_by_who_wrote_it(office: Office) -> None:
    body = {"valid_from": "2026-01-01", "accounts": [{"role": "DERIVATIVE", "code": "1"}]}
    version = office.done("preparer", f"entities/{office.entity.pk}/account-map/", body)
    where = f"account-map-versions/{version['id']}/"
    assert "had a hand in" in refused(office, "preparer", f"{where}approve/", seen(version))
    assert office.by("auditor").rows("account-maps/") == []
    office.done("third", f"{where}reject/", seen(version, comment="incomplete"), status=200)
    assert "decided already" in refused(office, "third", f"{where}approve/", seen(version))
    assert office.by("auditor").rows("account-map-versions/", awaits="true") == []


def test_an_entry_is_not_taken_back_into_a_closed_month(office: Office) -> None:
    version = office.approved(office.designated())
    entry_of = accounting.Entry(
        HedgeRelationshipVersion.objects.get(pk=version["id"]),
        "REMEASUREMENT",
        [("DERIVATIVE", "-100"), ("CASH_FLOW_HEDGE_RESERVE", "100")],
    )
    (entry,) = accounting.closed_month(office.entity, date(2026, 7, 1), [entry_of])
    body = {"reason": "wrong", "entry_date": "2026-07-31"}
    refused(office, "preparer", f"journal-entries/{entry.pk}/reverse/", body, on=MONTH_END)
    assert JournalEntry.objects.count() == 1


def test_a_body_that_is_too_large_is_not_read(office: Office, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    office.refused("preparer", DESIGNATE, raw=b'{"a": "' + b"x" * 2000 + b'"}', status=413)


def test_a_session_writes_only_with_its_csrf_token(office: Office) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.people["preparer"], backend=BACKEND)
    answer = client.post(f"/api/v1/{DESIGNATE}", "{}", content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
