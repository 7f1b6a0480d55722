"""Saving a strategy: a proposal with the inputs, the run and its digests, and every number that was shown.

The run's market and book are sealed, so that the same inputs on the same run give the same numbers again; their SHA-256
says whether they do.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from hedges.domain.proposals.propose import LineDraft, propose
from hedges.enums import ProposalKind
from hedges.models import HedgeProposal
from treasury.domain.refusals import Refusal
from treasury.models import CalculationRun


def save(
    *,
    entity_id: int,
    title: str,
    tool: str,
    run_id: int,
    inputs: Mapping[str, str],
    numbers: Mapping[str, Any],
    digest: str,
    lines: Sequence[LineDraft],
    actor: Any,
    client_key: UUID,
) -> HedgeProposal:
    """Raises Refusal: no title, no role, a run that is not the published one of its date."""
    if not title.strip():
        raise Refusal("Give it a title, so that it is found again.")
    run = CalculationRun.objects.select_related("market_data_snapshot", "book_snapshot").get(pk=run_id)
    assumptions = {
        "tool": tool,
        "inputs": dict(inputs),
        "as_of_date": run.as_of_date.isoformat(),
        "market_digest": run.market_data_snapshot.content_digest if run.market_data_snapshot else "",
        "book_digest": run.book_snapshot.content_digest if run.book_snapshot else "",
        "numbers": dict(numbers),
        "numbers_digest": digest,
    }
    return propose(
        entity_id=entity_id, kind=ProposalKind.STRATEGY, title=title, run_id=run_id, assumptions=assumptions,
        lines=lines, actor=actor, client_key=client_key,
    )  # fmt: skip
