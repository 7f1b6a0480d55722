"""The second person for what is recorded in the book: exposures and hedging instruments, decided on at their entity."""

from typing import Any, NamedTuple

from exposures.models import ExposureVersion, ExposureVersionApproval
from exposures.queries.standing import together
from hedges.domain.entitled import decides
from hedges.models import InstrumentVersion, InstrumentVersionApproval
from hedges.queries import instrument_life
from treasury.domain import approval
from treasury.enums import Decision
from treasury.models import ApprovalRecord, VersionRecord


class Kind(NamedTuple):
    versions: type[VersionRecord]
    approvals: type[ApprovalRecord]


KINDS = {
    "exposure": Kind(ExposureVersion, ExposureVersionApproval),
    "instrument": Kind(InstrumentVersion, InstrumentVersionApproval),
}


def decide(
    *,
    kind: str,
    version_id: int,
    actor: Any,
    decision: Decision,
    comment: str = "",
    digest: str | None = None,
) -> None:
    """A second person's yes or no to one version, bound to the digest that was seen.

    The versions that a split or an event in the life of a trade made with it are decided on by the same word.
    Raises Refusal: no approver at the entity, not the newest version, an author of it, decided already.
    """
    versions, approvals = KINDS[kind]
    version: Any = versions._default_manager.get(pk=version_id)
    decides(actor, version.entity_id, f"decides on its {kind}s")
    decided = together([version]) if kind == "exposure" else instrument_life.together(version)
    seen = [digest if digest and one.pk == version.pk else one.content_digest for one in decided]
    approval.decide(
        versions=decided, approvals=approvals, actor=actor, decision=decision, comment=comment, digests=seen
    )
