"""What an import is told: the file, and how it is read. Nothing of it is guessed."""

from dataclasses import replace
from typing import Any

from exposures.domain.importing import files, receiving
from exposures.domain.importing.layout import (
    CERTAINTIES,
    DATES,
    DECIMALS,
    ENCODINGS,
    FIXABLE,
    SIGNS,
    TARGETS,
    Layout,
)
from exposures.models import Import
from exposures.queries import import_resources
from treasury.api.bodies import Input, body
from treasury.kernel.errors import InputError

#: Characters of 10 MB in base64.
_MOST = 14_000_000
_SEPARATORS = {"semicolon": ";", "comma": ",", "tab": "\t", "bar": "|"}
_THOUSANDS = {"none": "", "comma": ",", "point": ".", "space": " ", "apostrophe": "'"}
_DECIMALS = {"point": ".", "comma": ","}
FILE = (
    Input("file_name", "Its name, for people; .xlsx or text.", limit=120),
    Input(
        "content",
        "The bytes as they are, base64: CSV or .xlsx, at most 10 MB and 50,000 rows.",
        "base64",
        limit=_MOST,
    ),
)
RECEIVED = body(
    Input("source_system", "The system that the references belong to.", limit=20), *FILE,
    example={"source_system": "ERP", "file_name": "october.csv", "content": "cmVmZXJlbmNlLGFtb3VudAo="},
)  # fmt: skip
_FIELDS = tuple(target.name for target in TARGETS)
_COLUMN = body(
    Input("field", "Of the exposure.", "choice", choices=_FIELDS),
    Input("heading", "Of the column, exactly; or its number.", required=False, limit=400),
    Input("column_number", "From 1.", "number", False, limit=200),
)
_FIXED = body(
    Input("field", "That has one value for all rows.", "choice", choices=FIXABLE),
    Input("value", "That value: a code.", limit=40),
)
DESCRIPTION = body(
    Input("mapping", "Id of a saved mapping to begin with; what is told besides replaces it.", "key", False),
    Input("encoding", "Of a text.", "choice", False, tuple(ENCODINGS)),
    Input("separator", "Of a text.", "choice", False, tuple(_SEPARATORS)),
    Input("sheet", "Of a workbook.", required=False, limit=100),
    Input("header_row", "Where the headings stand, from 1; 0: there are none.", "number", False, limit=1000),
    Input("decimal", "Decimal mark.", "choice", False, tuple(_DECIMALS)),
    Input("thousands", "Mark between thousands.", "choice", False, tuple(_THOUSANDS)),
    Input("dates", "Their order.", "choice", False, tuple(DATES)),
    Input("sign", "Of amounts: as it stands, reversed, or by a column.", "choice", False, tuple(SIGNS)),
    Input("inflow", "The word for an inflow, where a column has it.", required=False, limit=20),
    Input("outflow", "The word for an outflow.", required=False, limit=20),
    Input("certainty", "How it is given.", "choice", False, tuple(CERTAINTIES)),
    Input("valid_from", "First business date of the versions.", "date", False),
    Input("columns", "Which column is which field.", "array", False, of=_COLUMN),
    Input("fixed", "Fields with one value for all rows.", "array", False, of=_FIXED),
    Input("save_as", "Keeps it under this name for the next file of the source.", required=False, limit=40),
    example={
        "encoding": "utf-8", "separator": "comma", "header_row": 1, "decimal": "point", "thousands": "none",
        "dates": "ISO", "sign": "AS_IS", "valid_from": "2026-11-02",
        "columns": [{"field": "reference", "heading": "Order"}, {"field": "amount", "heading": "Amount"},
                    {"field": "expected_date", "heading": "Due"}, {"field": "currency", "heading": "Cur"}],
        "fixed": [{"field": "entity", "value": "DE01"}, {"field": "kind", "value": "FIRM_COMMITMENT"}],
    },
)  # fmt: skip
_WORDS = {"separator": _SEPARATORS, "decimal": _DECIMALS, "thousands": _THOUSANDS}
_SAID = ("encoding", "separator", "sheet", "header_row", "decimal", "thousands", "dates", "sign", "inflow", "outflow",
         "certainty", "valid_from")  # fmt: skip
assert set(_DECIMALS.values()) == set(DECIMALS)


def layout_of(subject: Import, told: dict[str, Any], user: Any) -> Layout:
    """What was said so far, or a saved mapping that the user sees, with what is said now; columns are found by their
    headings."""
    layout = Layout.of(subject.settings)
    content = bytes(receiving.newest_file(subject.pk).content)
    mappings = import_resources.mappings(user).filter(source_system=subject.source_system)
    saved = told["mapping"] and mappings.filter(pk=told["mapping"]).first()
    if told["mapping"] and not saved:
        raise InputError("mapping", "the id of a mapping of this source", got=str(told["mapping"]))
    if saved:
        layout = Layout.of(saved.settings)
    said = {name: told[name] for name in _SAID if told[name] is not None}
    said |= {name: words[said[name]] for name, words in _WORDS.items() if name in said}
    if "valid_from" in said:
        said["valid_from"] = said["valid_from"].isoformat()
    layout = replace(layout, **said)
    header = files.read(content, layout, limit=1).header
    if saved:
        layout = layout.found_in(header)
    if told["columns"]:
        layout = replace(
            layout, columns={one["field"]: _place(one, header, at) for at, one in enumerate(told["columns"])}
        )
    if told["fixed"]:
        layout = replace(layout, fixed={one["field"]: one["value"] for one in told["fixed"]})
    return layout.with_headings(header)


def _place(one: dict[str, Any], header: list[str], at: int) -> int:
    path = f"columns[{at}]"
    if (one["heading"] is None) == (one["column_number"] is None):
        raise InputError(path, "a heading or a column_number, one of the two")
    if one["column_number"] is not None:
        if not one["column_number"]:
            raise InputError(f"{path}.column_number", "a number from 1", got="0")
        return int(one["column_number"])
    if header.count(one["heading"]) != 1:
        raise InputError(f"{path}.heading", "a heading that the file has once", got=one["heading"][:40])
    return header.index(one["heading"]) + 1
