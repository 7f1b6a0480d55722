"""The sealed inputs of a run: its reference data and its market, kept in the process per run, and parts of its book.

Whoever works on a run reads the book through a part of it: a shard of the night, or the one subject of an explanation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import numpy as np
from django.db import connection

from hedges.domain.lookup import Lookup, lookup
from hedges.queries.columns import contracts
from hedges.queries.relationship_columns import FRAMEWORKS
from treasury.enums import RunKind
from treasury.models import CalculationRun
from treasury.quant.numbers import Int
from treasury.queries.columns import Reference, reference
from treasury.queries.market import market_of

#: More shards than there can be ids: a shard of so many holds the one subject whose id is its number.
ONE_SUBJECT_EACH = 2**62


@dataclass(frozen=True, slots=True)
class Sealed:
    """The inputs of a run that all its shards need."""

    run_id: int
    as_of_date: date
    known_at: datetime
    reference: Reference
    lookup: Lookup
    contracts: dict[int, tuple[str, float]]
    #: Versions of relationships that count although nobody has approved them yet; none in a run.
    drafts: tuple[int, ...] = ()
    #: Relationships that alone are looked at; None for all, as in a run.
    only: tuple[int, ...] | None = None
    #: Whose relationships the run is over: one entity at a close, None for the night.
    entity_id: int | None = None

    def functional(self, entity_ids: Int) -> list[str]:
        """Functional currency of each entity."""
        entities = self.reference.entities
        return [entities[entity]["functional_currency_id"] for entity in entity_ids.tolist()]

    def pack(self, entity_ids: Int, name: str) -> np.ndarray[Any, np.dtype[np.float64]]:
        """A limit of the rule pack of each entity's framework, for what belongs to no relationship."""
        return np.array([float(self.reference.pack_of(entity)[name]) for entity in entity_ids.tolist()])

    def pack_of(self, framework: str) -> dict[str, Any]:
        """The rule pack of a relationship's framework; raises LookupError where none is in force."""
        if framework not in self.reference.rule_packs:
            raise LookupError(f"No rule pack for {framework} is in force on {self.as_of_date}; record one.")
        return self.reference.rule_packs[framework]

    def limits(self, frameworks: Int, name: str) -> np.ndarray[Any, np.dtype[np.float64]]:
        """A limit of the rule pack of each relationship's own framework, by its place among `FRAMEWORKS`."""
        places = np.unique(frameworks).tolist()
        found = np.full(len(FRAMEWORKS), np.nan)
        for place in places:
            found[place] = float(self.pack_of(FRAMEWORKS[place])[name])
        return found[frameworks]


@dataclass(frozen=True, slots=True)
class Shard:
    """One part of a step."""

    sealed: Sealed
    number: int
    count: int

    @classmethod
    def of_one(cls, sealed: Sealed, subject_id: int) -> "Shard":
        """The part that holds one subject alone."""
        return cls(sealed, subject_id, ONE_SUBJECT_EACH)

    @property
    def at(self) -> Mapping[str, Any]:
        """The parameters of every query for columns."""
        return {
            "as_of_date": self.sealed.as_of_date,
            "known_at": self.sealed.known_at,
            "drafts": list(self.sealed.drafts),
            "only": None if self.sealed.only is None else list(self.sealed.only),
            "entity_id": self.sealed.entity_id,
            "shard_number": self.number,
            "shard_count": self.count,
        }

    @property
    def today(self) -> int:
        return self.sealed.as_of_date.toordinal()


def sealed_inputs(run_id: int) -> Sealed:
    """Of the run that this process works on; the one before is forgotten."""
    return _sealed_inputs(connection.settings_dict["NAME"], run_id)


@lru_cache(maxsize=1)
def _sealed_inputs(database: str, run_id: int) -> Sealed:
    run = CalculationRun.objects.select_related("market_data_snapshot").get(pk=run_id)
    if run.known_at is None or run.market_data_snapshot is None:
        raise ValueError(f"run {run_id} is not sealed")
    found = reference(run.as_of_date)
    own = run.scope if run.kind == RunKind.CLOSE else None
    return Sealed(
        run_id=run_id,
        as_of_date=run.as_of_date,
        known_at=run.known_at,
        reference=found,
        lookup=lookup(market_of(run.market_data_snapshot), found.risks),
        contracts=contracts(),
        entity_id=next((pk for pk, row in found.entities.items() if row["code"] == own), None),
    )
