"""Journal entries with their lines, filtered, and the balances that the lines add up to by role."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, F, Prefetch, Q, QuerySet, Sum, Value, When

from hedges.enums import AccountRole
from hedges.models import JournalEntry, JournalLine


def entries(
    *,
    entity_ids: list[int],
    period_from: date | None = None,
    period_to: date | None = None,
    framework: str | None = None,
    relationship_id: int | None = None,
    rule: str | None = None,
    run_id: int | None = None,
) -> QuerySet[JournalEntry]:
    """Entries of entities in the order of their numbers; `period_from` and `period_to` are first days of months."""
    found = JournalEntry.objects.filter(
        chosen(entity_ids, period_from, period_to, framework, relationship_id, rule, run_id)
    )
    return found.order_by("entity__code", "number")


def with_lines(found: QuerySet[JournalEntry]) -> QuerySet[JournalEntry]:
    """The same with what a page or an export shows beside them: a fixed number of statements."""
    lines = JournalLine.objects.order_by("entry", "line_number")
    return found.select_related(
        "entity", "relationship", "period", "event__actor", "reversal_of", "reversed_by"
    ).prefetch_related(Prefetch("lines", queryset=lines))


def lines(found: QuerySet[JournalEntry]) -> QuerySet[JournalLine]:
    """The lines of entries, each with its entry: what an export writes row by row."""
    return (
        JournalLine.objects.filter(entry__in=found)
        .select_related("entry__entity", "entry__relationship", "entry__period", "entry__reversal_of")
        .order_by("entry__entity__code", "entry__number", "line_number")
    )


def balances(
    *,
    entity_ids: list[int],
    period_to: date | None = None,
    period_from: date | None = None,
    by: tuple[str, ...] = (),
    **filters: Any,
) -> list[dict[str, Any]]:
    """Σ debit, Σ credit and their difference by entity, framework, currency and role, in the order of the chart.

    `by`: further columns of the entry, such as `relationship_id`, `rule` or `period__period_start`.
    """
    found = entries(entity_ids=entity_ids, period_from=period_from, period_to=period_to, **filters)
    keys = ("entity_code", "framework", "currency", "account_role", *by)
    named = {
        "entity_code": F("entry__entity__code"),
        "framework": F("entry__framework"),
        "currency": F("entry__currency_id"),
        **{name: F(f"entry__{name}") for name in by},
    }
    place = Case(*[When(account_role=role, then=Value(at)) for at, role in enumerate(AccountRole.values)])
    rows = (
        JournalLine.objects.filter(entry__in=found.order_by())
        .order_by()
        .annotate(place=place, **named)
        .values(*keys, "place")
        .annotate(
            debit=Sum("debit_amount"),
            credit=Sum("credit_amount"),
            balance=Sum(F("debit_amount") - F("credit_amount")),
        )
        .order_by("entity_code", "framework", "place", *by)
    )
    return [{name: value for name, value in row.items() if name != "place"} for row in rows]


def chosen(
    entity_ids: list[int],
    period_from: date | None = None,
    period_to: date | None = None,
    framework: str | None = None,
    relationship_id: int | None = None,
    rule: str | None = None,
    run_id: int | None = None,
) -> Q:
    wanted = Q(entity_id__in=entity_ids)
    for name, value in (
        ("period__period_start__gte", period_from),
        ("period__period_start__lte", period_to),
        ("framework", framework),
        ("relationship_id", relationship_id),
        ("rule", rule),
        ("run_id", run_id),
    ):
        if value is not None:
            wanted &= Q(**{name: value})
    return wanted
