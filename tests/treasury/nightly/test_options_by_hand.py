"""Options, worked out again from the quotes and the rules."""

from datetime import date
from decimal import Decimal
from math import log, sqrt

import pytest
from scipy.stats import norm

from hedges.models import ValuationResult
from tests.factories import book, market
from tests.treasury.nightly.by_hand import SPOT, TODAY, cents, factor, forward, quote, valued, years

pytestmark = pytest.mark.django_db
EXPIRY, DUE = date(2027, 4, 28), date(2027, 4, 30)


def option(entity, bank, kind: str, side: str = "BOUGHT", strike: str = "0.92", **fields):
    sign = (1 if kind == "CALL" else -1) * (1 if side == "BOUGHT" else -1)
    values = {
        "counterparty": bank, "settlement_date": DUE, "expiry_date": EXPIRY, "strike_rate": Decimal(strike),
        "counter_amount": -sign * 500_000 * Decimal(strike), "counter_currency_id": "EUR", "option_kind": kind,
        "option_side": side, "premium_amount": Decimal(-9000), "premium_currency_id": "EUR",
    }  # fmt: skip
    return book.instrument("OPTION", sign * 500_000, of=entity, **(values | fields))


def black(kind: int, strike: float, rate: float, deviation: float) -> float:
    """Undiscounted value per unit at a forward and a deviation σ√T."""
    d1 = log(rate / strike) / deviation + deviation / 2
    return kind * (rate * norm.cdf(kind * d1) - strike * norm.cdf(kind * (d1 - deviation)))


def test_a_bought_put(entity, bank) -> None:
    """Forward and discount factor of the settlement, variance up to the expiry."""
    row = valued(option(entity, bank, "PUT"))
    rate, discount = forward(DUE), factor(DUE)
    unit = discount * black(-1, 0.92, rate, 0.1 * sqrt(years(EXPIRY)))
    assert row.present_value == cents(500_000 * unit)
    assert row.intrinsic_value == cents(500_000 * max(0.92 - rate, 0) * discount)
    assert row.intrinsic_value + row.time_value == row.present_value
    d1 = log(rate / 0.92) / (0.1 * sqrt(years(EXPIRY))) + 0.05 * sqrt(years(EXPIRY))
    assert row.delta == pytest.approx(-norm.cdf(-d1) * rate * discount / SPOT, rel=1e-12)
    assert row.implied_volatility == pytest.approx(0.1, rel=1e-12)


@pytest.mark.parametrize("expired", [False, True])
def test_a_bought_call_and_a_sold_put_are_a_forward(entity, bank, expired: bool) -> None:
    market.record(quote("FORWARD_POINTS", "EURUSD", "1Y", TODAY, "0.03"))
    terms = {"expiry_date": TODAY} if expired else {}
    call = option(entity, bank, "CALL", **terms)
    put = option(entity, bank, "PUT", "SOLD", **terms)
    whole = valued(book.forward(500_000, of=entity, strike="0.92", settlement_date=DUE, counterparty=bank))
    parts = ValuationResult.objects.filter(instrument_id__in=[call.instrument_id, put.instrument_id])
    assert abs(sum(part.present_value for part in parts) - whole.present_value) <= Decimal("0.01")
    if expired:
        assert {part.time_value for part in parts} == {0}


def test_a_quoted_smile_is_read_at_the_strike_the_other_way_round(entity, bank) -> None:
    """The smile is quoted in EURUSD, by its strikes over its forward; the risk's pair is the inverse."""
    market.record(
        *(
            quote("IMPLIED_VOLATILITY", "EURUSD", tenor, TODAY, value, node)
            for tenor in ("3M", "9M")
            for node, value in (("0.9", "0.14"), ("1.1", "0.09"))
        ),
        *(quote("IMPLIED_VOLATILITY", "EURUSD", tenor, TODAY, "0.10") for tenor in ("3M", "9M")),
    )
    row = valued(option(entity, bank, "CALL", strike="0.96"))
    rate = forward(DUE)
    moneyness = -log(0.96 / rate)
    assert log(0.9) < moneyness < 0
    volatility = 0.10 + (0.14 - 0.10) * moneyness / log(0.9)
    assert row.implied_volatility == pytest.approx(volatility, rel=1e-10)
    unit = factor(DUE) * black(1, 0.96, rate, volatility * sqrt(years(EXPIRY)))
    assert row.present_value == cents(500_000 * unit)


def test_beyond_the_quoted_strikes_the_smile_is_flat(entity, bank) -> None:
    market.record(
        quote("IMPLIED_VOLATILITY", "EURUSD", "1Y", TODAY, "0.14", "0.9"),
        quote("IMPLIED_VOLATILITY", "EURUSD", "1M", TODAY, "0.14", "0.9"),
    )
    row = valued(option(entity, bank, "CALL", strike="1.3"))
    assert row.implied_volatility == pytest.approx(0.14, rel=1e-10)
