"""Every page of hedge accounting and its reports: WCAG 2.2 AA, console, without script."""

from typing import Any

from tests.e2e.every_page import hedging
from tests.e2e.every_page.routes import PAGES
from tests.e2e.every_page.walk import walked


def test_nothing_is_wrong_with_any_page_of_hedge_accounting(browser: Any, live_site: str) -> None:
    visits = [*hedging.visits()]
    assert {visit.name for visit in visits} == PAGES["hedging"]
    assert walked(browser, live_site, visits) == {}
