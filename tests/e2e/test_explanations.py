"""Explanations in the browser: reached from a number by keyboard, and on to the calculator."""

from typing import Any

import pytest

from hedges.models import ValuationResult
from tests.e2e import desk
from tests.factories import book, every_kind, hedged


@pytest.fixture
def night(live_site: str) -> Any:
    every_kind.every_kind()
    run = hedged.night()
    book.user("AUDITOR")
    return run


def test_a_number_leads_to_its_explanation_and_on_to_the_calculator_by_keyboard(
    browser_page: Any, night: Any
) -> None:
    desk.sign_in(browser_page)
    pk = min(ValuationResult.objects.values_list("instrument_id", flat=True))
    browser_page.goto(f"/instruments/{pk}/")
    browser_page.locator("a.how").first.focus()
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url("**/numbers/valuations/**")
    assert browser_page.get_by_text("They agree").count() == 2
    browser_page.get_by_role("link", name="Open in the calculator").focus()
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url("**/calculators/fx_forward_value/**")
    assert browser_page.get_by_role("region", name="Answer").count() == 1
    assert browser_page.problems == []
