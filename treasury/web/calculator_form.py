"""A calculator's form, made from the catalogue: every input of a measure becomes a field of the address."""

from __future__ import annotations

import json
import re
from typing import Any

from django import forms
from django.http import QueryDict

from treasury.kernel.errors import InputError
from treasury.quant.inputs import REQUIRED, Input, read_inputs
from treasury.quant.measure import Measure
from treasury.web import typed_numbers, words

LISTS = ("decimals", "numbers")
STRUCTURES = ("rows", "object", "table", "booleans")
JSON_SHAPE = {
    "object": "a JSON object",
    "rows": "a JSON array of objects",
    "table": "a row a line with spaces between the numbers, or JSON: [[1, 2], [3, 4]]",
    "booleans": "a JSON array: [true, false]",
}
CLEAR = "clear"
PLAIN_NOUNS = {
    "a number or a decimal string": "a number",
    "an array of numbers or decimal strings": "numbers with spaces between them",
    "an array of arrays of numbers": "a row of numbers a line",
}
NOT_GIVEN = ("", "not given")


def field_for(item: Input) -> forms.Field:
    required = item.default is REQUIRED
    common = {"label": _label(item), "required": False, "help_text": _help(item, required)}
    if item.kind in ("choice", "boolean"):
        choices = [(name, name.replace("_", " ")) for name in item.choices]
        choices = choices if item.kind == "choice" else [("false", "no"), ("true", "yes")]
        # A browser sends one option of every list: without an empty one it would give what nobody chose.
        return forms.ChoiceField(choices=[NOT_GIVEN, *choices] if item.default is None else choices, **common)
    if item.kind in LISTS or item.kind in STRUCTURES:
        rows = 6 if item.kind in STRUCTURES else 3
        return forms.CharField(
            widget=forms.Textarea(attrs={"rows": rows, "spellcheck": "false"}), strip=True, **common
        )
    widget = forms.TextInput(
        attrs={"inputmode": "text" if item.kind == "label" else "decimal", "autocomplete": "off"}
    )
    return forms.CharField(widget=widget, strip=True, **common)


def _label(item: Input) -> str:
    label = words.sentence(item.name)
    if item.unit.startswith("as "):
        return f"{label} (same unit as the {item.unit.removeprefix('as ')})"
    return f"{label}, {item.unit}" if item.unit else label


def _help(item: Input, required: bool) -> str:
    said = [words.quoted(item.meaning)]
    if item.kind in LISTS:
        said.append("numbers with spaces or line breaks between them")
    if item.kind in STRUCTURES:
        names = ", ".join(inner.name for inner in item.items)
        said.append(f"JSON, with {names}" if names else JSON_SHAPE[item.kind])
    if not required and item.default in (None, {}):
        said.append("may stay empty")
    elif not required and item.kind not in ("choice", "boolean"):
        said.append(f"empty: {item.default}")
    return "; ".join(part for part in said if part)


class CalculatorForm(forms.Form):
    """Holds texts as they were typed; `inputs` gives what the catalogue is asked."""

    def __init__(self, measure: Measure, query: QueryDict) -> None:
        self.measure = measure
        self.asked = any(item.name in query for item in measure.inputs)
        data = _with_defaults(measure, query) if self.asked else None
        self.cleared = not self.asked and CLEAR in query
        initial = example(measure, {} if self.cleared else measure.example)
        super().__init__(data, initial=initial, auto_id="input_%s", label_suffix="")
        self.fields.update({item.name: field_for(item) for item in measure.inputs})

    def inputs(self) -> dict[str, Any]:
        found = {}
        for item in self.measure.inputs:
            text = self.data.get(item.name, "").strip()
            if text:
                found[item.name] = as_given(item, text)
        return found

    def refusals(self, inputs: dict[str, Any]) -> list[InputError]:
        """What is wrong with each field by itself, all at once; what fields must be together the catalogue says."""
        found = []
        for item in self.measure.inputs:
            given = {item.name: inputs[item.name]} if item.name in inputs else {}
            try:
                read_inputs([item], given)
            except InputError as error:
                found.append(error)
        return found

    def refuse(self, error: InputError) -> None:
        """Puts a refusal beside the field that it names."""
        name = re.split(r"[.\[]", error.field)[0]
        one = "row" if name in self._tables() and error.field.count("[") == 1 else "number"
        where = "" if error.field == name else f"{self._in_words(error.field[len(name) :], one)}: "
        remedy = self._remedy(error)
        self.is_valid()
        self.add_error(
            name if name in self.fields else None, f"{where}Expected {self._expected(error)}{remedy}."
        )

    def _expected(self, error: InputError) -> str:
        expected = error.expected
        for name in self._tables():  # the rows of one table are compared with its first
            expected = re.sub(rf"\b{name}\[0\]", "row 1", expected)
        expected = self._in_words(expected)
        for technical, plain in PLAIN_NOUNS.items():
            expected = expected.replace(technical, plain)
        return f"{expected}, got {error.got}" if error.got else expected

    def _remedy(self, error: InputError) -> str:
        """What to write instead of a text that is no number, such as `95%` or `1,05`."""
        if "number" not in error.expected:
            return ""
        name, *path = re.findall(r"[^.\[\]]+", error.field)
        value: Any = self.inputs().get(name)
        for part in path:
            try:
                value = value[int(part) if isinstance(value, list) else part]
            except (KeyError, IndexError, TypeError, ValueError):
                return ""
        in_list = any(item.name == name and item.kind in (*LISTS, "table") for item in self.measure.inputs)
        remedy = typed_numbers.remedy(value, in_list) if isinstance(value, str) else ""
        return f": {remedy}" if remedy else ""

    def _tables(self) -> list[str]:
        return [item.name for item in self.measure.inputs if item.kind == "table"]

    def _in_words(self, text: str, one: str = "number") -> str:
        """`[1].inflow_amount` is `number 2, inflow amount`: paths and code names as the page calls them."""
        for item in self.measure.inputs:
            for named in (item, *item.items):
                text = re.sub(rf"\b{named.name}\b", named.name.replace("_", " "), text)
        text = re.sub(r"\[(\d+)\](?=\[)", lambda found: f", row {int(found[1]) + 1}", text)
        text = re.sub(r"\[(\d+)\]", lambda found: f", {one} {int(found[1]) + 1}", text)
        text = re.sub(r"\.(?=[^\W\d])", ", ", text)
        return text.removeprefix(", ")


def _with_defaults(measure: Measure, query: QueryDict) -> QueryDict:
    """A choice that the address leaves out stands at its default, so that the form shows what is worked out."""
    data = query.copy()
    for item in measure.inputs:
        if item.kind in ("choice", "boolean") and item.name not in data and item.default is not REQUIRED:
            data[item.name] = "" if item.default is None else _plain(item.default)
    return data


def as_given(item: Input, text: str) -> Any:
    """The JSON value that a text of a form stands for; what cannot be read goes on as text and is refused by name."""
    if item.kind in LISTS:
        return typed_numbers.numbers(text)
    if item.kind == "table" and not text.startswith("["):
        return typed_numbers.table(text)
    if item.kind in STRUCTURES:
        try:
            return json.loads(text)
        except ValueError:
            return text
    if item.kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    if item.kind == "integer" and re.fullmatch(r"-?\d{1,18}", text):
        return int(text)
    return text


def example(measure: Measure, given: dict[str, Any] | None = None) -> dict[str, str]:
    """The worked example of the catalogue, as texts: what a calculator opens with; with nothing given, the defaults."""
    values = measure.example if given is None else given
    return {item.name: _as_text(item, values.get(item.name)) for item in measure.inputs}


def _as_text(item: Input, value: Any) -> str:
    if value is None:
        default = item.default
        return "" if default is REQUIRED or default is None else _plain(default)
    if item.kind in LISTS:
        return " ".join(str(element) for element in value)
    if item.kind == "table":
        return "\n".join(" ".join(str(element) for element in row) for row in value)
    if item.kind in STRUCTURES:
        return json.dumps(value, indent=1, default=str)
    return _plain(value)


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
