"""The second person's decision on hedge relationships, and the third person's on a late documentation.

An approver or hedge accountant of the entity decides, never one who had a hand in the version; a rejection gives the
units back; the approval of a change applies it in the same action.
"""

from collections.abc import Sequence
from typing import Any

from hedges.domain.changes.apply import apply
from hedges.models import (
    HedgeRelationshipVersion,
    HedgeRelationshipVersionApproval,
    LateAcceptance,
)
from treasury.domain import audit
from treasury.domain.refusals import as_refusal
from treasury.enums import Decision


def approve(
    *,
    versions: Sequence[HedgeRelationshipVersion],
    actor: Any,
    comment: str = "",
    digests: Sequence[str] | None = None,
) -> None:
    """Approves designations and changes, all or none; a change is applied in the same action.

    `digests` are those that the person has seen; without them the versions' own, as they were read, are bound. Raises
    Refusal: no role at the entity, self-approval, decided already, another digest, no test at inception, a late
    documentation that nobody has accepted, parts that do not go together.
    """
    _decide(versions, actor, Decision.APPROVED, comment, digests)


def reject(
    *,
    versions: Sequence[HedgeRelationshipVersion],
    actor: Any,
    comment: str = "",
    digests: Sequence[str] | None = None,
) -> None:
    """Rejects them, all or none; the units that they had reserved are free again."""
    _decide(versions, actor, Decision.REJECTED, comment, digests)


def accept_late(
    *, version: HedgeRelationshipVersion, actor: Any, comment: str = "", digest: str | None = None
) -> LateAcceptance:
    """A person besides author and approver accepts that the designation was documented late, before it is approved."""
    seen = digest if digest is not None else version.content_digest
    with (
        as_refusal(),
        audit.action("hedges.relationship.late_accepted", actor=actor, subject=version, reason=comment),
    ):
        return LateAcceptance.objects.create(
            version=version, accepted_by=actor, content_digest=seen, comment=comment
        )


def _decide(
    versions: Sequence[HedgeRelationshipVersion],
    actor: Any,
    decision: Decision,
    comment: str,
    digests: Sequence[str] | None,
) -> None:
    if not versions:
        return
    seen = digests if digests is not None else [version.content_digest for version in versions]
    subject = versions[0] if len(versions) == 1 else None
    name = f"hedges.hedgerelationshipversion.{decision.value.lower()}"
    with as_refusal(), audit.action(name, actor=actor, subject=subject, reason=comment):
        HedgeRelationshipVersionApproval.objects.bulk_create(
            [
                HedgeRelationshipVersionApproval(
                    version=version, decision=decision, content_digest=digest, comment=comment
                )
                for version, digest in zip(versions, seen, strict=True)
            ]
        )
        changes = [version for version in versions if version.version_number > 1]
        if changes and decision == Decision.APPROVED:
            apply(changes)
