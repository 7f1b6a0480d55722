"""What the second person is shown of a trade beside its terms: the market, its worth, and the hedge ratio with it."""

from __future__ import annotations

from hedges.domain.ticket.worth import worth
from hedges.enums import InstrumentStatus
from hedges.models import InstrumentVersion
from hedges.web import counts_in
from hedges.web.ticket_preview import Terms, market_seen, market_terms
from treasury.queries import published


def of_new_trade(version_id: int) -> Terms:
    """Nothing of what is not live: what became of a trade is shown on the page of the event."""
    version = InstrumentVersion.objects.select_related("risk").get(pk=version_id)
    if version.status != InstrumentStatus.LIVE or version.version_number != 1:
        return []
    seen, reason = market_seen()
    found = worth([version], seen)[0] if seen else None
    terms = market_terms(version.kind, version, found, reason)
    return terms + counts_in.with_the_trade(
        published.published_run(), kind=version.kind, entity_id=version.entity_id, risk_code=version.risk.code,
        unit=version.notional_currency_id, day=version.settlement_date, notional=version.notional_amount,
    )  # fmt: skip
