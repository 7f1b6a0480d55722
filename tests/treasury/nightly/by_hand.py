"""Shared by the tests that work numbers out again: the quotes of the made-up market and the rules, as plain scalars."""

from datetime import date, timedelta
from decimal import Decimal
from math import exp

import QuantLib as ql

from hedges.models import InstrumentVersion, ValuationResult
from tests.factories import book, hedged, market
from treasury.domain import market_quotes

TODAY = book.TODAY
SPOT = 1 / float(market.usd_per_eur(0))
#: Flat continuous zero rates of the made-up market.
RATES = {"EUR": 0.02, "USD": 0.04, "GBP": 0.04}
_CALENDAR = ql.JointCalendar(ql.TARGET(), ql.UnitedStates(ql.UnitedStates.FederalReserve))


def years(day: date, since: date = TODAY) -> float:
    return (day - since).days / 365


def cents(value: float) -> Decimal:
    return Decimal(f"{value:.2f}")


def spot_date(day: date = TODAY) -> date:
    """Two business days of the euro and the dollar later; a holiday trades as the next business day."""
    traded = _CALENDAR.adjust(ql.Date(day.day, day.month, day.year))
    return _date(_CALENDAR.advance(traded, 2, ql.Days))


def pillar(months: int, day: date = TODAY) -> date:
    """The date of a tenor of forward points."""
    spot = spot_date(day)
    start = ql.Date(spot.day, spot.month, spot.year)
    return _date(_CALENDAR.advance(start, months, ql.Months, ql.ModifiedFollowing, False))


def factor(day: date, since: date = TODAY, currency: str = "EUR") -> float:
    """Discount factor of a flat curve."""
    return exp(-RATES[currency] * years(day, since))


def forward(day: date, since: date = TODAY, spot: float = SPOT) -> float:
    """Euro per dollar by covered parity: the spot rate is for the spot date."""
    return spot * exp((RATES["EUR"] - RATES["USD"]) * years(day, spot_date(since)))


def spot_of(week: int) -> float:
    """Euro per dollar some weeks ago."""
    return 1 / float(market.usd_per_eur(week))


def weeks_ago(week: int) -> date:
    return TODAY - timedelta(weeks=week)


def quote(
    kind: str, symbol: str, tenor: str, day: date, value: str, moneyness: str | None = None
) -> market_quotes.QuoteRow:
    at = None if moneyness is None else Decimal(moneyness)
    return market_quotes.QuoteRow(kind, symbol, tenor, day, Decimal(value), "TEST", True, at)


def valued(instrument: InstrumentVersion) -> ValuationResult:
    """The instrument's row of a night of today."""
    hedged.night()
    return ValuationResult.objects.get(instrument_id=instrument.instrument_id)


def _date(day: ql.Date) -> date:
    return date(day.year(), day.month(), day.dayOfMonth())
