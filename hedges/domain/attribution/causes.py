"""What moved exposure and hedges of a cell between two runs, cause by cause, in the order in which they are counted.

First what was known later about the first day (corrections), then the exposures, then time that carried things from
bucket to bucket, then the hedges, last the rates. Units: int64 minor units of the risk, signed (long +). Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np

from hedges.queries.attribution import DUE, OFFSET
from treasury.quant.numbers import Bool, Int
from treasury.queries.copy import Columns

Span = tuple[date | None, date | None]


class Cause(IntEnum):
    """In the order in which they are counted, and shown."""

    CORRECTION = 0
    NEW_EXPOSURE = 1
    REVISED = 2
    EXPOSURE_ENDED = 3
    EXPOSURE_DUE = 4
    TIME = 5
    NEW_TRADE = 6
    TRADE_AMENDED = 7
    TRADE_ENDED = 8
    TRADE_MATURED = 9
    RATES = 10


@dataclass(frozen=True, slots=True)
class Moves:
    """One row a cause of a thing that is not zero; `is_hedge` False: an exposure."""

    cause: Int
    risk_id: Int
    amount: Int
    thing_id: Int
    is_hedge: Bool
    is_offset: Bool


@dataclass(frozen=True, slots=True)
class Start:
    """What counted in the cell at first, a row a thing."""

    risk_id: Int
    amount: Int
    is_hedge: Bool
    is_offset: Bool


def moves(exposures: Columns, hedges: Columns, before: Span, after: Span) -> tuple[Start, Moves]:
    """`before`, `after`: first day of the cell at each run and the one after its last; None is without an end."""
    starts, found = [], []
    for rows, is_hedge in ((exposures, False), (hedges, True)):
        opening = np.where(_inside(rows["a_day"], before), rows["a_units"], 0)
        restated = np.where(_inside(rows["r_day"], before), rows["r_units"], 0)
        closing = np.where(_inside(rows["c_day"], after), rows["c_units"], 0)
        how = _of_hedges(rows, restated, closing) if is_hedge else _of_exposures(rows, restated, closing)
        corrected = np.full(opening.shape, int(Cause.CORRECTION))
        for cause, amount in ((corrected, restated - opening), (how, closing - restated)):
            at = np.flatnonzero(amount)
            found.append((cause[at], rows["risk_id"][at], amount[at], rows["id"][at], np.full(at.size, is_hedge),
                          rows["is_offset"][at]))  # fmt: skip
        at = np.flatnonzero(opening)
        starts.append((rows["risk_id"][at], opening[at], np.full(at.size, is_hedge), rows["is_offset"][at]))
    return (
        Start(*(np.concatenate(parts) for parts in zip(*starts, strict=True))),
        Moves(*(np.concatenate(parts) for parts in zip(*found, strict=True))),
    )


def _inside(day: Int, span: Span) -> Bool:
    first, past_last = span
    found = np.ones(day.shape, dtype=bool)
    if first is not None:
        found &= day >= first.toordinal()
    if past_last is not None:
        found &= day < past_last.toordinal()
    return found


def _of_exposures(rows: Columns, restated: Int, closing: Int) -> Int:
    """An item that became a natural offset left the exposures by a trade; one that is none any more came back so."""
    stayed = _stayed(rows, restated, closing, Cause.REVISED)
    begun = np.where(rows["r_code"] == OFFSET, int(Cause.TRADE_ENDED), int(Cause.NEW_EXPOSURE))
    gone = np.select(
        [rows["c_code"] == DUE, rows["c_code"] == OFFSET],
        [int(Cause.EXPOSURE_DUE), int(Cause.NEW_TRADE)],
        int(Cause.EXPOSURE_ENDED),
    )
    return np.select([rows["c_units"] == 0, rows["r_units"] == 0], [gone, begun], stayed)


def _of_hedges(rows: Columns, restated: Int, closing: Int) -> Int:
    stayed = _stayed(rows, restated, closing, Cause.TRADE_AMENDED)
    gone = np.where(rows["c_code"] == DUE, int(Cause.TRADE_MATURED), int(Cause.TRADE_ENDED))
    return np.select([rows["c_units"] == 0, rows["r_units"] == 0], [gone, int(Cause.NEW_TRADE)], stayed)


def _stayed(rows: Columns, restated: Int, closing: Int, changed: Cause) -> Int:
    """In the book at both ends: carried into or out of the cell by time alone, or changed."""
    carried = ((restated == 0) | (closing == 0)) & (rows["r_day"] == rows["c_day"])
    return np.where(carried, int(Cause.TIME), int(changed))
