"""What a report is about: entities, framework and months, as the journal was known at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from hedges.enums import PeriodStatus
from hedges.models import AccountingPeriod
from treasury.queries.rows import Row, listed


def month_of(day: date) -> date:
    """The first day of the month of a date."""
    return day.replace(day=1)


def month_after(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_before(day: date) -> date:
    return month_of(month_of(day) - timedelta(days=1))


@dataclass(frozen=True)
class Span:
    """Months from `first` to `last`, both given by their first day and both included."""

    entity_ids: Sequence[int]
    first: date
    last: date
    framework: str = ""
    known_at: datetime | None = None

    @property
    def end(self) -> date:
        """The last day of the last month."""
        return month_after(self.last) - timedelta(days=1)

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "entities": list(self.entity_ids),
            "first": self.first,
            "last": self.last,
            "end": self.end,
            "framework": self.framework,
            "known_at": self.known_at,
        }


def closes(span: Span) -> list[Row]:
    """The closed months of the entities up to the end of the span, with the runs that closed them, newest first."""
    found = AccountingPeriod.objects.filter(
        entity_id__in=span.entity_ids, status=PeriodStatus.CLOSED, period_start__lte=span.last
    )
    if span.known_at:
        found = found.filter(closed_at__lte=span.known_at)
    return listed(found.order_by("entity_id", "-period_start").values("entity_id", "period_start", "run_id"))


def run_at(closed: list[Row], entity_id: int, month: date) -> int | None:
    """The run of the newest closed month up to and including `month`."""
    for row in closed:
        if row["entity_id"] == entity_id and row["period_start"] <= month:
            return int(row["run_id"])
    return None


def last_closed(entity_ids: Sequence[int]) -> date | None:
    """The newest month that any of the entities has closed."""
    found = AccountingPeriod.objects.filter(entity_id__in=entity_ids, status=PeriodStatus.CLOSED)
    return found.order_by("-period_start").values_list("period_start", flat=True).first()


def first_closed(entity_ids: Sequence[int]) -> int | None:
    """Of the entities the first one, by its code, that has closed a month."""
    found = AccountingPeriod.objects.filter(entity_id__in=entity_ids, status=PeriodStatus.CLOSED)
    return found.order_by("entity__code").values_list("entity_id", flat=True).first()
