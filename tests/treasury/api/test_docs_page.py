"""The page of the contract works offline under the content security policy of every page."""

import re
from typing import Any

import pytest
from django.contrib.staticfiles import finders

from tests.factories import api


@pytest.mark.django_db
def test_the_page_has_no_inline_script_or_style_and_loads_nothing_from_elsewhere() -> None:
    answer = api.anonymous().client.get("/api/v1/docs/")
    html = answer.content.decode()
    assert answer.status_code == 200
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:", html) == []
    assert re.findall(r"(?:src|href)=\"(?:https?:)?//", html) == []
    files = re.findall(r"(?:src|href)=\"/static/([^\"]+)\"", html)
    assert len(files) == 5
    assert all(finders.find(name) for name in files)


@pytest.mark.browser
def test_the_page_shows_the_operations_in_a_browser_without_a_complaint(live_site: Any) -> None:
    from tests.harness.browser import started

    address = getattr(live_site, "address", live_site)
    complaints: list[str] = []
    with started() as browser:
        page = browser.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda sent: complaints.append(sent.url) if not sent.url.startswith((address, "data:")) else None,
        )
        page.goto(f"{address}/api/v1/docs/")
        # The first reader of a process waits until the contract is worked out.
        page.wait_for_selector("#operations-tag-exposures", timeout=60_000)
        page.click("#operations-tag-exposures")
        page.wait_for_selector("#operations-exposures-exposures", timeout=60_000)
        page.click("#operations-exposures-exposures .opblock-summary-control")
        page.wait_for_selector("#operations-exposures-exposures .parameters")
        page.wait_for_timeout(300)
    assert complaints == []
