"""A whole day at the desk, in one story: file, tickets, second person, night, proposal, roll, exercise."""

import re
import time
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import TimeoutError as StillWaiting

from hedges.domain.ticket.kinds import FIELDS
from hedges.models import HedgeProposalLine, InstrumentEvent, InstrumentVersion
from tests.e2e import axe, workflow
from tests.e2e.day_records import a_file_is_approved, a_file_is_mended_and_sent, approved, dealt_by_keyboard
from tests.factories import book, hedged
from tests.hedges.domain.trade_life import lives
from treasury.nightly.tasks import sweep

#: The bucket that nothing but the imported exposure falls into, by its first month.
MONTH = 9
NIGHT = 180  # seconds that a night may take on a busy machine
SWEEP = 10  # seconds between two rings of the schedule, whose clock does not run here


def from_the_file_to_the_exercise(page: Any) -> None:
    today = timezone.now().date()
    desk = workflow.made()
    book.policy(of=desk.entity, risk=book.risk(), bands=[(0, 60, "0.5", "0.65", "0.8")])
    put = lives.option(
        desk.entity, counterparty=desk.bank, expiry_date=today, settlement_date=today + timedelta(days=2)
    )
    hedged.night(today)

    workflow.sign_in(page, desk, "treasurer")
    assert cell(page, desk) is None
    a_file_is_mended_and_sent(page, desk, today)
    workflow.sign_in(page, desk, "approver")
    a_file_is_approved(page)

    workflow.sign_in(page, desk, "treasurer")
    sent = [version for kind in FIELDS for version in dealt_by_keyboard(page, desk, kind)]
    workflow.sign_in(page, desk, "approver")
    approved(page, sent)

    workflow.sign_in(page, desk, "treasurer")
    a_night(page, today)
    before = cell(page, desk)
    assert before is not None
    assert "Under-hedged" in before

    line = a_proposal_becomes_a_ticket(page, desk)
    workflow.sign_in(page, desk, "approver")
    approved(page, [line.outcome.instrument.versions.get()])
    workflow.sign_in(page, desk, "treasurer")
    a_night(page, today)
    after = cell(page, desk)
    assert after is not None
    assert "In band" in after
    assert after != before

    rolled = lived(page, desk.hedging, "Roll", {"Market's rate to the new settlement": "0.93"})
    exercised = lived(page, put, "Exercise", {})
    workflow.sign_in(page, desk, "approver")
    approved(page, [event.version for event in (rolled, exercised)])
    for event in (rolled, exercised):
        following = InstrumentVersion.objects.get(instrument=event.successor)
        assert following.approval.decided_by == desk.people["approver"]
        page.goto(reverse("instrument", args=[event.instrument_id]))
        assert page.get_by_role("link", name=following.instrument.external_reference).count() > 0
    assert axe.across(page) <= 0
    assert page.problems == []


def cell(page: Any, desk: Any) -> str | None:
    """What the position says of the bucket of the imported exposure."""
    page.goto(reverse("position"))
    assert axe.across(page) <= 0
    address = reverse("position-cell", args=[desk.entity.code, "USDEUR", MONTH])
    found = page.locator(f"table.grid a[href^='{address}']")
    return str(found.inner_text()) if found.count() else None


def a_night(page: Any, today: date) -> None:
    """Asked for on the page and read from it; the worker does it."""
    page.goto(reverse("runs"))
    page.locator("#as_of_date").fill(today.isoformat())
    page.get_by_role("button", name="Start the night").click()
    page.wait_for_url(re.compile(r"/runs/\d+/"))
    _rung_for_until_it_is_done(page.get_by_role("link", name="Read the position of this run"))
    page.get_by_role("link", name="Read the position of this run").click()
    page.get_by_role("heading", level=1).get_by_text("Position").wait_for()


def _rung_for_until_it_is_done(link: Any) -> None:
    """As the schedule does: a shard that a lock sent back is tried again when the next bell rings."""
    until = time.monotonic() + NIGHT
    while True:
        sweep.delay()
        try:
            link.wait_for(timeout=SWEEP * 1000)
        except StillWaiting:
            if time.monotonic() > until:
                raise
        else:
            return


def a_proposal_becomes_a_ticket(page: Any, desk: Any) -> HedgeProposalLine:
    address = reverse("position-cell", args=[desk.entity.code, "USDEUR", MONTH])
    page.locator(f"table.grid a[href^='{address}']").click()
    page.get_by_role("link", name="Bring into the band").first.click()
    page.get_by_role("button", name="Keep as a proposal of 1 trade").click()
    page.get_by_role("link", name="Open its ticket").click()
    page.get_by_label("With", exact=True).select_option(desk.bank.code)
    page.get_by_label("Rate", exact=True).fill("1.0825")
    page.get_by_role("button", name="Send for approval").click()
    page.get_by_text("is sent for approval").wait_for()
    return HedgeProposalLine.objects.get()


def lived(page: Any, trade: InstrumentVersion, button: str, typed: dict[str, str]) -> InstrumentEvent:
    """What happens to a trade, shown before it is sent."""
    page.goto(reverse("instrument", args=[trade.instrument_id]))
    page.get_by_role("link", name=button, exact=True).click()
    for label, text in typed.items():
        page.get_by_label(label).fill(text)
    page.get_by_label("Reason").fill("as agreed with the bank")
    page.get_by_role("button", name="Show what it does").click()
    page.get_by_role("heading", name="What it does").wait_for()
    assert axe.across(page) <= 0
    page.get_by_role("button", name="Send for approval").click()
    page.get_by_role("heading", name="Life").wait_for()
    return InstrumentEvent.objects.get(instrument_id=trade.instrument_id)
