"""What the forms of the desk share: sections, amounts as people type them, refusals beside the field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString

from treasury.web import typed_numbers
from treasury.web.scope import FIRST_DAY, LAST_DAY

SCALES = {"k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
SCALED = re.compile(r"(.*?\d\.?)\s*(k|m|bn)", re.IGNORECASE)
UNCLEAR = re.compile(r"[-+\u2212]?[1-9]\d{0,2},\d{3}")


class AmountInput(forms.TextInput):
    """Written without a template of its own: a page of a designation or of a change has four hundred of them."""

    def render(
        self, name: str, value: object, attrs: dict | None = None, renderer: object = None
    ) -> SafeString:
        told = self.get_context(name, value, attrs)["widget"]
        own = {"type": self.input_type, "name": told["name"]}
        if told["value"] is not None:
            own["value"] = told["value"]
        return format_html("<input{}>", flatatt(own | told["attrs"]))


class AmountField(forms.CharField):
    """`1,000,000`, `1 000 000`, `5m` and `450k` are amounts; `1,000` could be two of them and is asked back."""

    def __init__(self, **options: object) -> None:
        widget = AmountInput(attrs={"inputmode": "text", "autocomplete": "off", "class": "num"})
        super().__init__(**({"widget": widget, "strip": True, "max_length": 40} | options))

    def to_python(self, value: object) -> Decimal | None:
        text = str(value).strip() if value is not None else ""
        if not text:
            return None
        scaled = SCALED.fullmatch(text)
        number, scale = (scaled[1], SCALES[scaled[2].lower()]) if scaled else (text, 1)
        if UNCLEAR.fullmatch(number):
            plain = number.replace(",", "")
            raise forms.ValidationError(f"{text} is not clear: write {plain}, or {number.replace(',', '.')}.")
        meant = typed_numbers.meant(number)
        if not meant:
            raise forms.ValidationError(f"Expected an amount like 1,000,000.00 or 5m, got “{text[:40]}”.")
        return Decimal(meant) * scale

    def validate(self, value: object) -> None:
        if self.required and value is None:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: object) -> None:
        """Its length was looked at as a text."""


class DayField(forms.DateField):
    """A day that calendars and curves can reach from: within the days that an address may name."""

    def __init__(self, **options: object) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        wrong = {"invalid": "Expected a date like 2026-10-09."}
        super().__init__(
            **({"widget": widget, "input_formats": ["%Y-%m-%d"], "error_messages": wrong} | options)
        )

    def to_python(self, value: object) -> date | None:
        found: date | None = super().to_python(value)
        if found is not None and not FIRST_DAY <= found <= LAST_DAY:
            raise forms.ValidationError(f"Expected a date from {FIRST_DAY} to {LAST_DAY}.")
        return found


def text(label: str, rows: int = 2, *, most: int = 2000, **options: object) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "class": "prose"})
    return forms.CharField(label=label, max_length=most, widget=widget, **options)


class DeskForm(forms.Form):
    """A form that is sent: what the domain refuses stands beside the field that it is about, or above them all.

    `SECTIONS`: title, a sentence, and the names of the fields under it.
    """

    SECTIONS: Sequence[tuple[str, str, Sequence[str]]] = ()

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **({"auto_id": "in_%s", "label_suffix": ""} | options))
        for name, field in self.fields.items():
            if field.required:
                missing = f"{field.label or name} is missing."
                field.error_messages = field.error_messages | {"required": missing}

    @property
    def sections(self) -> Iterator[dict]:
        for title, sentence, names in self.SECTIONS:
            yield {"title": title, "sentence": sentence, "fields": [self[name] for name in names]}

    def refuse(self, words: object, field: str | None = None) -> None:
        """Shows a refusal, with the labels of the form's fields where the domain names them as it knows them."""
        self.is_valid()
        text = str(words)
        for name, one in self.fields.items():
            if "_" in name and one.label:
                text = re.sub(rf"\b{re.escape(name)}\b", f"“{one.label}”", text)
        self.add_error(field if field in self.fields else None, text)

    @property
    def wrong(self) -> list:
        return [field for field in self.visible_fields() if field.errors]
