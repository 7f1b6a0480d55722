"""The day without script: file, ticket, second person, proposal, roll and exercise go by forms and links alone."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from hedges.models import InstrumentVersion
from tests.e2e import axe, day, workflow
from tests.e2e.day_records import a_file_is_approved, a_file_is_mended_and_sent, approved
from tests.factories import book, hedged
from tests.harness.browser import patient
from tests.hedges.domain.trade_life import lives
from tests.hedges.web.workflow import tickets


def test_the_day_goes_by_forms_and_links_alone(browser: Any, live_site: str) -> None:
    desk, today = workflow.made(), timezone.now().date()
    book.policy(of=desk.entity, risk=book.risk(), bands=[(0, 60, "0.5", "0.65", "0.8")])
    put = lives.option(
        desk.entity, counterparty=desk.bank, expiry_date=today, settlement_date=today + timedelta(days=2)
    )
    hedged.night(today)
    context = patient(browser.new_context(base_url=live_site, viewport=axe.WIDE, java_script_enabled=False))
    page = context.new_page()

    workflow.sign_in(page, desk, "treasurer")
    a_file_is_mended_and_sent(page, desk, today)
    option = _dealt(page, desk, "OPTION")
    rolled = day.lived(page, desk.hedging, "Roll", {"Market's rate to the new settlement": "0.93"})
    exercised = day.lived(page, put, "Exercise", {})
    workflow.sign_in(page, desk, "approver")
    a_file_is_approved(page)
    approved(page, [option, rolled.version, exercised.version])

    hedged.night(today, new_revision=True)
    workflow.sign_in(page, desk, "treasurer")
    before = day.cell(page, desk)
    assert before is not None
    assert "Under-hedged" in before
    line = day.a_proposal_becomes_a_ticket(page, desk)
    workflow.sign_in(page, desk, "approver")
    approved(page, [line.outcome.instrument.versions.get()])
    context.close()


def _dealt(page: Any, desk: Any, kind: str) -> InstrumentVersion:
    """The kind is chosen first and its form asked for by a button."""
    told = tickets.typed(desk, kind)
    page.goto(reverse("ticket"))
    page.get_by_label("Kind of trade").select_option(told.pop("kind"))
    page.get_by_role("button", name="Change kind").click()
    for name, text in told.items():
        field = page.locator(f"#ticket [name={name}]").first
        if field.evaluate("one => one.localName") == "select":
            field.select_option(text)
        else:
            field.fill(text)
    page.get_by_role("button", name="Send for approval").click()
    page.get_by_text("is sent for approval").wait_for()
    return InstrumentVersion.objects.latest("pk")
