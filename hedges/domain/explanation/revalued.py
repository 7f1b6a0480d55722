"""A relationship valued again from its run's snapshot: weekly changes, what came before them, credit, notional."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from hedges.domain.explanation.case import Case
from hedges.domain.explanation.origins import of_pack, of_version
from hedges.domain.explanation.parts import CALCULATION, Given, Listing, NothingToExplain, Source
from hedges.domain.levels import Used, instrument_levels, item_levels, used_instruments
from hedges.domain.observations import Changes, changes, grid
from hedges.enums import AssessmentMethod
from hedges.models import HedgeRelationshipVersion
from hedges.queries import explained, relationship_columns
from hedges.queries.relationship_columns import FRAMEWORKS, METHODS
from treasury.kernel.money import from_minor_units
from treasury.quant.numbers import Bool, Int
from treasury.queries.copy import Columns
from treasury.queries.rows import Row

REGRESSION = METHODS.index(AssessmentMethod.REGRESSION)
#: Weeks of a listing that are shown.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Revalued:
    """One relationship. Changes are exact minor units of the functional currency."""

    case: Case
    found: Columns
    items: Columns
    instruments: Columns
    used: Used
    dates: Int
    seen: Changes
    levels: dict[str, tuple[int, int]]
    blind: str
    version: Row | None

    @property
    def functional(self) -> str:
        return str(self.case.sealed.functional(self.found["entity_id"])[0])

    @property
    def pack(self) -> dict[str, Any]:
        """The rule pack of the relationship's own framework."""
        return self.case.sealed.reference.rule_packs[FRAMEWORKS[int(self.found["framework"][0])]]

    @property
    def is_regression(self) -> bool:
        return bool(self.found["method"][0] == REGRESSION)

    def money(self, minor: int) -> Decimal:
        return from_minor_units(minor, self.functional)

    @property
    def window(self) -> Bool:
        """The weeks of the rule pack's series that have both changes."""
        return self.seen.recent(int(self.pack["observation_count"]))[0]

    def observed(self) -> tuple[list[Decimal], list[Decimal]]:
        """Changes of instrument and item in those weeks."""
        return self._changes(self.window)

    def designated(self) -> tuple[list[Decimal], list[Decimal]]:
        """Changes since the designation: what came before the window as one opening change, then its weeks."""
        instrument, item = self._changes(self.seen.designated[0])
        if self.has_opening:
            instrument.insert(0, self.money(int(self.seen.opening_instrument[0])))
            item.insert(0, self.money(int(self.seen.opening_item[0])))
        return instrument, item

    @property
    def has_opening(self) -> bool:
        return bool(self.seen.opening_instrument[0] or self.seen.opening_item[0])

    @property
    def since(self) -> bool:
        """Whether there is anything to sum since the designation."""
        return not self.blind and bool(self.has_opening or self.seen.designated[0].any())

    def weeks(self, which: Bool, title: str) -> Listing:
        """The newest weeks, with both changes."""
        places = np.flatnonzero(which)[::-1][:SHOWN].tolist()
        rows: Sequence[tuple[Any, ...]] = [
            (
                date.fromordinal(int(self.dates[place + 1])),
                self.money(int(self.seen.instrument[0, place])),
                self.money(int(self.seen.item[0, place])),
            )
            for place in places
        ]
        columns = ("week to", f"instrument {self.functional}", f"item {self.functional}")
        return Listing(title, columns, rows, int(which.sum()), first="newest")

    def levels_listing(self) -> Listing:
        """Where the changes started and where they have come to: their sum is the difference of the two levels."""
        names = {
            "fair": "instruments, fair value of what is designated",
            "credit": "of which credit adjustments",
            "item": "items, value of the hedged risk",
        }
        rows = [(name, *map(self.money, self.levels[key])) for key, name in names.items()]
        columns = ("", "on the designation date", "today")
        return Listing(f"Levels in {self.functional}", columns, rows, len(rows))

    def source(self, what: str) -> Source:
        """Levels of the snapshot: fair value of what is designated, and of the hedged risk."""
        book = of_version("relationship", self.version).text
        said = f"{what}, valued from the market of the run with the terms that {book} has designated"
        return Source(CALCULATION, said, {"relationship_version_id": self.found["version_id"].tolist()[0]})

    def _changes(self, which: Bool) -> tuple[list[Decimal], list[Decimal]]:
        places = np.flatnonzero(which).tolist()
        return (
            [self.money(int(self.seen.instrument[0, place])) for place in places],
            [self.money(int(self.seen.item[0, place])) for place in places],
        )


def revalued(case: Case) -> Revalued:
    """The relationship of the case's row; the same weeks and the same levels as the night's."""
    shard = case.shard(case.row.relationship_id)
    found = relationship_columns.relationships(shard.at, by="relationship_id")
    if not found["relationship_id"].size:
        raise NothingToExplain("The sealed book of this run has no such designated relationship.")
    items = relationship_columns.items(shard.at, by="relationship_id")
    instruments = relationship_columns.instruments(shard.at, by="relationship_id")
    packs = case.sealed.reference.rule_packs
    dates = grid(shard.today, max(int(pack["observation_count"]) for pack in packs.values()))
    used = used_instruments(shard, found, instruments)
    days = np.column_stack([found["accounting_from"], dates[None, :]])
    fair, credit = instrument_levels(shard, found, used, days)
    item = item_levels(shard, found, items, used, days)
    known = fair.known & item.known
    both = known[0, 0] and known[0, -1]
    old = (fair.stale | item.stale)[0, [0, -1]].any()
    broken = (fair.not_built | item.not_built)[0, [0, -1]].any()
    why = "a curve could not be made" if broken else "a quote is too old" if old else "a quote is missing"
    return Revalued(
        case=case,
        found=found,
        items=items,
        instruments=instruments,
        used=used,
        dates=dates,
        seen=changes(fair.minor, item.minor, known, found["accounting_from"], dates),
        levels={
            "fair": (int(fair.minor[0, 0]), int(fair.minor[0, -1])),
            "credit": (int(credit.minor[0, 0]), int(credit.minor[0, -1])),
            "item": (int(item.minor[0, 0]), int(item.minor[0, -1])),
        },
        blind="" if both else f"{why} on the designation date or today",
        version=explained.version(HedgeRelationshipVersion, int(found["version_id"][0])),
    )


def limit(found: Revalued, name: str, called: str) -> Given:
    """A limit of the relationship's rule pack, under the measure's name for it."""
    value = found.pack[name]
    return Given(called, value if isinstance(value, int) else Decimal(value), of_pack(found.pack, name))
