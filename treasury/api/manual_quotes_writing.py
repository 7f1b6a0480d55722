"""Quotes by hand: proposed by one person, decided on by another."""

from typing import Any

from rest_framework.response import Response

from treasury.api.bodies import Body, Input, body, choices
from treasury.api.decisions import DECISION, SEEN
from treasury.api.links import Made
from treasury.api.manual_quotes import ManualQuotes, ManualQuoteSerializer
from treasury.api.market_quotes_writing import OfNoEntity
from treasury.api.writing import DECIDERS, PREPARERS, address, read_back, seen
from treasury.domain import manual_quotes as verbs
from treasury.domain.manual_quotes import Proposed
from treasury.enums import QuoteKind, TokenScope
from treasury.kernel.errors import InputError
from treasury.models import ManualQuoteVersion, MarketQuote
from treasury.queries import manual_quotes, market_quotes


class ProposeQuote(OfNoEntity):
    """Proposes a quote by hand, or the correction of one: it counts once another person has agreed. What is proposed
    for a series and date of which a value waits already is 409, as is a correction of what does not stand any more."""

    operation = "manual_quotes_propose"
    roles = PREPARERS
    response_schema = ManualQuoteSerializer
    makes = Made("manual-quotes")
    body: Body = body(
        Input("kind", "What is quoted.", "choice", choices=choices(QuoteKind)),
        Input("symbol", "Of the market.", limit=20),
        Input("tenor", "SPOT, ON, or like 3M and 2Y.", required=False, limit=5, default="SPOT"),
        Input("moneyness", "Strike over forward of a volatility.", "rate", False),
        Input("quote_date", "Business date of the quote, not one to come.", "date"),
        Input("value", "As in market-quotes: rates, spreads and volatilities are fractions a year.", "rate"),
        Input("source", "Who says so.", limit=20),
        Input("replaces", "The market quote to correct, the one that stands; not given: there is none.", "key", False),
        Input("reason", "Why it is recorded by hand; the approver decides on it."),
        example={
            "kind": "FX_SPOT", "symbol": "EURUSD", "quote_date": "2026-10-30", "value": "1.0842", "source": "DESK",
            "reason": "The feed had no rates for this day.",
        },
    )  # fmt: skip

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        given = {name: told[name] for name in Proposed.__slots__ if name != "replaces"}
        made = verbs.propose(
            quote=Proposed(**given, replaces=self._replaced(told["replaces"])),
            actor=self.request.user,
            reason=told["reason"],
        )
        row = read_back(ManualQuotes, self.request.user, made.pk)
        return self.made(row, address=address("manual-quotes", made.pk))

    def _replaced(self, key: int | None) -> MarketQuote | None:
        if key is None:
            return None
        found = market_quotes.known(None, user=self.request.user).filter(pk=key).first()
        if found is None:
            raise InputError("replaces", "the id of a market quote", got=str(key))
        return found


class _Decide(OfNoEntity):
    token_scope = TokenScope.DECIDE
    roles = DECIDERS
    response_schema = ManualQuoteSerializer
    makes = None
    body = DECISION
    status_code = 200

    def found(self, where: dict[str, Any]) -> ManualQuoteVersion:
        return seen(manual_quotes.visible(self.request.user).filter(pk=where["key"]))

    def answered(self, subject: ManualQuoteVersion) -> Response:
        return self.made(read_back(ManualQuotes, self.request.user, subject.pk))


class ApproveManualQuote(_Decide):
    """A second person's yes: makes the quote, which the next night uses."""

    operation = "manual_quotes_approve"

    def act(self, subject: ManualQuoteVersion, told: dict[str, Any]) -> Response:
        verbs.approve(version=subject, actor=self.request.user, comment=told["comment"], digest=told[SEEN])
        return self.answered(subject)


class RejectManualQuote(_Decide):
    """A second person's no: the value never counts."""

    operation = "manual_quotes_reject"

    def act(self, subject: ManualQuoteVersion, told: dict[str, Any]) -> Response:
        verbs.reject(version=subject, actor=self.request.user, comment=told["comment"], digest=told[SEEN])
        return self.answered(subject)
