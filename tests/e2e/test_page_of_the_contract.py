"""The page of the contract: what the library draws is read by everybody too, once it is there."""

from typing import Any

from django.urls import reverse

from tests.e2e import axe, desk
from tests.e2e.every_page.walk import person


def test_the_drawn_contract_is_accessible(browser_page: Any) -> None:
    person("auditor")
    desk.sign_in_as(browser_page, "auditor")
    browser_page.goto(reverse("api-docs"))
    browser_page.wait_for_selector("#contract .opblock-tag[aria-level='2']")
    assert browser_page.get_by_text("account-map-versions", exact=True).count() == 1
    assert axe.everywhere(browser_page) == []
