"""Critical terms match: whether instrument and item agree, term by term.

A term is text (equal), a date (equal, or within a number of days), a number or decimal string (equal, or within
a tolerance), true/false, or a list of such (element by element). Status MATCHED if every term agrees,
NOT_MATCHED if one differs, else INCONCLUSIVE where one is missing on one side. It never removes the duty to
measure ineffectiveness under IFRS 9. Reference: rules section 4; IFRS 9 B6.4.14.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from treasury.quant.codes import MatchStatus

Terms = Mapping[str, Any]
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


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
    if isinstance(one, list) or isinstance(other, list):
        return _all_same(one, other, tolerance)
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    numbers = _number(one), _number(other)
    if numbers[0] is not None and numbers[1] is not None:
        return abs(numbers[0] - numbers[1]) <= (tolerance or 0)
    if tolerance is not None and isinstance(one, str) and isinstance(other, str):
        days = _days_apart(one, other)
        if days is not None:
            return days <= tolerance
    return type(one) is type(other) and bool(one == other)


def _all_same(one: Any, other: Any, tolerance: Decimal | None) -> bool | None:
    """Element by element, as payment dates are; one missing element leaves the term open."""
    if not (isinstance(one, list) and isinstance(other, list)) or len(one) != len(other):
        return False
    outcomes = {_same(mine, yours, tolerance) for mine, yours in zip(one, other, strict=True)}
    return False if False in outcomes else None if None in outcomes else True


def _number(value: Any) -> Decimal | None:
    """A number, also as a decimal string; what begins with a needless 0 (``007``) is a name."""
    if isinstance(value, str):
        return Decimal(value) if _DECIMAL.fullmatch(value) else None
    return value if isinstance(value, Decimal) else None


def _days_apart(one: str, other: str) -> int | None:
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:
        return None
