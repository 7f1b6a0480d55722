"""Taking free units of exposures and notionals for allocations."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from hedges.domain.free_runs import FreeRuns
from hedges.models import InstrumentAllocation, ItemAllocation
from hedges.queries.capacity import PARTS, free_runs, overlap
from treasury.domain.refusals import Refusal
from treasury.kernel.money import from_minor_units, to_minor_units


class UnitBook:
    """The allocations of some exposures (or instruments) that are there, and those that are to be added.

    It proposes the lowest free units, or the layer that is asked for; whether they are free when they are written is
    decided by the database.
    """

    def __init__(
        self, model: type[ItemAllocation] | type[InstrumentAllocation], subject: str, subjects: Iterable[int]
    ) -> None:
        self._model, self._subject = model, subject
        self._new: list[Any] = []
        self._taken: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
        self._runs: dict[tuple[Any, ...], FreeRuns] = {}
        rows = model._default_manager.filter(**{f"{subject}_id__in": set(subjects)})
        for row in rows.select_related("relationship_version__relationship"):
            self._note(getattr(row, f"{subject}_id"), row)

    def take(
        self,
        columns: dict[str, Any],
        *,
        subject: int,
        capacity: int,
        unit: str,
        amount: Decimal,
        unit_from: int | None = None,
        name: str = "",
    ) -> list[Any]:
        """Adds allocations of `amount` (signed, in `unit`) out of `capacity` minor units of `subject`; returns them.

        From `unit_from` on where it is given, in one run; else the lowest free ones, in several runs if need be.
        Raises Refusal when there are not enough of them.
        """
        free = self._free_runs(subject, columns)
        runs = free.lowest(abs(to_minor_units(amount, unit)), capacity, unit_from)
        if runs is None:
            raise Refusal(self._shortage(subject, columns, capacity, unit, amount, unit_from, name))
        taken = []
        for first, past_last in runs:
            row = self._model(
                **columns,
                **{f"{self._subject}_id": subject},
                designated_amount=from_minor_units(past_last - first, unit).copy_sign(amount),
                unit_from=first,
                unit_to=past_last,
                capacity_units=capacity,
            )
            taken.append(row)
            self._note(subject, row)
        self._new += taken
        return taken

    @property
    def new(self) -> list[Any]:
        """What has been taken and is not saved yet."""
        return self._new

    def save(self) -> None:
        self._model._default_manager.bulk_create(self._new)

    def _note(self, subject: int, row: Any) -> None:
        self._taken[subject, row.framework, row.risk_id].append(row)

    def _free_runs(self, subject: int, columns: dict[str, Any]) -> FreeRuns:
        """What is free for this use, kept from one call to the next and brought up to what was taken since."""
        key = (
            subject, columns["framework"], columns["risk_id"], PARTS[columns["designated_component"]],
            columns["period_from"], columns["period_to"],
        )  # fmt: skip
        rows = self._taken[key[:3]]
        found = self._runs.setdefault(key, FreeRuns())
        found.note(
            (row.unit_from, row.unit_to)
            for row in rows[found.seen :]
            if PARTS[row.designated_component] & key[3] and overlap(row.period_from, row.period_to, *key[4:])
        )
        found.seen = len(rows)
        return found

    def _in_the_way(self, subject: int, columns: dict[str, Any]) -> list[Any]:
        parts = PARTS[columns["designated_component"]]
        return [
            row
            for row in self._taken[subject, columns["framework"], columns["risk_id"]]
            if PARTS[row.designated_component] & parts
            and overlap(row.period_from, row.period_to, columns["period_from"], columns["period_to"])
        ]

    def _free(self, subject: int, columns: dict[str, Any], capacity: int) -> list[tuple[int, int]]:
        """Runs of free units, ascending: what no overlapping allocation takes."""
        return free_runs(
            [(row.unit_from, row.unit_to) for row in self._in_the_way(subject, columns)], capacity
        )

    def _shortage(
        self,
        subject: int,
        columns: dict[str, Any],
        capacity: int,
        unit: str,
        amount: Decimal,
        unit_from: int | None,
        name: str,
    ) -> str:
        codes = sorted(
            {
                row.relationship_version.relationship.code
                for row in self._in_the_way(subject, columns)
                if row.pk
            }
        )
        free = self._free(subject, columns, capacity)
        size = from_minor_units(sum(last - first for first, last in free), unit)
        layer = f" from unit {unit_from} on" if unit_from is not None else ""
        runs = ", ".join(
            f"{from_minor_units(first, unit)} to {from_minor_units(last, unit)}" for first, last in free
        )
        where = f", from {runs} of it" if free else ""
        users = f"; the others are used by {', '.join(codes)}" if codes else ""
        return (
            f"{name + ': ' if name else ''}{amount} {unit}{layer} is more than is free: {size} {unit} are free"
            f"{where}{users}. Designate less, or discontinue the relationship that uses them."
        )
