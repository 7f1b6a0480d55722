"""The waterfall on screen: rows of parts summed by risk and month, and the words for each part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from exposures.queries.waterfall import KINDS, Snapshots
from treasury.kernel.money import from_minor_units
from treasury.quant.ratios.exposure_waterfall import Part, WaterfallRows, exposure_waterfall

WORDS = {
    Part.OPENING: ("Open at first", "as it was known then"),
    Part.CORRECTION: ("Recorded late or corrected", "what was known later about the first day"),
    Part.SPLIT: ("Split off and on", "nothing in all: a part has what its exposure gave"),
    Part.NEW: ("New", "first recorded, or open again"),
    Part.REVISED_UP: ("Revised up", "larger than before"),
    Part.REVISED_DOWN: ("Revised down", "smaller than before"),
    Part.MOVED: ("Moved in time", "another month; nothing in all"),
    Part.KIND_CHANGED: ("Confirmed or lowered", "another kind; nothing in all"),
    Part.SETTLED: ("Settled", "at the amount that came"),
    Part.CANCELLED: ("Cancelled", ""),
    Part.NO_LONGER_EXPECTED: ("No longer expected", ""),
    Part.LAPSED: ("Past its day", "neither settled nor amended"),
    Part.CLOSING: ("Open at last", ""),
}
SLUGS = {part.name.lower().replace("_", "-"): part for part in Part}


@dataclass(frozen=True)
class Chosen:
    """What the filters leave: places in the rows of the waterfall."""

    snapshots: Snapshots
    rows: WaterfallRows
    keep: NDArray[np.bool_]

    @property
    def risk(self) -> NDArray[np.int64]:
        return self.snapshots.risk_id[self.rows.exposure]

    def sums(self, where: NDArray[np.bool_]) -> list[tuple[Part, int, int, int]]:
        """Each part: its sum, how many exposures have one, and the size that went into another month or kind."""
        found = []
        for part in Part:
            at = where & self.keep & (self.rows.part == part)
            amounts = self.rows.amount[at]
            incoming = int(np.abs(amounts).sum() // 2) if part in (Part.MOVED, Part.KIND_CHANGED) else 0
            found.append((part, int(amounts.sum()), np.unique(self.rows.exposure[at]).size, incoming))
        return found

    def of_part(self, where: NDArray[np.bool_], part: Part) -> list[tuple[int, int, int]]:
        """The exposures of a part, the largest first: exposure, amount, month."""
        at = np.flatnonzero(where & self.keep & (self.rows.part == part))
        order = np.lexsort((self.rows.exposure[at], -np.abs(self.rows.amount[at])))
        at = at[order]
        return list(
            zip(
                self.snapshots.exposure_id[self.rows.exposure[at]].tolist(),
                self.rows.amount[at].tolist(),
                self.rows.month[at].tolist(),
                strict=True,
            )
        )


def chosen(
    snapshots: Snapshots, *, kinds: Sequence[str] = (), months: tuple[int | None, int | None] = (None, None)
) -> Chosen:
    """The parts, of kinds and months where they are asked for: then what moves in and out of them shows."""
    rows = exposure_waterfall(
        snapshots.opening, snapshots.restated, snapshots.closing, snapshots.carried, snapshots.ending
    )
    keep = np.ones(rows.amount.size, dtype=bool)
    if kinds:
        keep &= np.isin(rows.kind, [KINDS.index(kind) for kind in kinds])
    first, last = months
    if first is not None:
        keep &= rows.month >= first
    if last is not None:
        keep &= rows.month <= last
    return Chosen(snapshots, rows, keep)


def by_risk(found: Chosen, risks: dict[int, dict]) -> list[dict]:
    """One row a risk with a column a part."""
    rows = []
    for risk_id in np.unique(found.risk[found.keep]).tolist():
        unit = risks[risk_id]["base_unit_id"]
        sums = found.sums(found.risk == risk_id)
        rows.append(
            {"risk": risks[risk_id]["code"], "unit": unit, "count": sum(count for _, _, count, _ in sums)}
            | {part.name: from_minor_units(value, unit) for part, value, _, _ in sums}
        )
    return sorted(rows, key=lambda row: row["risk"])


def parts_of(found: Chosen, risk: dict) -> list[dict]:
    """One row a part of one risk, with the running level for the picture."""
    rows, level = [], Decimal(0)
    for part, value, count, size in found.sums(found.risk == risk["id"]):
        amount = from_minor_units(value, risk["base_unit_id"])
        start = Decimal(0) if part in (Part.OPENING, Part.CLOSING) else level
        level = start + amount
        name, note = WORDS[part]
        rows.append(
            {"part": part, "slug": part.name.lower().replace("_", "-"), "name": name, "note": note, "amount": amount,
             "count": count, "size": from_minor_units(size, risk["base_unit_id"]) if size else None,
             "start": start, "end": level}
        )  # fmt: skip
    return rows


def by_month(found: Chosen, risk: dict) -> list[dict]:
    """One row a month of the expected day with a column a part; what moves leaves one month and enters another."""
    mine = (found.risk == risk["id"]) & found.keep
    months, place = np.unique(found.rows.month[mine], return_inverse=True)
    grid = np.zeros((months.size, len(Part)), dtype=np.int64)
    np.add.at(grid, (place, found.rows.part[mine]), found.rows.amount[mine])
    return [
        {"month": f"{month // 12:04d}-{month % 12 + 1:02d}"}
        | {part.name: from_minor_units(value, risk["base_unit_id"]) for part, value in zip(Part, values, strict=True)}
        for month, values in zip(months.tolist(), grid.tolist(), strict=True)
    ]  # fmt: skip
