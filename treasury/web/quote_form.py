"""The forms of a quote by hand: first what is quoted, then its number in the unit in which the market quotes it."""

from __future__ import annotations

from decimal import Decimal

from django import forms

from treasury.domain.manual_quotes import Proposed
from treasury.enums import QuoteKind
from treasury.models import MarketQuote
from treasury.models.market_data import SIGNED_KINDS
from treasury.web import typed_numbers, words
from treasury.web.forms import DayField, DeskForm, text
from treasury.web.quote_units import QuoteUnit

#: Kinds of one day only; the others have a tenor.
WITHOUT_TENOR = (
    QuoteKind.FX_SPOT,
    QuoteKind.RATE_FIXING,
    QuoteKind.FUTURES_PRICE,
    QuoteKind.CREDIT_SPREAD,
)
SYMBOLS = "A pair (EURUSD), a currency, an index, a commodity, a contract or a party, as the kind has it."


class WhichForm(DeskForm):
    """What is quoted; the unit of the number depends on it."""

    kind = forms.ChoiceField(
        label="Kind", choices=[(kind, words.sentence(QuoteKind(kind).label)) for kind in QuoteKind.values]
    )
    symbol = forms.CharField(label="Symbol", max_length=20, help_text=SYMBOLS)


class NumberField(forms.CharField):
    """A number as people write it, with a decimal comma or spaces; a minus where the kind may be below zero."""

    def __init__(self, **options: object) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "num"})
        super().__init__(**({"widget": widget, "max_length": 40} | options))

    def clean(self, value: object) -> Decimal | None:
        written = super().clean(value)
        if not written:
            return None
        meant = typed_numbers.meant(written)
        if not meant:
            raise forms.ValidationError(f"Expected a number like 1.0842, got “{written[:40]}”.")
        return Decimal(meant)


class QuoteForm(DeskForm):
    """The number of one series. Of a correction series and date stand; number, source and reason are new."""

    tenor = forms.CharField(
        label="Tenor",
        max_length=5,
        help_text="ON, or a number of days, weeks, months or years: 3M, 2Y. SPOT for today.",
    )
    moneyness = NumberField(
        label="Strike / forward",
        required=False,
        help_text="1.05 is 5 % above the forward; empty: at the money.",
    )
    quote_date = DayField(label="Date", help_text="The business date that it is a quote of.")
    value = NumberField(label="Value")
    source = forms.CharField(label="Who says so", max_length=20, help_text="A bank, a screen, a fixing page.")
    reason = text("Reason", most=400, help_text="Why it is recorded by hand; the approver decides on it.")

    def __init__(
        self,
        kind: str,
        symbol: str,
        unit: QuoteUnit,
        corrects: MarketQuote | None,
        *arguments: object,
        **options: object,
    ) -> None:
        super().__init__(*arguments, **options)
        self.kind, self.symbol, self.unit, self.corrects = kind, symbol, unit, corrects
        if corrects or kind in WITHOUT_TENOR:
            del self.fields["tenor"]
        if corrects or kind != QuoteKind.IMPLIED_VOLATILITY:
            del self.fields["moneyness"]
        if corrects:
            del self.fields["quote_date"]
        if kind in SIGNED_KINDS:
            self.fields["value"].help_text = "It may be below zero."

    @property
    def quote(self) -> Proposed:
        told, before = self.cleaned_data, self.corrects
        return Proposed(
            kind=self.kind,
            symbol=self.symbol,
            tenor=before.tenor if before else told.get("tenor", "SPOT").upper(),
            moneyness=before.moneyness if before else told.get("moneyness"),
            quote_date=before.quote_date if before else told["quote_date"],
            value=told["value"] * self.unit.one,
            source=told["source"],
            replaces=before,
        )


class QuoteDecisionForm(DeskForm):
    """`digest` is that of the content on the page: a decision is on what was seen."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    decision = forms.ChoiceField(
        choices=[("APPROVED", "Approve"), ("REJECTED", "Reject")], widget=forms.HiddenInput
    )
    comment = text("Comment", most=400, required=False, help_text="A rejection needs one.")

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == "REJECTED" and not cleaned.get("comment"):
            self.add_error("comment", "Say why it is rejected, so that its author knows what to change.")
        return cleaned
