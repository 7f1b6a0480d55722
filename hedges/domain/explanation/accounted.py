"""A relationship's hedge accounting, measured again from the run's inputs alone: its path, its layers, its versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from hedges.domain.explanation.case import Case
from hedges.domain.explanation.origins import of_version
from hedges.domain.explanation.parts import BOOK, CALCULATION, Given, Listing, NothingToExplain, Source
from hedges.domain.measurement.book import Book, read
from hedges.domain.measurement.frame import START
from hedges.domain.measurement.measure import measure
from hedges.domain.measurement.measured import Measured
from hedges.domain.sealed import Shard
from hedges.models import HedgeRelationshipVersion
from hedges.queries import explained
from hedges.queries.relationship_columns import FRAMEWORKS
from treasury.kernel.money import from_minor_units
from treasury.quant.codes import reason_names
from treasury.quant.numbers import Int
from treasury.queries.copy import Columns


@dataclass(frozen=True, slots=True)
class Accounted:
    """One relationship; amounts in its entity's functional currency."""

    case: Case
    book: Book
    measured: Measured
    currency: str
    version: Given

    @property
    def because(self) -> str:
        """Why there is no number; empty where there is."""
        if self.measured.known[0]:
            return ""
        reasons = [name.replace("_", " ") for name in reason_names(int(self.measured.reasons[0]))]
        return ", ".join(reasons) or "a quote is missing"

    @property
    def framework(self) -> str:
        return FRAMEWORKS[int(self.book.relationships["framework"][0])]

    def money(self, minor: int | np.integer) -> Decimal:
        return from_minor_units(int(minor), self.currency)

    def path(self, values: Int) -> list[Decimal]:
        """A series at the knots."""
        return [self.money(value) for value in values[: self.count].tolist()]

    @property
    def count(self) -> int:
        return int(self.measured.knots.count[0])

    @property
    def days(self) -> list[date]:
        return [date.fromordinal(day) for day in self.measured.knots.dates[0, : self.count].tolist()]

    def given_path(self, name: str, values: Int, said: str) -> Given:
        return Given(name, self.path(values), Source(CALCULATION, f"{said} at {self.count} dates"))

    def instrument_layers(self) -> list[tuple[object, ...]]:
        """Instrument, designated amount, from, to, value at its start, value at its end or on the date."""
        fair = self.measured.workings.hedges.fair.minor
        names = explained.instrument_names(self.book.instruments["instrument_id"].tolist())
        return self._layers(self.book.instruments, "instrument_id", names, fair)

    def item_layers(self) -> list[tuple[object, ...]]:
        names = explained.exposure_names(self.book.items["exposure_id"].tolist())
        return self._layers(self.book.items, "exposure_id", names, self.measured.workings.items.value.minor)

    def _layers(
        self, rows: Columns, subject: str, names: dict[int, str], minor: Int
    ) -> list[tuple[object, ...]]:
        return [
            (
                names.get(pk, ""),
                f"smallest units {int(first):,} to {int(last):,}",
                date.fromordinal(begun),
                date.fromordinal(until),
                self.money(minor[row, START]),
                self.money(minor[row, -1]),
            )
            for row, (pk, first, last, begun, until) in enumerate(
                zip(
                    *(
                        rows[name].tolist()
                        for name in (subject, "unit_from", "unit_to", "period_from", "period_to")
                    ),
                    strict=True,
                )
            )
        ]

    def knots(self) -> Listing:
        """The path: dates, both cumulative changes, what was recognised, whether the period qualified."""
        series = (self.measured.instrument, self.measured.hypothetical, self.measured.recognised)
        flags = self.measured.periods.knots[0, : self.count].tolist()
        rows = [
            (day, *amounts, "yes" if flag else "no")
            for day, flag, *amounts in zip(
                self.days, flags, *(self.path(one[0]) for one in series), strict=True
            )
        ]
        titles = ("date", "instrument", "hypothetical", "recognised", "qualifies")
        return Listing(f"Cumulative changes, {self.currency}", titles, rows, len(rows), None, "earliest")


def accounted(case: Case) -> Accounted:
    """Of the relationship of the case's row, as of its run."""
    shard = Shard.of_one(case.sealed, case.row.relationship_id)
    book = read(shard.at, run_id=case.run.pk)
    if not book.relationships["relationship_id"].size:
        raise NothingToExplain("The sealed book of this run has no such relationship under hedge accounting.")
    version = explained.version(HedgeRelationshipVersion, int(book.relationships["version_id"][0]))
    entity = case.sealed.reference.entities[int(book.relationships["entity_id"][0])]
    given = Given("relationship", version["name"] if version else "", of_version("relationship", version))
    return Accounted(case, book, measure(case.sealed, book), entity["functional_currency_id"], given)


#: Where the values of layers come from.
VALUED = Source(
    BOOK, "layers of the designation with their terms, valued at the run's quotes on the days of their life"
)
