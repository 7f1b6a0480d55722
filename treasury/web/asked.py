"""What the address asks of a table: its order, the columns to show, and a file of it.

`sort`, `columns` and `format` are about the main table of a page; another one has its key before them, as in
`criteria-sort=-margin`. `find` leaves the rows of a table in memory that say a word in any cell: with its order, its
columns and its file it is what a list has in its filters.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from html import unescape

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import slugify

from treasury.web.tables import NUMERIC, Column, Table

FORMATS = ("csv", "xlsx")
_MARK = re.compile(r'<span aria-hidden="true">[^<]*</span>')
_BREAK = re.compile(r"<br\s*/?>")
_CHANGING = re.compile(r"\d+")


def as_asked(table: Table, request: HttpRequest) -> Table:
    """The same table in the order and with the columns of the address; notes it where a file of it is asked for."""
    if table.name_in_address is None:
        table.name_in_address = _own_name(table, request)
        _found(table, request)
        _columns(table, request)
        _order(table, request)
        wanted = request.GET.get(parameter(table, "format"))
        if wanted in FORMATS and (table.rows or table.page is not None):
            request.asked_table = (table, wanted)  # type: ignore[attr-defined]
    return table


def parameter(table: Table, name: str) -> str:
    return f"{table.name_in_address}-{name}" if table.name_in_address else name


def _own_name(table: Table, request: HttpRequest) -> str:
    """A list has none. Two tables of one name on a page are counted."""
    name = (
        slugify(_CHANGING.sub("", table.caption))[:32].strip("-") or "table"
        if table.key is None
        else table.key
    )
    seen: dict[str, int] = request.__dict__.setdefault("tables_seen", {})
    seen[name] = seen.get(name, 0) + 1
    if seen[name] == 1:
        return name
    return f"{name or 'list'}-{seen[name]}"


def _found(table: Table, request: HttpRequest) -> None:
    wanted = request.GET.get(parameter(table, "find"), "").strip().casefold()
    if not wanted or table.more_rows is not None or not table.findable:
        return
    table.finds = wanted
    table.rows = [
        row for row in table.rows if any(wanted in words(column, row).casefold() for column in table.columns)
    ]


def _columns(table: Table, request: HttpRequest) -> None:
    """The first column names the row and is always there; an optional one where it is chosen, and in a file of all."""
    wanted = {key for text in request.GET.getlist(parameter(table, "columns")) for key in text.split(",")}
    if wanted & {column.key for column in table.columns[1:]}:
        table.columns = [
            column for place, column in enumerate(table.columns) if not place or column.key in wanted
        ]
    elif request.GET.get(parameter(table, "format")) not in FORMATS:
        table.columns = [column for column in table.columns if not column.optional]


def _order(table: Table, request: HttpRequest) -> None:
    if table.more_rows is not None:
        return  # the database has sorted it
    asked = request.GET.get(parameter(table, "sort"), "")
    column = next((one for one in table.all_columns if one.key == asked.lstrip("-")), None)
    if column is None or not table.sorts_by(column):
        return
    known = [row for row in table.rows if raw(column, row) not in (None, "")]
    unknown = [row for row in table.rows if raw(column, row) in (None, "")]
    try:
        known.sort(key=lambda row: raw(column, row), reverse=asked.startswith("-"))  # type: ignore[arg-type,return-value]
    except TypeError:
        known.sort(key=lambda row: str(raw(column, row)), reverse=asked.startswith("-"))
    table.rows, table.sort = [*known, *unknown], asked


def raw(column: Column, row: dict) -> object:
    """The value behind a cell: a number, a day, a code; the words of the cell where there is nothing behind it."""
    if column.value:
        return column.value(row)
    value = row.get(column.key)
    if isinstance(value, (int, float, Decimal, date)):
        return value
    if column.cell:
        return None if column.kind in NUMERIC and column.key in row else words(column, row)
    return words(column, row) if isinstance(value, (list, tuple, dict, SafeString)) else value


def words(column: Column, row: dict) -> str:
    """What a cell says, without its mark and tags."""
    shown = column.show(row)
    return _without_tags(str(shown)) if isinstance(shown, SafeString) else " ".join(str(shown).split())


@lru_cache(maxsize=4096)
def _without_tags(markup: str) -> str:
    """Remembered: a column of states says a few things ten thousand times."""
    return " ".join(unescape(strip_tags(_BREAK.sub(" ", _MARK.sub("", markup)))).split())
