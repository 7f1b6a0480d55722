"""Each kind of instrument has its terms and no others."""

from datetime import date
from decimal import Decimal

import pytest

from hedges.domain.schedules import payment_days
from hedges.enums import InstrumentKind
from hedges.models import Instrument
from tests.factories import book
from treasury.domain.refusals import Refusal

pytestmark = pytest.mark.django_db


def swap_terms():
    return {"start_date": date(2026, 1, 15), "settlement_date": date(2028, 1, 15), "payment_months": 6}


def terms_of(kind, of):
    """Right terms of every kind."""
    usd, eur = book.risk("USDEUR").base_unit, book.risk("USDEUR").quote_currency
    forward = {"strike_rate": Decimal("0.9"), "counter_amount": Decimal(90), "counter_currency": eur}
    oil = book.risk(
        "BRENT", kind="COMMODITY", base_unit_id="BBL", quote_currency_id="USD", market_symbol="BRENT"
    )
    return {
        InstrumentKind.FORWARD: forward,
        InstrumentKind.NON_DELIVERABLE_FORWARD: forward
        | {"fixing_date": date(2027, 4, 28), "settlement_currency": eur},
        InstrumentKind.FUTURE: {
            "risk": oil,
            "contract": book.futures_contract(oil),
            "contract_count": -1,
            "entry_price": Decimal(70),
        },
        InstrumentKind.OPTION: forward
        | {
            "option_kind": "PUT",
            "option_side": "BOUGHT",
            "expiry_date": date(2027, 4, 28),
            "premium_amount": Decimal(-2),
            "premium_currency": eur,
        },
        InstrumentKind.FX_SWAP: forward
        | {
            "near_settlement_date": date(2026, 1, 5),
            "near_rate": Decimal("0.91"),
            "near_counter_amount": Decimal(-91),
        },
        InstrumentKind.INTEREST_RATE_SWAP: swap_terms()
        | {
            "risk": book.risk(
                "EURIBOR6M",
                kind="RATE_INDEX",
                base_unit_id="EUR",
                quote_currency_id="EUR",
                market_symbol="EURIBOR6M",
            ),
            "pay_fixed": True,
            "fixed_rate": Decimal("0.025"),
            "spread_rate": Decimal(0),
        },
        InstrumentKind.CROSS_CURRENCY_SWAP: swap_terms()
        | {
            "counter_amount": Decimal(90),
            "counter_currency": eur,
            "fixed_rate": Decimal("0.04"),
            "counter_fixed_rate": Decimal("0.03"),
            "resets_notional": False,
        },
        InstrumentKind.NATURAL_OFFSET: {
            "offset_exposure": book.exposure(-100, of=of, kind="RECOGNISED_LIABILITY").exposure,
            "notional_currency": usd,
        },
    }[kind]


@pytest.mark.parametrize("kind", InstrumentKind.values)
def test_every_kind_is_captured_with_its_terms(kind):
    of = book.entity()
    version = book.instrument(kind, -100, of=of, **terms_of(kind, of))
    assert version.kind == kind


@pytest.mark.parametrize("kind", sorted(set(InstrumentKind.values) - {InstrumentKind.NATURAL_OFFSET}))
def test_a_missing_term_and_a_strange_one_are_refused(kind):
    of = book.entity()
    terms = terms_of(kind, of)
    for change in (
        {"near_rate": Decimal(1)} if kind != InstrumentKind.FX_SWAP else {"entry_price": Decimal(1)},
        {"counterparty": None},
        {"resets_notional": None if kind == InstrumentKind.CROSS_CURRENCY_SWAP else False},
    ):
        with pytest.raises(Refusal, match=f"instrument_version_{kind.lower()}_terms"):
            book.instrument(kind, -100, of=of, **(terms | change))
    assert not Instrument.objects.filter(kind=kind).exists()


@pytest.mark.parametrize(
    "side, kind, notional, right",
    [
        ("BOUGHT", "CALL", 100, True),
        ("BOUGHT", "PUT", -100, True),
        ("SOLD", "CALL", -100, True),
        ("SOLD", "PUT", 100, True),
        ("BOUGHT", "CALL", -100, False),
        ("SOLD", "PUT", -100, False),
    ],
)
def test_an_option_has_the_sign_of_its_delta(side, kind, notional, right):
    of = book.entity()
    terms = terms_of(InstrumentKind.OPTION, of) | {
        "option_side": side,
        "option_kind": kind,
        "counter_amount": Decimal(-notional * 9 // 10),
    }
    if right:
        book.instrument("OPTION", notional, of=of, **terms)
    else:
        with pytest.raises(Refusal, match="option_sign"):
            book.instrument("OPTION", notional, of=of, **terms)


def test_an_item_offsets_only_once_and_only_in_its_own_entity():
    of = book.entity()
    terms = terms_of(InstrumentKind.NATURAL_OFFSET, of)
    book.instrument("NATURAL_OFFSET", -100, of=of, **terms)
    with pytest.raises(Refusal, match="offset_exposure"):
        book.instrument("NATURAL_OFFSET", -100, of=of, **terms)
    with pytest.raises(Refusal, match="instrument_offsets_an_item_of_its_entity"):
        book.instrument(
            "NATURAL_OFFSET", -100, of=book.entity(), **terms_of(InstrumentKind.NATURAL_OFFSET, of)
        )


def test_an_amount_is_in_the_unit_of_its_risk():
    of = book.entity()
    with pytest.raises(Refusal, match="instrument_version_in_the_unit_of_its_risk"):
        book.forward(-100, of=of, notional_currency_id="GBP")


def test_payment_days_are_rolled_back_from_maturity():
    assert payment_days(date(2026, 2, 15), date(2027, 1, 15), 6) == [150, 334]
    assert payment_days(date(2026, 1, 31), date(2026, 7, 31), 3) == [89, 181]
