"""Market quotes as they were known. They belong to no entity."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from treasury.models import MarketQuote


def known(at: datetime | None, *, current: bool | None = None) -> "QuerySet[MarketQuote]":
    """The quotes recorded by then; `current` True leaves out those corrected by then, False leaves only those."""
    quotes = MarketQuote.objects.all() if at is None else MarketQuote.objects.filter(recorded_at__lte=at)
    if current is None:
        return quotes
    corrections = MarketQuote.objects.filter(corrects=OuterRef("pk"))
    if at is not None:
        corrections = corrections.filter(recorded_at__lte=at)
    return quotes.filter(~Exists(corrections) if current else Exists(corrections))
