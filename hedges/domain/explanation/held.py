"""What an entity held on the run's date: its open exposures and the hedges against them, by risk, from the sealed book.

The same choice as the night's: an item that is a natural offset is a hedge and no exposure; a sold option is no cover.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from exposures.queries import columns as exposure_columns
from hedges.domain import near_legs
from hedges.domain.explanation.case import Case
from hedges.domain.explanation.parts import Listing
from hedges.domain.terms import KIND
from hedges.enums import InstrumentKind
from hedges.queries import columns, explained, relationship_columns
from treasury.kernel.money import from_minor_units
from treasury.quant.codes import HedgedDefinition
from treasury.quant.numbers import Bool, Int
from treasury.quant.ratios.position_count import is_hedged
from treasury.quant.ratios.position_cover import position_cover
from treasury.queries.copy import Columns

OFFSET = KIND[InstrumentKind.NATURAL_OFFSET]
#: Rows of a listing that are shown; all of them are added up.
SHOWN = 25


@dataclass(frozen=True, slots=True)
class Held:
    """Exposures and hedges of one entity and one risk, in minor units of the risk's base."""

    exposures: Columns
    hedges: Columns
    unit: str

    @property
    def is_offset(self) -> Bool:
        return np.asarray(self.hedges["kind"] == OFFSET)

    def exposure(self) -> Decimal:
        return self._major(self.exposures["amount"])

    def derivatives(self) -> Decimal:
        return self._major(self.hedges["notional"][~self.is_offset])

    def offsets(self) -> Decimal:
        return self._major(self.hedges["notional"][self.is_offset])

    def _major(self, minor: Int) -> Decimal:
        return from_minor_units(int(minor.sum()), self.unit)


def held(case: Case) -> dict[int, Held]:
    """Of the entity of the case's row, by risk."""
    at = case.shard(case.row.entity_id).at
    exposures = exposure_columns.open_exposures(at)
    offsets = columns.offset_items(at)["exposure_id"]
    exposures = chosen(exposures, ~np.isin(exposures["exposure_id"], offsets))
    hedges = columns.live_instruments(at, by="entity_id")
    hedges = chosen(hedges, hedges["option_side"] >= 0)
    risks = np.unique(np.concatenate([exposures["risk_id"], hedges["risk_id"]])).tolist()
    return {
        risk: Held(
            chosen(exposures, exposures["risk_id"] == risk),
            chosen(hedges, hedges["risk_id"] == risk),
            case.sealed.reference.risks[risk]["base_unit_id"],
        )
        for risk in risks
    }


def chosen(rows: Columns, which: Bool) -> Columns:
    return {name: values[which] for name, values in rows.items()}


def cover_of(case: Case, found: Held) -> tuple[Int, Bool]:
    """Cover of each exposure in minor units, and whether it counts as hedged by the rule pack."""
    at = case.shard(case.row.entity_id).at
    designated = relationship_columns.item_cover(at)
    known = dict(zip(designated["exposure_id"].tolist(), designated["units"].tolist(), strict=True))
    amount = found.exposures["amount"]
    own = np.array([known.get(one, 0) for one in found.exposures["exposure_id"].tolist()], dtype=np.int64)
    covered = position_cover(
        amount,
        own,
        found.exposures["expected_date"],
        np.zeros(amount.size, dtype=np.int64),
        near_legs.cover(found.hedges, at),
        np.zeros(found.hedges["notional"].size, dtype=np.int64),
        1,
    )
    threshold = Decimal(case.pack["counted_as_hedged_from"])
    definition = HedgedDefinition.COVER_AT_LEAST if threshold > 0 else HedgedDefinition.ANY_COVER
    return covered, is_hedged(amount, -np.sign(amount) * covered, definition, threshold)


def exposures_listing(found: Held, which: Bool | None = None, title: str = "Exposures") -> Listing:
    rows = found.exposures if which is None else chosen(found.exposures, which)
    names = explained.exposure_names(largest(rows["amount"], rows["exposure_id"]))
    listed = _rows(rows["amount"], rows["exposure_id"], rows["expected_date"], names, found.unit)
    total = from_minor_units(int(rows["amount"].sum()), found.unit)
    return Listing(
        title, ("exposure", "expected", f"amount {found.unit}"), listed, rows["amount"].size, total
    )


def hedges_listing(found: Held, which: Bool | None = None, title: str = "Hedges") -> Listing:
    rows = found.hedges if which is None else chosen(found.hedges, which)
    names = explained.instrument_names(largest(rows["notional"], rows["instrument_id"]))
    listed = _rows(rows["notional"], rows["instrument_id"], rows["settlement_date"], names, found.unit)
    total = from_minor_units(int(rows["notional"].sum()), found.unit)
    return Listing(
        title, ("instrument", "settles", f"notional {found.unit}"), listed, rows["notional"].size, total
    )


def cover_listing(case: Case, found: Held) -> Listing:
    """Position by position: its size, its cover, whether it counts."""
    covered, counts = cover_of(case, found)
    rows = found.exposures
    names = explained.exposure_names(largest(rows["amount"], rows["exposure_id"]))
    places = _order(rows["amount"])[:SHOWN].tolist()
    listed = [
        (
            names.get(int(rows["exposure_id"][n]), ""),
            date.fromordinal(int(rows["expected_date"][n])),
            from_minor_units(int(rows["amount"][n]), found.unit),
            from_minor_units(int(covered[n]), found.unit),
            "hedged" if counts[n] else "open",
        )
        for n in places
    ]
    title = f"Positions in {found.unit}: cover of each, the earliest filled first"
    columns = ("exposure", "expected", "amount", "cover", "counts as")
    return Listing(title, columns, listed, rows["amount"].size, int(counts.sum()))


def _order(amounts: Int) -> Int:
    return np.argsort(-np.abs(amounts), kind="stable")


def largest(amounts: Int, ids: Int) -> list[int]:
    """The ids of the rows that a listing shows."""
    found: list[int] = ids[_order(amounts)[:SHOWN]].tolist()
    return found


def _rows(amounts: Int, ids: Int, dates: Int, names: dict[int, str], unit: str) -> list[tuple[Any, ...]]:
    return [
        (names.get(int(ids[n]), ""), date.fromordinal(int(dates[n])), from_minor_units(int(amounts[n]), unit))
        for n in _order(amounts)[:SHOWN].tolist()
    ]
