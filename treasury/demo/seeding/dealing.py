"""From a bucket below its band to a trade that waits: proposed out of the last night, dealt by a ticket; a draft."""

from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from hedges.domain.proposals.propose import propose as keep_proposal
from hedges.domain.proposals.trades import Wish, planned
from hedges.domain.ticket import send
from hedges.domain.ticket.understand import understood
from hedges.enums import ProposalAim, ProposalKind
from hedges.models import HedgeProposalLine
from hedges.queries import position, proposals, ticket
from treasury.demo.company.deals import Ticket, dealt_forward_rate
from treasury.demo.company.specs import rate_digits
from treasury.demo.company.tickets import ProposalSpec, TicketSpec
from treasury.demo.market.reference_rates import business_date
from treasury.demo.seeding.book import DemoBook
from treasury.domain import drafts
from treasury.enums import RunKind, RunStatus
from treasury.kernel.errors import HedgebookError
from treasury.models import CalculationRun
from treasury.queries.people import person

#: Where the pages are. Asking Django would load all of them, which costs more than the rest of the last day.
TICKET, PROPOSE = "/trades/new/", "/proposals/into-band/"


def propose(spec: ProposalSpec, book: DemoBook, reason: str) -> None:
    """As the page of the bucket does it, out of the newest night that is published."""
    nights = CalculationRun.objects.filter(kind=RunKind.NIGHTLY, status=RunStatus.PUBLISHED)
    run: dict[str, Any] = dict(nights.order_by("-as_of_date").values("id", "as_of_date", "known_at")[0])
    as_of: date = run["as_of_date"]
    entity, risk = book.keys.entities[spec.entity], book.keys.risks[spec.risk]
    low = [row for row in position.profile(run["id"], entity, risk) if "under_hedged" in row["flags"]]
    plans = planned(
        low,
        as_of=as_of,
        entity_code=spec.entity,
        risk=proposals.risk(risk) or {},
        wish=Wish(aim=ProposalAim.TARGET, step=spec.step, minimum=spec.minimum, kind=spec.kind),
        spans=proposals.spans(as_of),
        due=proposals.due(run, entity, risk),
        contracts=[],
    )
    inputs = {
        "aim": ProposalAim.TARGET.value,
        "kind": spec.kind,
        "step": str(spec.step),
        "minimum": str(spec.minimum),
        "month": "",
    }
    address = f"{PROPOSE}{spec.entity}/{spec.risk}/?{urlencode(inputs)}"
    keep_proposal(
        entity_id=entity,
        kind=ProposalKind.BAND.value,
        title=f"{spec.entity} {spec.risk} to the target",
        run_id=run["id"],
        assumptions={**inputs, "address": address, "as_of_date": as_of.isoformat()},
        lines=[plan.line for plan in plans if plan.line],
        actor=book.people["treasurer"],
        client_key=UUID(spec.key),
    )


def deal(spec: ProposalSpec, sent: TicketSpec, begun: TicketSpec, book: DemoBook, reason: str) -> None:
    """The ticket of the last line is sent; another one is kept as a draft, which is no entry of the book."""
    owner, key = book.people["treasurer"], UUID(sent.key)
    drafts.keep(
        owner=owner,
        form_name=send.FORM,
        client_key=UUID(begun.key),
        fields=begun.told,
        title=begun.title,
        address=f"{TICKET}?draft={begun.key}",
    )
    line = HedgeProposalLine.objects.filter(proposal__client_key=spec.key).order_by("-line_number")[0]
    told = {"kind": line.trade_kind, **line.ticket, **sent.told, "rate": f"{_rate(spec, line):f}"}
    entities = [row for row in person(owner).entities if row["id"] == line.entity_id]
    found = understood(told, _offer(entities), send.reference_of(line.trade_kind, key))
    if found.deal is None:
        raise HedgebookError(f"A ticket of the demo company was not understood: {found.errors}")
    send.send(legs=found.legs, kind=line.trade_kind, key=key, actor=owner, proposal_line_id=line.pk)


def _offer(entities: list[dict[str, Any]]) -> ticket.Offer:
    entity_id = entities[0]["id"]
    return ticket.offer(entities, today=ticket.today(entity_id), entity_id=entity_id)


def _rate(spec: ProposalSpec, line: HedgeProposalLine) -> Decimal:
    """The market's forward with the bank's margin, quoted as the ticket quotes the pair."""
    settles = line.value_date or business_date()
    dealt = Ticket(spec.entity, "", spec.risk, business_date(), settles, line.notional_amount, ())
    rate = dealt_forward_rate(dealt)
    return rate if line.ticket["against"] == spec.risk else rate_digits(1 / float(rate))
