"""Market quotes in bulk: at once while they are few, else as a job of the worker, whose jobs are kept here."""

from typing import Any

from rest_framework.response import Response

from exposures.api.by_job import ByJob
from treasury.api.market_quotes_writing import BulkQuotes
from treasury.enums import TokenScope
from treasury.queries.access import PREPARERS


class BulkQuotesByJob(ByJob, BulkQuotes):
    """Records up to 50,000 quotes: a new one as it is, one with another value than stands as its correction, and one
    that is the same not again. More than 5,000 rows, or `Prefer: respond-async`, are a job: 202 with its address."""

    resource = "market-quotes"
    roles = PREPARERS
    token_scope = TokenScope.MARKET

    def act(self, subject: None, told: dict[str, Any]) -> Response:
        if not self.is_a_job(told):
            return super().act(subject, told)
        asked = self.read_query(self.request)
        # A quote belongs to no entity: whoever sends it sees the job, and nobody else.
        return self.job(told, mode=asked["mode"], settings={"reason": asked.get("reason", "")}, entity_ids=[])
