"""The second person's decision on hedge relationships, and the third person's on a late documentation.

An approver or hedge accountant of the entity decides, never one who had a hand in the version; a rejection gives the
units back; the approval of a change applies it in the same action.
"""

from collections.abc import Sequence
from typing import Any

from hedges.domain.changes.apply import apply
from hedges.enums import AssessmentOccasion, EffectivenessStatus
from hedges.models import (
    AssessmentRecord,
    HedgeRelationshipVersion,
    HedgeRelationshipVersionApproval,
    LateAcceptance,
)
from treasury.domain import audit
from treasury.domain.refusals import Refusal, as_refusal
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
    if actor is not None:
        _refuse_own(versions, actor)
    if decision == Decision.APPROVED:
        _refuse_failed(versions)
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


def _refuse_own(versions: Sequence[HedgeRelationshipVersion], actor: Any) -> None:
    """Names every version of which the person wrote one since the last approved one, and who decides instead."""
    touched = HedgeRelationshipVersion.objects.filter(
        relationship__in={version.relationship_id for version in versions}, author=actor
    )
    approved = HedgeRelationshipVersion.objects.filter(
        relationship__in={version.relationship_id for version in versions},
        approval__decision=Decision.APPROVED,
    )
    last: dict[int, int] = {}
    for pk, number in approved.values_list("relationship_id", "version_number"):
        last[pk] = max(number, last.get(pk, 0))
    rows = touched.order_by("relationship__code", "version_number").values_list(
        "relationship_id", "version_number", "relationship__code", "relationship__entity__code"
    )
    own = [(code, number, entity) for pk, number, code, entity in rows if number > last.get(pk, 0)]
    if own:
        names = ", ".join(f"version {number} of {code}" for code, number, _ in own)
        entities = " and ".join(dict.fromkeys(entity for _, _, entity in own))
        raise Refusal(
            f"You prepared {names}, and nobody decides on a version that they had a hand in. Another person"
            f" with the role approver or hedge accountant at {entities} must decide."
        )


def _refuse_failed(versions: Sequence[HedgeRelationshipVersion]) -> None:
    """Names each designation whose test at inception failed, with every reason and every criterion that is not met."""
    failed = AssessmentRecord.objects.filter(
        version__in=[version.pk for version in versions],
        occasion=AssessmentOccasion.INCEPTION,
        effectiveness_status=EffectivenessStatus.NOT_EFFECTIVE,
    )
    sentences = []
    for code, numbers in failed.order_by("version__relationship__code").values_list(
        "version__relationship__code", "numbers"
    ):
        missed = [
            row["criterion"].replace("_", " ")
            for row in numbers.get("criteria", [])
            if row["is_deciding"] and row["effectiveness_status"] == EffectivenessStatus.NOT_EFFECTIVE
        ]
        why = [reason.replace("_", " ") for reason in numbers.get("reasons", [])]
        said = "; ".join(
            part for part in (", ".join(why), f"not met: {', '.join(missed)}" if missed else "") if part
        )
        sentences.append(f"{code}{f' ({said})' if said else ''}")
    if sentences:
        raise Refusal(
            f"The test at inception came out not effective, so that the hedge does not qualify: {', '.join(sentences)}."
            " Reject it, and designate anew what qualifies."
        )
