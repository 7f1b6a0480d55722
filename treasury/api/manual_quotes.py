"""Quotes proposed by hand, with the second person's decision on them."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from treasury.api.fields import Exact
from treasury.api.parameters import Parameter, one_of
from treasury.api.permissions import OfEntities
from treasury.api.recorded import DECIDED_LATER, RecordedResource
from treasury.api.scopes import Scope
from treasury.enums import Decision, QuoteKind
from treasury.models import ManualQuoteVersion
from treasury.queries import manual_quotes


class ManualQuoteSerializer(serializers.Serializer):
    id = serializers.IntegerField(help_text="What is decided on.")
    version_number = serializers.IntegerField(help_text="The how manieth value for this series and date.")
    kind = serializers.ChoiceField(QuoteKind.choices, source="manual_quote.kind")
    symbol = serializers.CharField(source="manual_quote.symbol")
    tenor = serializers.CharField(source="manual_quote.tenor")
    moneyness = Exact(source="manual_quote.moneyness", allow_null=True)
    quote_date = serializers.DateField(source="manual_quote.quote_date")
    value = Exact(help_text="As in market-quotes.")
    source = serializers.CharField(help_text="Who says so.")
    replaces_id = serializers.IntegerField(
        allow_null=True, help_text="The market quote that it corrects; null: there was none."
    )
    change_reason = serializers.CharField()
    author = serializers.CharField(source="author.username", allow_null=True)
    recorded_at = serializers.DateTimeField()
    content_digest = serializers.CharField(help_text="SHA-256 of the content; what a decision is bound to.")
    decision = serializers.ChoiceField(Decision.choices, source="approval.decision", allow_null=True)
    decided_by = serializers.CharField(source="approval.decided_by.username", allow_null=True)
    decided_at = serializers.DateTimeField(source="approval.recorded_at", allow_null=True)
    decision_comment = serializers.CharField(source="approval.comment", allow_null=True)


class ManualQuotes(RecordedResource):
    """Quotes that people have typed, the newest first: what waits for a second person, and what was decided. With a yes
    there is a quote in market-quotes; before, no number uses it."""

    permission_classes = (OfEntities,)
    operation = "manual_quotes"
    dated = "valid_from"
    later = DECIDED_LATER
    tagged = ManualQuoteVersion
    serializer = ManualQuoteSerializer
    descending = True
    parameters = (
        one_of("kind", QuoteKind, "Those of this kind.", lookup="manual_quote__kind"),
        Parameter("symbol", "Those of this symbol.", lookup="manual_quote__symbol"),
        Parameter("quote_date_from", "Those quoted on this date or later.", "date", lookup="valid_from__gte"),
        Parameter("quote_date_to", "Those quoted on this date or earlier.", "date", lookup="valid_from__lte"),
        Parameter(
            "awaits",
            "true: nobody has decided on them; false: decided.",
            "boolean",
            lookup="approval__isnull",
        ),
    )

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return manual_quotes.visible(scope.user)
