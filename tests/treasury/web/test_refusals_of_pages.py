"""What a page refuses, and in which words: a wrong address is never a fault of ours."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import book, night
from tests.factories.web import signed_in
from tests.treasury.web.test_pages_with_a_night import addresses

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("thing", ["exposure", "instrument", "relationship"])
def test_a_thing_that_was_not_recorded_by_then_is_not_found(thing: str) -> None:
    made = night.small_book(1)
    answer = signed_in().get(addresses(made)[thing], {"known_at": "2020-01-01"})
    assert answer.status_code == 404
    assert f"This {thing} was not recorded by 2020-01-01T00:00 UTC" in answer.content.decode()


@pytest.mark.parametrize(
    "known_at",
    [
        "0001-01-01T00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-10-09T18:00+23:59:59", "20261009", "2026-W41-5",
        "2026-10-09 18:00",
    ],
)  # fmt: skip
def test_a_time_that_cannot_be_is_refused_in_words(known_at: str) -> None:
    answer = signed_in().get(reverse("position"), {"known_at": known_at})
    assert answer.status_code == 404
    assert "expected a time like 2026-10-09T18:00" in answer.content.decode()


@pytest.mark.parametrize("known_at", ["2026-10-09", "2026-10-09T18:00", "2026-10-09T18:00:00.5+02:00"])
def test_a_time_may_leave_out_its_zone_and_the_time_of_day(known_at: str) -> None:
    assert signed_in().get(reverse("position"), {"known_at": known_at}).status_code == 200


@pytest.mark.parametrize("as_of", ["0001-01-15", "1899-12-31", "2200-01-01", "9999-12-31", "20261030"])
@pytest.mark.parametrize("name", ["market", "position"])
def test_a_date_outside_the_calendar_of_the_book_is_refused_in_words(name: str, as_of: str) -> None:
    answer = signed_in().get(reverse(name), {"as_of": as_of})
    assert answer.status_code == 404
    assert "expected a date like 2026-10-09, from 1900-01-01 to 2199-12-31" in answer.content.decode()


def test_the_first_and_the_last_day_of_the_calendar_have_a_page() -> None:
    client = signed_in()
    for as_of in ("1900-01-01", "2199-12-31"):
        assert client.get(reverse("market"), {"as_of": as_of}).status_code == 200


@pytest.mark.parametrize("address", ["/search/?q=%00", "/position/ALD-SE/%00/3/", "/position/%00/EURUSD/3/"])
def test_the_character_nul_finds_nothing(address: str) -> None:
    entity = book.entity(code="ALD-SE")
    night.published([night.bucket(entity, book.risk())])
    answer = signed_in().get(address)
    assert answer.status_code == 404
    assert "NUL" in answer.content.decode()


def test_pages_that_read_take_no_other_method() -> None:
    made = night.small_book(1)
    client = signed_in()
    more = {"help": reverse("help"), "calculators": reverse("calculators"), "search": reverse("search")}
    for name, address in (addresses(made) | more).items():
        for method in (client.post, client.put, client.delete):
            assert method(address).status_code == 405, name
        assert client.head(address).status_code == 200, name


def test_a_person_without_a_role_is_told_what_to_do() -> None:
    made = night.small_book(1)
    client = signed_in(user=book.user())
    for name, address in addresses(made).items():
        answer = client.get(address)
        assert answer.status_code == 403, name
        assert "Ask an administrator" in answer.content.decode()
        assert "Sign out" in answer.content.decode()
    for name in ("help", "calculators"):
        assert client.get(reverse(name)).status_code == 200, name


@pytest.mark.parametrize(
    "name", ["password/reset/", "email/", "confirm-email/", "password/reset/key/1-set-password/"]
)
def test_nothing_of_an_account_goes_by_mail(client: Client, name: str) -> None:
    book.user(username="forgetful", email="forgetful@example.test")
    address = f"/accounts/{name}"
    assert client.get(address).status_code == 404
    assert client.post(address, {"email": "forgetful@example.test"}).status_code == 404
