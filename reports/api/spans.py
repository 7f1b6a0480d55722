"""The months that a report is about, as query parameters."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rest_framework import serializers

from reports.queries.span import Span, last_closed, month_of
from treasury.api.fields import money_or_null
from treasury.api.parameters import Parameter
from treasury.api.problems import ParameterError
from treasury.queries import access
from treasury.queries.rows import Row

FIRST = Parameter("first", "A day of the first month; without it the month of `last` alone.", "date")
LAST = Parameter("last", "A day of the last month; without it the last month that was closed.", "date")
KNOWN_AT = Parameter(
    "known_at", "As the journal was known at this time; without it, as it is known now.", "time"
)
MONTHS = (FIRST, LAST, KNOWN_AT)
#: How many months a list may be about: each row has a nested row for each.
MOST = 120


class Months(serializers.Serializer):
    """First days of the first and the last month, both included."""

    first = serializers.DateField()
    last = serializers.DateField()


def span(
    user: Any, values: dict[str, Any], *, framework: str = "", entity_ids: Sequence[int] | None = None
) -> Span:
    """Over the entities that are given, else over every one that the user may see."""
    ids = entity_ids or list(access.visible_entities(user).values_list("pk", flat=True))
    last = month_of(values.get("last") or last_closed(ids) or date.today())  # noqa: DTZ011 - an empty book
    first = month_of(values.get("first") or last)
    if first == date.min or last == month_of(date.max):
        raise ParameterError("last", "a month with months before and after it", got=str(last))
    months = (last.year - first.year) * 12 + last.month - first.month
    if not 0 <= months < MOST:
        raise ParameterError("first", f"a month up to `last`, at most {MOST} of them", got=str(first))
    return Span(ids, first, last, framework, values.get("known_at"))


def shown(of: Span) -> dict[str, Any]:
    return {"months": {"first": of.first, "last": of.last}, "known_at": of.known_at}


def pinned(of: Span) -> dict[str, Any]:
    return {"first": of.first.isoformat(), "last": of.last.isoformat()}


def money(row: Row, names: Any, unit: str) -> dict[str, str | None]:
    """The amounts of a row as text with the decimals of their unit."""
    return {name: money_or_null(row[name], unit) for name in names}
