"""Every page of exposures, of imports and of the frame around the book: WCAG 2.2 AA, console, without script."""

from typing import Any

from django.utils import timezone

from tests.e2e import workflow
from tests.e2e.every_page import account, exposed, frame
from tests.e2e.every_page.routes import PAGES
from tests.e2e.every_page.walk import walked
from tests.factories import hedged


def test_nothing_is_wrong_with_any_page_of_exposures_and_the_frame(browser: Any, live_site: str) -> None:
    desk, today = workflow.made(), timezone.now().date()
    hedged.night(today)
    visits = [*exposed.visits(desk), *frame.visits(desk, today), *account.visits()]
    assert {visit.name for visit in visits} - {""} == PAGES["exposures"] | PAGES["frame"] | PAGES["account"]
    assert walked(browser, live_site, visits) == {}
