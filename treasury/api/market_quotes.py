"""Market quotes, the newest recorded first."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from treasury.api.fields import Exact
from treasury.api.parameters import Parameter, dates, one_of
from treasury.api.permissions import OfEntities
from treasury.api.recorded import RecordedResource
from treasury.api.scopes import Scope
from treasury.enums import QuoteKind
from treasury.models import MarketQuote
from treasury.queries import market_quotes


class MarketQuoteSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    kind = serializers.ChoiceField(QuoteKind.choices)
    symbol = serializers.CharField()
    tenor = serializers.CharField(help_text="SPOT, ON, or like 3M and 2Y.")
    moneyness = Exact(
        allow_null=True,
        help_text="Strike over forward of a volatility; null: at the money, or no volatility.",
    )
    quote_date = serializers.DateField()
    value = Exact(
        help_text="Spot rates and forward points (outright less spot, not pips) in quote currency per unit of base,"
        " rates, spreads and volatilities as fractions a year, prices in quote currency per unit."
    )
    source = serializers.CharField()
    is_synthetic = serializers.BooleanField(help_text="Derived by a documented model, not observed.")
    corrects_id = serializers.IntegerField(allow_null=True, help_text="The quote that this one replaces.")
    recorded_at = serializers.DateTimeField()


class MarketQuotes(RecordedResource):
    """One number of one market on one date. A correction is a quote of its own that names the one it replaces. The
    credit spread of an entity, under its code, is for those who see the entity."""

    permission_classes = (OfEntities,)
    operation = "market_quotes"
    dated = "quote_date"
    tagged = MarketQuote
    serializer = MarketQuoteSerializer
    descending = True
    current: bool | None = None
    parameters = (
        one_of("kind", QuoteKind, "Those of this kind."),
        Parameter("symbol", "Those of this symbol.", lookup="symbol"),
        Parameter("tenor", "Those of this tenor.", lookup="tenor"),
        Parameter("moneyness", "Volatilities at this strike over forward.", "decimal", lookup="moneyness"),
        Parameter(
            "at_the_money",
            "true: without a moneyness, as volatilities at the money and all other quotes; false: only those with one.",
            "boolean",
            lookup="moneyness__isnull",
        ),
        Parameter("source", "Those of this source.", lookup="source"),
        Parameter("quote_date", "Those of this date.", "date", lookup="quote_date"),
        *dates("quote_date", "Those quoted"),
        Parameter("is_synthetic", "Derived ones, or observed ones.", "boolean", lookup="is_synthetic"),
        Parameter("current", "true: without those that were corrected; false: only those.", "boolean"),
    )

    def scope(self, values: dict[str, Any]) -> Scope:
        self.current = values.get("current")
        return super().scope(values)

    def rows(self, scope: Scope) -> "QuerySet[Any]":
        return market_quotes.known(scope.known_at, user=scope.user, current=self.current)
