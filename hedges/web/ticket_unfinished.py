"""What is shown beside a ticket that is not complete: what is missing, and the market's rate where only ours is."""

from __future__ import annotations

from decimal import Decimal

from hedges.domain.ticket.understand import understood
from hedges.domain.ticket.worth import worth
from hedges.enums import InstrumentKind
from hedges.web.forms.ticket import TicketForm
from hedges.web.ticket_preview import Terms, market_seen
from treasury.web import formats

#: Kinds of which the rate alone is what the bank says.
QUOTED = (InstrumentKind.FORWARD, InstrumentKind.NON_DELIVERABLE_FORWARD)


def unfinished(form: TicketForm) -> dict[str, object]:
    """`missing`: the labels of the fields still to fill; `ahead`: the rate of the market, and of which night."""
    if form.understood is None:
        return {}
    errors = form.understood.errors
    # the side always shows one of its two
    missing = [
        name for name in form.names if name != "side" and errors.get(name, "").startswith("is missing")
    ]
    found: dict[str, object] = {"missing": [str(form.fields[name].label) for name in missing]}
    if set(errors) == {"rate"} and missing and form.ticket_kind in QUOTED:
        found["ahead"] = _ahead(form)
    return found


def _ahead(form: TicketForm) -> Terms:
    """The forward of the newest published market to the value date, the way round in which the trade is dealt."""
    told = understood({**form.texts(), "rate": "1"}, form.offer, form.reference)
    seen, _ = market_seen()
    if seen is None or not told.legs:
        return []
    version = told.legs[0][1]
    [found] = worth([version], seen)
    if not found.forward_rate:
        return []
    rate = 1 / found.forward_rate if version.dealt_pair else found.forward_rate
    said = formats.rate(Decimal(repr(round(rate, 6))))
    return [("Rate of the market", f"{said}, night of {seen.as_of_date}")]
