"""Days off by currency and year, whether a day is a business day, its spot date; the same by page and API."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import api, book
from tests.factories.web import signed_in
from treasury.domain import calendars
from treasury.kernel.errors import InputError

pytestmark = pytest.mark.django_db


def test_days_off_are_those_of_the_calendars() -> None:
    euro = [off.day for off in calendars.days_off(["EUR"], 2026)]
    # TARGET: New Year, Good Friday, Easter Monday, Labour Day, Christmas; the 26th is a Saturday in 2026.
    assert euro == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 12, 25),
    ]
    both = {off.day: off.currencies for off in calendars.days_off(["EUR", "USD"], 2026)}
    assert both[date(2026, 12, 25)] == ("EUR", "USD") and both[date(2026, 11, 26)] == ("USD",)


def test_a_day_is_open_or_closed_and_has_its_spot_date() -> None:
    open_day = calendars.day_asked(date(2026, 11, 18), ["EUR", "USD"])
    assert open_day.is_business_day and open_day.spot_date == date(2026, 11, 20)
    christmas = calendars.day_asked(date(2026, 12, 25), ["EUR", "USD"])
    assert christmas.closed == ("EUR", "USD")
    assert calendars.day_asked(date(2026, 11, 26), ["EUR", "USD"]).closed == ("USD",)


@pytest.mark.parametrize("text", ["EURUSD", "eur, usd", "EUR/USD", "EUR USD EUR"])
def test_currencies_are_read_as_they_are_written(text: str) -> None:
    assert calendars.currencies_of(text) == ("EUR", "USD")


@pytest.mark.parametrize("text", ["EURO", "E1R", "EUR;USD", "ЕUR"])
def test_what_is_no_currency_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        calendars.currencies_of(text)


def test_the_page_shows_the_currencies_of_the_book_or_those_asked_for() -> None:
    book.risk()
    client = signed_in("AUDITOR")
    page = client.get(reverse("calendar"), {"as_of": "2026-10-30"}).content.decode()
    assert "2026-11-26" in page and "UnitedStates.FederalReserve" in page and "business day" in page
    asked = client.get(
        reverse("calendar"), {"currencies": "EUR", "year": "2027", "day": "2027-03-26"}
    ).content.decode()
    assert "2027-03-29" in asked and "closed: EUR" in asked and "2027-11-25" not in asked
    assert (
        "The book&#x27;s are shown"
        in client.get(reverse("calendar"), {"currencies": "EURO"}).content.decode()
    )


def test_the_api_says_the_same() -> None:
    caller = api.by_token("AUDITOR")
    told = caller.read("calendars/", currencies="EURUSD", day="2026-11-26")
    assert told["day"] == {
        "day": "2026-11-26", "is_business_day": False, "closed": ["USD"], "spot_date": told["day"]["spot_date"],
    }  # fmt: skip
    assert {"day": "2026-11-26", "currencies": ["USD"]} in told["results"] and told["year"] == 2026
    assert told["calendars"]["EUR"] == "TARGET"
    assert caller.get("calendars/", currencies="EURO").status_code == 400
    assert caller.get("calendars/", year="1800").status_code == 400
