"""Many versions are decided on by one request, each bound to what was seen: all of them or none."""

from typing import Any

import pytest

from hedges.models import InstrumentVersionApproval
from tests.factories import book
from tests.hedges.api.workflow.office import Office

pytestmark = pytest.mark.django_db
WHERE = "awaiting/decide/"


def waiting(office: Office, count: int = 2, **fields: Any) -> list[Any]:
    return [
        book.forward(of=office.entity, counterparty=office.bank, approve=False, **fields)
        for _ in range(count)
    ]


def body(versions: list[Any], **changed: Any) -> dict[str, Any]:
    rows = [{"id": one.pk, "content_digest": one.content_digest} for one in versions]
    return {"kind": "instrument", "decision": "APPROVED", "comment": "as dealt", "versions": rows} | changed


def test_all_that_was_seen_is_decided(office: Office) -> None:
    versions = waiting(office)
    answer = office.done("approver", WHERE, body(versions), status=200)
    assert answer == {"decision": "APPROVED", "decided": 2}
    made = InstrumentVersionApproval.objects.filter(version__in=versions)
    assert {(one.decision, one.comment) for one in made} == {("APPROVED", "as dealt")}
    assert len(made) == 2


def test_one_that_was_changed_meanwhile_refuses_all_and_is_named(office: Office) -> None:
    versions = waiting(office)
    sent = body(versions)
    sent["versions"][1]["content_digest"] = "0" * 64
    refused = office.refused("approver", WHERE, sent, status=409)
    name = versions[1].instrument.external_reference
    assert f"{name}: Its content is not what you have seen" in str(refused)
    assert versions[0].instrument.external_reference not in str(refused)
    assert not InstrumentVersionApproval.objects.filter(version__in=versions).exists()


def test_who_may(office: Office) -> None:
    versions = waiting(office)
    foreign = office.refused("stranger", WHERE, body(versions), status=404)
    assert foreign == office.refused("approver", WHERE, body(versions) | {
        "versions": [{"id": 999_999, "content_digest": "0" * 64}]
    }, status=404)  # fmt: skip
    office.refused("treasurer", WHERE, body(versions), status=403)
    own = waiting(office, 1, author=office.people["approver"])
    assert "You wrote it" in str(office.refused("approver", WHERE, body(own), status=409))
