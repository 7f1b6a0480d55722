"""One table for every page: columns say what a cell is, the template says how a table looks.

`treasury.web.asked` sorts it, leaves columns out and makes a file of it as the address says; nothing else has to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString

from treasury.web import formats, words

PAGE_SIZE = 50
CHUNK = 2000  # rows that are read at a time for a file
NUMERIC = {"amount", "money", "rate", "percent", "statistic", "ratio", "unit_ratio", "count"}


@dataclass(frozen=True)
class Column:
    key: str
    label: str
    kind: str = "text"
    sort: str | None = None
    total: bool = False
    unit: str = ""
    places: int = 0
    link: Callable[[dict], str] | None = None
    cell: Callable[[dict], object] | None = None
    wrap: bool = False
    #: what a file holds and a table sorts by, where that is not the row's value under `key`
    value: Callable[[dict], object] | None = None
    #: not shown until somebody chooses it; in a file it is there unless others are chosen
    optional: bool = False
    #: sorted by something that not every row has: those without it come last, whatever the direction
    sparse: bool = False

    @property
    def css(self) -> str:
        return "num" if self.kind in NUMERIC else "wrap" if self.wrap else ""

    def show(self, row: dict) -> object:
        shown = self.cell(row) if self.cell else SHOW[self.kind](row.get(self.key), self)
        if self.link and shown != "":
            return format_html('<a href="{}">{}</a>', self.link(row), shown)
        return shown


SHOW: dict[str, Callable[[object, Column], object]] = {
    "text": lambda value, column: "" if value is None else value,
    "label": lambda value, column: words.label(value),
    "amount": lambda value, column: formats.number(value, column.places),
    "money": lambda value, column: formats.number(value, 2),
    "count": lambda value, column: formats.number(value),
    "rate": lambda value, column: formats.rate(value),
    "percent": lambda value, column: formats.percent(value),
    "ratio": lambda value, column: formats.ratio(value),
    "unit_ratio": lambda value, column: formats.unit_ratio(value),
    "statistic": lambda value, column: formats.statistic(value),
    "state": lambda value, column: formats.state(value),
    "day": lambda value, column: formats.day(value),
    "moment": lambda value, column: formats.moment(value),
    "digest": lambda value, column: format_html(
        '<span class="mono" title="{0}">{1}</span>', value, str(value)[:12]
    ),
}


@dataclass(frozen=True)
class Choice:
    """Rows that can be ticked: `form` is the id of the form that a tick is sent with, `value` what it sends of a row.

    A row without a value has no box. `ticked`: the values that come ticked.
    """

    form: str
    value: Callable[[dict], str]
    ticked: Callable[[str], bool] = lambda value: False

    def of(self, row: dict, name: object) -> dict | None:
        value = self.value(row)
        if not value:
            return None
        return {
            "form": self.form,
            "value": value,
            "name": strip_tags(str(name)),
            "ticked": self.ticked(value),
        }


@dataclass
class Table:
    """`key` tells the tables of one page apart in its address; the main one has none. `more_rows` are all rows of
    the whole list, where only one page of it is shown."""

    columns: Sequence[Column]
    rows: Sequence[dict]
    caption: str = ""
    page: Page | None = None
    sort: str = ""
    row_link: Callable[[dict], str] | None = None
    empty: str = "Nothing here yet."
    next_step: str = ""
    csv: bool = False
    short: bool = False
    row_class: Callable[[dict], str] | None = None
    key: str | None = None
    sortable: bool = True
    findable: bool = True  # whether rows may be left out: not where totals over all rows come with them
    more_rows: Callable[[], Iterable[dict]] | None = None
    choice: Choice | None = None

    name_in_address: str | None = field(default=None, init=False)
    all_columns: list[Column] = field(init=False)
    finds: str = field(default="", init=False)

    def __post_init__(self) -> None:
        self.all_columns = list(self.columns)

    @property
    def heads(self) -> list[dict]:
        return [self._head(column) for column in self.columns]

    def sorts_by(self, column: Column) -> bool:
        """A list is sorted by the database, and only by what it names; other tables by any column."""
        if self.more_rows is not None:
            return bool(column.sort)
        return self.sortable and len(self.rows) > 1

    @property
    def every_row(self) -> Iterable[dict]:
        return self.more_rows() if self.more_rows else self.rows

    def _head(self, column: Column) -> dict:
        now = self.sort.lstrip("-") == column.key if self.sort else False
        falling = now and self.sort.startswith("-")
        return {
            "label": column.label,
            "unit": column.unit,
            "css": column.css,
            "sort": (column.key if falling or not now else f"-{column.key}") if self.sorts_by(column) else "",
            "aria": ("descending" if falling else "ascending") if now else "",
            "mark": ("▾" if falling else "▴") if now else "",
        }

    @property
    def body(self) -> Iterable[dict]:
        for row in self.rows:
            cells = [(column.css, column.show(row)) for column in self.columns]
            yield {
                "href": self.row_link(row) if self.row_link else "",
                "css": self.row_class(row) if self.row_class else "",
                "cells": cells,
                "tick": self.choice.of(row, cells[0][1]) if self.choice else None,
            }

    @property
    def totals(self) -> list[tuple[str, object]]:
        """Sums of what is shown; a column that mixes currencies does not ask for one."""
        if not any(column.total for column in self.columns) or not self.rows:
            return []
        cells: list[tuple[str, object]] = [("", "Total shown")]
        for column in self.columns[1:]:
            value: object = ""
            if column.total:
                value = SHOW[column.kind](
                    sum((row[column.key] or Decimal(0) for row in self.rows), Decimal(0)), column
                )
            cells.append((column.css, value))
        return cells


def listing(
    request: HttpRequest,
    queryset: QuerySet,
    columns: Sequence[Column],
    *,
    sort: str,
    then: Sequence[str] = (),
    size: int = PAGE_SIZE,
    enrich: Callable[[list[dict]], None] | None = None,
    **more,
) -> Table:
    """Sort and page a `.values()` queryset as the address says: one count, one read.

    `enrich` adds to rows what other reads know of them: those of the page here, all of them, some at a time, in a file.
    """
    ordered, sort = in_order(request, queryset, columns, sort, then)
    page = Paginator(ordered, size).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    if enrich:
        enrich(rows)
    return Table(columns=columns, rows=rows, page=page, sort=sort, key="",
                 more_rows=lambda: in_chunks(ordered, enrich), **more)  # fmt: skip


def in_chunks(ordered: QuerySet, enrich: Callable[[list[dict]], None] | None) -> Iterator[dict]:
    found = ordered.iterator(chunk_size=CHUNK)
    while rows := list(islice(found, CHUNK)):
        if enrich:
            enrich(rows)
        yield from rows


def in_order(
    request: HttpRequest,
    queryset: QuerySet,
    columns: Sequence[Column],
    sort: str,
    then: Sequence[str] = (),
) -> tuple[QuerySet, str]:
    sortable = {column.key: column for column in columns if column.sort}
    asked = request.GET.get("sort", "")
    chosen = asked if asked.lstrip("-") in sortable else sort
    column = sortable[chosen.lstrip("-")]
    first: Any = f"-{column.sort}" if chosen.startswith("-") else column.sort
    if column.sparse and chosen.startswith("-"):
        first = F(str(column.sort)).desc(nulls_last=True)
    return queryset.order_by(first, *then, "pk"), chosen


def is_sorted_by(request: HttpRequest, *keys: str) -> bool:
    """Whether the address asks for the order of one of these columns: what a read then has to add."""
    return request.GET.get("sort", "").lstrip("-") in keys


def link_cell(text: object, href: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', href, text)
