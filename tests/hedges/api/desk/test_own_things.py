"""Drafts and views are a person's own; nights are asked for once and cancelled before they are published."""

import pytest

from tests.factories import book
from tests.hedges.api.desk.trading import left
from tests.hedges.api.workflow.office import Office

pytestmark = pytest.mark.django_db
KEY = "0b8f9f1e-5c0e-4f0e-9d5a-1f2e3d4c5b6a"


def test_a_draft_is_kept_written_over_and_discarded_by_its_owner_alone(office: Office) -> None:
    body = {"key": KEY, "title": "Half a forward", "fields": [{"name": "amount", "value": "5m"}]}
    kept = office.done("treasurer", "trade-drafts/keep/", body)
    assert (kept["key"], kept["fields_typed"]) == (KEY, {"amount": "5m"})
    over = office.done(
        "treasurer", "trade-drafts/keep/", body | {"fields": [{"name": "rate", "value": "1.08"}]}
    )
    assert office.by("treasurer").rows("trade-drafts/") == [over]
    assert office.by("preparer").rows("trade-drafts/") == []
    assert office.by("preparer").refused(f"trade-drafts/{over['id']}/")["status"] == 404
    before = left()
    office.refused("preparer", "trade-drafts/discard/", {"key": KEY}, status=404)
    strange = {"key": KEY, "fields": [{"name": "shade", "value": "x"}]}
    office.refused("treasurer", "trade-drafts/keep/", strange, status=400)
    assert left() == before
    office.done("treasurer", "trade-drafts/discard/", {"key": KEY}, status=200)
    assert office.by("treasurer").rows("trade-drafts/") == []


def test_a_view_is_ones_own_or_shared_with_an_entity(office: Office) -> None:
    body = {"name": "Dollar, open", "path": "/instruments/", "query": "risk=USDEUR&page=3"}
    own = office.done("auditor", "saved-views/keep/", body)
    assert (own["query"], own["shared_with"]) == ("risk=USDEUR", None)
    assert office.by("treasurer").rows("saved-views/") == []
    before = left()
    office.refused("auditor", "saved-views/keep/", body)
    outside = office.refused("treasurer", "saved-views/keep/", body | {"path": "//elsewhere/"})
    assert "Only a page" in outside["detail"]
    reader = office.refused("auditor", "saved-views/keep/", body | {"shared_with": office.entity.code})
    assert "You may read" in reader["detail"]
    office.refused("stranger", "saved-views/keep/", body | {"shared_with": office.entity.code}, status=404)
    assert left() == before
    shared = office.done("treasurer", "saved-views/keep/", body | {"shared_with": office.entity.code})
    assert office.by("approver").rows("saved-views/") == [shared]
    assert office.by("stranger").rows("saved-views/") == []
    where = f"saved-views/{shared['id']}/delete/"
    office.refused("stranger", where, status=404)
    assert "somebody else's" in office.refused("approver", where)["detail"]
    office.done("treasurer", where, status=200)
    assert office.by("approver").rows("saved-views/") == []


def test_people_are_those_of_ones_own_entities(office: Office) -> None:
    found = office.by("auditor").rows("people/")
    assert {row["role"] for row in found} == {
        "HEDGE_ACCOUNTANT", "APPROVER", "TREASURER", "AUDITOR", "ADMINISTRATOR",
    }  # fmt: skip
    assert {row["entity"] for row in found} == {office.entity.code}
    assert office.people["stranger"].username not in {row["username"] for row in found}
    (approver,) = office.by("auditor").rows("people/", role="APPROVER")
    assert approver["username"] == office.people["approver"].username


def test_a_night_is_asked_for_joined_and_cancelled(office: Office) -> None:
    asked = office.done("approver", "runs/start/", {"as_of_date": str(book.TODAY)}, status=202)
    assert (asked["is_new"], asked["status"], asked["kind"]) == (True, "PENDING", "NIGHTLY")
    joined = office.done("treasurer", "runs/start/", {"as_of_date": str(book.TODAY)}, status=200)
    assert (joined["is_new"], joined["id"]) == (False, asked["id"])
    before = left()
    none = office.refused("treasurer", "runs/start/", {"as_of_date": "2026-10-24"}, status=400)
    assert (none["errors"][0]["field"], left()) == ("as_of_date", before)
    where = f"runs/{asked['id']}/cancel/"
    ended = office.done("treasurer", where, {"reason": "By mistake."}, status=200)
    assert ended["status"] == "FAILED" and "By mistake." in ended["status_reason"]
    assert "ended already" in office.refused("treasurer", where)["detail"]
