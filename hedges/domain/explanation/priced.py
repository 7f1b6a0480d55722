"""One instrument as its run priced it: its terms, the numbers of the night's own functions, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from hedges.domain.explanation.case import Case
from hedges.domain.explanation.origins import of_version
from hedges.domain.explanation.parts import Given, NothingToExplain
from hedges.domain.instrument_values import instrument_values
from hedges.domain.terms import Flows, Terms, flows_of, terms
from hedges.queries import columns, explained
from treasury.queries.copy import Columns
from treasury.queries.rows import Row


@dataclass(frozen=True, slots=True)
class Priced:
    """`numbers` are those of today, None where a kind has no such number or a quote is missing."""

    case: Case
    rows: Columns
    terms: Terms
    flows: Flows
    numbers: dict[str, float | None]
    stale: bool
    not_built: bool
    version: Row

    @property
    def kind(self) -> str:
        return columns.KINDS[int(self.terms.kind[0])]

    @property
    def risk_id(self) -> int:
        return int(self.rows["risk_id"][0])

    @property
    def risk(self) -> dict[str, Any]:
        return self.case.sealed.reference.risks[self.risk_id]

    @property
    def currency(self) -> str:
        return str(self.risk["quote_currency_id"])

    @property
    def because(self) -> str:
        """Why a number of it may be undefined."""
        if self.not_built:
            return "a curve could not be made from its quotes"
        limit = int(self.terms.stale_after[0])
        return f"a quote is older than {limit} days" if self.stale else "a quote that it needs is missing"

    @property
    def payment_day(self) -> int:
        """The day that a swap is looked at: today, or its last payment where that was before."""
        return min(self.case.today, int(self.terms.settlement_date[0]), int(self.flows.last_date[0]))

    def number(self, name: str) -> float | None:
        """A number of the night; none at all where a quote is too old."""
        return None if self.stale else self.numbers.get(name)

    def day(self, name: str) -> date:
        """A date of the terms."""
        return date.fromordinal(int(getattr(self.terms, name)[0]))

    def term(self, name: str, column: str = "", value: Any = None) -> Given:
        """A term as it was dealt, under the measure's name for it."""
        column = column or name
        source = of_version("instrument", self.version, column)
        return Given(name, self.version[column] if value is None else value, source)


def priced(case: Case) -> Priced:
    """Of the instrument of the case's row."""
    shard, sealed = case.shard(case.row.instrument_id), case.sealed
    rows = columns.live_instruments(shard.at)
    if not rows["instrument_id"].size:
        raise NothingToExplain("The sealed book of this run has no live version of that instrument.")
    known = terms(rows, sealed.reference, sealed.contracts, sealed.lookup)
    flows = flows_of(rows["instrument_id"], columns.flows(shard.at, designated=False))
    days = np.full((1, 1), case.today)
    values = instrument_values(known, flows, sealed.lookup, days, known.trade_date)
    found = {name: float(column[0, 0]) for name, column in values.numbers.items()}
    version = explained.instrument_version(int(rows["version_id"][0]))
    assert version is not None
    return Priced(
        case=case,
        rows=rows,
        terms=known,
        flows=flows,
        numbers={name: None if np.isnan(value) else value for name, value in found.items()},
        stale=bool(values.stale[0, 0]),
        not_built=bool(values.not_built[0, 0]),
        version=version,
    )
