"""The second person: one decision on one version, bound to its digest. The rules are in the trigger."""

from collections.abc import Sequence
from typing import Any

from treasury.domain import audit
from treasury.domain.refusals import as_refusal
from treasury.enums import Decision
from treasury.models import ApprovalRecord, VersionRecord


def decide(
    *,
    versions: Sequence[VersionRecord],
    approvals: type[ApprovalRecord],
    actor: Any,
    decision: Decision = Decision.APPROVED,
    comment: str = "",
    digests: Sequence[str] | None = None,
) -> None:
    """Records `actor`'s decision on each of the versions (all of one kind), all or none.

    `digests` are those that the person has seen; without them the versions' own, as they were read, are bound.
    Raises Refusal: not the newest version, another digest, an author of it, decided already, not a person.
    """
    if not versions:
        return
    seen = digests if digests is not None else [version.content_digest for version in versions]
    name = f"{versions[0]._meta.app_label}.{versions[0]._meta.model_name}.{decision.value.lower()}"
    subject = versions[0] if len(versions) == 1 else None
    with as_refusal(), audit.action(name, actor=actor, subject=subject, reason=comment):
        approvals._default_manager.bulk_create(
            [
                approvals(version=version, decision=decision, content_digest=digest, comment=comment)  # type: ignore[misc]
                for version, digest in zip(versions, seen, strict=True)
            ]
        )
