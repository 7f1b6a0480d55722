"""Exposures as the version that counts on a date, as known at a time."""

from datetime import date
from decimal import Decimal

import pytest

from exposures.domain import recording
from exposures.models import ExposureVersion, ExposureVersionApproval
from tests.factories import api, book
from treasury.domain import approval

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller() -> api.Caller:
    return api.by_token("AUDITOR")


def amended(version: ExposureVersion, *, approve: bool = True, **fields: object) -> ExposureVersion:
    values = {
        name: getattr(version, name)
        for name in ("risk", "kind", "exposure_amount", "exposure_currency", "expected_date", "valid_from")
    }
    newer = ExposureVersion(exposure=version.exposure, **(values | fields))
    recorded = recording.amend(versions=[newer], actor=book.user(), reason="amended")
    if approve:
        approval.decide(versions=recorded, approvals=ExposureVersionApproval, actor=book.user())
    return recorded[0]


def approved_at(version: ExposureVersion) -> str:
    approved = ExposureVersionApproval.objects.get(version=version)
    return approved.recorded_at.isoformat().replace("+00:00", "Z")


def test_a_row_holds_just_the_fields_of_the_contract(caller: api.Caller) -> None:
    version = book.exposure(Decimal("1250000.5"), of=book.entity(), certainty_ratio=Decimal("0.8"))
    row = caller.read(f"exposures/{version.exposure_id}/", as_of="2026-10-30")
    assert row == {
        "id": version.exposure_id,
        "entity_id": version.entity_id,
        "entity": version.entity.code,
        "source_system": "TEST",
        "external_reference": version.exposure.external_reference,
        "version_id": version.pk,
        "version_number": 1,
        "valid_from": "2026-01-01",
        "valid_to": None,
        "recorded_at": version.recorded_at.isoformat().replace("+00:00", "Z"),
        "content_digest": version.content_digest,
        "risk": "USDEUR",
        "kind": "HIGHLY_PROBABLE_FORECAST",
        "status": "OPEN",
        "description": "",
        "exposure_amount": "1250000.50",
        "exposure_currency": "USD",
        "expected_date": "2027-04-30",
        "window_start": None,
        "window_end": None,
        "certainty_ratio": 0.8,
        "start_date": None,
        "payment_months": None,
        "spread_rate": None,
    }
    assert row in caller.rows("exposures/", as_of="2026-10-30")


@pytest.mark.parametrize(
    ("code", "amount", "text"), [("JPYEUR", "-5000000", "-5000000"), ("KWDEUR", "1.25", "1.250")]
)
def test_an_amount_has_the_decimals_of_its_unit(
    caller: api.Caller, code: str, amount: str, text: str
) -> None:
    version = book.exposure(Decimal(amount), of=book.entity(), risk=book.risk(code))
    assert caller.read(f"exposures/{version.exposure_id}/")["exposure_amount"] == text


def test_the_version_that_counts_depends_on_the_business_date(caller: api.Caller) -> None:
    first = book.exposure(100, of=book.entity())
    amended(first, exposure_amount=Decimal(200), valid_from=date(2026, 6, 1))
    path = f"exposures/{first.exposure_id}/"
    assert caller.read(path, as_of="2026-05-31")["exposure_amount"] == "100.00"
    assert caller.read(path, as_of="2026-06-01")["exposure_amount"] == "200.00"
    assert caller.refused(path, as_of="2025-12-31")["status"] == 404
    assert caller.rows("exposures/", as_of="2025-12-31", entity=first.entity.code) == []


def test_and_on_what_was_known(caller: api.Caller) -> None:
    first = book.exposure(100, of=book.entity())
    first_known = approved_at(first)
    second = amended(first, exposure_amount=Decimal(200))
    path = f"exposures/{first.exposure_id}/"
    assert caller.read(path, as_of="2026-10-30")["version_id"] == second.pk
    assert caller.read(path, as_of="2026-10-30", known_at=first_known)["version_id"] == first.pk
    page = caller.read("exposures/", as_of="2026-10-30", known_at=first_known, entity=first.entity.code)
    assert [row["version_id"] for row in page["results"]] == [first.pk]
    assert (page["as_of_date"], page["known_at"]) == ("2026-10-30", first_known)
    assert caller.refused(path, known_at="2020-01-01T00:00:00Z")["status"] == 404


def test_what_waits_for_approval_does_not_count_but_is_a_version(caller: api.Caller) -> None:
    first = book.exposure(100, of=book.entity())
    waiting = amended(first, approve=False, exposure_amount=Decimal(200), change_reason="more sold")
    assert caller.read(f"exposures/{first.exposure_id}/")["version_id"] == first.pk
    newest, oldest = caller.rows(f"exposures/{first.exposure_id}/versions/")
    assert (newest["version_id"], newest["version_number"], newest["decision"]) == (waiting.pk, 2, None)
    assert newest["change_reason"] == "more sold"
    assert newest["author"] == waiting.author.username
    assert (oldest["decision"], oldest["decided_at"]) == ("APPROVED", approved_at(first))
    assert oldest["decided_by"] not in (None, oldest["author"])


def test_the_versions_show_no_decision_that_was_not_known_yet(caller: api.Caller) -> None:
    version = book.exposure(of=book.entity())
    path = f"exposures/{version.exposure_id}/versions/"
    (row,) = caller.rows(path, known_at=version.recorded_at.isoformat().replace("+00:00", "Z"))
    assert (row["decision"], row["decided_by"], row["decided_at"]) == (None, None, None)
    assert caller.rows(path, known_at="2020-01-01T00:00:00Z") == []


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("kind", "FORECAST", "forecast"),
        ("risk", "GBPEUR", "pound"),
        ("exposure_currency", "GBP", "pound"),
        ("expected_date_from", "2027-06-01", "late"),
        ("expected_date_to", "2027-01-31", "early"),
    ],
)
def test_filters(caller: api.Caller, name: str, value: str, found: str) -> None:
    entity = book.entity()
    versions = {
        "forecast": book.exposure(of=entity, kind="FORECAST"),
        "pound": book.exposure(of=entity, risk=book.risk("GBPEUR")),
        "late": book.exposure(of=entity, expected_date=date(2027, 6, 1)),
        "early": book.exposure(of=entity, expected_date=date(2027, 1, 31)),
    }
    rows = caller.rows("exposures/", entity=entity.code, **{name: value})
    assert [row["version_id"] for row in rows] == [versions[found].pk]
