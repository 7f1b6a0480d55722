"""Recording market quotes, by the hundred thousand if need be."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from treasury.domain import audit
from treasury.domain.exactness import refuse_decimals
from treasury.domain.refusals import as_refusal
from treasury.enums import QuoteKind
from treasury.kernel.errors import InputError, shown
from treasury.models import MarketQuote
from treasury.queries.market_quotes import OWN_PARTY, not_of_theirs

_COPY = "COPY treasury_marketquote (kind, symbol, tenor, quote_date, value, source, is_synthetic, moneyness) FROM STDIN"

#: Decimals that a quote keeps.
DECIMALS = 10


class QuoteRow(NamedTuple):
    """A quote to be recorded. `moneyness` (strike / forward) is for volatilities; None is at the money."""

    kind: str
    symbol: str
    tenor: str
    quote_date: date
    value: Decimal
    source: str
    is_synthetic: bool
    moneyness: Decimal | None = None


#: The same without a moneyness.
PlainRow = tuple[str, str, str, date, Decimal, str, bool]


def record(*, quotes: Iterable[QuoteRow | PlainRow], actor: Any, reason: str = "") -> int:
    """Copies the quotes in one statement, all or none, and returns how many they were.

    Raises Refusal for a quote that is there already (kind, symbol, tenor, moneyness, date, source), a value that is not
    a number, one that is not positive where it has to be, an unknown tenor, or moneyness of no volatility; InputError
    for the credit of a party that the person does not quote.
    """
    if actor is not None:
        quotes = _of_known_parties([QuoteRow(*row) for row in quotes], actor)
    with as_refusal(), audit.action("treasury.market_quotes.recorded", actor=actor, reason=reason):
        count = 0
        with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            for row in quotes:
                quote = QuoteRow(*row)
                refuse_decimals("value", quote.value, DECIMALS)
                if quote.moneyness is not None:
                    refuse_decimals("moneyness", quote.moneyness, DECIMALS)
                copy.write_row(quote)
                count += 1
        return count


def _of_known_parties(rows: list[QuoteRow], actor: Any) -> list[QuoteRow]:
    codes = {row.symbol for row in rows if row.kind == QuoteKind.CREDIT_SPREAD}
    for code in sorted(not_of_theirs(codes, actor)):
        raise InputError("symbol", OWN_PARTY, got=shown(code))
    return rows


def correct(*, quote: MarketQuote, value: Decimal, source: str, actor: Any, reason: str) -> MarketQuote:
    """Records what the quote should have been. Runs that saw the old one stay; the next revision sees this one.

    Raises Refusal when the quote has been corrected already (correct that correction) or the value does not fit.
    """
    refuse_decimals("value", value, DECIMALS)
    with (
        as_refusal(),
        audit.action("treasury.market_quote.corrected", actor=actor, subject=quote, reason=reason),
    ):
        correction = MarketQuote.objects.create(
            kind=quote.kind,
            symbol=quote.symbol,
            tenor=quote.tenor,
            moneyness=quote.moneyness,
            quote_date=quote.quote_date,
            value=value,
            source=source,
            is_synthetic=quote.is_synthetic,
            corrects=quote,
        )
        correction.refresh_from_db()
        return correction
