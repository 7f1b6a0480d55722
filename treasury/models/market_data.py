"""Market quotes as they became known: append-only, a correction is a new row that names the one it replaces."""

from django.db import models
from django.db.models import Q

from treasury.enums import QuoteKind
from treasury.models.checks import are_numbers
from treasury.models.fields import rate_field
from treasury.models.records import Recorded


class MarketQuote(Recorded):
    """One number of one market on one date.

    FX_SPOT: symbol is the pair as the source quotes it (`EURUSD`, USD per 1 EUR). ZERO_RATE: symbol is the
    currency, continuous, ACT/365F. RATE_FIXING: the index, simple, per year. IMPLIED_VOLATILITY: the pair, per
    year. PRICE, FUTURES_PRICE: commodity, index or contract code, in its quote currency per unit. CREDIT_SPREAD:
    the party's code, per year. `tenor` is `SPOT` or like `3M`, `2Y`.
    """

    kind = models.CharField(max_length=20, choices=QuoteKind)
    symbol = models.CharField(max_length=20)
    tenor = models.CharField(max_length=5, default="SPOT")
    quote_date = models.DateField()
    value = rate_field()
    source = models.CharField(max_length=20)
    is_synthetic = models.BooleanField(help_text="Derived by a documented model, not observed.")
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )

    class Meta:
        ordering = ["-quote_date", "kind", "symbol", "tenor"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=QuoteKind.values), name="market_quote_kind"),
            are_numbers("value", name="market_quote_value_is_a_number"),
            models.CheckConstraint(
                condition=Q(value__gt=0)
                | Q(kind__in=[QuoteKind.ZERO_RATE, QuoteKind.RATE_FIXING, QuoteKind.CREDIT_SPREAD]),
                name="market_quote_positive",
            ),
            models.UniqueConstraint(
                fields=["quote_date", "kind", "symbol", "tenor", "source"],
                condition=Q(corrects=None),
                name="market_quote_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.tenor} {self.quote_date}: {self.value}"
