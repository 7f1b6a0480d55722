"""Splitting an exposure: up to five parts; what they leave stays with the exposure."""

from __future__ import annotations

from typing import Any

from django import forms

from exposures.domain.splitting import Part
from exposures.web.forms.changes import ChangeForm
from exposures.web.forms.fields import SizeField, WhenField

PARTS = 5
NAMES = ("size", "expected", "reference", "description")


class SplitForm(ChangeForm):
    def __init__(self, *arguments: object, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for place in range(1, PARTS + 1):
            self.fields[f"size_{place}"] = SizeField(label=f"Amount of part {place}", required=False)
            self.fields[f"expected_{place}"] = WhenField(label=f"Day of part {place}", required=False)
            self.fields[f"reference_{place}"] = forms.CharField(
                label=f"Reference of part {place}", max_length=60, required=False
            )
            self.fields[f"description_{place}"] = forms.CharField(
                label=f"What part {place} is for", max_length=120, required=False
            )

    @property
    def shown(self) -> list:
        return [self["valid_from"], self["reason"]]

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {"place": place, "fields": [self[f"{name}_{place}"] for name in NAMES]}
            for place in range(1, PARTS + 1)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for place in range(1, PARTS + 1):
            others = ("expected", "reference", "description")
            told = any(cleaned.get(f"{name}_{place}") for name in others)
            if told and not cleaned.get(f"size_{place}") and f"size_{place}" not in self.errors:
                self.add_error(f"size_{place}", "This part has no amount: give one, or empty its row.")
        if not self.errors and not self.parts:
            self.add_error("size_1", "Give the amount of at least one part.")
        return cleaned

    @property
    def parts(self) -> list[Part]:
        told = self.cleaned_data
        return [
            Part(
                size=told[f"size_{place}"],
                reference=told[f"reference_{place}"],
                expected_date=told[f"expected_{place}"],
                description=told[f"description_{place}"] or None,
            )
            for place in range(1, PARTS + 1)
            if told.get(f"size_{place}")
        ]
