"""Market quotes are recorded and corrected: one by one, or in bulk. They belong to no entity."""

from typing import Any

from rest_framework import serializers
from rest_framework.response import Response

from treasury.api import bulk
from treasury.api.bodies import Body, Input, body, choices
from treasury.api.bulk import BulkAction, BulkAnswerSerializer, RowAnswerSerializer
from treasury.api.links import Made
from treasury.api.market_quotes import MarketQuotes, MarketQuoteSerializer
from treasury.api.parameters import Parameter
from treasury.api.writing import PREPARERS, Action, address, read_back, seen
from treasury.domain import market_quotes
from treasury.domain.bulk import quotes
from treasury.domain.bulk.answers import RowsRefused, document
from treasury.domain.bulk.quote_checks import FIELDS
from treasury.domain.bulk.rows import CSV, NDJSON
from treasury.domain.market_quotes import QuoteRow
from treasury.enums import QuoteKind, TokenScope
from treasury.models import MarketQuote
from treasury.queries import market_quotes as queries

_REASON = Input("reason", "Goes into the audit event.", required=False, blank=True, default="")


class OfNoEntity(Action):
    roles = PREPARERS
    token_scope = TokenScope.MARKET
    response_schema = MarketQuoteSerializer
    makes = Made("market-quotes")

    def entity_of(self, subject: Any) -> int:
        return 0

    def may_at(self, entity_id: int) -> None:
        """A quote is everybody's: one of the roles at any entity is enough, as for facts about credit."""

    def recorded(self, quote: MarketQuote) -> Response:
        row = read_back(MarketQuotes, self.request.user, quote.pk)
        return self.made(row, address=address("market-quotes", quote.pk))


class RecordQuote(OfNoEntity):
    """Records one quote. One that is there already, by kind, symbol, tenor, moneyness, date and source, is 409: correct
    it instead."""

    operation = "market_quotes_record"
    body: Body = body(
        Input("kind", "What is quoted.", "choice", choices=choices(QuoteKind)),
        Input("symbol", "Of the market.", limit=20),
        Input("tenor", "SPOT, ON, or like 3M and 2Y.", required=False, limit=5, default="SPOT"),
        Input("moneyness", "Strike over forward of a volatility.", "rate", False),
        Input("quote_date", "Business date of the quote.", "date"),
        Input("value", "As it was quoted.", "rate"),
        Input("source", "Who quotes it.", limit=20),
        Input("is_synthetic", "Derived by a documented model, not observed.", "boolean", False, default=False),
        _REASON,
        example={
            "kind": "FX_SPOT", "symbol": "EURUSD", "quote_date": "2026-10-30", "value": "1.0842", "source": "ECB",
        },
    )  # fmt: skip

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        row = QuoteRow(**{name: told[name] for name in QuoteRow._fields})
        market_quotes.record(quotes=[row], actor=self.request.user, reason=told["reason"])
        key = {name: told[name] for name in ("kind", "symbol", "tenor", "moneyness", "quote_date", "source")}
        if told["moneyness"] is None:
            key["moneyness__isnull"] = key.pop("moneyness") is None
        return self.recorded(MarketQuote.objects.get(**key, corrects=None))


class CorrectQuote(OfNoEntity):
    """Records what the quote should have been. Runs that saw the old one stay; the next revision sees this one. A quote
    that was corrected already is 409: correct its correction."""

    operation = "market_quotes_correct"
    body: Body = body(
        Input("value", "What it should have been.", "rate"),
        Input("source", "Who says so; not given: as before.", required=False, limit=20),
        Input("reason", "Why it was wrong."),
        example={"value": "1.0824", "reason": "Two digits were swapped."},
    )

    def found(self, where: dict[str, Any]) -> MarketQuote:
        return seen(queries.known(None, user=self.request.user).filter(pk=where["key"]))

    def act(self, subject: MarketQuote, told: dict[str, Any]) -> Response:
        made = market_quotes.correct(
            quote=subject, value=told["value"], source=told["source"] or subject.source, actor=self.request.user,
            reason=told["reason"],
        )  # fmt: skip
        return self.recorded(made)


class QuoteRowSerializer(RowAnswerSerializer):
    symbol = serializers.CharField(allow_null=True)
    tenor = serializers.CharField(allow_null=True)
    quote_date = serializers.DateField(allow_null=True)


class QuoteBulkSerializer(BulkAnswerSerializer):
    """What became of every row."""

    results = QuoteRowSerializer(many=True)


class BulkQuotes(BulkAction):
    """Quotes in bulk, answered at once; `exposures.api.bulk_quotes` makes a job of many."""

    operation = "market_quotes_bulk"
    roles = PREPARERS
    token_scope = TokenScope.MARKET
    fields = FIELDS
    example = {
        NDJSON: '{"kind": "FX_SPOT", "symbol": "EURUSD", "quote_date": "2026-10-30",'
        ' "value": "1.0842", "source": "ECB"}\n',
        CSV: "kind,symbol,tenor,quote_date,value,source\nFX_SPOT,EURUSD,SPOT,2026-10-30,1.0842,ECB\n",
    }
    response_schema = QuoteBulkSerializer
    parameters = (bulk.MODE, Parameter("reason", "Goes into the audit event."))

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        asked = self.read_query(self.request)
        try:
            answer = quotes.upsert(
                **told, row_wise=asked["mode"] == bulk.ROW_WISE, actor=self.request.user,
                reason=asked.get("reason", ""),
            )  # fmt: skip
        except RowsRefused as refusal:
            return bulk.refused(str(refusal), refusal.wrong)
        return self.made(document(answer, asked["mode"]))
