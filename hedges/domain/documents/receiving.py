"""A document comes in: read, compared with the book and kept as it came; what is refused leaves nothing behind.

The same document again is the one that is there. A document counts for nothing until a person records its trade or
matches it.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hedges.domain.documents import matching
from hedges.domain.documents.matching import Match
from hedges.domain.documents.resolving import Resolved, resolved
from hedges.domain.entitled import prepares
from hedges.models import TradeDocument
from hedges.queries import documents
from treasury.domain import audit
from treasury.domain.refusals import Refusal, as_refusal
from treasury.models import Entity


@dataclass(frozen=True, slots=True)
class Received:
    """`again`: the document was there already."""

    document: TradeDocument
    again: bool


def look(
    *,
    entity: Entity,
    content: bytes,
    our_party: str = "",
    counterparty: str = "",
    known_at: datetime | None = None,
) -> tuple[Resolved, list[Match]]:
    """What a document says and what the book has of it; nothing is kept. Raises DocumentRefused."""
    found = resolved(entity=entity, content=content, our_party=our_party, counterparty_code=counterparty)
    return found, matches_of(entity, found, known_at)


def receive(
    *,
    entity: Entity,
    content: bytes,
    actor: Any,
    file_name: str = "",
    our_party: str = "",
    counterparty: str = "",
) -> Received:
    """Keeps a document. Raises DocumentRefused for one that cannot be read whole, Refusal without the role."""
    prepares(actor, entity.pk, "takes in its trade documents")
    digest = hashlib.sha256(content).hexdigest()
    known = documents.same(entity.pk, digest)
    if known is not None:
        return Received(known, again=True)
    found = resolved(entity=entity, content=content, our_party=our_party, counterparty_code=counterparty)
    try:
        with as_refusal(), audit.action("hedges.document.received", actor=actor):
            document = TradeDocument.objects.create(
                entity=entity, counterparty=found.counterparty, format=found.reading.format, content=content,
                digest=digest, file_name=_shown(file_name), our_party=our_party.strip()[:120],
                trade_kind=found.reading.trade.kind, our_reference=found.reading.us.reference,
                their_reference=found.reading.them.reference, terms=found.reading.trade.shown(),
            )  # fmt: skip
    except Refusal as refusal:
        # Somebody else was faster with the same document.
        known = documents.same(entity.pk, digest) if refusal.constraint == "trade_document_once" else None
        if known is None:
            raise
        return Received(known, again=True)
    document.refresh_from_db()
    return Received(document, again=False)


def read_again(document: TradeDocument, known_at: datetime | None = None) -> tuple[Resolved, list[Match]]:
    """A kept document and the book as it is now, or was known at a time."""
    return look(
        entity=document.entity, content=bytes(document.content), our_party=document.our_party,
        counterparty=document.counterparty.code, known_at=known_at,
    )  # fmt: skip


def matches_of(entity: Entity, found: Resolved, known_at: datetime | None = None) -> list[Match]:
    """Three queries, however large the book."""
    trade, reading = found.reading.trade, found.reading
    references = [reading.us.reference, reading.them.reference, found.instrument.external_reference]
    amounts = [amount for amount in (trade.base_amount, trade.quote_amount) if amount is not None]
    if trade.quote_amount is None:
        amounts.append(-trade.base_amount)
    return matching.matches(
        trade,
        found.counterparty,
        [v for v in documents.by_reference(entity.pk, references, known_at=known_at) if _is_of(found, v)],
        documents.by_terms(
            entity.pk, kind=trade.kind, counterparty_id=found.counterparty.pk, trade_date=trade.trade_date,
            value_date=trade.value_date, amounts=amounts, known_at=known_at,
        ),
    )  # fmt: skip


def _is_of(found: Resolved, version: Any) -> bool:
    """A bank's number names the bank's trades alone; our own number names the trade whoever confirms it."""
    is_ours = version.instrument.external_reference in (
        found.reading.us.reference, found.instrument.external_reference
    )  # fmt: skip
    return is_ours or version.counterparty_id == found.counterparty.pk


def _shown(name: str) -> str:
    """The last part of a name, without what is not printed."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(character for character in last if character.isprintable())[:120]
