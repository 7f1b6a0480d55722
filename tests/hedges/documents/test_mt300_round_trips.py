"""An MT300 that the book writes is read as the same trade, and a trade that was read is written as the same message."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hedges.domain.documents import mt300
from hedges.domain.documents.mt300_write import write
from hedges.domain.documents.trade import Trade
from tests.hedges.documents import samples
from tests.hedges.documents.test_round_trips import EVERY, THEM, US, exchanges

TERMS = ("17F", "32E", "30U", "30T", "30V", "36", "32B", "33B")


def written(trade: Trade, reference: str = "T-1") -> bytes:
    return write(trade, us=US, them=THEM, reference=reference, number=12)


def terms(content: bytes) -> dict[str, str]:
    """The fields of the trade, without idle zeros."""
    found = dict(re.findall(r"^:([0-9]{2}[A-Z]?):(.*?)\r?$", content.decode(), re.MULTILINE))
    return {
        tag: re.sub(r",([0-9]*?)0*$", r",\1", found[tag])
        for tag in TERMS
        if found.get(tag, "N") != "N"
    }  # fmt: skip


def there_and_back(trade: Trade) -> None:
    content = written(trade)
    reading = mt300.read(content, frozenset({US.lei}))
    assert reading.trade == trade
    assert (reading.us.reference, reading.them.reference) == ("T-1", "")
    assert (US.lei in reading.us.names, THEM.lei in reading.them.names) == (True, True)
    assert written(reading.trade) == content
    assert mt300.read(content, frozenset({THEM.lei})).trade.base_amount == -trade.base_amount
    assert all(len(line) <= 40 for line in content.decode().split("\r\n"))


def fits(trade: Trade) -> bool:
    """What the rate says to be one way round, and no other."""
    both = abs(abs(trade.quote_amount) * trade.rate - abs(trade.base_amount))
    return both > abs(trade.base_amount) * Decimal("0.001")


@EVERY
@given(exchanges())
def test_a_forward(trade):
    assume(fits(trade))
    there_and_back(trade)


@EVERY
@given(exchanges(), st.booleans(), st.integers(0, 10))
def test_a_non_deliverable_forward(trade, in_base, days):
    assume(fits(trade))
    there_and_back(
        replace(
            trade, kind="NON_DELIVERABLE_FORWARD", fixing_date=trade.value_date - timedelta(days=days),
            settlement_currency=trade.base_currency if in_base else trade.quote_currency,
        )
    )  # fmt: skip


@pytest.mark.parametrize("fields", [{}, {"17F": "Y", "32E": "EUR", "30U": "20011219"}, {"36": "1,089918"}])
@pytest.mark.parametrize("ours", ["A", "B"])
def test_a_banks_message_is_written_again_with_the_same_terms(ours, fields):
    content = samples.mt300(**fields)
    again = terms(written(mt300.read(content, frozenset({ours})).trade))
    told = terms(content)
    if ours == "B":  # we are always party A of what we write: what the bank buys we sell
        told["32B"], told["33B"] = told["33B"], told["32B"]
    assert again == told


FORWARD = Trade(
    kind="FORWARD", trade_date=date(2026, 1, 5), value_date=date(2026, 6, 5), base_currency="EUR",
    base_amount=Decimal(10_000_000), quote_currency="USD", quote_amount=Decimal(-10_825_000), rate=Decimal("1.0825"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("reference", "stands"),
    [("ABN1234", "ABN1234"), ("A/1 (x)", "A/1 (x)"), ("a number that is too long", "I12"), ("//", "I12"),
     ("/A", "I12"), ("A//B", "I12"), ("Ä1", "I12"), ("", "I12"), ("A\r\n:36:2,", "I12"), ("}{1:", "I12")],
)  # fmt: skip
def test_the_reference_stands_where_its_characters_have_a_place(reference, stands):
    assert mt300.read(written(FORWARD, reference), frozenset({US.lei})).us.reference == stands


def test_a_name_is_never_a_field_of_its_own():
    hostile = replace(US, name="-}\r\n:36:2,0/LEIC/Müller & Söhne, a company with quite a long name")
    content = write(FORWARD, us=hostile, them=THEM, reference="T", number=1)
    assert mt300.read(content, frozenset({US.lei})).trade == FORWARD
    assert content.count(b":36:") == 2
    assert b"/NAME/- :36:2,0 LEIC Muller Sohne, a com\r\n" in content


def test_a_trade_that_the_message_cannot_say_exactly_is_refused():
    near_one = replace(
        FORWARD, base_currency="USD", quote_currency="EUR", rate=Decimal("1.00001"),
        quote_amount=Decimal("-10000100"),
    )  # fmt: skip
    with pytest.raises(ValueError, match="which way round"):
        written(near_one)
    with pytest.raises(ValueError, match=r"rate 151\.2345678912 has more digits"):
        written(replace(FORWARD, rate=Decimal("151.2345678912"), quote_amount=Decimal("-1512345678.91")))
    with pytest.raises(ValueError, match=r"amount 9000000000000\.01 has more digits"):
        written(replace(FORWARD, base_amount=Decimal("9000000000000.01")))
    with pytest.raises(ValueError, match=":36:"):
        written(replace(FORWARD, quote_amount=Decimal(-10_925_000)))
