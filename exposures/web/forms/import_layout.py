"""How a file of exposures is read: its marks and dates, and which column is which. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms

from exposures.domain.importing.layout import (
    CERTAINTIES,
    DATES,
    DECIMALS,
    ENCODINGS,
    SEPARATORS,
    SIGNS,
    TARGETS,
    THOUSANDS,
    Layout,
)
from exposures.enums import ExposureKind
from treasury.web.filters import codes
from treasury.web.forms import DayField, DeskForm

_CHOOSE = [("", "Choose")]


def _choice(label: str, choices: Mapping[str, str], **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[*_CHOOSE, *choices.items()], **options)


class LayoutForm(DeskForm):
    """How the file is to be read. Nothing is chosen beforehand unless a saved mapping of the source says so."""

    encoding = _choice("Encoding", ENCODINGS)
    separator = forms.ChoiceField(
        label="Separator", choices=[*_CHOOSE, *(("tab" if c == "\t" else c, w) for c, w in SEPARATORS.items())]
    )  # fmt: skip
    sheet = forms.ChoiceField(label="Sheet")
    header_row = forms.IntegerField(
        label="Row of the headings", min_value=0, max_value=1000, help_text="0: the file has none."
    )
    decimal = _choice("Decimal mark", DECIMALS)
    thousands = forms.ChoiceField(
        label="Thousands mark", required=False, choices=[*THOUSANDS.items()], help_text="Of numbers in texts."
    )
    dates = _choice("Order of dates", DATES)
    sign = _choice("Sign of amounts", SIGNS)
    inflow = forms.CharField(label="Word for an inflow", max_length=20, required=False)
    outflow = forms.CharField(label="Word for an outflow", max_length=20, required=False)
    certainty = forms.ChoiceField(label="Certainty is given as", choices=[*CERTAINTIES.items()])
    valid_from = DayField(label="Counts from", help_text="First business date of the versions recorded.")

    SECTIONS = (
        ("The file", "", ("encoding", "separator", "sheet", "header_row")),
        ("Numbers and dates", "What a workbook holds as a number or a date is read as it is.",
         ("decimal", "thousands", "dates", "certainty")),
        ("Direction", "In the book an inflow is + and an outflow −.", ("sign", "inflow", "outflow")),
        ("In the book", "", ("valid_from",)),
    )  # fmt: skip

    def __init__(self, *arguments: Any, sheets: Sequence[str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        if sheets:
            self.fields["sheet"].choices = [*_CHOOSE, *((name, name) for name in sheets)]
        for name in ("encoding", "separator") if sheets else ("sheet",):
            del self.fields[name]

    @property
    def sections(self) -> Any:
        for title, sentence, names in self.SECTIONS:
            yield {"title": title, "sentence": sentence,
                   "fields": [self[name] for name in names if name in self.fields]}  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("decimal") and told.get("decimal") == told.get("thousands"):
            self.add_error("thousands", "Another mark than the decimal one, or none.")
        if told.get("sign") == "DIRECTION":
            for name in ("inflow", "outflow"):
                if not told.get(name):
                    self.add_error(name, "Say which word the column has.")
            if told.get("inflow") and told.get("inflow") == told.get("outflow"):
                self.add_error("outflow", "Another word than that for an inflow.")
        return told

    def layout(self, before: Layout) -> Layout:
        told = dict(self.cleaned_data)
        if told.get("separator") == "tab":
            told["separator"] = "\t"
        told["valid_from"] = told["valid_from"].isoformat()
        return replace(before, **told)

    @staticmethod
    def initial_of(layout: Layout) -> dict[str, Any]:
        told = layout.as_json()
        return told | {"separator": "tab" if layout.separator == "\t" else layout.separator}


class ColumnsForm(DeskForm):
    """Which column is which field, or the one value that all rows have."""

    save_as = forms.CharField(
        label="Save this mapping as", max_length=40, required=False,
        help_text="For the next file of the source. The same name again is a new version.",
    )  # fmt: skip

    def __init__(
        self, *arguments: Any, headings: Sequence[str], entities: Sequence[str], risks: Sequence[str],
        units: Sequence[str], **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(*arguments, **options)
        columns = [("", "none"), *((str(at), f"{at}: {name}") for at, name in enumerate(headings, 1))]
        fixed = {
            "entity": [(code, code) for code in entities],
            "risk": [(code, code) for code in risks],
            "kind": codes(ExposureKind.values),
            "currency": [(code, code) for code in units],
        }
        for target in TARGETS:
            self.fields[f"column_{target.name}"] = forms.ChoiceField(
                label=target.label, choices=columns, required=False, help_text=target.help
            )
            if target.may_be_fixed:
                self.fields[f"fixed_{target.name}"] = forms.ChoiceField(
                    label=f"{target.label} of all rows",
                    choices=[("", "by the column"), *fixed[target.name]],
                    required=False,
                )

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "target": target,
                "column": self[f"column_{target.name}"],
                "fixed": self[f"fixed_{target.name}"] if target.may_be_fixed else None,
            }
            for target in TARGETS
        ]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        taken: dict[str, str] = {}
        for target in TARGETS:
            column, fixed = told.get(f"column_{target.name}"), told.get(f"fixed_{target.name}")
            if column and fixed:
                self.add_error(f"column_{target.name}", "A column or one value for all rows, not both.")
            elif target.is_needed and not column and not fixed:
                self.add_error(f"column_{target.name}", f"Say where the {target.label.lower()} stands.")
            if column and column in taken:
                self.add_error(
                    f"column_{target.name}", f"This column is the {taken[column].lower()} already."
                )
            elif column:
                taken[column] = target.label
        if not any(
            told.get(f"{part}_{name}") for part in ("column", "fixed") for name in ("risk", "currency")
        ):
            self.add_error("column_risk", "Say where the risk or the currency stands.")
        return told

    def layout(self, before: Layout, header: Sequence[str]) -> Layout:
        told = self.cleaned_data
        columns = {t.name: int(told[f"column_{t.name}"]) for t in TARGETS if told.get(f"column_{t.name}")}
        fixed = {t.name: told[f"fixed_{t.name}"] for t in TARGETS if told.get(f"fixed_{t.name}")}
        return replace(before, columns=columns, fixed=fixed).with_headings(list(header))

    @staticmethod
    def initial_of(layout: Layout) -> dict[str, Any]:
        return {f"column_{name}": str(at) for name, at in layout.columns.items()} | {
            f"fixed_{name}": value for name, value in layout.fixed.items()
        }
