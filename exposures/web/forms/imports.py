"""The forms of an import: the file, the cells to put right, and the decisions about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from exposures.domain.importing.grid import MAX_BYTES
from treasury.queries.rows import Row
from treasury.web.forms import DeskForm, text


class UploadForm(DeskForm):
    """A file or a pasted block."""

    source_system = forms.CharField(
        label="Source", max_length=20, help_text="The system that the references belong to, e.g. ERP.",
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
    )  # fmt: skip
    file = forms.FileField(
        label="File", required=False, help_text="CSV or .xlsx, at most 10 MB and 50,000 rows.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )  # fmt: skip
    block = text("Or paste cells", rows=6, most=MAX_BYTES, required=False, strip=False,
                 help_text="Copied out of a spreadsheet, with its row of headings.")  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if bool(told.get("file")) == bool((told.get("block") or "").strip()) and not self.errors:
            self.add_error("file", "Choose a file or paste cells, one of the two.")
        return told

    def content(self) -> tuple[str, bytes, dict[str, Any]]:
        """Name, bytes and what is known of how to read them: a pasted block is UTF-8 with tabs."""
        file = self.cleaned_data["file"]
        if file:
            return file.name, file.read(MAX_BYTES + 1), {}
        pasted = self.cleaned_data["block"].encode("utf-8", "surrogatepass")
        return "pasted cells", pasted, {"encoding": "utf-8", "separator": "\t"}


class FileForm(DeskForm):
    """A mended file in the place of the one before."""

    file = forms.FileField(
        label="Mended file", widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"})
    )


class CellsForm(DeskForm):
    """The wrong cells of an import, as many as fit on a page, to be put right one by one."""

    def __init__(self, *arguments: Any, problems: Sequence[Row], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.problems = [row for row in problems if row["column_number"]]
        for row in self.problems:
            name = f"cell_{row['row_number']}_{row['column_number']}"
            self.fields[name] = forms.CharField(
                label=f"Row {row['row_number']}, {row['column_name']}", required=False, max_length=400,
                initial=row["value"], widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )  # fmt: skip

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            row | {"typed": self[f"cell_{row['row_number']}_{row['column_number']}"]} for row in self.problems
        ]

    def cells(self) -> dict[tuple[int, int], str]:
        """Those that were changed."""
        return {
            (row["row_number"], row["column_number"]): new
            for row in self.problems
            if (new := self.cleaned_data[f"cell_{row['row_number']}_{row['column_number']}"])
            != row["value"].strip()
        }


class CommitForm(DeskForm):
    reason = forms.CharField(
        label="Reason", max_length=400, required=False, help_text="Left empty: the name of the file."
    )


class UndoForm(DeskForm):
    reason = forms.CharField(label="Why it is undone", max_length=400)


class DecideForm(DeskForm):
    """`digest` is that over all versions that wait: a decision is on what was seen."""

    event = forms.IntegerField(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    decision = forms.ChoiceField(
        choices=[("APPROVED", "Approve"), ("REJECTED", "Reject")], widget=forms.HiddenInput
    )
    comment = text("Comment", most=400, required=False, help_text="A rejection needs one.")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("decision") == "REJECTED" and not told.get("comment"):
            self.add_error("comment", "Say why it is rejected, so that its author knows what to change.")
        return told
