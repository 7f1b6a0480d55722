"""The bands of a policy as a table to type in: months ahead and three limits in per cent, a row a band."""

from __future__ import annotations

from decimal import Decimal

from django import forms

from treasury.domain.policies import Band
from treasury.web import typed_numbers
from treasury.web.forms import DayField, DeskForm, text

LIMITS = ("lower", "target", "upper")
EMPTY_ROWS, MOST_ROWS = 3, 24


class PercentField(forms.CharField):
    """`60`, `62.5` and `62,5 %` are shares of 0.60 and 0.625; at most four decimals."""

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]
        written = str(value or "").strip()
        if not written:
            return None
        meant = typed_numbers.meant(written.removesuffix("%").strip())
        if not meant or len(meant) > 12:
            raise forms.ValidationError(f"Expected a percentage like 62.5, got “{written[:20]}”.")
        ratio = Decimal(meant) / 100
        if ratio != round(ratio, 6):
            raise forms.ValidationError("Expected at most four decimals of a per cent.")
        return ratio

    def run_validators(self, value: object) -> None:
        """Its length was looked at as a text."""


def _cell(label: str, field: type[forms.Field], **options: object) -> forms.Field:
    attributes = {"class": "num", "size": 6, "autocomplete": "off", "inputmode": "decimal"}
    return field(label=label, required=False, widget=forms.TextInput(attrs=attributes), **options)


class PolicyForm(DeskForm):
    valid_from = DayField(label="Counts from")
    valid_to = DayField(
        label="Counts until", required=False, help_text="Exclusive; empty: until it is replaced."
    )
    change_reason = text("Why", most=400)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *arguments: object, bands: list[dict], **options: object) -> None:
        super().__init__(*arguments, **options)
        sent = arguments[0] if arguments else None
        count = min(max(len(bands) + EMPTY_ROWS, _rows(sent)), MOST_ROWS)
        for place in range(count):
            band = bands[place] if place < len(bands) else None
            row = place + 1
            for name, label in (("from", "first month"), ("to", "end month")):
                self.fields[f"{name}_{place}"] = _cell(
                    f"Band {row}, {label}", forms.IntegerField, min_value=0, max_value=1200,
                    initial=band[f"month_{name}"] if band else None,
                )  # fmt: skip
            for name in LIMITS:
                self.fields[f"{name}_{place}"] = _cell(
                    f"Band {row}, {name} in per cent", PercentField,
                    initial=f"{(band[f'{name}_ratio'] * 100).normalize():f}" if band else None,
                )  # fmt: skip
        self.count = count

    @property
    def rows(self) -> list[list]:
        return [[self[f"{name}_{place}"] for name in ("from", "to", *LIMITS)] for place in range(self.count)]

    @property
    def plain(self) -> list:
        return [self["valid_from"], self["valid_to"], self["change_reason"]]

    @property
    def bands(self) -> list[Band]:
        told = self.cleaned_data
        return [
            Band(told[f"from_{place}"], told[f"to_{place}"], *(told[f"{name}_{place}"] for name in LIMITS))
            for place in range(self.count)
            if told.get(f"from_{place}") is not None
        ]

    def clean(self) -> dict:
        told = super().clean() or {}
        for place in range(self.count):
            names = [f"{name}_{place}" for name in ("from", "to", *LIMITS)]
            if any(name in self.errors for name in names):
                continue
            given = [name for name in names if told.get(name) is not None]
            if given and len(given) < len(names):
                missing = next(name for name in names if told.get(name) is None)
                self.add_error(
                    missing, "A band has its months and three limits; to take it out, empty its row."
                )
        first, last = told.get("valid_from"), told.get("valid_to")
        if first and last and last <= first:
            self.add_error("valid_to", f"Expected a day after {first}.")
        return told


def _rows(sent: object) -> int:
    places = [
        int(name[5:]) + 1
        for name in (sent or ())
        if name.startswith("from_") and name[5:].isascii() and name[5:].isdigit()
    ]  # type: ignore[attr-defined]
    return max((place for place in places if place <= MOST_ROWS), default=0)
