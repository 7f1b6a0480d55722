"""A ticket of every kind, typed as dealers type and sent: exactly these terms are recorded, and they wait."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from hedges.domain.ticket.kinds import FIELDS
from hedges.models import Instrument, InstrumentVersion
from tests.factories import clock
from tests.hedges.web.workflow import tickets
from tests.hedges.web.workflow.desk import Desk

#: A Wednesday; spot is the Friday after it, three months on is Monday 22 February.
TODAY = date(2026, 11, 18)

EXPECTED: dict[str, list[dict]] = {
    "FORWARD": [{
        "notional_amount": Decimal("5412500.00"), "notional_currency_id": "USD", "counter_amount": Decimal(-5_000_000),
        "strike_rate": Decimal("0.9237875289"), "dealt_pair": "EURUSD", "dealt_rate": Decimal("1.0825"),
        "settlement_date": date(2027, 2, 22), "trade_date": TODAY, "valid_from": TODAY,
    }],
    "NON_DELIVERABLE_FORWARD": [{
        "notional_amount": Decimal(250_000), "counter_amount": Decimal("-229357.80"),
        "settlement_date": date(2027, 11, 22), "fixing_date": date(2027, 11, 18), "settlement_currency_id": "EUR",
        "strike_rate": Decimal("0.9174311927"),
    }],
    "FUTURE": [{
        "notional_amount": Decimal(5000), "notional_currency_id": "BBL", "contract_count": 5,
        "entry_price": Decimal("68.5"), "settlement_date": date(2027, 3, 19), "strike_rate": None,
    }],
    "OPTION": [{
        "option_kind": "PUT", "option_side": "BOUGHT", "notional_amount": Decimal(-1_680_000),
        "counter_amount": Decimal(1_500_000), "expiry_date": date(2027, 5, 20), "settlement_date": date(2027, 5, 24),
        "premium_amount": Decimal(-12_000), "premium_currency_id": "EUR", "strike_rate": Decimal("0.8928571429"),
    }],
    "COLLAR": [
        {"option_kind": "PUT", "option_side": "BOUGHT", "notional_amount": Decimal(-1_000_000),
         "counter_amount": Decimal("869565.22"), "premium_amount": Decimal(-9000)},
        {"option_kind": "CALL", "option_side": "SOLD", "notional_amount": Decimal(-1_000_000),
         "counter_amount": Decimal("952380.95"), "premium_amount": Decimal("8000.50")},
    ],
    "FX_SWAP": [{
        "notional_amount": Decimal(2_000_000), "counter_amount": Decimal("-1809954.75"),
        "near_counter_amount": Decimal("1818181.82"), "near_settlement_date": date(2026, 11, 24),
        "near_rate": Decimal("0.9090909091"), "settlement_date": date(2027, 2, 22),
    }],
    "INTEREST_RATE_SWAP": [{
        "notional_amount": Decimal(10_000_000), "pay_fixed": True, "fixed_rate": Decimal("0.0275"),
        "spread_rate": Decimal(0), "start_date": date(2026, 11, 20), "settlement_date": date(2031, 11, 20),
        "payment_months": 6, "counter_amount": None,
    }],
    "CROSS_CURRENCY_SWAP": [{
        "notional_amount": Decimal(3_000_000), "counter_amount": Decimal("-2727272.73"),
        "fixed_rate": Decimal("0.045"), "counter_fixed_rate": Decimal("0.025"), "resets_notional": False,
        "start_date": date(2026, 11, 20), "settlement_date": date(2029, 11, 20), "strike_rate": None,
    }],
    "NATURAL_OFFSET": [{"notional_amount": Decimal(-60_000), "counterparty_id": None,
                        "settlement_date": date(2027, 4, 30)}],
}  # fmt: skip


def test_every_kind_is_tried():
    assert set(EXPECTED) == set(FIELDS)


@pytest.mark.parametrize("kind", EXPECTED)
def test_what_is_typed_is_recorded_exactly_and_waits(desk: Desk, kind: str) -> None:
    with clock.at(TODAY):
        found = tickets.sent(desk, kind)
        assert len(found) == len(EXPECTED[kind])
        for version, terms in zip(found, EXPECTED[kind], strict=True):
            assert {name: getattr(version, name) for name in terms} == terms
            assert version.author == desk.people["treasurer"]
        assert not InstrumentVersion.objects.filter(
            pk__in=[one.pk for one in found], approval__isnull=False
        ).exists()
        page = tickets.said(desk.by("treasurer").get(reverse("instrument", args=[found[0].instrument_id])))
        assert "awaits approval" in page


@pytest.mark.parametrize("kind", EXPECTED)
def test_the_author_may_not_approve_and_an_approver_may(desk: Desk, kind: str) -> None:
    with clock.at(TODAY):
        for version in tickets.sent(desk, kind):
            decision = {"decision": "APPROVED", "comment": "", "digest": version.content_digest}
            address = reverse("book-decide", args=["instrument", version.pk])
            assert desk.by("treasurer").post(address, decision).status_code == 422
            assert desk.by("auditor").post(address, decision).status_code == 403
            assert not hasattr(InstrumentVersion.objects.get(pk=version.pk), "approval")
            assert desk.by("approver").post(address, decision).status_code == 302
            version.refresh_from_db()
            assert version.approval.decision == "APPROVED"


def test_the_legs_of_a_collar_are_one_structure(desk: Desk) -> None:
    with clock.at(TODAY):
        tickets.sent(desk, "COLLAR")
    first, second = Instrument.objects.order_by("pk")
    assert first.structure_reference == second.structure_reference != ""
    assert {first.external_reference[-2:], second.external_reference[-2:]} == {"-A", "-B"}


@pytest.mark.parametrize("kind", sorted(set(EXPECTED) - {"NATURAL_OFFSET", "COLLAR"}))
def test_amended_unchanged_nothing_differs_and_a_change_is_the_next_version(desk: Desk, kind: str) -> None:
    with clock.at(TODAY):
        version = tickets.sent(desk, kind)[0]
        address = reverse("instrument-amend", args=[version.instrument_id])
        told = tickets.fields_of(desk.by("treasurer").get(address).content.decode())
        told |= {"do": "send", "reason": "the bank's confirmation says so"}
        again = desk.by("treasurer").post(address, told)
        assert again.status_code == 422
        assert "Nothing differs from version 1" in tickets.said(again)
        change = {"contract_count": "6"} if kind == "FUTURE" else {"amount": "200k", "counter_amount": "",
                                                                  "near_counter_amount": ""}  # fmt: skip
        answer = desk.by("treasurer").post(address, told | change)
        assert answer.status_code == 302, tickets.said(answer)
        newest = InstrumentVersion.objects.get(instrument_id=version.instrument_id, version_number=2)
        assert newest.change_reason == "the bank's confirmation says so"
        stale = desk.by("treasurer").post(
            address,
            told | {"contract_count": "7", "amount": "300k", "counter_amount": "", "near_counter_amount": ""},
        )
        assert stale.status_code == 422
        assert "Version 2 was recorded meanwhile by" in tickets.said(stale)
        assert InstrumentVersion.objects.filter(instrument_id=version.instrument_id).count() == 2
