"""Signing in, as a person does it."""

from django.contrib.auth import get_user_model

from treasury.domain import access


def test_a_person_signs_in_and_a_wrong_password_is_refused(browser_page) -> None:
    treasurer = get_user_model().objects.create_user("treasurer", password="a long enough password")
    access.give_role(user=treasurer, role="TREASURER", entity=None, actor=None)

    browser_page.goto("/accounts/login/")
    browser_page.fill("input[name=login]", "treasurer")
    browser_page.fill("input[name=password]", "wrong")
    browser_page.press("input[name=password]", "Enter")
    assert "/accounts/login/" in browser_page.url

    browser_page.fill("input[name=login]", "treasurer")
    browser_page.fill("input[name=password]", "a long enough password")
    browser_page.press("input[name=password]", "Enter")
    browser_page.wait_for_url(lambda url: "login" not in url)
    assert browser_page.problems == []
