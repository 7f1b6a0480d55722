"""Dates and times as people and programs write them: ISO 8601 in one form, nothing that merely looks like it.

`20261030`, `2026-W44-5` and an offset with seconds are refused. A time comes back in UTC; one whose UTC stands
outside the calendar is refused too.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
_ZONED = re.compile(rf"{_DAY.pattern}{_CLOCK}(Z|[+-][0-9]{{2}}:[0-9]{{2}})")
_PLAIN = re.compile(rf"{_DAY.pattern}({_CLOCK})?")


def day(text: str) -> date:
    """A date such as 2026-10-09; anything else is a ValueError."""
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    """A time with its zone such as 2026-10-09T18:00:00Z, in UTC; anything else is a ValueError."""
    if not _ZONED.fullmatch(text):
        raise ValueError(text)
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except OverflowError:
        raise ValueError(text) from None


def moment_or_utc(text: str) -> datetime:
    """The same, where a form may leave out the zone or the time of day: UTC, and the day's first moment."""
    if _PLAIN.fullmatch(text):
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    return moment(text)
