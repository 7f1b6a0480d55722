"""Critical terms match: whether instrument and item agree, term by term.

A term is text (equal), a date (equal, or within a number of days), a number (equal, or within a tolerance)
or true/false. Status MATCHED if every term agrees, NOT_MATCHED if one differs, else INCONCLUSIVE where one
is missing on one side. It never removes the duty to measure ineffectiveness under IFRS 9. Reference: rules
section 4; IFRS 9 B6.4.14.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from treasury.quant.codes import MatchStatus

Terms = Mapping[str, Any]


def critical_terms_match(
    item: Terms, instrument: Terms, tolerances: Mapping[str, Decimal]
) -> tuple[dict[str, bool | None], MatchStatus]:
    """Whether each term matches (None: missing on one side), in the order given, and the status of all."""
    names = list(dict.fromkeys([*item, *instrument]))
    matched = {name: _same(item.get(name), instrument.get(name), tolerances.get(name)) for name in names}
    outcomes = set(matched.values())
    if False in outcomes:
        return matched, MatchStatus.NOT_MATCHED
    if None in outcomes or not outcomes:
        return matched, MatchStatus.INCONCLUSIVE
    return matched, MatchStatus.MATCHED


def _same(one: Any, other: Any, tolerance: Decimal | None) -> bool | None:
    if one is None or other is None:
        return None
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return abs(one - other) <= (tolerance or 0)
    if tolerance is not None and isinstance(one, str) and isinstance(other, str):
        days = _days_apart(one, other)
        if days is not None:
            return days <= tolerance
    return type(one) is type(other) and bool(one == other)


def _days_apart(one: str, other: str) -> int | None:
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:
        return None
