"""Documents of trades that the user may see, and what the book has that may be their trades."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from hedges.enums import InstrumentStatus
from hedges.models import Instrument, InstrumentVersion, TradeDocument
from treasury.enums import Decision, RiskKind
from treasury.models import Counterparty, Entity, Risk
from treasury.queries import access
from treasury.queries.as_known import recorded_by
from treasury.queries.known import Point, applicable
from treasury.queries.rows import Row, listed

#: Candidates that are looked at.
LIMIT = 50
_JOINED = ("instrument", "risk", "counterparty", "entity")


def documents(user: Any) -> "QuerySet[TradeDocument]":
    return access.scoped(TradeDocument.objects.all(), user)


def same(entity_id: int, digest: str) -> TradeDocument | None:
    return TradeDocument.objects.filter(entity_id=entity_id, digest=digest).first()


def visible_entity(user: Any, code: str) -> Entity | None:
    return access.visible_entities(user).filter(code=code).first()


def counterparty(code: str) -> Counterparty | None:
    return Counterparty.objects.filter(code=code).first()


def counterparties_named(leis: Collection[str]) -> list[Counterparty]:
    return list(Counterparty.objects.filter(lei__in=list(leis)))


def risks_of(currencies: Collection[str]) -> list[Row]:
    """Risks of one currency (its rate indices) or of two (their pairs, either way round), by code."""
    codes = list(currencies)
    kind = RiskKind.CURRENCY_PAIR if len(codes) == 2 else RiskKind.RATE_INDEX
    found = Risk.objects.filter(kind=kind, base_unit__in=codes, quote_currency__in=codes).order_by("code")
    return listed(found.values("id", "code", "base_unit_id", "quote_currency_id", "market_symbol"))


def newest_standing(
    entity_id: int, *, as_of: date | None = None, known_at: datetime | None = None
) -> "QuerySet[InstrumentVersion]":
    """Of each instrument of the entity the newest version that nobody has rejected, of those begun by a date."""
    rejected = Q(approval__decision=Decision.REJECTED)
    if known_at is not None:
        rejected &= Q(approval__recorded_at__lte=known_at)
    standing = recorded_by(InstrumentVersion.objects.filter(entity_id=entity_id), known_at).exclude(rejected)
    if as_of is not None:
        standing = standing.filter(valid_from__lte=as_of)
    last = standing.order_by("instrument_id", "-version_number").distinct("instrument_id").values("pk")
    return InstrumentVersion.objects.filter(pk__in=last).select_related(*_JOINED)


def by_reference(
    entity_id: int, references: Collection[str], *, known_at: datetime | None = None
) -> list[InstrumentVersion]:
    wanted = [reference for reference in references if reference]
    found = Instrument.objects.filter(entity_id=entity_id, external_reference__in=wanted).values("pk")
    return list(newest_standing(entity_id, known_at=known_at).filter(instrument__in=found)[:LIMIT])


def by_terms(
    entity_id: int,
    *,
    kind: str,
    counterparty_id: int,
    trade_date: date,
    value_date: date,
    amounts: Collection[Decimal],
    known_at: datetime | None = None,
) -> list[InstrumentVersion]:
    """Instruments of the kind with the counterparty, with a date or the amount in common; cancelled ones are none."""
    in_common = (
        Q(settlement_date=value_date) | Q(trade_date=trade_date) | Q(notional_amount__in=list(amounts))
    )
    candidates = InstrumentVersion.objects.filter(
        in_common, entity_id=entity_id, kind=kind, counterparty_id=counterparty_id
    ).values("instrument_id")
    found = newest_standing(entity_id, known_at=known_at).filter(instrument__in=candidates, kind=kind)
    return list(found.exclude(status=InstrumentStatus.CANCELLED).order_by("-trade_date", "pk")[:LIMIT])


def instrument_version(
    user: Any, instrument_id: int, *, as_of: date | None = None, known_at: datetime | None = None
) -> InstrumentVersion | None:
    """The newest version that nobody has rejected."""
    seen = access.scoped(Instrument.objects.filter(pk=instrument_id), user).first()
    if seen is None:
        return None
    return newest_standing(seen.entity_id, as_of=as_of, known_at=known_at).filter(instrument=seen).first()


def live_book(user: Any, at: Point, entity_code: str = "") -> "QuerySet[InstrumentVersion]":
    """Every live instrument as it counts at a point, in the order of its key; one query."""
    found = applicable(InstrumentVersion.objects.all(), parent="instrument", at=at)
    found = access.scoped(found, user).filter(
        status=InstrumentStatus.LIVE, settlement_date__gte=at.as_of_date
    )
    if entity_code:
        found = found.filter(entity__code=entity_code)
    return found.select_related(*_JOINED).order_by("instrument_id")
