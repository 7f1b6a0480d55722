"""Every page of trades, proposals, policies, strategy and the position: WCAG 2.2 AA, console, without script."""

from typing import Any

from django.utils import timezone

from tests.e2e import workflow
from tests.e2e.every_page import trades
from tests.e2e.every_page.routes import PAGES
from tests.e2e.every_page.walk import walked


def test_nothing_is_wrong_with_any_page_of_trades_and_the_position(browser: Any, live_site: str) -> None:
    visits = [*trades.visits(workflow.made(), timezone.now().date())]
    assert {visit.name for visit in visits} == PAGES["trades"]
    assert walked(browser, live_site, visits) == {}
