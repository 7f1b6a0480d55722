"""The frame: signing in, every page of the menu on an empty book, headers, light and dark."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.web import signed_in
from treasury.web.menu import MENU, address

pytestmark = pytest.mark.django_db
PAGES = [name for _, pages in MENU for name, _, _ in pages if address(name)]


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_is_sent_to_sign_in(client: Client, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_menu_stands_on_an_empty_book(name: str) -> None:
    answer = signed_in().get(reverse(name))
    assert answer.status_code == 200
    assert "<h1>" in answer.content.decode()
