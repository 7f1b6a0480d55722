"""Single answers that are worked out, as the book was known at a time: what came later is not in them."""

from datetime import date, datetime

import pytest
from django.db import connection

from hedges.domain import relationship_approval
from hedges.domain.documents import receiving
from hedges.models import AccountingPeriod, HedgeRelationshipVersion
from tests.factories import accounting, book, clock
from tests.hedges.api.workflow.office import DECIDED, DESIGNATED, Office
from tests.hedges.documents import samples
from treasury.domain import approval
from treasury.enums import Decision

pytestmark = pytest.mark.django_db
EARLIER = date(2026, 7, 14)


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def now() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT hedgebook_now()")
        found: datetime = cursor.fetchone()[0]
    return found.isoformat()


def test_what_was_designated_released_and_approved_later_is_not_in_a_capacity(office: Office) -> None:
    path, caller = f"exposures/{office.item.exposure_id}/capacity/", office.by("auditor")
    with clock.at(EARLIER):
        before = now()
    with clock.at(DESIGNATED):
        version = office.designated()
        waiting = now()
    office.approved(version)
    with clock.at(date(2026, 7, 17)):
        [use] = caller.read(path)["uses"]
        assert use["is_approved"]
        assert caller.read(path, known_at=before)["uses"] == []
        [then] = caller.read(path, known_at=waiting)["uses"]
        assert then == use | {"is_approved": False}
        assert caller.refused(path, known_at="2020-01-01T00:00:00Z")["status"] == 404


def test_units_that_were_released_since_were_taken_then(office: Office) -> None:
    path, caller = f"instruments/{office.forward.instrument_id}/capacity/", office.by("auditor")
    version = HedgeRelationshipVersion.objects.get(pk=office.designated()["id"])
    with clock.at(DESIGNATED):
        waiting = now()
        [taken] = caller.read(path, known_at=waiting)["uses"]
    with clock.at(DECIDED):
        relationship_approval.reject(
            versions=[version], actor=office.people["approver"], comment="", digests=[version.content_digest]
        )
    with clock.at(date(2026, 7, 17)):
        assert caller.read(path, framework="IFRS9")["uses"] == []
        then = caller.read(path, known_at=waiting, framework="IFRS9")
        assert then["uses"] == [taken]
        assert then["free"] != caller.read(path, framework="IFRS9")["free"]


def test_a_trade_goes_out_as_it_was_known(office: Office) -> None:
    first = office.forward
    with clock.at(EARLIER):
        before = now()
    with clock.at(DESIGNATED):
        book.forward(-2_000_000, of=office.entity, counterparty=office.bank)
    path, caller = f"instruments/{first.instrument_id}/fpml/", office.by("auditor")
    with clock.at(DECIDED):
        assert caller.read(path, known_at=before) == caller.read(path)
        assert caller.refused(path, known_at="2020-01-01T00:00:00Z")["status"] == 404
        assert caller.refused(path, as_of="1999-01-01")["status"] == 404
        book_now, book_then = (
            caller.read("portfolio/ore/", as_of=str(DESIGNATED), **known)
            for known in ({}, {"known_at": before})
        )
    assert (book_now["trade_count"], book_then["trade_count"]) == (2, 1)


def test_a_rejected_version_counted_as_the_newest_until_it_was_rejected(office: Office) -> None:
    with clock.at(DESIGNATED):
        waits = book.forward(of=office.entity, counterparty=office.bank, approve=False)
        before = now()
    with clock.at(DECIDED):
        approval.decide(
            versions=[waits], approvals=type(waits).approval.related.related_model, actor=book.user(),
            decision=Decision.REJECTED,
        )  # fmt: skip
        caller, path = office.by("auditor"), f"instruments/{waits.instrument_id}/fpml/"
        assert caller.refused(path)["status"] == 404
        assert caller.read(path, known_at=before)["version_number"] == 1


def test_a_document_is_compared_with_the_book_that_was_known(office: Office) -> None:
    with clock.at(DESIGNATED):
        document = receiving.receive(
            entity=office.entity, content=samples.fpml(ours=office.entity.lei, theirs=office.bank.lei),
            actor=office.people["preparer"],
        ).document  # fmt: skip
        before = now()
    path, caller = f"documents/{document.pk}/", office.by("auditor")
    with clock.at(DECIDED):
        made = office.done("preparer", f"documents/{document.pk}/record/", {"reason": "x"})
        found = caller.read(f"{path}matches/")["matches"]
        assert [match["instrument_id"] for match in found] == [made["instrument_id"]]
        assert caller.read(f"{path}matches/", known_at=before)["matches"] == []
        assert caller.read(f"{path}original/", known_at=before) == caller.read(f"{path}original/")
        for part in ("matches/", "original/", ""):
            assert caller.refused(f"{path}{part}", known_at="2026-07-01T00:00:00Z")["status"] == 404
        assert caller.rows("documents/", instrument_id=made["instrument_id"], known_at=before) == []


def test_a_month_is_told_as_it_stood(office: Office) -> None:
    version = book.relationship(
        of=office.entity, items=[(office.item, 600_000)], instruments=[(office.forward, -600_000)]
    )
    caller, path = office.by("auditor"), f"entities/{office.entity.pk}/periods/2026-06/"
    before = now()
    assert caller.tag_of(path).startswith('"e0.0-')
    legs = [("DERIVATIVE", "-100"), ("CASH_FLOW_HEDGE_RESERVE", "100")]
    accounting.closed_month(
        office.entity, date(2026, 6, 1), [accounting.Entry(version, "REMEASUREMENT", legs)]
    )
    closed = caller.read(path)
    assert (closed["status"], closed["entry_count"], closed["blockers"]) == ("CLOSED", 1, [])
    then = caller.read(path, known_at=before)
    assert (then["status"], then["run_id"], then["closed_by"], then["entry_count"]) == ("OPEN", None, None, 0)
    assert then["blockers"] is None  # what stands in the way is said of now alone
    period = AccountingPeriod.objects.get(entity=office.entity)
    assert (
        caller.tag_of(path).split("-")[0] == caller.tag_of(f"accounting-periods/{period.pk}/").split("-")[0]
    )
    stale = office.by("preparer").post(f"{path}close/", {}, headers={"If-Match": '"e0.0"'})
    assert stale.status_code == 412


def test_what_waits_and_what_is_in_a_state_is_asked_of_that_time(office: Office) -> None:
    """`awaits`, `decision`, `open` and states of rows that move: all by what was known, not by today's."""
    with clock.at(DESIGNATED):
        version = office.designated()
        waiting = now()
    office.approved(version)
    caller = office.by("auditor")
    with clock.at(date(2026, 7, 17)):
        for name in ("hedge-relationship-versions/", "instrument-versions/", "exposure-versions/"):
            assert caller.rows(name, awaits="true") == []
        [row] = caller.rows("hedge-relationship-versions/", awaits="true", known_at=waiting)
        assert (row["id"], row["decision"]) == (version["id"], None)
        assert caller.rows("hedge-relationship-versions/", awaits="false", known_at=waiting) == []
        detail = caller.read(f"hedge-relationship-versions/{version['id']}/", known_at=waiting)
        assert [one["occasion"] for one in detail["assessments"]] == ["INCEPTION"]
