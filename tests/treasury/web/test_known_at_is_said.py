"""What a page says of the known-at time is true: it goes back to it, or it says that it shows what stands now."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from tests.factories import book, night
from tests.factories.web import signed_in

pytestmark = pytest.mark.django_db
LEFT_OUT, OF_NOW = "What was recorded later is left out", "This page shows what is known now"


def shown(address: str) -> str:
    before = (datetime.now(UTC) - timedelta(days=3650)).strftime("%Y-%m-%dT%H:%M")
    answer = signed_in("ADMINISTRATOR").get(address, {"known_at": before})
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.parametrize(
    "name", ["position", "exposures", "instruments", "relationships", "policies", "market"]
)
def test_lists_of_the_book_go_back(name: str) -> None:
    made = night.small_book(1)
    text = shown(reverse(name))
    assert LEFT_OUT in text and OF_NOW not in text
    assert made["exposures"][0].exposure.external_reference not in text


@pytest.mark.parametrize(
    "name", ["approvals", "proposals", "runs", "imports", "changes", "people", "accounting"]
)
def test_pages_of_what_stands_now_say_so(name: str) -> None:
    text = shown(reverse(name))
    assert OF_NOW in text and LEFT_OUT not in text


def test_a_policy_that_was_recorded_later_is_shown_as_of_now() -> None:
    entity, risk = book.entity(), book.risk()
    book.policy(of=entity, risk=risk, bands=[(0, 12, "0.5", "0.65", "0.8")])
    text = shown(reverse("policy", args=[entity.code, risk.code]))
    assert OF_NOW in text and "Bands in force" in text
