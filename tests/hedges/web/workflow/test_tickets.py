"""A ticket on its way: seen before it is sent, kept as a draft, filled in by an address, sent once, or refused."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from hedges.models import Instrument, InstrumentVersion, ValuationResult
from hedges.web import ticket_links
from tests.factories import book, clock, hedged
from tests.factories.web import signed_in
from tests.hedges.web.workflow import tickets
from tests.hedges.web.workflow.desk import Desk, fields_of
from treasury.domain import audit
from treasury.models import CreditFact, Draft

TODAY = date(2026, 11, 18)


@pytest.fixture
def told(desk: Desk) -> dict[str, str]:
    with clock.at(TODAY):
        return tickets.opened(desk, kind="FORWARD") | tickets.typed(desk, "FORWARD")


def at_noon(desk: Desk, told: dict[str, str], name: str = "treasurer", do: str = "send"):
    with clock.at(TODAY):
        return tickets.send(desk, told, name, do)


def test_sent_twice_it_is_one_trade_and_the_second_lands_on_it(desk: Desk, told: dict[str, str]) -> None:
    first = at_noon(desk, told)
    again = at_noon(desk, told | {"amount": "6m"})  # gone back in the browser and sent once more
    assert (first.status_code, first.url) == (302, again.url)
    version = InstrumentVersion.objects.get()
    assert version.counter_amount == -5_000_000
    page = tickets.said(desk.by("treasurer").get(again.url))
    assert version.instrument.external_reference in page
    assert "sent already" in tickets.said(_followed(desk, told))


def _followed(desk: Desk, told: dict[str, str]):
    with clock.at(TODAY):
        return desk.by("treasurer").post(reverse("ticket"), told | {"do": "send"}, follow=True)


def test_the_key_of_somebody_else_is_no_way_to_their_trade(desk: Desk, told: dict[str, str]) -> None:
    at_noon(desk, told)
    answer = at_noon(desk, told | {"is_another": "on"}, "preparer")
    assert answer.status_code == 422
    assert "Another trade was sent from this form" in tickets.said(answer)
    mended = fields_of(answer.content.decode())
    assert mended["key"] != told["key"]
    assert at_noon(desk, mended | {"is_another": "on"}, "preparer").status_code == 302
    assert Instrument.objects.count() == 2


def test_a_likely_duplicate_has_to_be_looked_at(desk: Desk, told: dict[str, str]) -> None:
    at_noon(desk, told)
    again = told | {"key": str(uuid4()), "amount": "5.02m"}
    refused = at_noon(desk, again)
    assert refused.status_code == 422
    assert "May be the same deal" in tickets.said(refused)
    assert Instrument.objects.get().external_reference in tickets.said(refused)
    assert Instrument.objects.count() == 1
    assert at_noon(desk, again | {"is_another": "on"}).status_code == 302
    assert Instrument.objects.count() == 2


@pytest.mark.parametrize(
    "changed",
    [{"side": "BUY"}, {"amount": "5.2m"}, {"value_date": "4M"}, {"trade_date": "2026-11-10"}],
)
def test_another_side_amount_date_or_week_is_another_deal(
    desk: Desk, told: dict[str, str], changed: dict[str, str]
) -> None:
    with clock.at(date(2026, 11, 5)):
        assert (
            tickets.send(desk, told | {"trade_date": "2026-11-05", "value_date": "2027-02-22"}).status_code
            == 302
        )
    base = {"key": str(uuid4()), "trade_date": "2026-11-06", "value_date": "2027-02-22"}
    assert at_noon(desk, told | base).status_code == 422
    assert at_noon(desk, told | base | changed).status_code == 302


def test_everything_wrong_stands_beside_its_field_and_nothing_is_lost(
    desk: Desk, told: dict[str, str]
) -> None:
    wrong = told | {"amount": "5e6", "value_date": "tomorrow", "rate": ""}
    answer = at_noon(desk, wrong)
    assert answer.status_code == 422
    page = tickets.said(answer)
    assert "Nothing was recorded" in page
    for words in ("Expected an amount such as 5m", "Expected a tenor such as 3M", "Rate is missing."):
        assert page.count(words) == 2  # in the summary and beside the field
    assert {name: fields_of(answer.content.decode())[name] for name in wrong} == wrong
    assert not Instrument.objects.exists()


def test_the_numbers_are_shown_before_and_are_the_nights(desk: Desk, told: dict[str, str]) -> None:
    last = timezone.now().date()
    run = hedged.night(last)
    told |= {"trade_date": last.isoformat(), "value_date": "3M"}
    page = tickets.said(tickets.send(desk, told, do="work"))
    assert "Buys USD 5,412,500.00 against EUR 5,000,000.00" in page
    assert "1.0825" in page and "points" in page and f"market of {run.as_of_date}" in page
    assert not Instrument.objects.exists()
    assert tickets.send(desk, told).status_code == 302
    version = InstrumentVersion.objects.get()
    decision = {"decision": "APPROVED", "comment": "", "digest": version.content_digest}
    desk.by("approver").post(reverse("book-decide", args=["instrument", version.pk]), decision)
    again = hedged.night(last, new_revision=True)
    worth = ValuationResult.objects.get(run_id=again.pk, instrument_version=version).present_value
    assert f"Worth today {worth:,.2f} EUR".replace("-", "\u2212") in page


def test_without_a_night_each_number_says_why(desk: Desk, told: dict[str, str]) -> None:
    page = tickets.said(at_noon(desk, told, do="work"))
    assert page.count("no night has been published yet") == 3


def test_another_kind_keeps_what_was_typed(desk: Desk, told: dict[str, str]) -> None:
    option = fields_of(at_noon(desk, told | {"kind": "OPTION"}, do="kind").content.decode())
    assert {"option_kind", "expiry_date", "premium_amount"} <= set(option)
    assert (option["amount"], option["key"]) == ("5m", told["key"])
    back = fields_of(at_noon(desk, option | {"kind": "FORWARD"}, do="kind").content.decode())
    assert back["value_date"] == "3M"


def test_a_draft_survives_the_browser_and_is_gone_once_sent(desk: Desk, told: dict[str, str]) -> None:
    begun = {name: text for name, text in told.items() if name != "rate"}
    answer = at_noon(desk, begun, do="keep")
    assert answer.status_code == 200
    assert "Kept as a draft." in tickets.said(answer)
    assert "is missing" not in tickets.said(answer)
    drafts = desk.by("treasurer").get(reverse("ticket-drafts"))
    assert "Forward: sell EUR 5m against EURUSD, 3M" in tickets.said(drafts)
    assert "You have no drafts" in tickets.said(desk.by("preparer").get(reverse("ticket-drafts")))
    address = reverse("ticket") + f"?draft={told['key']}"
    assert desk.by("preparer").get(address).status_code == 404
    with clock.at(TODAY):
        resumed = fields_of(desk.by("treasurer").get(address).content.decode())
    assert {name: resumed[name] for name in begun} == begun
    assert at_noon(desk, resumed | {"rate": "1.0825"}).status_code == 302
    assert not Draft.objects.exists()


def test_a_draft_is_let_go(desk: Desk, told: dict[str, str]) -> None:
    at_noon(desk, told, do="keep")
    address = reverse("ticket-draft-discard", args=[UUID(told["key"])])
    desk.by("preparer").post(address)
    assert Draft.objects.count() == 1
    assert desk.by("treasurer").post(address).status_code == 302
    assert not Draft.objects.exists()


def test_an_address_fills_the_ticket(desk: Desk) -> None:
    book.risk("USDEUR")
    address = ticket_links.ticket(
        kind="FORWARD", entity=desk.entity.code, side="SELL", currency="USD", amount="1,250,000", against="EURUSD",
        value_date="2027-01-15", counterparty=desk.bank.code, rate="1.09", reason="into the band",
    )  # fmt: skip
    with clock.at(TODAY):
        answer = desk.by("treasurer").get(address)
        told = fields_of(answer.content.decode())
        assert "Sells USD 1,250,000.00 against EUR 1,146,788.99" in tickets.said(answer)
        assert tickets.send(desk, told).status_code == 302
    version = InstrumentVersion.objects.get()
    assert (version.notional_amount, version.change_reason) == (-1_250_000, "into the band")
    with pytest.raises(ValueError, match="no colour"):
        ticket_links.ticket(colour="blue")


def test_a_trade_is_dealt_again_amount_for_amount(desk: Desk, told: dict[str, str]) -> None:
    at_noon(desk, told)
    first = InstrumentVersion.objects.get()
    with clock.at(TODAY):
        again = fields_of(
            desk.by("treasurer").get(reverse("ticket") + f"?copy={first.instrument_id}").content.decode()
        )
        assert tickets.send(desk, again | {"is_another": "on"}).status_code == 302
    second = InstrumentVersion.objects.order_by("pk").last()
    for name in ("notional_amount", "counter_amount", "strike_rate", "dealt_rate", "settlement_date"):
        assert getattr(first, name) == getattr(second, name)
    assert desk.by("stranger").get(reverse("ticket") + f"?copy={first.instrument_id}").status_code == 404


def test_nothing_new_is_dealt_with_a_party_in_default(desk: Desk, told: dict[str, str]) -> None:
    assert at_noon(desk, told).status_code == 302
    with audit.action("test.default.recorded", actor=book.user("TREASURER")):
        CreditFact.objects.create(
            counterparty=desk.bank, kind="DEFAULT", fact_date=TODAY, value="DEFAULTED", source="notice"
        )
    answer = at_noon(desk, told | {"key": str(uuid4()), "is_another": "on"})
    assert answer.status_code == 422
    assert f"{desk.bank.code} has been in default since {TODAY}" in tickets.said(answer)
    address = reverse("instrument-amend", args=[Instrument.objects.get().pk])
    with clock.at(TODAY):
        amended = fields_of(desk.by("treasurer").get(address).content.decode())
        amended |= {"amount": "5m", "counter_amount": "", "do": "send", "reason": "less"}
        assert desk.by("treasurer").post(address, amended).status_code == 302


@pytest.mark.parametrize("name", ["auditor", "approver"])
def test_who_records_no_trades_has_no_ticket(desk: Desk, name: str, told: dict[str, str]) -> None:
    assert desk.by(name).get(reverse("ticket")).status_code == 403
    assert at_noon(desk, told, name).status_code == 403
    assert (
        "New trade"
        not in desk.by(name)
        .get(reverse("instruments"))
        .content.decode()
        .split("<main")[1]
        .split("<dialog")[0]
    )


def test_a_treasurer_elsewhere_records_nothing_here(desk: Desk, told: dict[str, str]) -> None:
    answer = at_noon(desk, told, "stranger")
    assert answer.status_code == 422
    assert "one of your entities" in tickets.said(answer)
    assert not Instrument.objects.exists()


def test_who_may_approve_is_said(desk: Desk, told: dict[str, str]) -> None:
    page = tickets.said(at_noon(desk, told, do="work"))
    names = sorted(desk.people[name].username for name in ("approver", "preparer", "third"))
    assert f"After sending, {', '.join(names)} may decide on it; you may not." in page
    assert desk.people["treasurer"].username not in page.split("After sending")[1].split("may decide")[
        0
    ].split(", ")


@pytest.mark.parametrize("text", ["x" * 500, "\u0000", "'; DROP TABLE", "<script>", "\ud7ff", "1e999"])
def test_hostile_texts_are_refused_and_said_back_safely(desk: Desk, told: dict[str, str], text: str) -> None:
    for name in (
        "amount",
        "currency",
        "value_date",
        "counterparty",
        "rate",
        "entity",
        "kind",
        "key",
        "reason",
    ):
        answer = at_noon(desk, told | {name: text}, do="work")
        assert answer.status_code in (200, 422)
        assert "<script>" not in answer.content.decode().split("<main")[1].replace("<script src", "")


def test_an_amendment_of_an_option_keeps_its_structure(desk: Desk) -> None:
    with clock.at(TODAY):
        leg = tickets.sent(desk, "COLLAR")[1]
        address = reverse("instrument-amend", args=[leg.instrument_id])
        told = fields_of(desk.by("treasurer").get(address).content.decode())
        assert desk.by("treasurer").post(address, told | {"do": "send", "reason": ""}).status_code == 422
        answer = desk.by("treasurer").post(
            address, told | {"do": "send", "reason": "premium", "premium_amount": "8100"}
        )
        assert answer.status_code == 302
    newest = InstrumentVersion.objects.get(instrument=leg.instrument, version_number=2)
    assert newest.premium_amount == Decimal(8100)
    assert newest.valid_from == TODAY
    assert newest.instrument.structure_reference


@pytest.mark.parametrize("size", [1, 3])
def test_the_reads_of_a_ticket_do_not_grow(desk: Desk, size: int, django_assert_num_queries) -> None:
    for _ in range(size):
        book.exposure(of=desk.entity)
        desk.forward()
        book.counterparty()
    client = signed_in(user=desk.people["treasurer"])
    client.get(reverse("ticket"))
    with django_assert_num_queries(19):
        client.get(reverse("ticket"), tickets.TYPED["FORWARD"] | {"counterparty": desk.bank.code})
    with django_assert_num_queries(11):
        client.get(reverse("ticket-drafts"))
