"""Tenors as quotes name them: `SPOT`, `ON`, `TN`, `SN`, or a number of days, weeks, months or years (`3M`, `2Y`).

Units: whole days, weeks or months; `tenor_years` in years. Worked example: `18M` is 18 months or 1.5 years.
"""

from __future__ import annotations

import re

from treasury.kernel.errors import InputError, shown

#: Business days from the day itself to the end of the tenors that end at or before the day after spot.
OVERNIGHT = {"ON": 1, "TN": 2}
_UNIT_YEARS = {"D": 1 / 365, "W": 7 / 365, "M": 1 / 12, "Y": 1.0}
_NAMED_YEARS = {"SPOT": 0.0, "ON": 1 / 365, "TN": 2 / 365, "SN": 3 / 365}
_TENOR = re.compile(r"([1-9][0-9]{0,3})([DWMY])", re.ASCII)


def tenor_parts(tenor: str) -> tuple[int, str]:
    """Number and unit (D, W or M; a year is 12 months) from the spot date on: `2Y` is (24, "M"), `SN` (1, "D")."""
    if tenor in ("SPOT", "SN"):
        return int(tenor == "SN"), "D"
    found = _TENOR.fullmatch(tenor)
    if found is None:
        raise InputError("tenor", "SPOT, ON, TN, SN or a number with D, W, M or Y", got=shown(tenor))
    number, unit = int(found[1]), found[2]
    return (12 * number, "M") if unit == "Y" else (number, unit)


def tenor_years(tenor: str) -> float:
    """``3M`` is 0.25, ``2Y`` 2.0, ``1W`` 7/365; ``SPOT`` and ``ON`` are 0 and 1/365."""
    if tenor in _NAMED_YEARS:
        return _NAMED_YEARS[tenor]
    tenor_parts(tenor)
    return int(tenor[:-1]) * _UNIT_YEARS[tenor[-1]]
