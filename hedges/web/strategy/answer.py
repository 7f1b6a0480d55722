"""What a tool of strategy answers with, and the numbers of it that are kept when it is saved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from hedges.domain.sealed import Sealed, sealed_inputs
from hedges.domain.strategy.months import MonthBook, month_book
from hedges.queries import position
from hedges.web.strategy.fields import ToolForm, key_of
from treasury.quant.catalogue import MEASURES
from treasury.web.asked import raw
from treasury.web.charts.render import Picture
from treasury.web.scope import Scope
from treasury.web.tables import Table


@dataclass
class Section:
    """A picture with its table under a title; `measures`: codes of the calculators that explain its numbers."""

    title: str
    table: Table | None = None
    picture: Picture | None = None
    words: str = ""
    measures: Sequence[str] = ()

    @property
    def calculators(self) -> list[tuple[str, str]]:
        """Codes and titles of the measures."""
        return [(code, MEASURES[code].title) for code in self.measures]


@dataclass(frozen=True)
class Common:
    """What strategies of all kinds have in common, in `currency`; None where `why` says why there is no number.

    `cost`: paid today (+); `expected` and `worst`: against today's spot rate, a gain +, over what the page looks at.
    """

    currency: str = ""
    hedge_ratio: float | None = None
    cost: float | None = None
    expected: float | None = None
    worst: float | None = None
    why: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Answer:
    """`note` stands above everything; `lines` are the trades that the answer comes down to, `untraded` why none."""

    name: str
    sections: list[Section] = field(default_factory=list)
    figures: list[dict] = field(default_factory=list)
    note: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    lines: list[Any] = field(default_factory=list)
    untraded: str = ""
    common: Common = field(default_factory=Common)

    @property
    def numbers(self) -> dict[str, list[list[str]]]:
        """Every table as texts: what a saved strategy is held against when it is opened again."""
        return {
            section.table.caption: [
                [_text(raw(column, row)) for column in section.table.all_columns]
                for row in section.table.rows
            ]
            for section in self.sections
            if section.table is not None
        }


def digest_of(numbers: dict[str, list[list[str]]]) -> str:
    text = json.dumps(numbers, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class Asked:
    """What every tool starts from: the address, the run's inputs, the books to choose from."""

    scope: Scope
    address: QueryDict
    books: list[dict]
    sealed: Sealed

    def book_of(self, form: ToolForm) -> dict | None:
        wanted = getattr(form, "cleaned_data", {}).get("book")
        return next((row for row in self.books if key_of(row) == wanted), None)

    def owner(self, form: ToolForm) -> int | None:
        """Whose strategy it is: that of the book asked for, else of the one entity that the page is about."""
        row = self.book_of(form)
        if row is not None:
            return int(row["entity_id"])
        ids = self.scope.entity_ids
        return ids[0] if len(ids) == 1 else None

    def months(self, row: dict) -> MonthBook:
        return month_book(self.sealed, row["entity_id"], row["risk_id"])

    def stale_after(self, row: dict) -> int:
        return int(self.sealed.reference.pack_of(row["entity_id"])["stale_after_days"])


@dataclass(frozen=True)
class Tool:
    """`work` answers (None while an input is refused)."""

    name: str
    title: str
    summary: str
    form: Callable[[Asked], ToolForm]
    work: Callable[[Asked, ToolForm], Answer | None]


class Unproven(Exception):
    """The inputs of a run that are not the ones that were sealed for it, in words."""


def asked(scope: Scope, address: QueryDict) -> Asked | None:
    """None without a run that has its inputs, or without a position in it. Raises Unproven."""
    run = scope.run
    if not run or run["known_at"] is None:
        return None
    books = position.ratios(run["id"], scope.entity_ids)
    if not books:
        return None
    try:
        return Asked(scope, address, books, sealed_inputs(run["id"]))
    except ValueError as error:
        raise Unproven(str(error)) from error


def _text(value: object) -> str:
    return "" if value is None else str(value)
