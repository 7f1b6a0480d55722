"""Numbers as a treasurer reads them."""

from datetime import date
from decimal import Decimal

import pytest

from treasury.web import formats, words
from treasury.web.tables import Column, Table


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("1234567.0000"), 0, "1,234,567"),
        (Decimal("-1234.5600"), 2, "−1,234.56"),
        (Decimal("0.0000"), 2, "–"),
        (0, 0, "–"),
        (Decimal("-0.0040"), 2, "0.00"),
        (None, 0, ""),
    ],
)
def test_an_amount(value: object, places: int, text: str) -> None:
    assert formats.number(value, places) == text


def test_ratios_rates_and_small_amounts() -> None:
    assert formats.percent(0.6) == "60.0 %"
    assert formats.percent(-0.034) == "−3.4 %"
    assert formats.rate(Decimal("0.9000000000")) == "0.9000"
    assert formats.rate(Decimal("0.0053448100")) == "0.00534481"
    assert [formats.short(Decimal(value)) for value in (0, 950, -61_500, 1_350_000, 999_999)] == [
        "–", "950", "−61.5k", "1.4m", "1.0m",
    ]  # fmt: skip
    assert formats.unit_ratio(Decimal("71.237")) == "71.2370 : 1"


def test_an_undefined_ratio_is_its_reason_and_never_zero() -> None:
    assert formats.ratio(None, reason="zero_exposure") == '<span class="reason">no exposure</span>'


def test_a_state_has_a_mark_and_a_word() -> None:
    shown = formats.state("UNDER_HEDGED")
    assert "Under-hedged" in shown
    assert "✖" in shown


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("HIGHLY_PROBABLE_FORECAST", "Highly probable forecast"),
        ("IFRS9", "IFRS 9"),
        ("FORWARD", "Forward"),
        ("USDEUR", "USDEUR"),
        ("BANK18", "BANK18"),
    ],
)
def test_a_code_becomes_words_and_a_name_stays(code: str, word: str) -> None:
    assert words.label(code) == word


def test_totals_are_the_sums_of_what_is_shown() -> None:
    columns = [
        Column("name", "Name"),
        Column("amount", "Amount", "amount", total=True),
        Column("due", "Due", "day"),
    ]
    rows = [
        {"name": "a", "amount": Decimal(5), "due": date(2026, 1, 1)},
        {"name": "b", "amount": None, "due": None},
    ]
    assert Table(columns, rows).totals == [("", "Total shown"), ("num", "5"), ("", "")]
    assert Table(columns, []).totals == []
