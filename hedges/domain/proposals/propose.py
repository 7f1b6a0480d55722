"""Recording a proposal: what to trade, out of which run, under which assumptions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from hedges.domain.entitled import prepares
from hedges.domain.ticket.kinds import COMMON, FIELDS
from hedges.enums import ProposalKind
from hedges.models import HedgeProposal, HedgeProposalLine
from treasury.domain import audit
from treasury.domain.exactness import refuse_rounding
from treasury.domain.refusals import Refusal, as_refusal
from treasury.models import Risk


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """One trade of a proposal. `notional_amount`: signed in the base unit of the risk, + to buy, − to sell.

    `ticket`: what a ticket of `trade_kind` (`hedges.domain.ticket.kinds`) is filled in with, as it would be typed.
    `exposure_amount` and `hedge_amount`: the cell that it is for as the run has it; `month_from` None: of the whole
    entity and risk.
    """

    risk_id: int
    trade_kind: str
    notional_amount: Decimal
    ticket: Mapping[str, str] = field(default_factory=dict)
    value_date: date | None = None
    contract_count: int | None = None
    month_from: int | None = None
    month_to: int | None = None
    exposure_amount: Decimal | None = None
    hedge_amount: Decimal | None = None
    aim: str = ""


def propose(
    *,
    entity_id: int,
    kind: str,
    title: str,
    run_id: int,
    assumptions: Mapping[str, Any],
    lines: Sequence[LineDraft],
    actor: Any,
    client_key: UUID | None = None,
) -> HedgeProposal:
    """Records one proposal with its lines; sent again with its `client_key`, it is the one that is there.

    `assumptions`: an object of JSON, numbers as strings, from which the lines can be worked out again. Raises
    Refusal: no role at the entity, a run that is not published, no line of a proposal for a band, terms that the
    kind of trade does not have.
    """
    prepares(actor, entity_id, "proposes its trades")
    if not lines and kind == ProposalKind.BAND:
        raise Refusal("There is nothing to trade: choose a bucket outside its band, or another aim.")
    key = client_key or uuid4()
    if before := _same(key, actor, entity_id):
        return before
    rows = _rows(lines, entity_id)
    proposal = HedgeProposal(
        entity_id=entity_id, kind=kind, title=title.strip()[:200], run_id=run_id, assumptions=dict(assumptions),
        client_key=key,
    )  # fmt: skip
    try:
        with as_refusal(), audit.action("hedges.proposal.made", actor=actor, reason=proposal.title):
            proposal.save(force_insert=True)
            for row in rows:
                row.proposal = proposal
            HedgeProposalLine.objects.bulk_create(rows)
    except Refusal as refusal:
        if refusal.constraint == "hedges_hedgeproposal_client_key_key" and (
            before := _same(key, actor, entity_id)
        ):
            return before
        raise
    return HedgeProposal.objects.get(pk=proposal.pk)


def _same(key: UUID, actor: Any, entity_id: int) -> HedgeProposal | None:
    found = HedgeProposal.objects.filter(client_key=key).first()
    if found and (found.author_id != actor.pk or found.entity_id != entity_id):
        raise Refusal("Another proposal was sent from this form. Open the page anew and send it from there.")
    return found


def _rows(lines: Sequence[LineDraft], entity_id: int) -> list[HedgeProposalLine]:
    units = dict(
        Risk.objects.filter(pk__in={line.risk_id for line in lines}).values_list("pk", "base_unit_id")
    )
    rows = []
    for number, line in enumerate(lines, start=1):
        strange = line.ticket.keys() - {*FIELDS.get(line.trade_kind, ()), *COMMON}
        if strange:
            raise Refusal(f"A ticket of kind {line.trade_kind} has no {', '.join(sorted(strange))}.")
        rows.append(
            HedgeProposalLine(
                entity_id=entity_id, line_number=number, risk_id=line.risk_id, trade_kind=line.trade_kind,
                notional_amount=line.notional_amount, notional_currency_id=units[line.risk_id],
                contract_count=line.contract_count, value_date=line.value_date, month_from=line.month_from,
                month_to=line.month_to, exposure_amount=line.exposure_amount, hedge_amount=line.hedge_amount,
                aim=line.aim, ticket=dict(line.ticket),
            )
        )  # fmt: skip
    refuse_rounding(rows)
    return rows
