"""A book to designate from in the browser: a market, an item, a forward, the people who prepare and approve."""

from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.e2e.desk import PASSWORD
from tests.factories import book
from tests.hedges.web.workflow.desk import Desk


def made() -> Desk:
    desk = Desk()
    desk.item, desk.hedging = book.exposure(of=desk.entity), desk.forward()
    for person in desk.people.values():
        person.set_password(PASSWORD)
        person.save()
    return desk


def sign_in(page: Any, desk: Desk, name: str) -> None:
    """As another person than before, if somebody was signed in."""
    page.context.clear_cookies()
    page.goto(reverse("account_login"))
    page.fill("input[name=login]", get_user_model().objects.get(pk=desk.people[name].pk).username)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "login" not in url)
