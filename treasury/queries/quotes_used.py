"""Which quotes a sealed market held on a day: the ones that the night's arrays were filled from, with their ids."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from treasury.enums import QuoteKind
from treasury.models import MarketDataSnapshot, MarketQuote
from treasury.queries.rows import Row, listed

FIELDS = (
    "id", "kind", "symbol", "tenor", "moneyness", "quote_date", "value", "source", "is_synthetic",
    "recorded_at",
)  # fmt: skip
SERIES = ("kind", "symbol", "tenor", "moneyness")


def of_series(kinds: Iterable[str], symbols: Iterable[str]) -> Q:
    """Every tenor of these symbols."""
    return Q(kind__in=list(kinds), symbol__in=list(symbols))


def of_pairs(currencies: Iterable[str]) -> Q:
    """The FX pairs that one of the currencies is quoted in: among them those that lead from one to the other."""
    return Q(kind=QuoteKind.FX_SPOT) & _of_either(currencies)


def of_points(currency: str) -> Q:
    """The forward points of every pair of a currency."""
    return Q(kind=QuoteKind.FORWARD_POINTS) & _of_either([currency])


def _of_either(currencies: Iterable[str]) -> Q:
    either = Q()
    for currency in currencies:
        either |= Q(symbol__startswith=currency) | Q(symbol__endswith=currency)
    return either


def quotes_used(snapshot: MarketDataSnapshot, wanted: Q, day: date) -> list[Row]:
    """The last quote on or before `day` of each wanted series, as the snapshot's market chose it: one statement.

    A corrected quote does not count; of two of one date the observed one does before the synthetic one, then the one
    recorded last.
    """
    if not wanted:
        return []
    known = MarketQuote.objects.filter(
        quote_date__gte=snapshot.first_quote_date,
        quote_date__lte=snapshot.as_of_date,
        recorded_at__lte=snapshot.known_at,
    )
    corrected = known.filter(corrects__isnull=False).values("corrects_id")
    found = known.filter(wanted, quote_date__lte=day).exclude(pk__in=corrected)
    chosen = found.order_by(*SERIES, "-quote_date", "is_synthetic", "-id").distinct(*SERIES)
    return listed(chosen.values(*FIELDS))
