"""The second person for what is recorded in the book: exposures and hedging instruments, decided on at their entity."""

from typing import Any, NamedTuple

from exposures.models import ExposureVersion, ExposureVersionApproval
from hedges.domain.entitled import decides
from hedges.models import InstrumentVersion, InstrumentVersionApproval
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

    Raises Refusal: no approver at the entity, not the newest version, an author of it, decided already.
    """
    versions, approvals = KINDS[kind]
    version: Any = versions._default_manager.get(pk=version_id)
    decides(actor, version.entity_id, f"decides on its {kind}s")
    approval.decide(
        versions=[version], approvals=approvals, actor=actor, decision=decision, comment=comment,
        digests=None if digest is None else [digest],
    )  # fmt: skip
