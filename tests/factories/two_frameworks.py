"""One hedge under two frameworks, told month by month: what was measured, and the entries that post just that."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from tests.factories import accounting
from treasury.models import Entity


@dataclass(frozen=True)
class Told:
    """Cumulative at the end of a month: the hedge's change, the hypothetical's, and what was kept of it, and left."""

    change: Any = 0
    item: Any = 0
    kept: Any = 0
    reclassified: Any = 0
    adjusted: Any = 0
    cost: Any = 0
    amortised: Any = 0
    qualifies: bool = True

    def entries(self, version: Any, before: "Told") -> list[accounting.Entry]:
        now = {one.name: getattr(self, one.name) - getattr(before, one.name) for one in fields(self)}
        fair = now["change"] + now["cost"]
        found = (
            [accounting.remeasurement(version, fair, now["kept"], cost=now["cost"])]
            if fair or now["kept"]
            else []
        )
        if now["reclassified"]:
            found.append(accounting.reclassification(version, now["reclassified"]))
        if now["adjusted"]:
            found.append(accounting.basis_adjustment(version, now["adjusted"]))
        if now["amortised"]:
            legs = [("COST_OF_HEDGING_RESERVE", now["amortised"]), ("COST_OF_HEDGING", -now["amortised"])]
            found.append(accounting.Entry(version, "COST_AMORTISATION", legs))
        return found

    def measured(self, version: Any, path: Sequence["Told"]) -> Any:
        knots = [Told(), *path]
        return accounting.measurement(
            version, fair_value_change=self.change + self.cost, cumulative_change_instrument=self.change,
            cumulative_change_hypothetical=self.item, cumulative_recognised=self.kept,
            cumulative_ineffectiveness=self.change - self.kept, cumulative_reclassified=self.reclassified,
            cumulative_basis_adjusted=self.adjusted, cost_recognised=self.cost, cost_amortised=self.amortised,
            reserve_balance=self.kept - self.reclassified - self.adjusted,
            cost_reserve_balance=self.cost + self.amortised,
            knot_dates=[date(2026, 1, 1 + number) for number in range(len(knots))],
            knot_instrument_changes=[Decimal(one.change) for one in knots],
            knot_hypothetical_changes=[Decimal(one.item) for one in knots],
            knot_recognised=[Decimal(one.kept) for one in knots], knot_qualifying=[one.qualifies for one in knots],
        )  # fmt: skip


def months(of: Entity, *lives: tuple[Any, Sequence[Told]], starting: int = 1) -> None:
    """Closes month after month of 2026 with the lives so far; all are told for as many months."""
    for place in range(len(lives[0][1])):
        month(of, *((version, told[: place + 1]) for version, told in lives), number=starting + place)


def month(
    of: Entity,
    *lives: tuple[Any, Sequence[Told]],
    number: int = 1,
    more: Sequence[accounting.Entry] = (),
    tied: bool = True,
) -> None:
    """Closes one month, the last one told; `more`: entries that nothing measured asked for, and so not `tied`."""
    entries, measured = [*more], []
    for version, told in lives:
        entries += told[-1].entries(version, told[-2] if len(told) > 1 else Told())
        measured.append(told[-1].measured(version, told))
    accounting.closed_month(of, date(2026, number, 1), entries, measured, tied=tied)
