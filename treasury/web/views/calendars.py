"""The page of calendars: days off by currency and year, whether a day is a business day, and its spot date."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from treasury.domain import calendars
from treasury.kernel.errors import InputError
from treasury.quant.dates.holidays import FIRST_YEAR, LAST_YEAR
from treasury.queries import reference
from treasury.web import formats
from treasury.web.filters import Filters, day
from treasury.web.page import page
from treasury.web.scope import Scope
from treasury.web.tables import Column, Table

NOTE = (
    "Weekends are not listed. Value dates, payment days and curves go by these calendars, which come with the program."
    " A pair does business where both of its currencies do."
)


class CalendarFilters(Filters):
    currencies = forms.CharField(
        label="Currencies",
        required=False,
        max_length=200,
        help_text="EURUSD, or EUR, USD; empty: the book's.",
    )
    year = forms.IntegerField(label="Year", required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    day = day("Is this a business day")


@page
def calendar_page(request: HttpRequest) -> HttpResponse:
    scope: Scope = request.book  # type: ignore[attr-defined]
    filters = CalendarFilters(request)
    wrong = ""
    try:
        codes = calendars.currencies_of(filters.value("currencies"))
    except InputError as error:
        codes, wrong = (), f"Currencies: expected {error.expected}. The book's are shown."
    asked = filters.cleaned_data.get("day")
    year = filters.cleaned_data.get("year") or (asked or scope.on).year
    shown = codes or tuple(reference.currencies_of_risks())
    columns = [
        Column("day", "Closed on", "day"),
        Column("weekday", "Weekday"),
        Column("currencies", "Currencies", wrap=True),
        Column("centres", "Calendars", wrap=True),
    ]
    try:
        off_days = calendars.days_off(shown, year)
    except InputError as error:
        off_days, wrong = [], f"Year: expected {error.expected}."
    rows = [
        {
            "day": off.day,
            "weekday": f"{off.day:%A}",
            "currencies": ", ".join(off.currencies),
            "centres": ", ".join(dict.fromkeys(calendars.centre(code) for code in off.currencies)),
        }
        for off in off_days
    ]
    table = Table(
        columns, rows, caption=f"Days off of {', '.join(shown) or 'no currency'} in {year}",
        empty="No day off.", next_step="Give currencies such as EURUSD, or another year.",
    )  # fmt: skip
    context = {
        "page_title": "Calendars", "as_of": None, "note": wrong or NOTE, "filters": filters, "table": table,
        "figures": _figures(calendars.day_asked(asked or scope.on, shown)) if shown else [],
        "tool": {"href": scope.link(reverse("market")), "words": "Market quotes"},
    }  # fmt: skip
    return render(request, "treasury/list.html", context)


def _figures(asked: calendars.DayAsked) -> list[dict]:
    closed = "weekend" if asked.day.weekday() > 4 else f"closed: {', '.join(asked.closed)}"
    return [
        {
            "label": f"{asked.day:%A} {asked.day}",
            "value": "business day" if asked.is_business_day else closed,
        },
        {
            "label": "Spot date of a trade that day",
            "value": formats.day(asked.spot_date),
            "unit": f"{asked.spot_date:%A}",
        },
    ]
