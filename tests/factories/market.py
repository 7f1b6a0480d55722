"""A made-up market: weekly quotes that move on fixed waves, so that everything about them can be worked out again."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from math import sin

from tests.factories import book
from treasury.domain import market_quotes

WEEKS = 75
TENORS = ("1M", "1Y", "5Y")


def usd_per_eur(week: int) -> Decimal:
    """The rate `week` weeks ago."""
    return Decimal(f"{1.10 * (1 + 0.03 * sin(week * 0.7) + 0.01 * sin(week * 2.3)):.4f}")


def gbp_per_eur(week: int) -> Decimal:
    return Decimal(f"{0.86 * (1 + 0.02 * sin(week * 0.5 + 1)):.5f}")


def quotes(until: date = book.TODAY, *, weeks: int = WEEKS) -> Iterator[market_quotes.QuoteRow]:
    """Spots, flat curves (EUR 2 %, USD 4 %, GBP 4 %) and volatilities for each week back from `until`."""
    for week in range(weeks):
        day = until - timedelta(weeks=week)
        yield _quote("FX_SPOT", "EURUSD", "SPOT", day, usd_per_eur(week))
        yield _quote("FX_SPOT", "EURGBP", "SPOT", day, gbp_per_eur(week))
        for tenor in TENORS:
            for currency, rate in (("EUR", "0.02"), ("USD", "0.04"), ("GBP", "0.04")):
                yield _quote("ZERO_RATE", currency, tenor, day, Decimal(rate))
            yield _quote("IMPLIED_VOLATILITY", "EURUSD", tenor, day, Decimal("0.1"))
        yield _quote("RATE_FIXING", "EURIBOR6M", "SPOT", day, Decimal("0.0201"))
        yield _quote("PRICE", "WTI", "SPOT", day, Decimal(f"{70 + 5 * sin(week * 0.9):.2f}"))
        yield _quote("FUTURES_PRICE", "CLH27", "SPOT", day, Decimal(f"{71 + 5 * sin(week * 0.9):.2f}"))


def spreads(
    *codes: str, until: date = book.TODAY, weeks: int = WEEKS, value: str = "0.01"
) -> Iterator[market_quotes.QuoteRow]:
    """A flat credit spread of each party."""
    for week in range(weeks):
        for code in codes:
            yield _quote("CREDIT_SPREAD", code, "SPOT", until - timedelta(weeks=week), Decimal(value))


def rates(
    symbol: str = "EUR",
    until: date = book.TODAY,
    *,
    weeks: int = WEEKS,
    deposit: str = "0.021",
    swap: str = "0.023",
) -> Iterator[market_quotes.QuoteRow]:
    """Deposits and swaps of a currency or an index, of which a curve is bootstrapped for each week."""
    for week in range(weeks):
        day = until - timedelta(weeks=week)
        for tenor in ("3M", "6M"):
            yield _quote("DEPOSIT_RATE", symbol, tenor, day, Decimal(deposit))
        for tenor in ("1Y", "2Y", "5Y"):
            yield _quote("SWAP_RATE", symbol, tenor, day, Decimal(swap))


def record(*rows: market_quotes.QuoteRow) -> None:
    """Records the whole market, or just the quotes given."""
    market_quotes.record(quotes=rows or quotes(), actor=None)


def record_spreads(*codes: str, **fields: object) -> None:
    market_quotes.record(quotes=spreads(*codes, **fields), actor=None)  # type: ignore[arg-type]


def _quote(kind: str, symbol: str, tenor: str, day: date, value: Decimal) -> market_quotes.QuoteRow:
    return market_quotes.QuoteRow(kind, symbol, tenor, day, value, "TEST", True)
