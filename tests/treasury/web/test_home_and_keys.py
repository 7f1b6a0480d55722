"""Where a day begins for each role, the first steps, and the keys."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from tests.factories import book, night
from tests.factories.web import signed_in
from treasury.web.menu import KEYS, menu

pytestmark = pytest.mark.django_db
TRADE = "/trades/new/"


@pytest.mark.parametrize(
    ("role", "name"),
    [("TREASURER", "position"), ("APPROVER", "approvals"), ("HEDGE_ACCOUNTANT", "accounting")],
)
def test_each_role_has_its_home(role: str, name: str) -> None:
    answer = signed_in(role).get(reverse("home"))
    assert (answer.status_code, answer["Location"]) == (302, reverse(name))


def test_the_home_keeps_the_entity_that_is_chosen() -> None:
    entity = book.entity()
    assert (
        signed_in(entity=entity).get(f"/home/?entity={entity.code}")["Location"] == f"/?entity={entity.code}"
    )


def test_an_auditor_finds_what_is_published_and_the_latest_run() -> None:
    made = night.small_book(1)
    text = signed_in("AUDITOR").get(reverse("home")).content.decode()
    assert reverse("roll-forward") in text
    assert reverse("run", args=[made["run"].pk]) in text
    assert "People and their roles" not in text


def test_an_administrator_finds_people_and_runs() -> None:
    person = book.user("ADMINISTRATOR")
    text = signed_in(user=person).get(reverse("home")).content.decode()
    assert "People and their roles" in text
    assert person.username in text


def test_the_first_steps_say_how_to_record_and_where_the_ratio_shows_until_they_are_hidden() -> None:
    client = signed_in()
    text = client.get(reverse("position")).content.decode()
    panel = re.search(r'<section class="note first-steps".*?</section>', text, re.DOTALL)[0]
    assert "record a forward" in panel
    assert f'href="{TRADE}"' in panel
    assert f'href="{reverse("position")}"' in panel
    client.post(reverse("first-steps"), {"next": "/"})
    assert "first-steps-words" not in client.get(reverse("position")).content.decode()
    client.post(reverse("first-steps"), {"show": "1"})
    assert "first-steps-words" in client.get(reverse("position")).content.decode()


def test_an_auditor_is_not_told_to_record() -> None:
    text = signed_in("AUDITOR").get(reverse("position")).content.decode()
    assert "record a forward" not in text
    assert "first-steps-words" in text


def test_the_keys_are_listed_and_each_leads_where_it_says() -> None:
    text = signed_in().get(reverse("keyboard")).content.decode()
    for name, key in KEYS.items():
        assert f'href="{reverse(name)}" data-key="{key}"' in text
    assert f'href="{TRADE}" data-key="n"' in text
    assert 'data-key="n"' not in signed_in("AUDITOR").get(reverse("keyboard")).content.decode()


def test_no_two_keys_are_the_same_and_the_first_letter_of_two_is_no_key() -> None:
    assert len(set(KEYS.values())) == len(KEYS)
    assert "g" not in KEYS.values()


def test_the_menu_offers_people_to_an_administrator_only(rf) -> None:
    request = rf.get("/")
    request.resolver_match = None

    def offered(*roles: str) -> set[str]:
        return {item["label"] for group in menu(request, frozenset(roles)) for item in group["items"]}

    assert offered("ADMINISTRATOR") - offered("TREASURER") == {"People"}


def test_no_template_has_script_or_style_of_its_own() -> None:
    for template in Path("templates").rglob("*.html"):
        text = template.read_text()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", text), template
