"""What the report pages say where a month is open, where two frameworks agree, and of what does not apply here."""

import csv
import io
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import accounting, book, closable, two_frameworks
from tests.factories.hedge_year import MONTHS, discontinued, relationship, three_months, under_two_frameworks
from tests.factories.two_frameworks import Told
from tests.factories.web import signed_in
from tests.reports.web.test_report_pages import content, text

pytestmark = pytest.mark.django_db
ALL_OPEN = "No month of these is closed: nothing has been measured to compare the balances with."
SOME_OPEN = "In the months that are closed, every balance is what the close has measured"


def test_an_open_month_is_not_said_to_be_proven() -> None:
    entity = book.entity()
    gain = accounting.remeasurement(relationship(entity), 40, 40)
    (posted,) = accounting.closed_month(entity, MONTHS[0], [gain])
    closable.reversed_by_two(posted)
    client, address = signed_in(), reverse("roll-forward")
    of_both = text(client, f"{address}?first={MONTHS[0]:%Y-%m}&last={MONTHS[1]:%Y-%m}")
    assert SOME_OPEN in of_both
    assert ALL_OPEN not in of_both
    of_open = text(client, f"{address}?first={MONTHS[1]:%Y-%m}&last={MONTHS[1]:%Y-%m}")
    assert ALL_OPEN in of_open
    assert "what the close has measured" not in of_open
    of_closed = text(client, f"{address}?first={MONTHS[0]:%Y-%m}&last={MONTHS[0]:%Y-%m}")
    assert "Every balance is what the close has measured" in of_closed


@pytest.mark.parametrize(("change", "said"), [(1090, True), (1100, False)])
def test_two_frameworks_that_say_the_same_have_no_difference(change: int, said: bool) -> None:
    """The item moved by 1,090: IFRS 9 keeps the lower of the two, ASC 815 the whole change."""
    entity = book.entity()
    first, second = under_two_frameworks(entity)
    lives = [(one, [Told(change, 1090, kept)]) for one, kept in ((first, 1090), (second, change))]
    two_frameworks.months(entity, *lives)
    page = text(signed_in(), reverse("reconciliation"))
    assert ("No difference." in page) == said
    assert ("Both frameworks say the same of this hedge" in page) == said


def test_what_does_not_apply_is_said_with_its_reason() -> None:
    book.entity()
    page = text(signed_in(), reverse("disclosures"))
    assert "IFRS 7.23C does not apply: no relationship was discontinued and restarted in these months" in page


def test_a_restart_is_counted_and_its_words_stand_in_the_file_too() -> None:
    entity = book.entity()
    item, hedge = book.exposure(500_000, of=entity), book.forward(-500_000, of=entity)
    old = book.relationship(of=entity, items=[(item, 250_000)], instruments=[(hedge, -250_000)])
    discontinued(old, on=date(2026, 2, 10))
    designated_on = {"designation_date": date(2026, 2, 20)}
    book.relationship(of=entity, items=[(item, 200_000)], instruments=[(hedge, -200_000)], **designated_on)
    client, address = signed_in(), reverse("disclosures") + "?first=2026-01&last=2026-03"
    said = "1 relationship was restarted in these months"
    assert said in text(client, address)
    assert said in content(client.get(address + "&format=csv")).decode()
    with zipfile.ZipFile(io.BytesIO(content(client.get(address + "&format=xlsx")))) as sheets:
        assert any(said in sheets.read(name).decode() for name in sheets.namelist())


def test_the_categories_lead_to_the_instruments_and_those_to_a_file() -> None:
    entity = book.entity()
    version = relationship(entity)
    three_months(entity, version)
    client, months = signed_in(), "?first=2026-01&last=2026-02"
    address = reverse("disclosed-instruments") + months
    assert f'href="{reverse("disclosed-instruments")}{months}"' in text(
        client, reverse("disclosures") + months
    )
    page = text(client, address)
    reference = version.instrument_allocations.get().instrument.external_reference
    for part in (version.relationship.code, reference, "500,000.00", "100.00"):
        assert part in page
    rows = list(csv.DictReader(content(client.get(address + "&format=csv")).decode().splitlines()))
    assert [(row["instruments"], row["asset"], row["change"]) for row in rows] == [
        (reference, "100.00", "100.00")
    ]
    assert reference not in text(client, address + "&hedge=FAIR_VALUE")
    with CaptureQueriesContext(connection) as first:
        text(client, f"{address}&entity={entity.code}")
    other = book.entity()
    three_months(other, *[relationship(other) for _ in range(3)])
    with CaptureQueriesContext(connection) as second:
        assert text(client, f"{address}&entity={other.code}").count("500,000.00") == 3
    assert len(first) == len(second)
