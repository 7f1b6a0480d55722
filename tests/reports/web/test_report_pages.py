"""The pages of the reports: what they show, their files, and that nobody sees what is not theirs."""

import csv
import io
import zipfile
from dataclasses import replace
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import accounting, book, two_frameworks
from tests.factories.hedge_year import MONTHS, relationship, three_months, under_two_frameworks
from tests.factories.two_frameworks import Told
from tests.factories.web import signed_in
from treasury.web import words

pytestmark = pytest.mark.django_db
PAGES = ("journal", "roll-forward", "disclosures", "disclosed-instruments", "reconciliation")


def text(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def content(answer) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("name", PAGES)
def test_before_the_first_close_there_is_nothing_and_no_fault(name: str) -> None:
    book.entity()
    assert "<h1>" in text(signed_in(), reverse(name))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    "wrong", ["?first=yesterday&last=9", "?framework=X&rule=Y&reserve=Z", "?page=99", "?first=2030-01"]
)
def test_a_wrong_filter_counts_as_none(name: str, wrong: str) -> None:
    entity = book.entity()
    three_months(entity, relationship(entity))
    text(signed_in(), reverse(name) + wrong)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_a_file_too_the_same_each_time(name: str) -> None:
    entity = book.entity()
    three_months(entity, relationship(entity), *under_two_frameworks(entity))
    client = signed_in()
    for wanted in ("csv", "xlsx"):
        first, second = (client.get(reverse(name) + f"?format={wanted}&first=2026-01") for _ in range(2))
        assert wanted in first["Content-Disposition"]
        body = content(first)
        assert body
        assert body == content(second)
    assert zipfile.ZipFile(io.BytesIO(body)).testzip() is None


def test_the_journal_has_totals_that_agree_and_leads_to_an_entry() -> None:
    entity = book.entity()
    version = relationship(entity)
    [posted] = accounting.closed_month(entity, MONTHS[0], [accounting.remeasurement(version, 1100, 1090)])
    client = signed_in("HEDGE_ACCOUNTANT")
    page = text(client, reverse("journal"))
    assert page.count("<dd>1,100.00 <small>EUR</small></dd>") == 1, "debit, and as much credit"
    address = reverse("journal-entry", args=[posted.pk])
    assert address in page
    entry = text(client, address)
    for part in (
        "Derivative financial instruments",
        "1,090.00",
        posted.paragraph,
        version.relationship.code,
        "Propose to take entry",
        words.event("test.month.closed"),
    ):
        assert part in entry
    assert "Propose to take entry" not in text(signed_in("AUDITOR"), address)
    rows = list(
        csv.reader(content(client.get(reverse("journal") + "?format=csv&last=2025-12")).decode().splitlines())
    )
    assert len(rows) == 1


def test_the_roll_forward_says_that_it_proves() -> None:
    entity = book.entity()
    version = relationship(entity)
    three_months(entity, version)
    page = text(signed_in(), reverse("roll-forward") + "?first=2026-01")
    assert "Every balance is what the close has measured" in page
    assert version.relationship.code in page


def test_the_disclosures_and_the_reconciliation_show_their_figures() -> None:
    entity = book.entity()
    first, second = under_two_frameworks(entity)
    told = Told(1100, 1090, 1090)
    two_frameworks.months(entity, (first, [told]), (second, [replace(told, kept=1100)]))
    client = signed_in()
    page = text(client, reverse("disclosures"))
    for part in ("IFRS 7.24E", "Foreign exchange risk", "1,090.00", "USD 500,000", "as agreed"):
        assert part in page
    page = text(client, reverse("reconciliation"))
    for part in (second.relationship.code, "Lower-of", "10.00", "Not explained"):
        assert (part in page) == (part != "Not explained")


def test_nobody_sees_another_entitys_journal() -> None:
    entity, own = book.entity(), book.entity()
    version = relationship(entity)
    [posted] = accounting.closed_month(entity, MONTHS[0], [accounting.remeasurement(version, 1100, 1090)])
    client = signed_in("AUDITOR", entity=own)
    assert client.get(reverse("journal-entry", args=[posted.pk])).status_code == 404
    for name in PAGES:
        assert version.relationship.code not in text(client, reverse(name) + "?first=2026-01&last=2026-12")


@pytest.mark.parametrize("name", ["journal", "roll-forward", "disclosures"])
def test_a_page_costs_the_same_however_many_rows(name: str) -> None:
    client = signed_in()

    def statements(size: int) -> int:
        entity = book.entity()
        three_months(entity, *[relationship(entity) for _ in range(size)])
        with CaptureQueriesContext(connection) as found:
            text(client, reverse(name) + f"?entity={entity.code}&first=2026-01")
        return len(found)

    assert statements(1) == statements(5)


def test_the_roll_forward_claims_nothing_above_an_empty_table() -> None:
    entity = book.entity()
    client = signed_in()
    address = reverse("roll-forward")
    assert "what the close has measured" not in text(client, address)  # an empty table
    three_months(entity, relationship(entity))
    assert "Every balance is what" in text(client, address + "?first=2026-01")


def test_the_journal_is_of_each_entitys_own_ledger_unless_all_are_asked_for() -> None:
    entity = book.entity()
    first, second = under_two_frameworks(entity)
    told = Told(1100, 1090, 1090)
    two_frameworks.months(entity, (first, [told]), (second, [told]))
    client = signed_in(entity=entity)
    address = reverse("journal") + f"?entity={entity.code}"
    own, whole = text(client, address), text(client, address + "&framework=ALL")
    assert "ledger: IFRS 9" in own
    assert first.relationship.code in own
    assert second.relationship.code not in own
    assert "ledger: All ledgers" in whole
    assert second.relationship.code in whole
    assert "ifrs-9" in client.get(address + "&format=csv")["Content-Disposition"]


def test_a_file_of_disclosures_has_words_for_people() -> None:
    entity = book.entity()
    three_months(entity, relationship(entity))
    answer = signed_in().get(reverse("disclosures") + "?format=csv&first=2026-01")
    body = content(answer).decode()
    assert "Foreign exchange risk" in body
    assert "CASH_FLOW" not in body
