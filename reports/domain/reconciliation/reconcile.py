"""Reconciliations of pairs of relationships: each figure side by side, and the difference part by part.

For a span of months and cumulative since the beginning; the parts of a span are those at its end less those before
it. The figures are the journal's, the parts come from what the closes have measured: `unexplained` is the difference
that the journal has beyond the parts, zero as long as nothing was posted that was not measured. Functional currency,
gains +.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.domain.reconciliation.basis import Basis, of_measurement
from reports.domain.reconciliation.figures import Figures, of_lines
from reports.domain.reconciliation.parts import CODES, UNEXPLAINED, Part, parts
from reports.queries import reconciled
from reports.queries.span import Span
from treasury.queries.rows import Row

#: Figures in the order of the table: attribute and words.
FIGURES = (
    ("designated_change", "Change of the designated component"),
    ("recognised", "Recognised in the reserve"),
    ("ineffectiveness", "Ineffectiveness in profit or loss"),
    ("excluded", "Excluded components in profit or loss"),
    ("cost_recognised", "Cost of hedging recognised in the reserve"),
    ("amortised", "Cost of hedging amortised in profit or loss"),
    ("released", "Cost of hedging released to profit or loss"),
    ("reclassified", "Reclassified to profit or loss"),
    ("basis_adjusted", "Into the cost of the item"),
    ("fair_value_result", "Result of the fair value hedge"),
    ("adjustment_amortised", "Amortisation of the item's adjustment"),
    ("profit_or_loss", "Profit or loss"),
    ("reserves", "Reserves"),
    ("item_cost", "Cost of the item"),
)
MEASURES = ("profit_or_loss", "reserves", "item_cost")


@dataclass(frozen=True)
class Extent:
    """The figures of both frameworks over one extent of time, and the parts of their difference."""

    first: Figures
    second: Figures
    parts: list[Part]

    def difference(self, name: str) -> Decimal:
        return Decimal(getattr(self.first, name) - getattr(self.second, name))

    def unexplained(self, name: str) -> Decimal:
        return self.difference(name) - sum(getattr(part, name) for part in self.parts)

    @property
    def rest(self) -> Part:
        return Part(UNEXPLAINED, *(self.unexplained(name) for name in MEASURES))


@dataclass(frozen=True)
class Reconciliation:
    pair: Row
    frameworks: tuple[str, str]
    period: Extent
    cumulative: Extent


def reconcile(span: Span, pairs: Sequence[Row]) -> list[Reconciliation]:
    """One reconciliation a pair (rows of `reconciled.pairs`), in three reads and as many again for the closes."""
    ids = [one for pair in pairs for one in (pair["parallel_of_id"], pair["id"])]
    frameworks = reconciled.frameworks(ids)
    lines: dict[int, list[Row]] = {one: [] for one in ids}
    for row in reconciled.amounts(span, ids):
        lines[row["relationship_id"]].append(row)
    measured = reconciled.measurements(span, ids)
    lost = reconciled.no_longer_expected(span, ids)

    def side(relationship_id: int, *, at_opening: bool) -> tuple[Figures, Basis]:
        of = [row for row in lines[relationship_id] if row["is_opening"] or not at_opening]
        return of_lines(of), of_measurement(measured.get((relationship_id, at_opening)))

    def extent(pair: Row, *, at_opening: bool) -> Extent:
        first, second = (side(pair[key], at_opening=at_opening) for key in ("parallel_of_id", "id"))
        expected = not lost & {pair["parallel_of_id"], pair["id"]}
        found = parts(first[1], second[1], pair["currency"], no_longer_expected=not expected)
        return Extent(first[0], second[0], found)

    return [
        _of(pair, frameworks, extent(pair, at_opening=True), extent(pair, at_opening=False)) for pair in pairs
    ]


def _of(pair: Row, frameworks: dict[int, str], before: Extent, now: Extent) -> Reconciliation:
    moved = [now.parts[place].less(before.parts[place]) for place in range(len(CODES))]
    period = Extent(now.first.less(before.first), now.second.less(before.second), moved)
    named = (frameworks.get(pair["parallel_of_id"], ""), frameworks.get(pair["id"], ""))
    return Reconciliation(pair, named, period, now)
