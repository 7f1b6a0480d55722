"""Trades that may be the one that is being recorded: the same deal typed twice, or sent by mail and by telephone."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from django.db.models import F, Q

from hedges.enums import InstrumentStatus
from hedges.models import InstrumentVersion
from treasury.queries.rows import Row, listed

#: How far two amounts of one deal may be apart, and how many days.
AMOUNT_TOLERANCE = Decimal("0.01")
DAYS = 2
LIMIT = 20


def alike(versions: Sequence[InstrumentVersion], *, reference: str, source: str) -> list[Row]:
    """Live instruments of the same entity, counterparty, risk, kind, side and settlement date, whose amount is within
    1 %, dealt or recorded within two days of it. What the same ticket has recorded is not one of them. One query.
    """
    wanted = Q(pk=None)
    for version in versions:
        amounts = sorted(
            version.notional_amount * (1 + part) for part in (-AMOUNT_TOLERANCE, AMOUNT_TOLERANCE)
        )
        near = timedelta(days=DAYS)
        wanted |= Q(
            entity_id=version.entity_id,
            counterparty_id=version.counterparty_id,
            risk_id=version.risk_id,
            kind=version.kind,
            settlement_date=version.settlement_date,
            notional_amount__range=amounts,
        ) & (
            Q(trade_date__range=(version.trade_date - near, version.trade_date + near))
            | Q(recorded_at__date__range=(version.trade_date - near, version.trade_date + near))
        )
    newest = (
        InstrumentVersion.objects.filter(wanted)
        .exclude(status=InstrumentStatus.CANCELLED)
        .exclude(instrument__source_system=source, instrument__external_reference__startswith=reference)
        .order_by("instrument_id", "-version_number")
        .distinct("instrument_id")
    )
    return listed(
        newest.values(
            "instrument_id", "notional_amount", "notional_currency_id", "trade_date", "settlement_date", "strike_rate",
            "recorded_at", reference=F("instrument__external_reference"), bank=F("counterparty__code"),
            author_name=F("author__username"),
        )[:LIMIT]
    )  # fmt: skip
