"""Amounts and days as people type them: `5m`, `250k`; `2026-10-09`, `3M`, `spot+2`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django import forms

from treasury.domain.value_days import value_day
from treasury.kernel import shorthand
from treasury.kernel.errors import InputError


class SizeField(forms.CharField):
    """An amount above zero; the side stands elsewhere."""

    def __init__(self, **options: object) -> None:
        widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "class": "num"})
        super().__init__(**({"widget": widget, "max_length": 40} | options))

    def to_python(self, value: object) -> Decimal | None:
        text = str(value).strip() if value is not None else ""
        if not text:
            return None
        try:
            found = shorthand.amount(text)
        except InputError as error:
            raise forms.ValidationError(said(error)) from None
        if found <= 0:
            raise forms.ValidationError("Expected an amount above zero; in or out is said beside it.")
        return found

    def validate(self, value: object) -> None:
        if self.required and value is None:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: object) -> None:
        """Its length was looked at as a text."""


class ShareField(forms.CharField):
    """A share of certainty in per cent."""

    def __init__(self, **options: object) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "class": "num"})
        super().__init__(**({"widget": widget, "max_length": 12} | options))

    def to_python(self, value: object) -> Decimal | None:
        text = str(value or "").strip().removesuffix("%").strip()
        if not text:
            return None
        try:
            found = shorthand.amount(text) / 100
        except InputError:
            found = Decimal(-1)
        if text[-1:].isalpha() or not 0 <= found <= 1:
            raise forms.ValidationError("Expected a percentage from 0 to 100, such as 80.")
        return found

    def validate(self, value: object) -> None:
        """Empty counts as it stands, or as certain."""

    def run_validators(self, value: object) -> None:
        """Its length was looked at as a text."""


class WhenField(forms.CharField):
    """A day in words of the desk; `read` makes a date of it once the currencies are known."""

    def __init__(self, **options: object) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "placeholder": "2027-01-15 or 3M"})
        super().__init__(**({"widget": widget, "max_length": 20} | options))

    def prepare_value(self, value: object) -> object:
        return value.isoformat() if isinstance(value, date) else value


def drawn_on() -> WhenField:
    """Of debt: when its interest begins."""
    return WhenField(label="Drawn on", required=False)


def months_between() -> forms.IntegerField:
    return forms.IntegerField(label="Months between payments", required=False, min_value=1, max_value=12)


def spread_a_year() -> forms.DecimalField:
    return forms.DecimalField(
        label="Spread in % a year", required=False, min_value=-100, max_value=100, decimal_places=6
    )


def read_days(form: forms.Form, *, business_date: date, currencies: Sequence[str]) -> None:
    """Replaces what was typed in every WhenField by its date, or says what was expected beside it."""
    for name, field in form.fields.items():
        typed = form.cleaned_data.get(name)
        if isinstance(field, WhenField) and typed:
            try:
                form.cleaned_data[name] = value_day(
                    typed, business_date=business_date, currencies=currencies, field=name
                ).day
            except InputError as error:
                form.add_error(name, said(error))
        elif isinstance(field, WhenField) and name in form.cleaned_data:
            form.cleaned_data[name] = None


def said(error: InputError) -> str:
    return f"Expected {error.expected}{'' if error.got is None else f', got {error.got}'}."
