"""The market's standard swap, fixed yearly by months of 30 days against six months by actual days, over HTTP."""

import base64
from xml.etree import ElementTree

import orjson
import pytest

from hedges.models import InstrumentVersion
from tests.factories import book, swaps
from tests.hedges.documents import samples
from tests.hedges.documents.test_documents_api import PREVIEW, Desk

pytestmark = pytest.mark.django_db
CONTENT = samples.fpml(samples.VANILLA_SWAP, traded="1994-12-12")
LEGS = {
    "payment_months": 12, "day_count": "30E/360", "floating_payment_months": 6, "floating_day_count": "ACT/360",
}  # fmt: skip


@pytest.fixture
def desk() -> Desk:
    swaps.rate_index()
    return Desk()


def test_a_confirmation_becomes_the_trade_and_goes_out_as_it_came_in(desk) -> None:
    row = desk.received(CONTENT)
    assert {name: row["terms"][name] for name in LEGS} == LEGS
    done = desk.post(f"documents/{row['id']}/record/", b'{"reason": "confirmed"}')
    key = done["instrument_id"]
    version = InstrumentVersion.objects.get(instrument=key)
    assert (len(version.flow_days), len(version.floating_flow_days)) == (5, 10)
    book.approval.decide(
        versions=[version], approvals=book.InstrumentVersionApproval, actor=book.user("APPROVER")
    )
    told = desk.auditor.read(f"instruments/{key}/", as_of="1995-01-02")
    assert {name: told[name] for name in LEGS} == LEGS
    assert (told["flow_days"], told["floating_flow_days"]) == (version.flow_days, version.floating_flow_days)
    assert told["floating_flow_accruals"] == version.floating_flow_accruals
    exported = desk.auditor.read(f"instruments/{key}/fpml/")["content"]
    body = {"entity": desk.entity.code, "content": base64.b64encode(exported.encode()).decode()}
    shown = desk.post(PREVIEW, orjson.dumps(body), status=200)
    assert shown["terms"] == row["terms"]
    assert [one["differences"] for one in shown["matches"]] == [[]]
    streams = ElementTree.fromstring(exported).iter("{http://www.fpml.org/FpML-5/confirmation}swapStream")
    ns = {"f": "http://www.fpml.org/FpML-5/confirmation"}
    assert [
        (
            stream.findtext(".//f:paymentFrequency/f:periodMultiplier", namespaces=ns),
            stream.findtext(".//f:dayCountFraction", namespaces=ns),
            len(stream.findall(".//f:paymentCalculationPeriod", ns)),
        )
        for stream in streams
    ] == [("12", "30E/360", 5), ("6", "ACT/360", 10)]


def test_what_differs_in_a_leg_is_shown(desk) -> None:
    first = desk.received(CONTENT)
    desk.post(f"documents/{first['id']}/record/", b"{}")
    quarterly = CONTENT.decode().replace(
        "<periodMultiplier>6</periodMultiplier><period>M</period><roll",
        "<periodMultiplier>3</periodMultiplier><period>M</period><roll",
    )
    quarterly = quarterly.replace(
        "<paymentFrequency><periodMultiplier>6", "<paymentFrequency><periodMultiplier>3"
    )
    (shown,) = desk.post(PREVIEW, desk.body(quarterly.encode()), status=200)["matches"]
    found = {one["field"]: (one["document"], one["book"]) for one in shown["differences"]}
    assert found["floating_payment_months"] == (3, 6)
    assert set(found) == {"floating_payment_months", "floating_flow_days", "floating_flow_accruals"}


def test_each_leg_has_its_days_and_count_in_the_portfolio_for_ore(desk) -> None:
    fields = {"of": desk.entity, "counterparty": desk.bank, "flow_days": None, "flow_accruals": None}
    own = swaps.interest_rate_swap(**fields, payment_months=12, floating_payment_months=6)
    alike = swaps.interest_rate_swap(
        **fields,
        payment_months=12,
        floating_payment_months=12,
        day_count="30E/360",
        floating_day_count="30E/360",
    )
    assert alike.floating_flow_days is None
    found = desk.auditor.read("portfolio/ore/", entity=desk.entity.code, as_of="2026-10-30")
    assert found["left_out"] == []
    root = ElementTree.fromstring(found["content"])
    for swap, counts, dates in (
        (own, ["30/360 (Bond Basis)", "A360"], [2, 3]),
        (alike, ["30E/360", "30E/360"], [2, 2]),
    ):
        legs = root.findall(f"Trade[@id='I{swap.instrument_id}']/SwapData/LegData")
        assert [leg.findtext("DayCounter") for leg in legs] == counts
        assert [len(leg.findall("ScheduleData/Dates/Dates/Date")) for leg in legs] == dates
