"""What a run saw. Quotes and versions are append-only, so a snapshot is two dates and the digest that proves them."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from treasury.models.records import Recorded


def sealed_when_recorded(name: str) -> models.CheckConstraint:
    """A snapshot is recorded in the transaction that seals it: what is known is known now, not years ago."""
    recently = Q(known_at__lte=F("recorded_at"), known_at__gte=F("recorded_at") - timedelta(minutes=10))
    return models.CheckConstraint(condition=recently, name=name)


class MarketDataSnapshot(Recorded):
    """The quotes up to `as_of_date` that were known at `known_at`; the digest is over them in their order."""

    as_of_date = models.DateField()
    known_at = models.DateTimeField()
    first_quote_date = models.DateField(help_text="Quotes before it were not read.")
    quote_count = models.PositiveIntegerField()
    content_digest = models.CharField(max_length=64)
    curve_maker = models.CharField(
        max_length=60, blank=True, default="", help_text="What bootstrapped its rate curves, with versions."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "known_at"], name="market_data_snapshot_known_at_key"),
            sealed_when_recorded("market_data_snapshot_known_when_recorded"),
        ]


class BookSnapshot(Recorded):
    """The approved versions that counted on `as_of_date` as known at `known_at`, with the policies and rule packs."""

    as_of_date = models.DateField()
    known_at = models.DateTimeField()
    exposure_count = models.PositiveIntegerField()
    instrument_count = models.PositiveIntegerField()
    relationship_count = models.PositiveIntegerField()
    content_digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "known_at"], name="book_snapshot_known_at_key"),
            sealed_when_recorded("book_snapshot_known_when_recorded"),
        ]
