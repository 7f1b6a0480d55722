"""Cancelling, ending and other rolls on their pages: shown first, sent, decided, shown on the time line."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from hedges.models import InstrumentEvent, InstrumentVersion
from tests.factories import book, clock
from tests.hedges.domain.trade_life import lives
from tests.hedges.domain.trade_life.rolls import live
from tests.hedges.web.workflow import tickets
from tests.hedges.web.workflow.desk import Desk, fields_of
from tests.hedges.web.workflow.test_instrument_life import approve, instrument_page, opened, sent

NOW = lives.NOW


@pytest.fixture(autouse=True)
def today():
    with clock.at(NOW):
        yield


def test_a_trade_is_cancelled_from_its_page_by_two_persons_and_that_is_taken_back(desk: Desk) -> None:
    forward = desk.forward()
    pk = forward.instrument_id
    address = reverse("instrument-life", args=[pk, "cancel"])
    assert f'href="{address}' in desk.by("treasurer").get(reverse("instrument", args=[pk])).content.decode()
    page = desk.by("treasurer").get(address, {"as_of": NOW})
    said = tickets.said(page)
    assert "as if it had never been dealt" in said and "Cancelled from 2026-01-01 on" in said
    assert "Cancel it and send for approval" in said
    told = fields_of(page.content.decode())
    assert "Why it was a mistake is missing" in tickets.said(sent(desk, pk, "cancel", told))
    assert sent(desk, pk, "cancel", told | {"reason": "recorded twice"}).status_code == 302
    event = InstrumentEvent.objects.get()
    assert live(NOW) != {}
    approve(desk, event)
    assert live(NOW) == {}
    page = instrument_page(desk, pk)
    assert "Cancelled on 2026-10-30" in page and "Take back: cancelled" in page
    back = reverse("instrument-life-take-back", args=[pk, event.pk])
    shown = desk.by("treasurer").get(back)
    assert desk.by("treasurer").post(
        back, fields_of(shown.content.decode()) | {"reason": "it was the other one", "do": "send"}
    ).status_code == 302  # fmt: skip
    approve(desk, InstrumentEvent.objects.get(kind="REVERSAL"))
    assert live(NOW) == {pk: -60_000_000}


def test_what_is_in_the_way_is_said_on_the_page_of_the_trade(desk: Desk) -> None:
    hedge = desk.hedge()
    forward = InstrumentVersion.objects.get(kind="FORWARD")
    address = reverse("instrument-life", args=[forward.instrument_id, "cancel"])
    answer = desk.by("treasurer").get(address, {"as_of": NOW}, follow=True)
    assert f"was designated in {hedge.relationship.code}" in tickets.said(answer)
    assert not InstrumentEvent.objects.exists()


def test_a_matured_trade_can_still_be_cancelled_and_nothing_else(desk: Desk) -> None:
    old = book.forward(of=desk.entity, counterparty=desk.bank, settlement_date=NOW - timedelta(3))
    page = (
        desk.by("treasurer")
        .get(reverse("instrument", args=[old.instrument_id]), {"as_of": NOW})
        .content.decode()
    )
    verbs = re.findall(rf"/instruments/{old.instrument_id}/life/([a-z-]+)/", page)
    assert verbs == ["cancel"]


def test_a_natural_offset_ends_on_its_page(desk: Desk) -> None:
    loan = book.exposure(-600_000, of=desk.entity, kind="RECOGNISED_LIABILITY")
    offset = book.instrument("NATURAL_OFFSET", -600_000, of=desk.entity, offset_exposure=loan.exposure)
    pk = offset.instrument_id
    told = opened(desk, pk, "end")
    assert told["event_date"] == str(NOW)
    shown = tickets.said(sent(desk, pk, "end", told | {"reason": "repaid"}, "preview"))
    assert f"{loan.exposure} counts as an exposure" in shown
    assert "No natural offset from 2026-10-30 on" in shown
    assert sent(desk, pk, "end", told | {"reason": "repaid"}).status_code == 302
    approve(desk, InstrumentEvent.objects.get())
    assert live(NOW) == {}
    assert "Ended" in instrument_page(desk, pk)


def test_a_future_is_rolled_into_a_contract_that_is_offered(desk: Desk) -> None:
    future = lives.future(desk.entity, counterparty=desk.bank)
    last = future.contract.last_trade_date
    after = book.futures_contract(future.risk, last_trade_date=last + timedelta(31))
    before = book.futures_contract(future.risk, last_trade_date=last - timedelta(31))
    pk = future.instrument_id
    page = (
        desk.by("treasurer")
        .get(reverse("instrument-life", args=[pk, "roll"]), {"as_of": NOW})
        .content.decode()
    )
    assert after.code in page and before.code not in page
    told = fields_of(page) | {
        "contract": after.code,
        "rate": "70.5",
        "far_rate": "71.1",
        "reason": "next month",
    }
    shown = tickets.said(sent(desk, pk, "roll", told, "preview"))
    assert "10,000.00 USD" in shown and f"5 contracts {after.code}" in shown
    assert sent(desk, pk, "roll", told).status_code == 302
    approve(desk, InstrumentEvent.objects.get())
    assert live(NOW) == {InstrumentEvent.objects.get().successor_id: 5_000_000}


def test_without_a_later_contract_the_page_says_what_is_missing(desk: Desk) -> None:
    future = lives.future(desk.entity, counterparty=desk.bank)
    address = reverse("instrument-life", args=[future.instrument_id, "roll"])
    assert "No later contract on this risk is on record" in tickets.said(
        desk.by("treasurer").get(address, {"as_of": NOW})
    )


def test_a_non_deliverable_forward_is_rolled_with_its_own_fixing(desk: Desk) -> None:
    ndf = lives.non_deliverable(
        desk.entity,
        counterparty=desk.bank,
        fixing_date=NOW + timedelta(5),
        settlement_date=NOW + timedelta(7),
    )
    pk = ndf.instrument_id
    told = opened(desk, pk, "roll") | {"rate": "0.92", "far_rate": "0.926", "reason": "the order is late"}
    wrong = told | {"fixing_date": str(NOW)}
    assert "after the old fixing 2026-11-04" in tickets.said(sent(desk, pk, "roll", wrong, "preview"))
    shown = tickets.said(sent(desk, pk, "roll", told | {"fixing_date": "2027-02-03"}, "preview"))
    assert "20,000.00 EUR" in shown and "fixed on 2027-02-03" in shown
    assert sent(desk, pk, "roll", told | {"fixing_date": "2027-02-03"}).status_code == 302
    approve(desk, InstrumentEvent.objects.get())
    assert sum(live(NOW).values()) == 100_000_000


def test_an_option_is_not_rolled_and_the_page_says_what_is_done_instead(desk: Desk) -> None:
    put = lives.option(desk.entity, counterparty=desk.bank)
    address = reverse("instrument-life", args=[put.instrument_id, "roll"])
    answer = desk.by("treasurer").get(address, {"as_of": NOW}, follow=True)
    assert "unwind it at its price, or exercise it" in tickets.said(answer)
    assert f'href="{address}' not in answer.content.decode(), "it is not offered either"


@pytest.mark.parametrize(
    ("verb", "units"),
    [
        ("roll", {"rate": "EUR per 1 USD", "far_rate": "EUR per 1 USD"}),
        ("settle", {"amount": "USD", "cash_amount": "EUR"}),
        ("unwind", {"amount": "USD", "rate": "EUR per 1 USD", "cash_amount": "EUR", "discount_factor": ""}),
        ("novate", {"cash_amount": "EUR"}),
    ],
)
def test_units_stand_in_the_frame_of_their_field_and_not_in_its_label(
    desk: Desk, verb: str, units: dict
) -> None:
    forward = desk.forward()
    page = (
        desk.by("treasurer")
        .get(reverse("instrument-life", args=[forward.instrument_id, verb]))
        .content.decode()
    )
    for name, unit in units.items():
        label = re.search(rf'<label for="in_{name}">(.*?)</label>', page)
        assert label and "USD" not in label[1] and "EUR" not in label[1]
        framed = re.search(
            rf'<span class="framed"><input[^>]*name="{name}"[^>]*><span>(.*?)</span></span>', page
        )
        assert (framed[1] if framed else "") == unit


def test_prices_and_fixings_have_their_units_too(desk: Desk) -> None:
    ndf = lives.non_deliverable(desk.entity, counterparty=desk.bank)
    put = lives.option(desk.entity, counterparty=desk.bank)
    future = lives.future(desk.entity, counterparty=desk.bank)
    book.futures_contract(future.risk, last_trade_date=future.contract.last_trade_date + timedelta(31))
    for trade, verb, unit in (
        (ndf, "fix", "EUR per 1 USD"), (put, "exercise", "EUR per 1 USD"), (put, "unwind", "EUR per 1 USD"),
        (future, "roll", "USD"), (future, "unwind", "USD"),
    ):  # fmt: skip
        page = desk.by("treasurer").get(reverse("instrument-life", args=[trade.instrument_id, verb]))
        framed = re.search(
            r'<span class="framed"><input[^>]*name="rate"[^>]*><span>(.*?)</span></span>',
            page.content.decode(),
        )
        assert framed and framed[1] == unit, (verb, unit)
