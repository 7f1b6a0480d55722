"""A loss that will not be recovered, by its pages and by the API: shown, sent, decided on by another person."""

from decimal import Decimal
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hedges.models import UnrecoveredLossVersion, UnrecoveredLossVersionApproval
from tests.factories import api, book, clock
from tests.factories.web import signed_in
from tests.workflow.test_unrecovered_losses import DAY, sold, stated

pytestmark = pytest.mark.django_db
SAID = {
    "on": str(DAY),
    "amount": "8000",
    "share": "",
    "reason": "sold below its cost",
    "evidence": "the offer",
}


@pytest.fixture
def version() -> Any:
    return sold()[1]


def read(client: Any, name: str, *keys: int) -> str:
    answer = client.get(reverse(name, args=keys))
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def test_a_loss_is_shown_sent_and_agreed_to_by_another_person(version) -> None:
    pk = version.relationship_id
    preparer, approver = book.user("HEDGE_ACCOUNTANT"), book.user("APPROVER")
    with clock.at(DAY):
        writes, decides, reads = signed_in(user=preparer), signed_in(user=approver), signed_in("AUDITOR")
        address = reverse("unrecovered-loss", args=[pk])
        assert address in read(writes, "relationship", pk)
        assert address not in read(reads, "relationship", pk)
        assert reads.post(address, SAID).status_code == 403
        shown = writes.post(address, SAID | {"do": "preview"})
        assert shown.status_code == 200
        assert "-12,000.00 EUR" in shown.content.decode().replace("−", "-")
        assert not UnrecoveredLossVersion.objects.exists()
        wrong = writes.post(address, SAID | {"amount": "", "do": "save"})
        assert (wrong.status_code, b"either an amount or a share" in wrong.content) == (422, True)
        assert writes.post(address, SAID | {"do": "save"}).status_code == 302
        made = UnrecoveredLossVersion.objects.get()
        assert (made.loss_amount, made.author) == (Decimal(8000), preparer)
        decision = reverse("unrecovered-loss-decision", args=[made.pk])
        assert decision in read(decides, "approvals")
        assert decision in read(reads, "relationship", pk)
        assert "another person decides" in read(writes, "unrecovered-loss-decision", made.pk)
        assert "Agree that the loss" in read(decides, "unrecovered-loss-decision", made.pk)
        decide = reverse("unrecovered-loss-decide", args=[made.pk])
        told = {"decision": "APPROVED", "digest": made.content_digest, "comment": ""}
        assert writes.post(decide, told).status_code == 422
        assert decides.post(decide, told).status_code == 302
    assert UnrecoveredLossVersionApproval.objects.get().decided_by == approver


def test_the_approvals_take_as_many_statements_for_one_loss_as_for_none(version) -> None:
    def statements() -> int:
        read(client, "approvals")
        with CaptureQueriesContext(connection) as seen:
            read(client, "approvals")
        return len(seen)

    with clock.at(DAY):
        client = signed_in("AUDITOR")
        before = statements()
        stated(version)
        assert statements() == before


def test_by_the_api(version) -> None:
    path = f"hedge-relationships/{version.relationship_id}/state-loss/"
    body = {"on": str(DAY), "share": 0.25, "reason": "sold below its cost", "evidence": "the offer"}
    with clock.at(DAY):
        preparer, approver = api.by_token("HEDGE_ACCOUNTANT"), api.by_token("APPROVER")
        shown = preparer.send("POST", f"{path}preview/", orjson.dumps({"on": str(DAY), "share": 0.25}))
        assert shown.json() == {
            "on": str(DAY), "currency": "EUR", "reserve": "-20000.00", "loss": "-5000.00", "left": "-15000.00",
        }  # fmt: skip
        made = preparer.send("POST", path, orjson.dumps(body))
        assert made.status_code == 201, made.content
        row = made.json()
        assert (row["loss_share"], row["loss_amount"], row["decision"]) == (0.25, None, None)
        seen = orjson.dumps({"content_digest": row["content_digest"], "comment": ""})
        address = f"unrecovered-losses/{row['id']}/"
        assert preparer.send("POST", f"{address}approve/", seen).status_code == 409
        agreed = approver.send("POST", f"{address}approve/", seen)
        assert (agreed.status_code, agreed.json()["decision"]) == (200, "APPROVED"), agreed.content
        assert approver.get(address).json()["decided_by"]
        again = preparer.send("POST", path, orjson.dumps(body | {"on": "2026-01-20"}))
        assert (again.status_code, "is closed" in again.content.decode()) == (409, True)
