"""Columns of dates in the order that the person chose: ISO, day first or month first; four digits of a year, always."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FIRST_YEAR, LAST_YEAR = 1900, 2199


class Order(NamedTuple):
    pattern: str
    year: int
    month: int
    day: int
    example: str


_SPLIT = r"^([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})$"
ORDERS = {
    "ISO": Order(r"^([0-9]{4})-([0-9]{2})-([0-9]{2})$", 0, 1, 2, "2026-10-31"),
    "DMY": Order(_SPLIT, 3, 2, 0, "31.10.2026"),
    "MDY": Order(_SPLIT, 3, 0, 2, "10/31/2026"),
}
_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def days(texts: Sequence[str], order: str) -> tuple[NDArray[np.datetime64], NDArray[np.bool_]]:
    """Texts as dates, shape (n,), and which of them are dates that there are, from 1900 to 2199."""
    told = ORDERS[order]
    found = pd.Series(list(texts), dtype=object).str.extract(told.pattern, flags=re.ASCII)
    matched = found[told.year].notna().to_numpy()
    year, month, day = (
        np.where(matched, found[part].to_numpy(dtype=object), "1").astype(np.int64)
        for part in (told.year, told.month, told.day)
    )
    month_there = (month >= 1) & (month <= 12)
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0)) & (month == 2)
    most = _DAYS[np.where(month_there, month, 0)] + leap
    there = matched & month_there & (day >= 1) & (day <= most) & (year >= FIRST_YEAR) & (year <= LAST_YEAR)
    months = np.where(there, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    return months.astype("datetime64[D]") + np.where(there, day - 1, 0), there
