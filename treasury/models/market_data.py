"""Market quotes as they became known: append-only, a correction is a new row that names the one it replaces."""

from django.db import models
from django.db.models import Q

from treasury.enums import QuoteKind
from treasury.models.checks import are_numbers
from treasury.models.fields import rate_field
from treasury.models.records import Recorded

#: What may be zero or negative.
SIGNED_KINDS = [
    QuoteKind.ZERO_RATE,
    QuoteKind.RATE_FIXING,
    QuoteKind.CREDIT_SPREAD,
    QuoteKind.DEPOSIT_RATE,
    QuoteKind.SWAP_RATE,
    QuoteKind.FORWARD_POINTS,
]


class MarketQuote(Recorded):
    """One number of one market on one date.

    FX_SPOT: symbol is the pair as the source quotes it (`EURUSD`, USD per 1 EUR). FORWARD_POINTS: the pair, outright
    less spot in units of the rate (not pips), from the spot date. ZERO_RATE: symbol is the currency, continuous,
    ACT/365F. DEPOSIT_RATE, SWAP_RATE: the currency (`EUR`, its discount curve) or the rate index (`EURIBOR6M`, its
    projection curve); simple rate in the currency's money-market day count, par fixed rate. RATE_FIXING: the index,
    simple, per year. IMPLIED_VOLATILITY: the pair, per year, at the `moneyness` (strike / forward; null: at the money).
    PRICE: commodity or index in its quote currency per unit, a forward price where the tenor is not SPOT.
    FUTURES_PRICE: contract code. CREDIT_SPREAD: the party's code, per year. `tenor` is `SPOT`, `ON` or like `3M`, `2Y`.
    """

    kind = models.CharField(max_length=20, choices=QuoteKind)
    symbol = models.CharField(max_length=20)
    tenor = models.CharField(max_length=5, default="SPOT")
    moneyness = rate_field(null=True, blank=True)
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
            are_numbers("value", "moneyness", name="market_quote_value_is_a_number"),
            models.CheckConstraint(
                condition=Q(value__gt=0) | Q(kind__in=SIGNED_KINDS), name="market_quote_positive"
            ),
            models.CheckConstraint(
                condition=Q(moneyness=None) | Q(moneyness__gt=0, kind=QuoteKind.IMPLIED_VOLATILITY),
                name="market_quote_moneyness",
            ),
            models.CheckConstraint(
                condition=Q(tenor__regex=r"^(SPOT|ON|TN|SN|[1-9][0-9]{0,3}[DWMY])$"),
                name="market_quote_tenor",
            ),
            models.CheckConstraint(
                condition=~Q(tenor="SPOT")
                | ~Q(kind__in=[QuoteKind.DEPOSIT_RATE, QuoteKind.SWAP_RATE, QuoteKind.FORWARD_POINTS]),
                name="market_quote_to_a_tenor",
            ),
            models.UniqueConstraint(
                fields=["quote_date", "kind", "symbol", "tenor", "moneyness", "source"],
                condition=Q(corrects=None),
                nulls_distinct=False,
                name="market_quote_once",
            ),
        ]
        indexes = [models.Index(fields=["kind", "symbol", "quote_date"], name="market_quote_newest")]

    def __str__(self) -> str:
        return f"{self.symbol} {self.tenor} {self.quote_date}: {self.value}"
