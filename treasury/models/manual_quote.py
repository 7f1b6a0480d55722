"""Quotes that a person records or corrects by hand: each counts once another person has agreed to it."""

from django.db import models
from django.db.models import Q

from treasury.enums import QuoteKind
from treasury.models.checks import are_numbers
from treasury.models.fields import rate_field
from treasury.models.market_data import MarketQuote
from treasury.models.records import ApprovalRecord, Recorded, VersionRecord


class ManualQuote(Recorded):
    """What is quoted: the market, the date and who quoted it first. Its values are versions."""

    kind = models.CharField(max_length=20, choices=QuoteKind)
    symbol = models.CharField(max_length=20)
    tenor = models.CharField(max_length=5, default="SPOT")
    moneyness = rate_field(null=True, blank=True)
    quote_date = models.DateField()
    source = models.CharField(max_length=20)

    class Meta:
        ordering = ["-quote_date", "kind", "symbol", "tenor"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=QuoteKind.values), name="manual_quote_kind"),
            are_numbers("moneyness", name="manual_quote_moneyness_is_a_number"),
            models.UniqueConstraint(
                fields=["quote_date", "kind", "symbol", "tenor", "moneyness", "source"],
                nulls_distinct=False,
                name="manual_quote_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.tenor} {self.quote_date}"


class ManualQuoteVersion(VersionRecord):
    """A value that is proposed, with its reason; `valid_from` is the date of the quote.

    A yes of another person makes the quote in the same transaction: a first one, or a correction of the one in
    `replaces`, which stays as it was. The trigger `hedgebook_manual_quote_made` holds the two together.
    """

    manual_quote = models.ForeignKey(ManualQuote, on_delete=models.PROTECT, related_name="versions")
    value = rate_field()
    source = models.CharField(max_length=20, help_text="Who says so.")
    replaces = models.ForeignKey(
        MarketQuote, null=True, on_delete=models.PROTECT, related_name="+", help_text="The quote that stood."
    )

    class Meta:
        ordering = ["manual_quote", "-version_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["manual_quote", "version_number"], name="manual_quote_version_number"
            ),
            are_numbers("value", name="manual_quote_version_value"),
            models.CheckConstraint(
                condition=Q(change_reason__regex=r"\S"), name="manual_quote_version_reason"
            ),
            models.CheckConstraint(condition=Q(source__regex=r"\S"), name="manual_quote_version_source"),
            models.CheckConstraint(condition=Q(valid_to=None), name="manual_quote_version_one_day"),
        ]


class ManualQuoteVersionApproval(ApprovalRecord):
    version = models.OneToOneField(ManualQuoteVersion, on_delete=models.PROTECT, related_name="approval")
