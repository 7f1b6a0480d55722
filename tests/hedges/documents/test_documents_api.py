"""Over HTTP: a document is read, kept once, recorded for a second person or matched; foreign ones are not there."""

import base64
from decimal import Decimal
from xml.etree import ElementTree

import orjson
import pytest
from django.db import DatabaseError, connection, transaction

from hedges.models import Instrument, InstrumentVersion, TradeDocument, TradeDocumentOutcome
from tests.factories import api, book, swaps
from tests.hedges.documents import samples
from treasury.domain import audit

pytestmark = pytest.mark.django_db
RECEIVE, PREVIEW = "documents/receive/", "documents/preview/"


class Desk:
    def __init__(self) -> None:
        self.entity, self.bank = book.entity(lei=samples.OURS), book.counterparty(lei=samples.THEIRS)
        self.risk = book.risk("USDEUR")
        self.dealer, self.auditor = (
            api.by_token(role, entity=self.entity) for role in ("TREASURER", "AUDITOR")
        )
        self.other = book.entity()
        self.stranger = api.by_token("TREASURER", entity=self.other)

    def body(self, content: bytes = b"", **more):
        told = {"entity": self.entity.code, "content": base64.b64encode(content or samples.fpml()).decode()}
        return orjson.dumps(told | more)

    def post(self, path, body, *, by=None, status=201):
        answer = (by or self.dealer).send("POST", path, body)
        assert answer.status_code == status, answer.content
        return answer.json()

    def received(self, content: bytes = b"", **more):
        return self.post(RECEIVE, self.body(content, **more))


@pytest.fixture
def desk():
    return Desk()


def rows():
    models = (TradeDocument, TradeDocumentOutcome, Instrument, InstrumentVersion)
    return [model.objects.count() for model in models]


def test_a_confirmation_becomes_a_trade_that_waits_for_a_second_person(desk):
    row = desk.received(file_name="../../x/confirmation.xml")
    assert (row["counterparty"], row["trade_kind"], row["outcome"]) == (desk.bank.code, "FORWARD", None)
    assert row["file_name"] == "confirmation.xml"
    assert row["terms"]["base_amount"] == "10000000"
    assert desk.dealer.read(f"documents/{row['id']}/matches/")["matches"] == []
    original = desk.auditor.read(f"documents/{row['id']}/original/")
    assert base64.b64decode(original["content"]) == samples.fpml()
    done = desk.post(f"documents/{row['id']}/record/", b'{"reason": "confirmed"}')
    assert done["outcome"] == "RECORDED"
    version = InstrumentVersion.objects.get(instrument=done["instrument_id"])
    assert (version.notional_amount, version.counter_amount) == (Decimal(-9_175_000), Decimal(10_000_000))
    assert (version.dealt_pair, version.dealt_rate) == ("EURUSD", Decimal("0.9175"))
    assert version.strike_rate == Decimal("1.0899182561")
    assert not hasattr(version, "approval")
    assert (version.instrument.source_system, version.instrument.external_reference) == ("FPML", "ABN1234")
    again = desk.post(f"documents/{row['id']}/record/", b"{}", status=409)
    assert "already" in again["detail"]
    exported = desk.auditor.read(f"instruments/{done['instrument_id']}/fpml/")
    theirs = base64.b64encode(exported["content"].encode()).decode()
    shown = desk.post(PREVIEW, orjson.dumps({"entity": desk.entity.code, "content": theirs}), status=200)
    assert shown["terms"] == row["terms"]
    assert [one["differences"] for one in shown["matches"]] == [[]]


def test_the_same_document_again_adds_nothing(desk):
    row = desk.received()
    before = rows()
    assert desk.post(RECEIVE, desk.body(), status=200) == row
    assert rows() == before


def test_a_preview_keeps_nothing(desk):
    before = rows()
    shown = desk.post(PREVIEW, desk.body(), status=200)
    assert (shown["format"], shown["counterparty"], shown["matches"]) == ("FPML", desk.bank.code, [])
    assert rows() == before


def recorded(desk, **fields):
    terms = {
        "counterparty": desk.bank, "trade_date": "2001-11-19", "valid_from": "2001-11-19",
        "settlement_date": "2001-12-21", "counter_amount": Decimal(10_000_000), "strike": "1.0899182561",
    }  # fmt: skip
    return book.forward(-9_175_000, of=desk.entity, **(terms | fields))


def test_a_recorded_trade_is_found_by_its_terms_whichever_way_round_it_is_quoted(desk):
    version = recorded(desk)
    shown = desk.post(PREVIEW, desk.body(), status=200)["matches"]
    assert shown == [
        {
            "instrument_id": version.instrument_id, "external_reference": version.instrument.external_reference,
            "version_number": 1, "matched_by": "TERMS", "differences": [],
        }
    ]  # fmt: skip
    row = desk.received()
    refused = desk.post(f"documents/{row['id']}/record/", b"{}", status=409)
    assert version.instrument.external_reference in refused["detail"]
    done = desk.post(f"documents/{row['id']}/match/", orjson.dumps({"instrument": version.instrument_id}))
    assert (done["outcome"], done["instrument_id"]) == ("MATCHED", version.instrument_id)


def test_differences_are_shown_field_by_field_and_accepted_with_a_reason_only(desk):
    version = recorded(desk, settlement_date="2001-12-24", counter_amount=Decimal(10_000_001))
    (shown,) = desk.post(PREVIEW, desk.body(), status=200)["matches"]
    assert {one["field"]: (one["document"], one["book"]) for one in shown["differences"]} == {
        "value_date": ("2001-12-21", "2001-12-24"), "base_amount": ("10000000", "10000001"),
    }  # fmt: skip
    row = desk.received()
    told = {"instrument": version.instrument_id}
    refused = desk.post(f"documents/{row['id']}/match/", orjson.dumps(told), status=409)
    assert "value_date" in refused["detail"]
    desk.post(f"documents/{row['id']}/match/", orjson.dumps(told | {"reason": "the bank mends it"}))
    assert len(TradeDocumentOutcome.objects.get().differences) == 2


def test_a_trade_is_found_by_its_reference_first(desk):
    by_reference = recorded(desk, settlement_date="2002-01-31", trade_date="2001-11-01")
    with_terms = recorded(desk)
    content = samples.fpml().replace(b"ABN1234", by_reference.instrument.external_reference.encode())
    (shown,) = desk.post(PREVIEW, desk.body(content), status=200)["matches"]
    assert (shown["instrument_id"], shown["matched_by"]) == (by_reference.instrument_id, "REFERENCE")
    assert with_terms.instrument_id != by_reference.instrument_id


def test_a_swift_message_names_its_parties_by_hand(desk):
    before = rows()
    unknown = desk.post(RECEIVE, desk.body(samples.mt300()), status=400)
    assert [(one["field"], one["code"]) for one in unknown["errors"]] == [(":82A:", "party_is_us")]
    unknown = desk.post(RECEIVE, desk.body(samples.mt300(), our_party="B"), status=400)
    assert [(one["field"], one["code"]) for one in unknown["errors"]] == [("counterparty", "unknown")]
    assert rows() == before
    row = desk.received(samples.mt300(), our_party="B", counterparty=desk.bank.code)
    assert (row["format"], row["their_reference"]) == ("MT300", "DB5678")
    done = desk.post(f"documents/{row['id']}/record/", b"{}")
    instrument = Instrument.objects.get(pk=done["instrument_id"])
    assert instrument.external_reference == f"{desk.bank.code}/DB5678"


def test_what_is_wrong_is_named_place_by_place_and_nothing_is_kept(desk):
    content = samples.fpml().replace(b"2001-12-21", b"soon").replace(b"<amount>9175000", b"<amount>lots")
    before = rows()
    for path in (RECEIVE, PREVIEW):
        answer = desk.dealer.send("POST", path, desk.body(content))
        assert answer.status_code == 400
        assert answer["Content-Type"] == "application/problem+json"
        assert {one["field"].rpartition("/")[2]: one["code"] for one in answer.json()["errors"]} == {
            "valueDate": "not_a_date", "amount": "not_a_number",
        }  # fmt: skip
    hostile = samples.fpml(before='<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    assert desk.post(RECEIVE, desk.body(hostile), status=400)["errors"][0]["code"] == "dtd"
    no_risk = samples.fpml(samples.NON_DELIVERABLE, traded="2002-01-09")
    assert desk.post(RECEIVE, desk.body(no_risk), status=400)["errors"][0]["code"] == "no_risk"
    extreme = samples.fpml().decode().replace(">10000000<", ">1000000000000<").replace("9175000<", "100<")
    extreme = extreme.replace("0.9175<", "0.0000000001<").replace("<spotRate>0.9130</spotRate>", "")
    assert desk.post(RECEIVE, desk.body(extreme.encode()), status=400)["errors"][0]["code"] == "rate"
    other = desk.body(samples.fpml(), counterparty=book.counterparty().code)
    assert desk.post(RECEIVE, other, status=400)["errors"][0]["code"] == "parties_differ"
    bad = orjson.dumps({"entity": desk.entity.code, "content": "%%%"})
    assert desk.post(RECEIVE, bad, status=400)["errors"][0]["field"] == "content"
    assert rows() == before


def test_documents_of_others_are_not_there_and_an_auditor_changes_nothing(desk):
    row = desk.received()
    version = recorded(desk)
    before = rows()
    for path in ("", "matches/", "original/"):
        foreign = desk.stranger.refused(f"documents/{row['id']}/{path}")
        assert foreign == desk.stranger.refused(f"documents/999999/{path}")
        assert desk.auditor.get(f"documents/{row['id']}/{path}").status_code == 200
    assert desk.stranger.rows("documents/") == []
    assert desk.stranger.refused(f"instruments/{version.instrument_id}/fpml/")["status"] == 404
    for verb in ("record", "match"):
        told = orjson.dumps({"instrument": version.instrument_id} if verb == "match" else {})
        desk.post(f"documents/{row['id']}/{verb}/", told, by=desk.stranger, status=404)
        desk.post(f"documents/{row['id']}/{verb}/", told, by=desk.auditor, status=403)
    for path in (RECEIVE, PREVIEW):
        desk.post(path, desk.body(), by=desk.stranger, status=404)
        desk.post(path, desk.body(), by=desk.auditor, status=403)
    theirs = book.forward(of=desk.other)
    told = orjson.dumps({"instrument": theirs.instrument_id, "reason": "x"})
    desk.post(f"documents/{row['id']}/match/", told, status=404)
    assert rows()[:2] == before[:2]


def test_the_database_keeps_documents_as_they_came(desk):
    document = TradeDocument.objects.get(pk=desk.received()["id"])
    dealer = book.user("TREASURER", entity=desk.entity)
    with connection.cursor() as cursor:
        for statement in (
            "UPDATE hedges_tradedocument SET file_name = 'x'", "DELETE FROM hedges_tradedocument",
            "TRUNCATE hedges_tradedocument CASCADE",
        ):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(statement)
    fields = {
        "entity": desk.entity, "counterparty": desk.bank, "format": "FPML", "trade_kind": "FORWARD", "terms": {},
    }  # fmt: skip
    for actor, content, digest in (
        (dealer, b"other", document.digest), (dealer, b"", "0" * 64), (book.user("APPROVER"), b"a", "0" * 64),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), audit.action("test", actor=actor):
            TradeDocument.objects.create(content=content, digest=digest, **fields)


def test_the_whole_live_book_is_a_portfolio_for_ore(desk):
    with_bank = {"of": desk.entity, "counterparty": desk.bank}
    forward = book.forward(-600_000, **with_bank)
    swap = swaps.interest_rate_swap(**with_bank)
    swaps.cross_currency_swap(**with_bank, resets_notional=True)
    odd = swaps.interest_rate_swap(**with_bank, flow_accruals=[0.5, 0.5])
    book.forward(of=desk.other)
    book.forward(-1, **with_bank, approve=False)
    found = desk.auditor.read("portfolio/ore/", entity=desk.entity.code, as_of="2026-10-30")
    root = ElementTree.fromstring(found["content"])
    assert [trade.findtext("TradeType") for trade in root] == ["FxForward", "Swap", "CrossCurrencySwap"]
    assert found["trade_count"] == 3
    assert [one["instrument_id"] for one in found["left_out"]] == [odd.instrument_id]
    first = root.find("Trade/FxForwardData")
    assert {child.tag: child.text for child in first} == {
        "ValueDate": "2027-04-30", "BoughtCurrency": "EUR", "BoughtAmount": "540000", "SoldCurrency": "USD",
        "SoldAmount": "600000", "Settlement": "Physical",
    }  # fmt: skip
    legs = root.findall(f"Trade[@id='I{swap.instrument_id}']/SwapData/LegData")
    assert [(leg.findtext("LegType"), leg.findtext("Payer"), leg.findtext("DayCounter")) for leg in legs] == [
        ("Fixed", "true", "A360"), ("Floating", "false", "A360"),
    ]  # fmt: skip
    assert legs[1].findtext("FloatingLegData/Index") == "EUR-EURIBOR-6M"
    assert len(legs[0].findall("ScheduleData/Dates/Dates/Date")) == 3
    assert root.find(".//FXReset/ForeignCurrency").text == "USD"
    assert forward.instrument_id
    assert desk.stranger.refused("portfolio/ore/", entity=desk.entity.code)["status"] == 404
    assert desk.stranger.read("portfolio/ore/", as_of="2026-10-30")["trade_count"] == 1


@pytest.mark.parametrize("count", [1, 3])
def test_reads_do_not_grow_with_the_book(desk, count, django_assert_num_queries):
    for _ in range(count):
        recorded(desk)
    desk.received()
    desk.auditor.read("portfolio/ore/", as_of="2001-11-20")
    with django_assert_num_queries(3):
        desk.auditor.read("portfolio/ore/", as_of="2001-11-20")
