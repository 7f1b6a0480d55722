"""What stands in the way of cancelling a trade: hedges that use or have used it, and margin that was paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Max, Min, Sum

from hedges.enums import LifeEventKind
from hedges.models import InstrumentEvent, InstrumentVersion
from treasury.enums import Decision


@dataclass(frozen=True, slots=True)
class Hedge:
    """`waits`: no version of it has been approved; `closed`: the last month whose close has measured it."""

    code: str
    waits: bool
    closed: date | None


@dataclass(frozen=True, slots=True)
class Margin:
    days: int
    paid: Decimal
    currency: str


def hedges(instrument_id: int) -> list[Hedge]:
    """Relationships that were to hold the trade on any day at all, economic ones too; a rejected one holds nothing."""
    sql = (
        "SELECT r.code, bool_and(NOT EXISTS (SELECT FROM hedges_hedgerelationshipversion v"
        "  JOIN hedges_hedgerelationshipversionapproval ok ON ok.version_id = v.id AND ok.decision = 'APPROVED'"
        "  WHERE v.relationship_id = r.id)),"
        " (SELECT max(p.period_start) FROM hedges_accountingperiod p JOIN hedges_measurementresult m"
        "  ON m.run_id = p.run_id AND m.relationship_id = r.id"
        "  WHERE p.entity_id = r.entity_id AND p.status = 'CLOSED')"
        " FROM hedges_instrumentallocation a JOIN hedges_hedgerelationshipversion w ON w.id = a.relationship_version_id"
        " JOIN hedges_hedgerelationship r ON r.id = w.relationship_id"
        " WHERE a.instrument_id = %s AND a.period_to > a.period_from GROUP BY r.id, r.code, r.entity_id ORDER BY r.code"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [instrument_id])
        return [Hedge(*row) for row in cursor.fetchall()]


def margin(instrument_id: int) -> Margin | None:
    found = InstrumentEvent.objects.filter(instrument_id=instrument_id, kind=LifeEventKind.MARGIN).aggregate(
        days=Count("id"), paid=Sum("cash_amount"), currency=Max("cash_currency_id")
    )
    return Margin(**found) if found["days"] else None


def first_day(instrument_id: int) -> date | None:
    """From which on an approved version of the trade counts."""
    found: date | None = InstrumentVersion.objects.filter(
        instrument_id=instrument_id, approval__decision=Decision.APPROVED
    ).aggregate(first=Min("valid_from"))["first"]
    return found
