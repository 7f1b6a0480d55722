"""Dismissing a line of a proposal: it will not be traded, and why."""

from typing import Any

from hedges.domain.entitled import prepares
from hedges.enums import ProposalOutcome
from hedges.models import HedgeProposalLine, HedgeProposalOutcome
from treasury.domain import audit
from treasury.domain.refusals import Refusal, as_refusal


def dismiss(*, line: HedgeProposalLine, actor: Any, reason: str) -> HedgeProposalOutcome:
    """Raises Refusal: no role at the entity, no reason, a line that is dealt or dismissed already."""
    prepares(actor, line.entity_id, "dismisses what is proposed for it")
    if not reason.strip():
        raise Refusal("Say why it is not traded: whoever reads the list later wants to know.")
    with (
        as_refusal(),
        audit.action("hedges.proposal.dismissed", actor=actor, subject=line, reason=reason.strip()),
    ):
        return HedgeProposalOutcome.objects.create(
            line=line,
            entity_id=line.entity_id,
            outcome=ProposalOutcome.DISMISSED,
            reason=reason.strip()[:400],
        )
