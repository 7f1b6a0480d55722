"""A hedge is designated by one person and approved by another, in the browser, on a desktop and a narrow screen."""

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from hedges.models import HedgeRelationshipVersion
from tests.e2e import axe, workflow
from tests.e2e.test_desk import DESKTOP, NARROW


def seen(page: Any, found: dict[str, Any], name: str, *, dark: bool) -> None:
    found[name] = axe.both(page) if dark else axe.findings(page, without=axe.OF_COLOUR)
    assert axe.across(page) <= 0, f"{name} is wider than the screen"


@pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["desktop", "narrow"])
def test_designated_by_one_and_approved_by_another(browser_page: Any, size: dict[str, int]) -> None:
    page, found, dark = browser_page, {}, size is DESKTOP
    page.set_viewport_size(size)
    desk = workflow.made()
    workflow.sign_in(page, desk, "preparer")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Relationships").click()
    page.get_by_role("link", name="Designate a hedge").click()
    page.get_by_label("Hedged risk").select_option("USDEUR")
    page.get_by_label("Designated on").fill(timezone.now().date().isoformat())
    page.get_by_label("Hedged until").fill("2027-04-30")
    seen(page, found, "basis", dark=dark)
    page.get_by_role("button", name="Choose items and instruments").click()

    page.get_by_label(f"Amount of {desk.item.exposure.external_reference}", exact=True).fill("600k")
    page.get_by_role("button", name="Show terms, tests and what is missing").click()
    expect(page.get_by_text("No hedging instrument is chosen")).to_have_count(1)
    amount = page.get_by_label(f"Amount of {desk.item.exposure.external_reference}", exact=True)
    assert amount.input_value() == "600k"
    seen(page, found, "refused", dark=dark)
    page.get_by_label(f"Notional of {desk.hedging.instrument.external_reference}").fill("600,000.00")
    page.get_by_role("button", name="Show terms, tests and what is missing").click()
    expect(page.get_by_role("heading", name=re.compile("Test at inception"))).to_have_count(1)
    seen(page, found, "preview", dark=dark)
    page.get_by_role("button", name="Send for approval").click()
    page.get_by_text("is sent for approval").wait_for()
    seen(page, found, "relationship", dark=dark)

    page.get_by_role("link", name="To the decision").click()
    page.wait_for_load_state()
    assert page.get_by_role("button", name=re.compile("^Approve")).count() == 0
    workflow.sign_in(page, desk, "approver")
    page.goto(reverse("approvals"))
    seen(page, found, "approvals", dark=dark)
    version = HedgeRelationshipVersion.objects.get()
    page.get_by_role("link", name=version.relationship.code).first.click()
    seen(page, found, "decision", dark=dark)
    page.get_by_role("button", name=re.compile("^Approve")).click()
    page.get_by_text("is approved").wait_for()
    assert version.approval.decided_by == desk.people["approver"]
    assert {name: what for name, what in found.items() if what} == {}
    assert [text for text in page.problems if "422" not in text] == []
