"""The ECB reference rates of the shipped file: units of a currency per 1 EUR, real."""

import csv
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np

DATA_FOLDER = Path(__file__).parent.parent / "data"
SOURCE = "ECB reference rates"
# The window that goes into the database: 60 weekly nights, 60 weekly points before the first of them, and
# the trades of two years, with some room.
FIRST_DATE = date(2024, 1, 2)


@cache
def reference_rates() -> tuple[list[date], dict[str, np.ndarray]]:
    """The business dates from FIRST_DATE on, and a column per currency; NaN on a day without a rate."""
    with (DATA_FOLDER / "ecb_reference_rates.csv").open(newline="", encoding="ascii") as handle:
        reader = csv.reader(handle)
        currencies = next(reader)[1:]
        rows = [row for row in reader if row[0] >= FIRST_DATE.isoformat()]
    dates = [date.fromisoformat(row[0]) for row in rows]
    table = np.array([[float(cell) if cell else np.nan for cell in row[1:]] for row in rows])
    columns = {code: table[:, position] for position, code in enumerate(currencies)}
    columns["EUR"] = np.ones(len(dates))
    return dates, columns


def business_date() -> date:
    """The demo's today: the last date with reference rates, whatever day the demo runs on."""
    return reference_rates()[0][-1]


@cache
def _positions() -> dict[date, int]:
    return {day: position for position, day in enumerate(reference_rates()[0])}


def position_on(day: date) -> int:
    """The place of the last date with rates that is not after `day`."""
    positions = _positions()
    while day not in positions:
        if day < FIRST_DATE:
            raise ValueError(f"The demo's market begins on {FIRST_DATE}; {day} is before it.")
        day -= timedelta(days=1)
    return positions[day]


def last_rate_date(day: date) -> date:
    """The last date with rates that is not after `day`."""
    return reference_rates()[0][position_on(day)]


def next_rate_date(day: date) -> date:
    """The first date with rates that is not before `day`; for trade dates, so never beyond the business
    date.
    """
    while day not in _positions():
        day += timedelta(days=1)
    return day


def weekly_dates(count: int | None = None) -> list[date]:
    """The last date with rates of each week, counted back from the business date, oldest first."""
    day, found = business_date(), []
    while day >= FIRST_DATE and (count is None or len(found) < count):
        found.append(last_rate_date(day))
        day -= timedelta(days=7)
    return found[::-1]
