"""The whole book of the company: exposures and instruments together, references given in the order of
trading.
"""

from functools import cache

from treasury.demo.company.exposures import stream_exposures
from treasury.demo.company.programmes import programme_instruments
from treasury.demo.company.special import special_book
from treasury.demo.company.specs import ExposureSpec, InstrumentSpec


@cache
def exposures() -> dict[str, ExposureSpec]:
    return {spec.reference: spec for spec in (*stream_exposures(), *special_book().exposures)}


@cache
def instruments() -> dict[str, InstrumentSpec]:
    """Deals by reference: the year of the trade and a number in the order they were made in, or its own."""
    specs = [*programme_instruments(), *special_book().instruments]
    specs.sort(key=lambda spec: spec.terms["trade_date"])
    numbers: dict[int, int] = {}
    for spec in (spec for spec in specs if not spec.reference):
        year = spec.terms["trade_date"].year
        numbers[year] = numbers.get(year, 0) + 1
        spec.reference = f"D-{year}-{numbers[year]:03d}"
    return {spec.reference: spec for spec in specs}
