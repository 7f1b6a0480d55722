"""Forwards, non-deliverable ones and FX swaps, worked out again from the quotes and the rules."""

from datetime import date, timedelta
from decimal import Decimal
from math import exp

import pytest

from hedges.models import ValuationResult
from tests.factories import book, hedged, market
from tests.treasury.nightly.by_hand import (
    SPOT,
    TODAY,
    cents,
    factor,
    forward,
    pillar,
    quote,
    spot_of,
    valued,
    years,
)

pytestmark = pytest.mark.django_db
DUE = date(2027, 4, 30)


def points(*values: tuple[int, float]) -> None:
    """Forward points of EURUSD by months."""
    market.record(
        *(quote("FORWARD_POINTS", "EURUSD", f"{months}M", TODAY, str(value)) for months, value in values)
    )


def test_a_forward(entity, bank) -> None:
    row = valued(
        book.forward(
            -600_000, of=entity, strike="0.9", trade_date=TODAY - timedelta(weeks=10), settlement_date=DUE,
            counterparty=bank,
        )
    )  # fmt: skip
    rate, discount = forward(DUE), factor(DUE)
    value = -600_000 * (rate - 0.9) * discount
    credit = -max(value, 0) * (1 - exp(-0.01 * years(DUE))) + max(-value, 0) * (1 - exp(-0.01 * years(DUE)))
    assert row.present_value == cents(value)
    assert row.spot_element == cents(-600_000 * (SPOT - spot_of(10)) * discount)
    assert row.spot_element + row.forward_element == row.present_value
    assert row.basis_element == 0, "without forward points the market's forward is the one by covered parity"
    assert row.fair_value == cents(value + credit), "rounded once"
    assert row.credit_value_adjustment + row.debit_value_adjustment == row.fair_value - row.present_value
    assert 0 in (row.credit_value_adjustment, row.debit_value_adjustment)
    assert abs(row.fair_value - row.present_value - cents(credit)) <= Decimal("0.01")
    assert row.fair_value_functional == row.fair_value
    assert row.forward_rate == pytest.approx(rate, rel=1e-14)
    assert (row.status, row.reasons) == ("OK", [])


def test_a_forward_to_a_quoted_date_takes_the_markets_points_and_shows_their_basis(entity, bank) -> None:
    points((3, 0.0061), (6, 0.0123), (12, 0.024))
    due = pillar(6)
    row = valued(book.forward(-600_000, of=entity, strike="0.9", settlement_date=due, counterparty=bank))
    rate = 1 / (float(market.usd_per_eur(0)) + 0.0123)
    assert row.forward_rate == pytest.approx(rate, rel=1e-13)
    assert row.present_value == cents(-600_000 * (rate - 0.9) * factor(due))
    assert row.basis_element == cents(-600_000 * (rate - forward(due)) * factor(due))
    assert row.basis_element != 0
    assert row.spot_element + row.forward_element == row.present_value


def test_points_without_a_curve_of_the_currency_have_a_value_and_no_basis(entity, bank) -> None:
    market.record(
        quote("FX_SPOT", "EURCHF", "SPOT", TODAY, "0.94"),
        quote("FORWARD_POINTS", "EURCHF", "6M", TODAY, "-0.009"),
    )
    row = valued(
        book.forward(
            100_000, of=entity, risk=book.risk("CHFEUR"), strike="1.05", counterparty=bank, trade_date=TODAY
        )
    )
    assert row.present_value is not None
    assert (row.basis_element, row.status, row.reasons) == (None, "PARTIAL", ["no_parity_rate"])


def test_an_fx_swap_is_two_forwards(entity, bank) -> None:
    near, far = TODAY + timedelta(days=20), TODAY + timedelta(days=110)
    row = valued(
        book.instrument(
            "FX_SWAP", -1_000_000, of=entity, counterparty=bank, trade_date=TODAY, settlement_date=far,
            near_settlement_date=near, near_rate=Decimal("0.91"), near_counter_amount=Decimal(-910_000),
            strike_rate=Decimal("0.908"), counter_amount=Decimal(908_000), counter_currency_id="EUR",
        )
    )  # fmt: skip
    value = sum(
        size * (forward(day) - rate) * factor(day)
        for size, rate, day in ((1_000_000, 0.91, near), (-1_000_000, 0.908, far))
    )
    assert row.present_value == cents(value)
    assert row.spot_element == 0


@pytest.mark.parametrize("settled", [False, True])
def test_the_near_leg_counts_until_it_is_settled(entity, bank, settled: bool) -> None:
    points((1, 0.002), (12, 0.03))
    near, far = TODAY - timedelta(days=settled), TODAY + timedelta(days=110)
    common = {"of": entity, "counterparty": bank, "trade_date": TODAY - timedelta(days=7)}
    swap = book.instrument(
        "FX_SWAP", -1_000_000, settlement_date=far, near_settlement_date=near, near_rate=Decimal("0.91"),
        near_counter_amount=Decimal(-910_000), strike_rate=Decimal("0.908"), counter_amount=Decimal(908_000),
        counter_currency_id="EUR", **common,
    )  # fmt: skip
    legs = [book.forward(-1_000_000, strike="0.908", settlement_date=far, **common)]
    if not settled:
        legs.append(book.forward(1_000_000, strike="0.91", settlement_date=near, **common))
    row = valued(swap)
    alone = ValuationResult.objects.filter(instrument_id__in=[leg.instrument_id for leg in legs])
    assert abs(row.present_value - sum(leg.present_value for leg in alone)) <= Decimal("0.01")
    assert abs(row.basis_element - sum(leg.basis_element for leg in alone)) <= Decimal("0.01")


@pytest.mark.parametrize("fixed_weeks_ago", [-4, 1])
def test_a_non_deliverable_forward_stands_at_its_fixing(entity, bank, fixed_weeks_ago: int) -> None:
    fixing, due = TODAY - timedelta(weeks=fixed_weeks_ago), TODAY + timedelta(days=40)
    row = valued(
        book.instrument(
            "NON_DELIVERABLE_FORWARD", 800_000, of=entity, counterparty=bank, fixing_date=fixing,
            settlement_date=due, settlement_currency_id="EUR", strike_rate=Decimal("0.9"),
            counter_amount=Decimal(-720_000), counter_currency_id="EUR",
        )
    )  # fmt: skip
    rate = forward(due) if fixing > TODAY else spot_of(fixed_weeks_ago)
    assert row.present_value == cents(800_000 * (rate - 0.9) * factor(due))
    assert row.forward_rate == pytest.approx(rate, rel=1e-13)
    assert row.basis_element == 0


@pytest.fixture
def oil(entity):
    """A barrel in dollars, of which the future quotes are one price half a year ahead."""
    return book.risk("WTI", kind="COMMODITY", base_unit_id="BBL", quote_currency_id="USD")


def test_a_forward_on_a_commodity_takes_the_forward_price(oil, entity, bank) -> None:
    market.record(quote("PRICE", "WTI", "6M", TODAY, "66.5"))
    row = valued(
        book.forward(-1000, of=entity, risk=oil, strike="70", settlement_date=DUE, counterparty=bank)
    )
    assert row.forward_rate == pytest.approx(66.5, rel=1e-13)
    assert row.present_value == cents(-1000 * (66.5 - 70) * factor(DUE, currency="USD"))
    assert row.basis_element is None, "a quantity has no parity of its own"
    assert (row.status, row.reasons) == ("OK", [])


def test_a_forward_on_a_commodity_without_forward_prices_is_carried_at_the_rate(oil, entity, bank) -> None:
    row = valued(
        book.forward(-1000, of=entity, risk=oil, strike="70", settlement_date=DUE, counterparty=bank)
    )
    assert row.forward_rate == pytest.approx(70 / factor(DUE, currency="USD"), rel=1e-13)


def test_a_missing_and_an_old_quote_have_no_value_but_a_reason(entity, bank) -> None:
    missing = book.forward(100, of=entity, risk=book.risk("JPYEUR"), strike="0.006", counterparty=bank)
    old_day = TODAY - timedelta(days=12)
    market.record(
        quote("FX_SPOT", "EURCHF", "SPOT", old_day, "0.94"),
        quote("ZERO_RATE", "CHF", "1Y", old_day, "0.01"),
    )
    old = book.forward(100, of=entity, risk=book.risk("CHFEUR"), strike="1.05", counterparty=bank)
    first = valued(missing)
    assert (first.present_value, first.status, first.reasons) == (None, "UNDEFINED", ["missing_data"])
    second = ValuationResult.objects.get(instrument_id=old.instrument_id)
    assert (second.fair_value, second.status, second.reasons) == (None, "UNDEFINED", ["stale_data"])


def test_what_is_settled_is_not_valued(entity, bank) -> None:
    book.forward(of=entity, settlement_date=TODAY - timedelta(days=1), counterparty=bank)
    live = book.forward(of=entity, settlement_date=TODAY, counterparty=bank)
    hedged.night()
    assert [row.instrument_id for row in ValuationResult.objects.all()] == [live.instrument_id]
