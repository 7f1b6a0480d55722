"""What is asked for when a bucket is to stand in its band."""

from __future__ import annotations

from decimal import Decimal

from django import forms

from hedges.domain.proposals.sizing import LIMIT, TARGET
from hedges.domain.proposals.trades import Wish
from treasury.web import words
from treasury.web.forms import AmountField, DeskForm, text

AIMS = [(TARGET, "To the target"), (LIMIT, "To the nearest limit")]


class WishForm(DeskForm):
    """Its fields are the parameters of the address; the same are sent with what is kept."""

    month = forms.TypedChoiceField(label="Bucket", coerce=int, empty_value=None, required=False)
    aim = forms.ChoiceField(label="How far", choices=AIMS)
    kind = forms.ChoiceField(label="Kind of trade", required=False)
    step = AmountField(label="Rounded to")
    minimum = AmountField(label="Smallest deal", required=False)

    def __init__(
        self,
        *arguments: object,
        buckets: list[tuple[int, str]],
        kinds: tuple[str, ...],
        unit: str,
        **options: object,
    ) -> None:
        super().__init__(*arguments, **options)
        self.fields["month"].choices = [("", "Every bucket outside its band"), *buckets]
        self.fields["kind"].choices = [
            ("", "As the risk is dealt"),
            *((kind, words.label(kind)) for kind in kinds),
        ]
        for name in ("step", "minimum"):
            self.fields[name].unit = unit

    def clean_step(self) -> Decimal:
        step: Decimal = self.cleaned_data["step"]
        if step <= 0:
            raise forms.ValidationError("Expected an amount above zero, such as 1,000.00.")
        return step

    @property
    def wish(self) -> Wish:
        told = self.cleaned_data
        return Wish(
            aim=told["aim"], step=told["step"], minimum=abs(told["minimum"] or Decimal(0)), kind=told["kind"]
        )


class DismissForm(DeskForm):
    reason = text("Why it is not traded", most=400)
