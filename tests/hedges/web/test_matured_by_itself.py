"""A trade past its last day and an exposure past its date say so in their lists, without anybody's record."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.factories import book, night
from tests.factories.web import signed_in

pytestmark = pytest.mark.django_db
BEFORE, AFTER = book.TODAY - timedelta(days=3), book.TODAY + timedelta(days=40)
START = BEFORE - timedelta(days=30)


def rows_of(text: str) -> dict[str, list[str]]:
    found = re.findall(r"<tr[^>]*data-href[^>]*>(.*?)</tr>", text, re.S)
    cells = [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
        for row in found
    ]
    return {row[0]: row for row in cells}


def shown(name: str, **asked: str) -> dict[str, list[str]]:
    answer = signed_in().get(reverse(name), {"as_of": f"{book.TODAY}", **asked})
    assert answer.status_code == 200
    return rows_of(answer.content.decode())


def test_a_trade_past_its_settlement_is_matured_and_no_longer_among_the_live() -> None:
    entity = book.entity()
    old = book.forward(of=entity, trade_date=START, settlement_date=BEFORE, valid_from=START)
    last = book.forward(of=entity, trade_date=START, settlement_date=book.TODAY, valid_from=START)
    live, matured = shown("instruments"), shown("instruments", status="MATURED")
    assert list(live) == [last.instrument.external_reference]
    assert list(matured) == [old.instrument.external_reference]
    assert "Matured" in matured[old.instrument.external_reference]
    assert len(shown("instruments", status="all")) == 2
    then = shown("instruments", as_of=f"{BEFORE}")
    assert "Live" in then[old.instrument.external_reference]


def test_an_exposure_past_its_date_is_named_above_the_list_and_counts_no_more() -> None:
    entity = book.entity()
    past = book.exposure(of=entity, expected_date=BEFORE, valid_from=START)
    book.exposure(of=entity, expected_date=AFTER, valid_from=START)
    page = signed_in().get(reverse("exposures"), {"as_of": f"{book.TODAY}"}).content.decode()
    assert "1 open exposure is past its expected date and counts no more" in page
    assert past.exposure.external_reference not in rows_of(page)
    listed = shown("exposures", status="PAST_ITS_DATE")
    assert list(listed) == [past.exposure.external_reference]
    assert "Past its date" in listed[past.exposure.external_reference]


def test_the_ladder_adds_the_filtered_list_up_by_month_and_bank() -> None:
    entity, bank = book.entity(), book.counterparty()
    month = date(AFTER.year, AFTER.month, 15)
    for notional in (-600_000, -400_000, 250_000):
        book.forward(
            notional, of=entity, trade_date=START, settlement_date=month, valid_from=START, counterparty=bank
        )
    book.forward(-1, of=entity, trade_date=START, settlement_date=BEFORE, valid_from=START, counterparty=bank)
    page = signed_in().get(reverse("instrument-ladder"), {"as_of": f"{book.TODAY}"}).content.decode()
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert re.search(rf"{month:%Y-%m} \S+ Forward 3 250,000 −1,000,000 −750,000", text), text
    assert re.search(rf"{bank.code} .*? 3 1,250,000", text)
    csv = signed_in().get(reverse("instrument-ladder"), {"as_of": f"{book.TODAY}", "months-format": "csv"})
    assert b"-750000" in b"".join(csv.streaming_content)


def test_the_ladder_asks_as_often_for_many_as_for_one(django_assert_num_queries) -> None:
    entity = book.entity()
    client = signed_in()
    book.forward(of=entity)
    night.small_book(1)
    client.get(reverse("instrument-ladder"))
    for _ in range(2):
        with django_assert_num_queries(16):
            assert client.get(reverse("instrument-ladder")).status_code == 200
        for _ in range(4):
            book.forward(of=entity)
