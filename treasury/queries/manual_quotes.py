"""Quotes that people have proposed by hand, with the decision on them, for those who may see the market they are of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

from treasury.models import ManualQuoteVersion, MarketQuote
from treasury.queries import access
from treasury.queries.market_quotes import not_of_others
from treasury.queries.rows import Row, listed, one

#: What tells a series and date apart, besides its source.
SERIES = ("kind", "symbol", "tenor", "moneyness", "quote_date")
FIELDS = (
    "id", "manual_quote_id", "version_number", "recorded_at", "author_id", "content_digest", "change_reason", "value",
    "source", "replaces_id", "approval__decision", "approval__comment", "approval__decided_by__username",
)  # fmt: skip


def exactly(series: Mapping[str, Any]) -> dict[str, Any]:
    """The lookups of one series and date; without a moneyness, those that have none."""
    told = dict(series)
    if told["moneyness"] is None:
        told["moneyness__isnull"] = told.pop("moneyness") is None
    return told


def visible(user: Any) -> QuerySet[ManualQuoteVersion]:
    """Versions that the user sees: without those of the credit of entities that they do not."""
    own = not_of_others(access.visible_entities(user).values("pk"), "manual_quote__")
    return ManualQuoteVersion.objects.filter(own).select_related("manual_quote")


def seen(path: str) -> Any:
    """Of the feed: whoever follows it keeps a copy of what these entities may see."""

    def narrow(rows: QuerySet[Any], entity_ids: Collection[int]) -> QuerySet[Any]:
        return rows.filter(not_of_others(entity_ids, path))

    return narrow


def waiting(entity_ids: Collection[int], *, limit: int = 200) -> list[Row]:
    """Those that nobody has decided on, the longest waiting first; the credit of these entities only."""
    found = ManualQuoteVersion.objects.filter(not_of_others(entity_ids, "manual_quote__"), approval=None)
    return listed(_rows(found).order_by("recorded_at", "id")[:limit])


def version(version_id: int, *, entity_ids: Collection[int]) -> Row | None:
    found = ManualQuoteVersion.objects.filter(not_of_others(entity_ids, "manual_quote__"), pk=version_id)
    return one(_rows(found))


def standing(quote_id: int, *, entity_ids: Collection[int]) -> MarketQuote | None:
    """The quote with this number, if nothing has corrected it yet."""
    found = MarketQuote.objects.filter(not_of_others(entity_ids), pk=quote_id, corrected_by=None)
    return found.first()


def first_source(quote: MarketQuote) -> str:
    """Who quoted first what this quote corrects, or the quote's own source."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE chain AS (SELECT id, source, corrects_id FROM treasury_marketquote WHERE id = %s"
            " UNION ALL SELECT q.id, q.source, q.corrects_id FROM chain c"
            " JOIN treasury_marketquote q ON q.id = c.corrects_id)"
            " SELECT source FROM chain WHERE corrects_id IS NULL",
            [quote.pk],
        )
        return str(cursor.fetchone()[0])


def today() -> date:
    """By the one clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (hedgebook_now() AT TIME ZONE 'UTC')::date")
        found: date = cursor.fetchone()[0]
    return found


def _rows(found: QuerySet[ManualQuoteVersion]) -> QuerySet[Any]:
    return found.values(
        *FIELDS, **{name: F(f"manual_quote__{name}") for name in SERIES}, author_name=F("author__username"),
        before=F("replaces__value"), before_source=F("replaces__source"),
    )  # fmt: skip
