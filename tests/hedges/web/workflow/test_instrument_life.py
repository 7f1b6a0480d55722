"""What happens to a trade, on its pages: seen in money before it is done, sent, decided, shown on the time line."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hedges.models import InstrumentEvent, InstrumentVersion
from tests.factories import book, clock
from tests.hedges.domain.trade_life import lives
from tests.hedges.web.workflow import tickets
from tests.hedges.web.workflow.desk import Desk, fields_of

NOW = lives.NOW


@pytest.fixture(autouse=True)
def today():
    with clock.at(NOW):
        yield


def opened(desk: Desk, pk: int, verb: str, who: str = "treasurer") -> dict[str, str]:
    answer = desk.by(who).get(reverse("instrument-life", args=[pk, verb]), {"as_of": NOW})
    assert answer.status_code == 200, answer.content.decode()
    return fields_of(answer.content.decode())


def sent(desk: Desk, pk: int, verb: str, told: dict[str, str], do: str = "send", who: str = "treasurer"):
    address = reverse("instrument-life", args=[pk, verb])
    return desk.by(who).post(f"{address}?as_of={NOW}", told | {"do": do})


def approve(desk: Desk, event: InstrumentEvent) -> None:
    version = event.version
    answer = desk.by("approver").post(
        reverse("book-decide", args=["instrument", version.pk]),
        {"digest": version.content_digest, "decision": "APPROVED"},
    )
    assert answer.status_code == 302, answer.content.decode()


def instrument_page(desk: Desk, pk: int, who: str = "treasurer") -> str:
    return tickets.said(desk.by(who).get(reverse("instrument", args=[pk]), {"as_of": NOW}))


def test_a_forward_is_rolled_from_its_page_and_the_new_one_is_linked(desk: Desk) -> None:
    hedge = desk.hedge()
    forward = InstrumentVersion.objects.get(kind="FORWARD")
    assert "Roll" in instrument_page(desk, forward.instrument_id)
    told = opened(desk, forward.instrument_id, "roll")
    told |= {"value_date": "3M", "rate": "0.92", "far_rate": "0.926", "reason": "the sale is late"}
    shown = tickets.said(sent(desk, forward.instrument_id, "roll", told, "preview"))
    assert "-12,000.00 EUR" in shown.replace("−", "-")
    assert hedge.relationship.code in shown and "no expiration" in shown
    assert not InstrumentEvent.objects.exists(), "shown is not done"
    answer = sent(desk, forward.instrument_id, "roll", told)
    assert answer.status_code == 302, tickets.said(answer)
    event = InstrumentEvent.objects.get()
    assert event.successor is not None
    assert InstrumentVersion.objects.get(instrument=event.successor).settlement_date == date(2027, 7, 30)
    assert "Unwind" not in instrument_page(desk, forward.instrument_id), "it waits"
    decision = desk.by("approver").get(reverse("book-decision", args=["instrument", event.version_id]))
    assert "the decision is on all of these" in tickets.said(decision)
    approve(desk, event)
    assert InstrumentVersion.objects.get(instrument=event.successor).approval.decision == "APPROVED"
    page = instrument_page(desk, forward.instrument_id)
    near = event.near_leg
    assert near is not None
    for name in (near.external_reference, event.successor.external_reference):
        assert name in tickets.said(decision)
        assert name in page
    its_own = instrument_page(desk, near.pk)
    assert f"Near leg of the roll of {forward.instrument.external_reference}" in its_own
    assert "-12,000.00 EUR" in its_own.replace("−", "-")
    for verb in ("Unwind", "Novate", "Settle early", "Amend "):
        assert verb not in its_own, "it has no life of its own"
    assert "Take back: rolled" in page
    assert forward.instrument.external_reference in instrument_page(desk, event.successor_id)


def test_unwinding_names_the_hedges_whose_end_it_is(desk: Desk) -> None:
    hedge = desk.hedge()
    forward = InstrumentVersion.objects.get(kind="FORWARD")
    told = opened(desk, forward.instrument_id, "unwind")
    told |= {"amount": "200k", "rate": "0.93", "discount_factor": "0.99", "reason": "too much"}
    shown = tickets.said(sent(desk, forward.instrument_id, "unwind", told, "preview"))
    assert hedge.relationship.code in shown and "demands a discontinuation" in shown
    assert "5,940.00 EUR" in shown
    assert sent(desk, forward.instrument_id, "unwind", told).status_code == 302
    approve(desk, InstrumentEvent.objects.get())
    from hedges.domain.changes.demanded import demanded

    found = demanded(desk.entity, NOW)
    assert [(demand.code, demand.cause, demand.lost[0].amount) for demand in found] == [
        (hedge.relationship.code, "INSTRUMENT_ENDED", -200_000)
    ]


def test_an_option_is_exercised_and_what_was_done_is_taken_back(desk: Desk) -> None:
    put = lives.option(desk.entity, counterparty=desk.bank)
    pk = put.instrument_id
    assert "Exercise" in instrument_page(desk, pk)
    told = opened(desk, pk, "exercise") | {"method": "PHYSICAL", "reason": "in the money"}
    assert sent(desk, pk, "exercise", told).status_code == 302
    event = InstrumentEvent.objects.get()
    approve(desk, event)
    address = reverse("instrument-life-take-back", args=[pk, event.pk])
    page = desk.by("treasurer").get(address)
    assert "is cancelled" in tickets.said(page)
    answer = desk.by("treasurer").post(
        address, fields_of(page.content.decode()) | {"reason": "it was not", "do": "send"}
    )
    assert answer.status_code == 302, tickets.said(answer)
    approve(desk, InstrumentEvent.objects.get(kind="REVERSAL"))
    newest = InstrumentVersion.objects.filter(instrument=event.successor).latest("version_number")
    assert (newest.status, newest.approval.decision) == ("CANCELLED", "APPROVED")
    assert "Taken back" in instrument_page(desk, pk)


def test_a_fixing_on_record_stands_in_the_form(desk: Desk) -> None:
    from tests.factories import market

    ndf = lives.non_deliverable(desk.entity, counterparty=desk.bank)
    market.record(("FX_SPOT", "USDEUR", "SPOT", ndf.fixing_date, Decimal("0.93"), "WMR", False))
    told = opened(desk, ndf.instrument_id, "fix")
    assert (told["rate"], told["rate_source"]) == ("0.93", "WMR")
    shown = tickets.said(sent(desk, ndf.instrument_id, "fix", told | {"reason": "fixing"}, "preview"))
    assert "30,000.00 EUR" in shown


def test_a_bank_is_chosen_and_a_part_is_settled(desk: Desk) -> None:
    forward, bank = desk.forward(), book.counterparty()
    pk = forward.instrument_id
    told = opened(desk, pk, "novate") | {"counterparty": bank.code, "reason": "merged"}
    assert sent(desk, pk, "novate", told).status_code == 302
    approve(desk, InstrumentEvent.objects.get())
    told = opened(desk, pk, "settle") | {"amount": "100k", "reason": "paid early"}
    assert sent(desk, pk, "settle", told).status_code == 302
    approve(desk, InstrumentEvent.objects.get(kind="PARTIAL_SETTLEMENT"))
    after = lives.in_force(forward, NOW)
    assert (after.counterparty_id, after.notional_amount) == (bank.pk, -500_000)


def test_an_option_lapses_by_its_form(desk: Desk) -> None:
    put = lives.option(desk.entity, counterparty=desk.bank)
    told = opened(desk, put.instrument_id, "lapse") | {
        "rate": "0.95",
        "rate_source": "bank",
        "reason": "worthless",
    }
    assert sent(desk, put.instrument_id, "lapse", told).status_code == 302
    assert InstrumentEvent.objects.get().kind == "LAPSE"


def test_rates_are_typed_as_the_trade_was_dealt(desk: Desk) -> None:
    forward = book.forward(
        -600_000, of=desk.entity, counterparty=desk.bank, dealt_pair="EURUSD", dealt_rate=Decimal("1.1111")
    )
    told = opened(desk, forward.instrument_id, "unwind")
    told |= {"rate": "1.0752688172", "discount_factor": "", "reason": "too much"}
    shown = tickets.said(sent(desk, forward.instrument_id, "unwind", told, "preview"))
    assert "-18,000.00 EUR" in shown.replace("−", "-")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"rate": "", "cash_amount": ""}, "rate at which it is unwound"),
        ({"amount": "700k"}, "up to 600000"),
        ({"event_date": "2026-11-05"}, "Expected today"),
        ({"reason": ""}, "Reason is missing"),
        ({"seen": "1"}, "has changed since you read it"),
        ({"rate": "1_000"}, "Expected"),
        ({"rate": "NaN"}, "Expected"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_recorded(
    desk: Desk, changed: dict[str, str], words: str
) -> None:
    forward = desk.forward()
    told = opened(desk, forward.instrument_id, "unwind") | {"rate": "0.93", "reason": "too much"}
    answer = sent(desk, forward.instrument_id, "unwind", told | changed)
    assert answer.status_code == 422
    assert words in tickets.said(answer)
    assert not InstrumentEvent.objects.exists()


def test_an_auditor_reads_the_life_and_does_nothing_to_it_and_a_stranger_sees_nothing(desk: Desk) -> None:
    forward = desk.forward()
    pk = forward.instrument_id
    assert "Unwind" not in instrument_page(desk, pk, "auditor")
    address = reverse("instrument-life", args=[pk, "unwind"])
    assert desk.by("auditor").get(address).status_code == 403
    assert desk.by("stranger").get(address).status_code == 404
    assert desk.by("treasurer").get(reverse("instrument-life", args=[pk, "burn"])).status_code == 404


def test_the_days_that_come_are_listed_with_what_to_do(desk: Desk) -> None:
    with_bank = {"counterparty": desk.bank}
    near = desk.forward().instrument_id
    book.forward(-100, of=desk.entity, settlement_date=NOW + timedelta(9), **with_bank)
    put = lives.option(desk.entity, **with_bank)
    ndf = lives.non_deliverable(
        desk.entity, fixing_date=NOW + timedelta(3), settlement_date=NOW + timedelta(5), **with_bank
    )
    page = tickets.said(desk.by("treasurer").get(reverse("coming-days"), {"as_of": NOW}))
    for words in ("Deliver, or roll it before", "Missed: exercise it", "Fix it", put.instrument.external_reference,
                  ndf.instrument.external_reference):  # fmt: skip
        assert words in page
    assert reverse("instrument-life", args=[put.instrument_id, "exercise"]) in _coming(desk, "treasurer")
    assert reverse("instrument-life", args=[put.instrument_id, "exercise"]) not in _coming(desk, "auditor")
    assert near and InstrumentVersion.objects.get(instrument=near).instrument.external_reference not in page


def test_margin_is_recorded_for_all_futures_from_the_page(desk: Desk) -> None:
    from tests.factories import market

    future = lives.future(desk.entity, counterparty=desk.bank)
    for day, price in ((26, "69.1"), (27, "68.8")):
        market.record(
            (
                "FUTURES_PRICE",
                future.contract.code,
                "SPOT",
                date(2026, 10, day),
                Decimal(price),
                "TEST",
                False,
            )
        )
    client = desk.by("treasurer")
    page = client.get(reverse("coming-days"), {"as_of": NOW})
    assert f"Record margin up to {NOW}" in tickets.said(page)
    address = f"{reverse('margin-record')}?as_of={NOW}"
    assert client.post(address, {"up_to": str(NOW)}).status_code == 302
    assert list(InstrumentEvent.objects.order_by("event_date").values_list("cash_amount", flat=True)) == [
        3000,
        -1500,
    ]
    client.post(address, {"up_to": str(NOW)})
    assert InstrumentEvent.objects.count() == 2
    assert "Variation margin" in instrument_page(desk, future.instrument_id)


@pytest.mark.parametrize("name", ["instrument", "coming-days"])
def test_pages_read_as_often_for_three_things_as_for_one(desk: Desk, name: str) -> None:
    forward = desk.forward()
    arguments = [forward.instrument_id] if name == "instrument" else []
    client = desk.by("treasurer")
    address = reverse(name, args=arguments)

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address, {"as_of": NOW}).status_code == 200
        return len(queries)

    count()
    one = count()
    for number in range(3):
        other = book.forward(
            -100, of=desk.entity, settlement_date=NOW + timedelta(9 + number), counterparty=desk.bank
        )
        if name == "instrument":
            lives.both(_part(forward))
        else:
            lives.both(_part(other, 10))
    assert count() == one


def _coming(desk: Desk, who: str) -> str:
    return desk.by(who).get(reverse("coming-days"), {"as_of": NOW}).content.decode()


def _part(version: InstrumentVersion, amount: int = 1000):
    from hedges.domain.trade_life import partial_settlement

    return partial_settlement.plan(lives.stands(version), on=NOW, amount=Decimal(amount))


def test_a_trade_whose_end_is_decided_is_not_amended_before_it(desk: Desk) -> None:
    """Rolled today it lives to its settlement; an amendment would end it at once."""
    forward = desk.forward()
    told = opened(desk, forward.instrument_id, "roll")
    told |= {"value_date": "3M", "rate": "0.92", "far_rate": "0.926", "reason": "the sale is late"}
    sent(desk, forward.instrument_id, "roll", told)
    approve(desk, InstrumentEvent.objects.get())
    address = reverse("instrument-amend", args=[forward.instrument_id])
    client = desk.by("treasurer")
    fields = fields_of(client.get(address).content.decode())
    answer = client.post(
        address, fields | {"amount": "500k", "counter_amount": "", "reason": "less", "do": "send"}
    )
    assert answer.status_code == 422
    assert "Take back what ended it" in tickets.said(answer)


def test_that_a_trade_matured_is_said_by_its_dates(desk: Desk) -> None:
    forward = book.forward(
        -100, of=desk.entity, counterparty=desk.bank, settlement_date=NOW - timedelta(days=3)
    )
    page = instrument_page(desk, forward.instrument_id)
    assert "By itself, on its date." in page and "Nothing comes any more." in page
    assert "Unwind" not in page
