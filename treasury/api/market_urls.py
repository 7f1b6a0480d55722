"""Addresses under /api/v1/ that write market data and facts about credit."""

from treasury.api.credit_facts import RecordCreditFact
from treasury.api.manual_quotes_writing import ApproveManualQuote, ProposeQuote, RejectManualQuote
from treasury.api.market_quotes_writing import CorrectQuote, RecordQuote
from treasury.api.routes import action

urlpatterns = [
    action("market-quotes/record", RecordQuote),
    action("market-quotes/<key:key>/correct", CorrectQuote),
    action("manual-quotes/propose", ProposeQuote),
    action("manual-quotes/<key:key>/approve", ApproveManualQuote),
    action("manual-quotes/<key:key>/reject", RejectManualQuote),
    action("credit-facts/record", RecordCreditFact),
]
