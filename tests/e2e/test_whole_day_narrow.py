"""The whole day on a narrow screen; the other screen has a file of its own, so that two processes share the two."""

from typing import Any

from tests.e2e import axe, day


def test_the_whole_day_on_a_narrow_screen(browser_page: Any, celery_worker_process: Any) -> None:
    browser_page.set_viewport_size(axe.NARROW)
    day.from_the_file_to_the_exercise(browser_page)
