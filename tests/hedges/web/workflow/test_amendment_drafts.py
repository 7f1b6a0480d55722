"""An amendment that is begun is kept for the one who types it, goes on where it was left, and goes with its sending."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from hedges.models import InstrumentVersion
from tests.factories import clock
from tests.hedges.web.workflow import tickets
from tests.hedges.web.workflow.desk import Desk, fields_of
from treasury.models import Draft

TODAY = date(2026, 11, 18)
SWAP = {"spread_rate": "0.25", "payment_months": "12", "counter_amount": ""}


@pytest.fixture
def trade(desk: Desk):
    with clock.at(TODAY):
        return tickets.sent(desk, "INTEREST_RATE_SWAP")[0]


def asked(desk: Desk, address: str, told: dict[str, str] | None = None, who: str = "treasurer"):
    with clock.at(TODAY):
        client = desk.by(who)
        return client.get(address) if told is None else client.post(address, told)


def begun(desk: Desk, address: str) -> dict[str, str]:
    told = fields_of(asked(desk, address).content.decode())
    assert {"start_date", "payment_months", "spread_rate"} <= set(told), "a swap is amended in all its terms"
    return told | SWAP


def test_what_was_typed_is_there_again_and_is_gone_once_sent(desk: Desk, trade) -> None:
    address = reverse("instrument-amend", args=[trade.instrument_id])
    typed = begun(desk, address)
    answer = asked(desk, address, typed | {"do": "keep"})
    assert answer.status_code == 200
    assert "Kept as a draft." in tickets.said(answer)
    assert "You have begun to amend this trade" in tickets.said(asked(desk, address))
    listed = asked(desk, reverse("ticket-drafts"))
    assert f"Amend {trade.instrument.external_reference}: " in tickets.said(listed)
    assert f"{address}?draft=1" in listed.content.decode()
    again = fields_of(asked(desk, f"{address}?draft=1").content.decode())
    assert {name: again[name] for name in (*SWAP, "seen") if name in again} == {
        name: typed[name] for name in (*SWAP, "seen") if name in again
    }
    answer = asked(desk, address, again | {"do": "send", "reason": "as confirmed"})
    assert answer.status_code == 302, tickets.said(answer)
    assert not Draft.objects.exists()
    newest = InstrumentVersion.objects.get(instrument=trade.instrument, version_number=2)
    assert (newest.spread_rate, newest.payment_months) == (Decimal("0.0025"), 12)


def test_it_is_its_owners_alone_and_is_let_go(desk: Desk, trade) -> None:
    address = reverse("instrument-amend", args=[trade.instrument_id])
    asked(desk, address, begun(desk, address) | {"do": "keep"})
    assert "You have begun" not in tickets.said(asked(desk, address, who="preparer"))
    drafted = Draft.objects.get()
    discard = reverse("ticket-draft-discard", args=[drafted.client_key])
    asked(desk, discard, {}, who="preparer")
    assert Draft.objects.count() == 1
    asked(desk, discard, {})
    assert not Draft.objects.exists()


def test_what_was_begun_before_the_trade_changed_is_not_sent(desk: Desk, trade) -> None:
    address = reverse("instrument-amend", args=[trade.instrument_id])
    typed = begun(desk, address)
    asked(desk, address, typed | {"do": "keep"})
    sent = asked(desk, address, typed | {"do": "send", "reason": "first"}, who="preparer")
    assert sent.status_code == 302, tickets.said(sent)
    late = fields_of(asked(desk, f"{address}?draft=1").content.decode())
    answer = asked(desk, address, late | {"do": "send", "reason": "second", "spread_rate": "0.3"})
    assert answer.status_code == 422
    assert "Version 2 was recorded meanwhile by" in tickets.said(answer)
    assert Draft.objects.count() == 1
