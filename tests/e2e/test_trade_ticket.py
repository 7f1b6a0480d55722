"""A trade is typed by keyboard alone, said back as it is typed, kept, and approved by another person in the browser."""

import re
import time
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from hedges.models import InstrumentVersion
from tests.e2e import axe, workflow
from tests.e2e.test_desk import DESKTOP, NARROW
from tests.factories import hedged, swaps
from treasury.models import Draft


def seen(page: Any, found: dict[str, Any], name: str, *, dark: bool) -> None:
    found[name] = axe.both(page) if dark else axe.findings(page, without=axe.OF_COLOUR)
    assert axe.across(page) <= 0, f"{name} is wider than the screen"


def kept_as(title: str) -> None:
    """The draft is kept a moment after each field: waits for the newest."""
    until = time.monotonic() + 60
    while Draft.objects.get().title != title and time.monotonic() < until:
        time.sleep(0.1)
    assert Draft.objects.get().title == title


def one_comes(page: Any, held: list[Any]) -> None:
    """The script sends when it can: waits for the request that is held."""
    until = time.monotonic() + 60
    while not held and time.monotonic() < until:
        page.wait_for_timeout(10)


@pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["desktop", "narrow"])
def test_a_forward_is_typed_by_keyboard_and_approved_by_another(
    browser_page: Any, size: dict[str, int]
) -> None:
    page, found, dark = browser_page, {}, size is DESKTOP
    page.set_viewport_size(size)
    desk = workflow.made()
    hedged.night(timezone.now().date())
    workflow.sign_in(page, desk, "treasurer")
    page.goto(reverse("instruments"))
    page.keyboard.press("n")
    page.wait_for_url(re.compile("/trades/new/"))
    seen(page, found, "empty", dark=dark)

    page.get_by_label("Side").focus()
    page.keyboard.type("Sell")
    for text in ("EUR", "5m", "EURUSD", "3M", desk.bank.code, "1.0825"):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.get_by_text("Buys USD 5,412,500.00 against EUR 5,000,000.00").wait_for()
    assert page.get_by_text("= 5,000,000 EUR").count() == 1
    assert page.get_by_text("points").count() == 1
    kept_as("Forward: sell EUR 5m against EURUSD, 3M")
    seen(page, found, "typed", dark=dark)

    page.goto(reverse("ticket-drafts"))
    seen(page, found, "drafts", dark=dark)
    page.get_by_role("link", name=re.compile("^Go on with")).click()
    page.get_by_role("button", name="Send for approval").click()
    page.get_by_text("is sent for approval").wait_for()
    assert not Draft.objects.exists()
    version = InstrumentVersion.objects.order_by("pk").last()
    assert version.counter_amount == -5_000_000

    page.get_by_role("link", name="Amend").click()
    seen(page, found, "amend", dark=dark)
    workflow.sign_in(page, desk, "approver")
    page.goto(reverse("approvals"))
    page.get_by_role("link", name=re.compile(version.instrument.external_reference)).first.click()
    page.get_by_role("button", name=re.compile("^Approve")).click()
    page.get_by_text("is approved").wait_for()
    assert version.approval.decided_by == desk.people["approver"]
    assert {name: what for name, what in found.items() if what} == {}


def test_a_slow_answer_of_an_older_draft_is_not_kept_over_a_newer_one(browser_page: Any) -> None:
    """The first request is held on its way to the server: what is typed after it waits for it, and so does sending."""
    page = browser_page
    desk = workflow.made()
    workflow.sign_in(page, desk, "treasurer")
    page.goto(reverse("ticket"))
    held: list[Any] = []

    def hold_the_first(route: Any) -> None:
        held.append(route)
        if len(held) > 1:
            route.continue_()

    page.route(re.compile("/trades/new/"), hold_the_first)
    page.get_by_label("Amount", exact=True).fill("5m")
    page.get_by_label("Amount", exact=True).press("Tab")
    page.wait_for_function("document.activeElement.name !== 'amount'")
    for label, text in (("Against", "EURUSD"), ("Currency or risk", "EUR")):
        page.get_by_label(label).fill(text)
        page.get_by_label(label).press("Tab")
    page.get_by_role("button", name="Send for approval").click()
    one_comes(page, held)
    page.wait_for_timeout(300)
    assert len(held) == 1, "a second request went out before the first was answered"
    held[0].continue_()
    page.get_by_role("heading", name=re.compile("not sent|Nothing was recorded")).or_(
        page.get_by_role("alert")
    ).first.wait_for()
    assert len(held) == 3
    assert Draft.objects.get().fields["amount"] == "5m"
    assert Draft.objects.get().fields["currency"] == "EUR"


def test_another_kind_is_another_form_without_a_reload(browser_page: Any) -> None:
    page = browser_page
    desk = workflow.made()
    workflow.sign_in(page, desk, "treasurer")
    page.goto(reverse("ticket"))
    page.evaluate("window.here = true")
    page.get_by_label("Amount", exact=True).fill("250k")
    page.get_by_label("Kind of trade").select_option("OPTION")
    page.get_by_label("Expires").wait_for()
    assert page.get_by_label("Amount", exact=True).input_value() == "250k"
    assert page.evaluate("window.here") is True
    assert page.get_by_role("button", name="Change kind").count() == 0


@pytest.mark.parametrize("size", [DESKTOP, NARROW], ids=["desktop", "narrow"])
def test_the_legs_of_a_swap_are_said_and_shown_back(browser_page: Any, size: dict[str, int]) -> None:
    page, found, dark = browser_page, {}, size is DESKTOP
    page.set_viewport_size(size)
    desk = workflow.made()
    swaps.rate_index()
    workflow.sign_in(page, desk, "treasurer")
    page.goto(f"{reverse('ticket')}?kind=INTEREST_RATE_SWAP")
    for label, text in (
        ("Amount", "10m"),
        ("Matures", "5Y"),
        ("Fixed rate", "2.75"),
        ("Fixed leg paid every", "12"),
        ("Floating leg paid every", "6"),
    ):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("Index", exact=True).select_option("EURIBOR6M")
    page.get_by_label("With", exact=True).select_option(desk.bank.code)
    page.get_by_label("With", exact=True).press("Tab")
    page.get_by_text("= 30/360 (months of 30 days)").wait_for()
    page.get_by_text("= actual days / 360").wait_for()
    seen(page, found, "typed", dark=dark)
    page.get_by_role("button", name="Send for approval").click()
    page.get_by_text("is sent for approval").wait_for()
    page.get_by_text("Floating leg, day count").wait_for()
    seen(page, found, "recorded", dark=dark)
    assert {name: what for name, what in found.items() if what} == {}


def test_what_is_typed_while_the_fields_of_another_kind_come_stays(browser_page: Any) -> None:
    page = browser_page
    desk = workflow.made()
    workflow.sign_in(page, desk, "treasurer")
    page.goto(reverse("ticket"))
    held: list[Any] = []
    page.route(
        re.compile("/trades/new/"), lambda route: held.append(route) if not held else route.continue_()
    )
    page.get_by_label("Kind of trade").select_option("OPTION")
    page.get_by_label("Amount", exact=True).focus()
    page.keyboard.type("25")
    one_comes(page, held)
    held[0].continue_()
    page.get_by_label("Expires").wait_for()
    page.keyboard.type("0k")
    assert page.get_by_label("Amount", exact=True).input_value() == "250k"


def test_a_kind_that_was_only_passed_by_asks_for_no_fields(browser_page: Any) -> None:
    """Typed letters choose one kind after another; the fields of the one that was there before stand already."""
    page = browser_page
    desk = workflow.made()
    workflow.sign_in(page, desk, "treasurer")
    page.goto(reverse("ticket"))
    asked: list[str] = []

    def noted(route: Any) -> None:
        asked.append("kind" if 'name="do"\r\n\r\nkind' in route.request.post_data else "keep")
        route.continue_()

    page.route(re.compile("/trades/new/"), noted)
    page.evaluate(
        "(() => { const kind = document.querySelector('#ticket select[name=kind]');"
        " for (const one of ['FUTURE', 'FORWARD']) { kind.value = one;"
        " kind.dispatchEvent(new Event('change', { bubbles: true })); } })()"
    )
    page.get_by_text("Kept as a draft.").wait_for()
    assert asked == ["kind", "keep"]
