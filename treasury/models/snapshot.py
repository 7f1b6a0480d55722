"""What a run saw. Quotes and versions are append-only, so a snapshot is two dates and the digest that proves them."""

from django.db import models

from treasury.models.records import Recorded


class MarketDataSnapshot(Recorded):
    """The quotes up to `as_of_date` that were known at `known_at`; the digest is over them in their order."""

    as_of_date = models.DateField()
    known_at = models.DateTimeField()
    first_quote_date = models.DateField(help_text="Quotes before it were not read.")
    quote_count = models.PositiveIntegerField()
    content_digest = models.CharField(max_length=64)


class BookSnapshot(Recorded):
    """The approved versions that counted on `as_of_date` as known at `known_at`, with the policies and rule packs."""

    as_of_date = models.DateField()
    known_at = models.DateTimeField()
    exposure_count = models.PositiveIntegerField()
    instrument_count = models.PositiveIntegerField()
    relationship_count = models.PositiveIntegerField()
    content_digest = models.CharField(max_length=64)
