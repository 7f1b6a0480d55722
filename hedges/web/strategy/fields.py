"""Fields of the forms of strategy: numbers by the one strict parser, within limits; a blank field is its default."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.http import QueryDict

from hedges.domain.strategy.plan import NotAPlan, Plan, parse
from treasury.web import typed_numbers


class NumberField(forms.CharField):
    """A number within limits, its `unit` in the field's frame; `scale` −2: typed in per cent, read as a fraction."""

    def __init__(
        self,
        label: str,
        *,
        least: str,
        most: str,
        scale: int = 0,
        whole: bool = False,
        unit: str = "",
        **options: Any,
    ) -> None:
        self.unit = unit
        self.least, self.most, self.scale, self.whole = Decimal(least), Decimal(most), scale, whole
        widget = forms.TextInput(
            attrs={"inputmode": "decimal", "autocomplete": "off", "class": "num", "size": 8}
        )
        super().__init__(**({"label": label, "max_length": 24, "widget": widget} | options))

    def to_python(self, value: object) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        if not typed_numbers.NUMBER.fullmatch(text):
            remedy = typed_numbers.remedy(text)
            raise forms.ValidationError(
                f"Expected a number{f': {remedy}' if remedy else ''}, got “{text[:24]}”."
            )
        try:
            number = Decimal(text)
        except InvalidOperation:  # an exponent of more digits than any number has
            number = Decimal("NaN")
        if number.is_nan() or not self.least <= number <= self.most:
            raise forms.ValidationError(f"Expected a number from {self.least} to {self.most}, got {text}.")
        if self.whole:
            if number != int(number):
                raise forms.ValidationError(f"Expected a whole number, got {text}.")
            return int(number)
        return number.scaleb(self.scale)

    def run_validators(self, value: object) -> None:
        """Its length was looked at as a text."""

    def validate(self, value: object) -> None:
        if self.required and value is None:
            raise forms.ValidationError(self.error_messages["required"], code="required")


class PlanField(forms.CharField):
    """The words of a programme."""

    def __init__(self, label: str, **options: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "size": 32})
        super().__init__(
            **({"label": label, "max_length": 120, "required": False, "widget": widget} | options)
        )

    def to_python(self, value: object) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse(text.lower())
        except NotAPlan as error:
            raise forms.ValidationError(str(error)) from error

    def run_validators(self, value: object) -> None:
        """A programme was looked at as a text."""


class ToolForm(forms.Form):
    """A GET form over the address; `DEFAULTS` stand where the address says nothing."""

    DEFAULTS: Mapping[str, str] = {}
    book = forms.ChoiceField(label="Entity and risk", required=False)

    def __init__(
        self,
        asked: QueryDict,
        books: list[dict] | None,
        more: Mapping[str, forms.Field] | None = None,
        **options: list[tuple[str, str]],
    ) -> None:
        """`books` None: the page is about all that its scope holds. `more`: fields that the market gives."""
        names = [(key_of(row), key_of(row).replace(":", " ")) for row in books or []]
        data = asked.copy()
        for name, value in {"book": names[0][0] if names else "", **self.DEFAULTS}.items():
            if not data.get(name, "").strip():
                data[name] = value
        super().__init__(data, auto_id="in_%s", label_suffix="")
        if books is None:
            del self.fields["book"]
        else:
            self.fields["book"].choices = names
        self.fields.update(more or {})
        for name, choices in options.items():
            self.fields[name].choices = choices
        self.is_valid()

    @property
    def wrong(self) -> list:
        return [field for field in self.visible_fields() if field.errors]

    @property
    def asked(self) -> dict[str, str]:
        """The inputs as they stand in an address, defaults written out."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}

    def number(self, name: str) -> float:
        return float(self.cleaned_data[name])

    def plan(self, name: str) -> Plan | None:
        return self.cleaned_data.get(name)


def key_of(row: dict) -> str:
    return f"{row['entity_code']}:{row['risk_code']}"
