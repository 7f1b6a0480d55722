"""The shapes in which the company is written down: identities with dated versions, terms by column name.

Terms refer to others by code (risk, counterparty, currency, contract); treasury.demo.seeding puts keys in
their place. `recorded_on` is the day on which the book learned of a version, `valid_from` the day from
which it counts.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from math import floor, log10
from typing import Any

from treasury.kernel.money import quantum


@dataclass(frozen=True)
class VersionSpec:
    recorded_on: date
    valid_from: date
    terms: dict[str, Any]
    reason: str = ""
    approved: bool = True


@dataclass
class ExposureSpec:
    entity: str
    source_system: str
    reference: str
    stream: str
    versions: list[VersionSpec] = field(default_factory=list)

    @property
    def last(self) -> dict[str, Any]:
        return self.versions[-1].terms

    def on(self, day: date) -> dict[str, Any]:
        """The terms that the book knew on a day."""
        known = [version for version in self.versions if version.recorded_on <= day]
        return known[-1].terms


@dataclass
class InstrumentSpec:
    entity: str
    kind: str
    versions: list[VersionSpec]
    hedges: tuple[str, ...] = ()
    structure: str = ""
    offset_of: str = ""
    reference: str = ""

    @property
    def terms(self) -> dict[str, Any]:
        return self.versions[0].terms


@dataclass(frozen=True)
class RelationshipSpec:
    code: str
    entity: str
    designation_date: date
    terms: dict[str, Any]
    items: tuple[tuple[str, Decimal], ...]
    instruments: tuple[tuple[str, Decimal], ...]
    #: Of an economic hedge empty.
    file: dict[str, Any]
    documented_on: date
    late_reason: str | None = None
    parallel_of: str = ""


def nice_amount(amount: float, steps: float = 20.0) -> Decimal:
    """An amount as people plan and deal it: to a twentieth of its own power of ten (4,326,000 becomes
    4,350,000).
    """
    step = 10 ** floor(log10(abs(amount))) / steps
    return Decimal(int(round(amount / step) * step))


def rate_digits(rate: float, digits: int = 6) -> Decimal:
    """A rate with as many significant digits as a dealer quotes."""
    return Decimal(f"{rate:.{digits - 1 - floor(log10(abs(rate)))}f}")


def counter_amount(notional: Decimal, rate: Decimal, currency: str) -> Decimal:
    """The other side of a deal: opposite sign, rounded to what the currency can pay."""
    return (-notional * rate).quantize(quantum(currency), rounding=ROUND_HALF_EVEN)
