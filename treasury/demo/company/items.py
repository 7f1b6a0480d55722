"""Exposures and deals that are no stream, as they are put together."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from treasury.demo.company.calendar import week_end
from treasury.demo.company.specs import ExposureSpec, InstrumentSpec, VersionSpec
from treasury.demo.market.reference_rates import business_date


@dataclass
class SpecialBook:
    exposures: list[ExposureSpec] = field(default_factory=list)
    instruments: list[InstrumentSpec] = field(default_factory=list)


def add_exposure(
    book: SpecialBook, entity: str, source: str, reference: str, recorded: date, **terms: Any
) -> ExposureSpec:
    defaults = {"status": "OPEN", "certainty_ratio": Decimal(1)}
    spec = ExposureSpec(entity, source, reference, reference)
    spec.versions.append(VersionSpec(recorded, recorded, defaults | terms))
    booked = week_end(terms["expected_date"])
    if booked <= business_date():
        settled = {**spec.last, "status": "SETTLED"}
        spec.versions.append(VersionSpec(booked, terms["expected_date"], settled, "bank statement"))
    book.exposures.append(spec)
    return spec
