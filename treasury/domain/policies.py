"""Recording hedging policies: dated bands per entity and risk."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from treasury.domain import audit
from treasury.domain.refusals import as_refusal
from treasury.domain.versions import as_recorded
from treasury.kernel.hashing import digest
from treasury.models import Policy, PolicyBand, PolicyVersion


@dataclass(frozen=True)
class PolicyDraft:
    """A policy to be recorded: `policy` is new or there already; `version` and `bands` are unsaved."""

    policy: Policy
    version: PolicyVersion
    bands: Sequence[PolicyBand]


def record(*, drafts: Sequence[PolicyDraft], actor: Any, reason: str = "") -> list[PolicyVersion]:
    """Records policy versions with their bands, all or none. They count once a second person has approved them.

    Raises Refusal: bands that overlap, a target outside its band, a policy that is there already.
    """
    with as_refusal(), audit.action("treasury.policy.recorded", actor=actor, reason=reason):
        Policy.objects.bulk_create([draft.policy for draft in drafts if draft.policy.pk is None])
        for draft in drafts:
            draft.version.policy = draft.policy
            draft.version.bands_digest = digest(
                [
                    [
                        band.month_from,
                        band.month_to,
                        str(band.lower_ratio),
                        str(band.target_ratio),
                        str(band.upper_ratio),
                    ]
                    for band in draft.bands
                ]
            )
        versions = PolicyVersion.objects.bulk_create([draft.version for draft in drafts])
        for draft in drafts:
            for band in draft.bands:
                band.policy_version = draft.version
        PolicyBand.objects.bulk_create([band for draft in drafts for band in draft.bands])
        return as_recorded(versions)
