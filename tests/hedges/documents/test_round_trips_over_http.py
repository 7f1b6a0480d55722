"""In, into the book, out and in again, by address: each kind of FpML, the published sample, and an MT300."""

import base64

import orjson
import pytest

from hedges.models import InstrumentVersion
from tests.factories import book, swaps
from tests.hedges.documents import samples
from tests.hedges.documents.test_documents_api import Desk
from tests.hedges.documents.test_mt300_round_trips import terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


def recorded(desk, content, **named):
    row = desk.received(content, **named)
    return row, desk.post(f"documents/{row['id']}/record/", b"{}")["instrument_id"]


def exported(desk, instrument, form="fpml"):
    return desk.auditor.read(f"instruments/{instrument}/{form}/")


def comes_back(desk, row, instrument, form="fpml"):
    """The file is taken in without a word about who is who, is the trade without a difference, and confirms it."""
    out = exported(desk, instrument, form)["content"].encode()
    again = desk.received(out)
    assert again["terms"] == row["terms"]
    assert (again["counterparty"], again["trade_kind"]) == (row["counterparty"], row["trade_kind"])
    [match] = desk.dealer.read(f"documents/{again['id']}/matches/")["matches"]
    assert (match["instrument_id"], match["differences"]) == (instrument, [])
    told = orjson.dumps({"instrument": instrument})
    assert desk.post(f"documents/{again['id']}/match/", told)["outcome"] == "MATCHED"
    return out


def the_book(desk):
    for code in ("USDINR", "GBPUSD", "USDAUD"):
        book.risk(code)
    swaps.rate_index()


@pytest.mark.parametrize("kind", samples.PRODUCTS)
def test_every_kind_is_recorded_and_goes_out_as_it_came_in(desk, kind):
    the_book(desk)
    traded = "1994-12-12" if kind in ("INTEREST_RATE_SWAP", "CROSS_CURRENCY_SWAP") else "2001-12-04"
    row, instrument = recorded(desk, samples.fpml(samples.PRODUCTS[kind], traded=traded))
    out = comes_back(desk, row, instrument)
    another = desk.received(out.replace(b">ABN1234<", b">OTHER<"))
    told = b'{"is_another": true}'
    second = desk.post(f"documents/{another['id']}/record/", told)["instrument_id"]
    assert exported(desk, second)["content"].replace(">OTHER<", ">ABN1234<").encode() == out
    left = {"id", "instrument_id", "recorded_at", "event_id", "content_digest"}
    one, two = (
        {name: value for name, value in found.items() if name not in left}
        for found in InstrumentVersion.objects.filter(instrument__in=[instrument, second]).values()
    )
    assert one == two


def test_the_published_sample_goes_through_the_book(desk):
    row, instrument = recorded(desk, samples.published())
    assert (row["our_reference"], row["their_reference"]) == ("ABN1234", "DB5678")
    assert row["terms"] == {
        "kind": "FORWARD", "trade_date": "2001-11-19", "value_date": "2001-12-21", "base_currency": "EUR",
        "base_amount": "10000000", "quote_currency": "USD", "quote_amount": "-9175000", "rate": "0.9175",
    }  # fmt: skip
    kept = desk.auditor.read(f"documents/{row['id']}/original/")["content"]
    assert base64.b64decode(kept) == samples.published()
    comes_back(desk, row, instrument)
    assert b"<rate>0.9175</rate>" in exported(desk, instrument)["content"].encode()


@pytest.mark.parametrize("fields", [{}, {"17F": "Y", "17O": "Y", "32E": "EUR", "30U": "20011219"}])
def test_an_mt300_goes_out_as_it_came_in_and_as_fpml(desk, fields):
    content = samples.mt300(**fields)
    row, instrument = recorded(desk, content, our_party="B", counterparty=desk.bank.code)
    out = comes_back(desk, row, instrument, "mt300")
    told = terms(content)
    told["32B"], told["33B"] = told["33B"], told["32B"]
    assert terms(out) == told
    comes_back(desk, row, instrument, "fpml")


def test_a_recorded_forward_is_the_same_trade_as_mt300_and_keeps_its_number(desk):
    row, instrument = recorded(desk, samples.published())
    out = exported(desk, instrument, "mt300")
    assert (out["instrument_id"], out["version_number"], out["media_type"]) == (instrument, 1, "text/plain")
    assert out["file_name"] == f"instrument-{instrument}-v1.txt"
    again = desk.received(out["content"].encode())
    assert (again["terms"], again["our_reference"]) == (row["terms"], "ABN1234")
    [match] = desk.dealer.read(f"documents/{again['id']}/matches/")["matches"]
    assert (match["matched_by"], match["differences"]) == ("REFERENCE", [])


def test_what_an_mt300_cannot_say_is_refused_and_names_the_way_out(desk):
    the_book(desk)
    _, option = recorded(desk, samples.fpml(samples.OPTION, traded="2001-12-04"))
    refused = desk.auditor.refused(f"instruments/{option}/mt300/")
    assert refused["status"] == 409
    assert "ABN1234 is not written as MT300: a" in refused["detail"]
    assert "Take its FpML" in refused["detail"]
    near_one = (
        "<fxSingleLeg>"
        + samples.payment(1, "party1", "party2", "USD", "10000000")
        + samples.payment(2, "party2", "party1", "EUR", "10000100")
        + f"<valueDate>2001-12-21</valueDate><exchangeRate>{samples.quoted('USD', 'EUR')}<rate>1.00001</rate>"
        "</exchangeRate></fxSingleLeg>"
    )
    _, one = recorded(desk, samples.fpml(near_one).replace(b"ABN1234", b"NEAR1"))
    assert "which way round" in desk.auditor.refused(f"instruments/{one}/mt300/")["detail"]
    assert desk.stranger.refused(f"instruments/{one}/mt300/")["status"] == 404
