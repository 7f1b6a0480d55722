"""Documents of trades: a confirmation as it came, what was read of it, and what became of it. Only ever grows."""

from django.db import models
from django.db.models import Q

from hedges.enums import DocumentFormat, DocumentOutcome, InstrumentKind
from hedges.models.instrument import Instrument
from treasury.models import Counterparty, Entity, Recorded


class TradeDocument(Recorded):
    """The bytes as they came, under their digest: the same document of an entity is there once.

    `terms` is the trade as it was read, from the entity's side, decimals and dates as strings; `our_party` is what the
    entity is called in the document. The database works the digest out again.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="trade_documents")
    counterparty = models.ForeignKey(Counterparty, on_delete=models.PROTECT, related_name="+")
    format = models.CharField(max_length=5, choices=DocumentFormat)
    file_name = models.CharField(max_length=120, blank=True)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    our_party = models.CharField(max_length=120, blank=True)
    trade_kind = models.CharField(max_length=24, choices=InstrumentKind)
    our_reference = models.CharField(max_length=60, blank=True)
    their_reference = models.CharField(max_length=60, blank=True)
    terms = models.JSONField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "digest"], name="trade_document_once"),
            models.UniqueConstraint(fields=["entity", "id"], name="trade_document_entity_key"),
            models.CheckConstraint(
                condition=Q(format__in=DocumentFormat.values), name="trade_document_format"
            ),
            models.CheckConstraint(
                condition=Q(trade_kind__in=InstrumentKind.values), name="trade_document_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.their_reference or self.digest[:12]


class TradeDocumentOutcome(Recorded):
    """What became of a document, once. `differences`: what the person saw and accepted in matching, field by field."""

    document = models.OneToOneField(TradeDocument, on_delete=models.PROTECT, related_name="outcome")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=DocumentOutcome)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="document_outcomes")
    differences = models.JSONField(default=list)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["document"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument"],
                condition=Q(outcome=DocumentOutcome.RECORDED),
                name="trade_document_recorded_once",
            ),
            models.CheckConstraint(
                condition=Q(outcome=DocumentOutcome.RECORDED, differences=[])
                | Q(outcome=DocumentOutcome.MATCHED, differences=[])
                | Q(outcome=DocumentOutcome.MATCHED, reason__regex=r"\S"),
                name="trade_document_differences_with_a_reason",
            ),
        ]
