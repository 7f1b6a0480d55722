"""What has happened to trades, and what is due: read by the verbs of `hedges.domain.trade_life` and by its pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hedges.enums import LifeEventKind
from hedges.models import InstrumentEvent, InstrumentVersion
from treasury.enums import Decision, QuoteKind
from treasury.models import MarketQuote
from treasury.queries import access
from treasury.queries.rows import Row, listed

EVENT = (
    "id", "kind", "method", "event_date", "amount", "amount_unit_id", "counter_amount", "counter_currency_id", "rate",
    "discount_factor", "rate_source", "is_agreed", "cash_amount", "cash_currency_id", "cash_date", "reason",
    "recorded_at", "version_id", "version__version_number", "version__author__username", "version__approval__decision",
    "version__approval__recorded_at", "version__approval__decided_by__username", "successor_id",
    "successor__external_reference", "near_leg_id", "near_leg__external_reference", "reverses_id",
    "event__actor__username",
)  # fmt: skip
COUNTS, TAKEN_BACK, AWAITING = "COUNTS", "TAKEN_BACK", "AWAITING_APPROVAL"


def of(instrument_id: int, *, known_at: datetime | None) -> list[Row]:
    """Everything but margin that has happened to a trade, the newest first, each with its `state`."""
    found = InstrumentEvent.objects.filter(instrument_id=instrument_id).exclude(kind=LifeEventKind.MARGIN)
    if known_at:
        found = found.filter(recorded_at__lte=known_at)
    rows = listed(found.order_by("-id").values(*EVENT))
    for row in rows:
        decided = row["version__approval__recorded_at"]
        is_open = decided is None or bool(known_at and decided > known_at)
        row["state"] = AWAITING if is_open else _STATE[row["version__approval__decision"]]
    taken = {row["reverses_id"] for row in rows if row["state"] == COUNTS}
    for row in rows:
        if row["id"] in taken:
            row["state"] = TAKEN_BACK
    return rows


_STATE = {Decision.APPROVED: COUNTS, Decision.REJECTED: "REJECTED"}


def event(event_id: int, instrument_id: int) -> InstrumentEvent | None:
    return InstrumentEvent.objects.filter(pk=event_id, instrument_id=instrument_id).first()


def unwindings(instrument_id: int) -> list[InstrumentEvent]:
    """Those that count and whose amount was worked out, not agreed."""
    counting = InstrumentEvent.objects.filter(
        instrument_id=instrument_id,
        kind=LifeEventKind.UNWINDING,
        is_agreed=False,
        version__approval__decision=Decision.APPROVED,
    )
    taken = InstrumentEvent.objects.filter(
        reverses__instrument_id=instrument_id, version__approval__decision=Decision.APPROVED
    ).values("reverses_id")
    return list(counting.exclude(pk__in=taken).order_by("id"))


def followers(instrument_id: int) -> int:
    """How many trades have followed from this one, counting or not: the next one has the next name."""
    return InstrumentEvent.objects.filter(instrument_id=instrument_id, successor__isnull=False).count()


def closes(instrument_id: int) -> str | None:
    """Of a near leg: the reference of the trade that it closes."""
    found = InstrumentEvent.objects.filter(near_leg_id=instrument_id)
    return found.values_list("instrument__external_reference", flat=True).first()


def has_events(instrument_id: int) -> bool:
    """Besides margin, which follows from prices and contracts and is put right with its next day."""
    found = InstrumentEvent.objects.filter(instrument_id=instrument_id).exclude(kind=LifeEventKind.MARGIN)
    return found.exclude(version__approval__decision=Decision.REJECTED).exists()


def together(version: InstrumentVersion) -> list[InstrumentVersion]:
    """The versions that one decision is on: those of one event, the trade that it happened to first.

    A version that was overtaken or decided meanwhile is left to a decision of its own.
    """
    same = InstrumentEvent.objects.filter(event_id=version.event_id, version__isnull=False)
    first = same.values_list("version_id", flat=True).first()
    if first is None:
        return [version]
    others = InstrumentVersion.objects.filter(
        event_id=version.event_id, entity_id=version.entity_id, approval=None
    ).exclude(pk=version.pk)
    later = InstrumentVersion.objects.filter(
        instrument=OuterRef("instrument"), version_number__gt=OuterRef("version_number")
    )
    return sorted([version, *others.exclude(Exists(later))], key=lambda one: (one.pk != first, one.pk))


def of_one_event(event_id: int) -> list[Row]:
    """The versions that one event in the life of a trade made, the trade that it happened to first."""
    found = InstrumentVersion.objects.filter(
        Exists(InstrumentEvent.objects.filter(event_id=event_id, version__isnull=False)), event_id=event_id
    )
    rows = found.order_by("-version_number", "id").values(
        "instrument_id", "version_number", "kind", "notional_amount", "settlement_date", "status", "change_reason",
        reference=F("instrument__external_reference"), unit=F("notional_currency_id"),
    )  # fmt: skip
    return listed(rows)


def made_by(instrument_id: int) -> Row | None:
    """The event that a trade follows from, or that it is the near leg of (`near_leg_id`)."""
    found = InstrumentEvent.objects.filter(
        Q(successor_id=instrument_id) | Q(near_leg_id=instrument_id)
    ).values(
        "id", "kind", "event_date", "instrument_id", "instrument__external_reference", "near_leg_id", "cash_amount",
        "cash_currency_id", "cash_date",
    )  # fmt: skip
    return next(iter(listed(found)), None)


def designated(instrument_id: int, on: date) -> list[Row]:
    """Relationships that use a trade on a day or after it, with how much of it; economic ones too."""
    sql = (
        "SELECT r.id, r.code, w.hedge_type, w.framework, min(a.period_from), max(a.period_to),"
        " sum(a.designated_amount) FILTER (WHERE a.period_from <= %(on)s AND a.period_to > %(on)s)"
        " FROM hedges_instrumentallocation a"
        " JOIN hedges_hedgerelationshipversion w ON w.id = a.relationship_version_id"
        " JOIN hedges_hedgerelationshipversionapproval ok ON ok.version_id = w.id AND ok.decision = 'APPROVED'"
        " JOIN hedges_hedgerelationship r ON r.id = w.relationship_id"
        " WHERE a.instrument_id = %(instrument)s AND a.period_to > greatest(a.period_from, %(on)s)"
        " GROUP BY r.id, r.code, w.hedge_type, w.framework ORDER BY r.code"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"instrument": instrument_id, "on": on})
        names = ("id", "code", "hedge_type", "framework", "period_from", "period_to", "designated_amount")
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def quotes_of(symbols: Sequence[str], on: date) -> dict[str, tuple[Decimal, str]]:
    """Spot rates and prices that are on record for a day, with their source; observed before synthetic, then newest."""
    rows = MarketQuote.objects.filter(
        kind__in=[QuoteKind.FX_SPOT, QuoteKind.PRICE],
        tenor="SPOT",
        symbol__in=symbols,
        quote_date=on,
        corrected_by=None,
    ).order_by("-is_synthetic", "id")
    return {
        symbol: (value, source) for symbol, value, source in rows.values_list("symbol", "value", "source")
    }


def events(user: Any) -> QuerySet[InstrumentEvent]:
    """For the API: of the entities that a person sees."""
    return access.scoped(InstrumentEvent.objects.all(), user)
