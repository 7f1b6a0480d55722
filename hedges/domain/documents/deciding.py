"""What becomes of a document: its trade is recorded, for a second person to approve, or it confirms one that is there.

Each document has one outcome. A trade that the book seems to have is not recorded again unless the person says that it
is another one; differences are accepted with a reason only.
"""

from dataclasses import asdict
from typing import Any

from django.db import transaction

from hedges.domain import trade_capture
from hedges.domain.documents.matching import BY_REFERENCE, compared
from hedges.domain.documents.receiving import read_again
from hedges.domain.entitled import prepares
from hedges.enums import DocumentOutcome
from hedges.models import InstrumentVersion, TradeDocument, TradeDocumentOutcome
from treasury.domain import audit
from treasury.domain.refusals import Refusal, as_refusal


def record(
    *, document: TradeDocument, actor: Any, reason: str = "", is_another: bool = False
) -> InstrumentVersion:
    """The trade and the document's outcome, both or none. Raises Refusal: no role, an outcome already, a likely
    duplicate, whatever a guard of the book refuses."""
    prepares(actor, document.entity_id, "records its trades")
    _refuse_decided(document)
    found, matches = read_again(document)
    seems = [match for match in matches if match.by == BY_REFERENCE or not match.differences]
    if seems and not is_another:
        names = ", ".join(match.version.instrument.external_reference for match in seems)
        raise Refusal(
            f"This seems to be recorded already: {names}. Match the document with it, or say that it is another trade."
            " Nothing was recorded."
        )
    text = reason.strip()[:400]
    found.version.change_reason = text
    with transaction.atomic():
        version = trade_capture.capture(
            trades=[(found.instrument, found.version)], actor=actor, reason=text or f"document {document.pk}"
        )[0]
        _decide(document, DocumentOutcome.RECORDED, version, [], text, actor)
    return version


def match(
    *, document: TradeDocument, version: InstrumentVersion, actor: Any, reason: str = ""
) -> TradeDocumentOutcome:
    """`version`: the newest one that nobody has rejected of the instrument that the document confirms. Raises Refusal
    where they differ and no reason is given."""
    prepares(actor, document.entity_id, "matches its trade documents")
    _refuse_decided(document)
    if version.entity_id != document.entity_id:
        raise Refusal("The trade is one of another entity. Nothing was changed.")
    found, _ = read_again(document)
    differences = compared(found.reading.trade, found.counterparty, version)
    if differences is None:
        raise Refusal(
            "The trade is none that a document confirms: a future or an offset. Nothing was changed."
        )
    if differences and not reason.strip():
        names = ", ".join(one.field for one in differences)
        raise Refusal(
            f"The document and the book differ in {names}. Amend the trade, ask the bank for another confirmation, or"
            " give the reason why the difference stands. Nothing was changed."
        )
    listed = [asdict(one) for one in differences]
    return _decide(document, DocumentOutcome.MATCHED, version, listed, reason.strip()[:400], actor)


def _decide(
    document: TradeDocument,
    outcome: str,
    version: InstrumentVersion,
    differences: list,
    reason: str,
    actor: Any,
) -> TradeDocumentOutcome:
    event = f"hedges.document.{outcome.lower()}"
    with as_refusal(), audit.action(event, actor=actor, subject=document, reason=reason):
        return TradeDocumentOutcome.objects.create(
            document=document, entity_id=document.entity_id, outcome=outcome, instrument_id=version.instrument_id,
            differences=differences, reason=reason,
        )  # fmt: skip


def _refuse_decided(document: TradeDocument) -> None:
    decided = TradeDocumentOutcome.objects.filter(document=document).select_related("instrument").first()
    if decided is not None:
        raise Refusal(
            f"This document is {DocumentOutcome(decided.outcome).label} already:"
            f" {decided.instrument.external_reference}. Nothing was changed."
        )
