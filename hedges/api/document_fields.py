"""Fields of trade documents, of what the book has of them, and of what was read."""

from rest_framework import serializers

from hedges.domain.documents.matching import BY_REFERENCE, BY_TERMS
from hedges.enums import DocumentFormat, DocumentOutcome, InstrumentKind
from treasury.api.fields import AnyValue


class TradeDocumentSerializer(serializers.Serializer):
    """A kept document. `terms`: the trade as it was read, from the entity's side."""

    id = serializers.IntegerField()
    entity_id = serializers.IntegerField()
    entity = serializers.CharField(source="entity.code")
    counterparty = serializers.CharField(source="counterparty.code")
    format = serializers.ChoiceField(DocumentFormat.choices)
    file_name = serializers.CharField()
    digest = serializers.CharField(help_text="SHA-256 of the document as it came.")
    trade_kind = serializers.ChoiceField(InstrumentKind.choices)
    our_reference = serializers.CharField()
    their_reference = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    outcome = serializers.ChoiceField(DocumentOutcome.choices, source="outcome.outcome", allow_null=True)
    instrument_id = serializers.IntegerField(source="outcome.instrument_id", allow_null=True)
    terms = serializers.DictField(
        child=AnyValue(), help_text="Terms by name; amounts, rates and dates as strings."
    )


class DifferenceSerializer(serializers.Serializer):
    field = serializers.CharField()
    document = AnyValue(help_text="Null: the document has no such term.")
    book = AnyValue(help_text="Null: the book has no such term.")


class MatchSerializer(serializers.Serializer):
    """A recorded trade that the document may confirm, with every difference."""

    instrument_id = serializers.IntegerField()
    external_reference = serializers.CharField()
    version_number = serializers.IntegerField()
    matched_by = serializers.ChoiceField([BY_REFERENCE, BY_TERMS])
    differences = DifferenceSerializer(many=True)


class ReadDocumentSerializer(serializers.Serializer):
    """A document that was read and not kept."""

    format = serializers.ChoiceField(DocumentFormat.choices)
    trade_kind = serializers.ChoiceField(InstrumentKind.choices)
    counterparty = serializers.CharField()
    our_reference = serializers.CharField()
    their_reference = serializers.CharField()
    terms = serializers.DictField(child=AnyValue())
    matches = MatchSerializer(many=True)


class MatchesSerializer(serializers.Serializer):
    document_id = serializers.IntegerField()
    matches = MatchSerializer(many=True)


class OriginalSerializer(serializers.Serializer):
    document_id = serializers.IntegerField()
    file_name = serializers.CharField()
    digest = serializers.CharField()
    content = serializers.CharField(help_text="The document as it came, base64.")
