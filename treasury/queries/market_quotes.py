"""Market quotes as they were known. They belong to no entity; an entity's own credit spread stands under its code."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from treasury.enums import QuoteKind
from treasury.models import Counterparty, Entity, MarketQuote
from treasury.queries import access

#: What the code of a credit spread has to be for a person.
OWN_PARTY = "the code of a counterparty, or of an entity whose hedges you prepare"


def known(at: datetime | None, *, user: Any, current: bool | None = None) -> "QuerySet[MarketQuote]":
    """The quotes recorded by then that the user sees; `current` True leaves out those corrected by then, False leaves
    only those."""
    quotes = MarketQuote.objects.filter(
        not_of_others(access.visible_entities(user).values("pk")) | Q(event__actor=user)
    )
    if at is not None:
        quotes = quotes.filter(recorded_at__lte=at)
    if current is None:
        return quotes
    corrections = MarketQuote.objects.filter(corrects=OuterRef("pk"))
    if at is not None:
        corrections = corrections.filter(recorded_at__lte=at)
    return quotes.filter(~Exists(corrections) if current else Exists(corrections))


def not_of_others(entity_ids: "Collection[int] | QuerySet[Any]", path: str = "") -> Q:
    """Without the credit spreads of other entities than these: they would name them. `path`: to the quote."""
    others = Entity.objects.exclude(pk__in=entity_ids).values("code")
    return ~Q(**{f"{path}kind": QuoteKind.CREDIT_SPREAD, f"{path}symbol__in": others})


def not_of_theirs(codes: Collection[str], user: Any) -> set[str]:
    """Those of these codes whose credit the user does not quote: foreign ones, and those that nobody has, alike."""
    if not codes:
        return set()
    own = access.entities_with(user, access.PREPARERS).filter(pk=OuterRef("pk"))
    entities = dict(Entity.objects.filter(code__in=codes).values_list("code", Exists(own)))
    parties = set(Counterparty.objects.filter(code__in=codes).values_list("code", flat=True))
    return {code for code in codes if not entities.get(code, code in parties)}


def seen(rows: "QuerySet[Any]", entity_ids: Collection[int]) -> "QuerySet[Any]":
    """Of the feed: whoever follows it keeps a copy of what these entities may see."""
    return rows.filter(not_of_others(entity_ids))
