"""One table for every page: columns say what a cell is, the template says how a table looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from treasury.web import formats, words

PAGE_SIZE = 50
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

    @property
    def css(self) -> str:
        return "num" if self.kind in NUMERIC else "wrap" if self.wrap else ""

    def show(self, row: dict) -> object:
        if self.cell:
            return self.cell(row)
        shown = SHOW[self.kind](row.get(self.key), self)
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


@dataclass
class Table:
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
    heads: list[dict] = field(init=False)

    def __post_init__(self) -> None:
        self.heads = [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> dict:
        now = self.sort.lstrip("-") == column.key if self.sort else False
        falling = now and self.sort.startswith("-")
        return {
            "label": column.label,
            "unit": column.unit,
            "css": column.css,
            "sort": (column.key if falling or not now else f"-{column.key}") if column.sort else "",
            "aria": ("descending" if falling else "ascending") if now else "",
            "mark": ("▾" if falling else "▴") if now else "",
        }

    @property
    def body(self) -> Iterable[dict]:
        for row in self.rows:
            yield {
                "href": self.row_link(row) if self.row_link else "",
                "css": self.row_class(row) if self.row_class else "",
                "cells": [(column.css, column.show(row)) for column in self.columns],
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
    **more,
) -> Table:
    """Sort and page a `.values()` queryset as the address says: one count, one read."""
    ordered, sort = in_order(request, queryset, columns, sort, then)
    page = Paginator(ordered, size).get_page(request.GET.get("page"))
    return Table(columns=columns, rows=list(page.object_list), page=page, sort=sort, **more)


def in_order(
    request: HttpRequest,
    queryset: QuerySet,
    columns: Sequence[Column],
    sort: str,
    then: Sequence[str] = (),
) -> tuple[QuerySet, str]:
    fields = {column.key: column.sort for column in columns if column.sort}
    asked = request.GET.get("sort", "")
    chosen = asked if asked.lstrip("-") in fields else sort
    name = fields[chosen.lstrip("-")]
    return queryset.order_by(f"-{name}" if chosen.startswith("-") else name, *then, "pk"), chosen


def link_cell(text: object, href: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', href, text)
