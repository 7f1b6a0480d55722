"""The case in hand: a run, its sealed inputs, its snapshot, and the quotes and versions that are read once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Q

from hedges.domain.explanation.parts import NothingToExplain
from hedges.domain.sealed import Sealed, Shard, sealed_inputs
from treasury.models import CalculationRun
from treasury.queries.quotes_used import quotes_used
from treasury.queries.rows import Row


@dataclass(slots=True)
class Case:
    """A stored row (`row` is an instance of its family's model) and the sealed inputs that it was made from."""

    row: Any
    run: CalculationRun
    sealed: Sealed
    _quotes: dict[tuple[str, date], list[Row]] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return self.sealed.as_of_date

    @property
    def today(self) -> int:
        return self.sealed.as_of_date.toordinal()

    @property
    def pack(self) -> dict[str, Any]:
        """The rule pack of the row's entity."""
        return self.sealed.reference.pack_of(self.row.entity_id)

    def on(self, day: int) -> Case:
        """The same run and the same quotes, looked at as of an earlier day."""
        at = replace(self.sealed, as_of_date=date.fromordinal(day))
        return Case(self.row, self.run, at, self._quotes)

    def shard(self, subject_id: int) -> Shard:
        """The part of the sealed book that holds one subject."""
        return Shard.of_one(self.sealed, subject_id)

    def quotes(self, wanted: Q, on: date | None = None) -> list[Row]:
        """Quotes of the run's snapshot, read once."""
        key = (str(wanted), on or self.day)
        if key not in self._quotes:
            assert self.run.market_data_snapshot is not None
            self._quotes[key] = quotes_used(self.run.market_data_snapshot, wanted, on or self.day)
        return self._quotes[key]


def open_case(row: Any) -> Case:
    """The case of a stored row; refused where the inputs cannot be had or are not those that were sealed."""
    run = CalculationRun.objects.select_related("market_data_snapshot").get(pk=row.run_id)
    try:
        return Case(row, run, sealed_inputs(row.run_id))
    except ValueError as error:
        raise NothingToExplain(str(error)) from error
