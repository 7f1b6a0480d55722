"""Taking free units of exposures and notionals for allocations."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from hedges.enums import DesignatedComponent
from hedges.models import InstrumentAllocation, ItemAllocation
from treasury.domain.refusals import Refusal
from treasury.kernel.money import from_minor_units, to_minor_units

#: Which parts of value a component takes; two components overlap where their parts do (see the EXCLUDE constraints).
PARTS = {
    DesignatedComponent.WHOLE: {0, 1},
    DesignatedComponent.SPOT: {0},
    DesignatedComponent.INTRINSIC: {0},
    DesignatedComponent.FORWARD: {1},
    DesignatedComponent.TIME_VALUE: {1},
}


class UnitBook:
    """The allocations of some exposures (or instruments) that are there, and those that are to be added.

    It proposes the lowest free units; whether they are free when they are written is decided by the database.
    """

    def __init__(
        self, model: type[ItemAllocation] | type[InstrumentAllocation], subject: str, subjects: Iterable[int]
    ) -> None:
        self._model, self._subject = model, subject
        self._new: list[Any] = []
        self._taken: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
        for row in model._default_manager.filter(**{f"{subject}_id__in": set(subjects)}):
            self._note(getattr(row, f"{subject}_id"), row)

    def take(
        self, columns: dict[str, Any], *, subject: int, capacity: int, unit: str, amount: Decimal
    ) -> None:
        """Adds an allocation of `amount` (signed, in `unit`) out of `capacity` minor units of `subject`.

        Raises Refusal when no run of free units is long enough for the rest; it may take several runs.
        """
        wanted = abs(to_minor_units(amount, unit))
        for first, last in self._free(subject, columns, capacity):
            units = min(wanted, last - first)
            row = self._model(
                **columns,
                **{f"{self._subject}_id": subject},
                designated_amount=from_minor_units(units, unit).copy_sign(amount),
                unit_from=first,
                unit_to=first + units,
                capacity_units=capacity,
            )
            self._new.append(row)
            self._note(subject, row)
            wanted -= units
            if not wanted:
                return
        raise Refusal(
            f"{amount} {unit} is more than is free: {wanted} minor units are missing. Designate less, or discontinue"
            " the relationship that uses them."
        )

    def save(self) -> None:
        self._model._default_manager.bulk_create(self._new)

    def _note(self, subject: int, row: Any) -> None:
        self._taken[subject, row.framework, row.risk_id].append(row)

    def _free(self, subject: int, columns: dict[str, Any], capacity: int) -> list[tuple[int, int]]:
        """Runs of free units, ascending: what no overlapping allocation takes."""
        parts = PARTS[columns["designated_component"]]
        taken = sorted(
            (row.unit_from, row.unit_to)
            for row in self._taken[subject, columns["framework"], columns["risk_id"]]
            if PARTS[row.designated_component] & parts
            and _overlap(row.period_from, row.period_to, columns["period_from"], columns["period_to"])
        )
        free, start = [], 0
        for first, past_last in taken:
            if first > start:
                free.append((start, first))
            start = max(start, past_last)
        if start < capacity:
            free.append((start, capacity))
        return free


def _overlap(from_a: date, to_a: date, from_b: date, to_b: date) -> bool:
    return from_a < to_b and from_b < to_a
