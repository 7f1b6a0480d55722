"""Recording hedging policies: dated bands per entity and risk, changed by one person and decided on by another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from treasury.domain import approval, audit
from treasury.domain.refusals import Refusal, as_refusal
from treasury.domain.versions import as_recorded
from treasury.enums import Decision
from treasury.kernel.hashing import digest
from treasury.models import Entity, Policy, PolicyBand, PolicyVersion, PolicyVersionApproval
from treasury.queries.access import DECIDERS, PREPARERS, has_role_at


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


@dataclass(frozen=True, slots=True)
class Band:
    """Cover in shares of the exposure for the months `month_from` (inclusive) to `month_to` (exclusive) ahead."""

    month_from: int
    month_to: int
    lower: Decimal
    target: Decimal
    upper: Decimal

    @property
    def words(self) -> str:
        return f"months {self.month_from}–{self.month_to}"


def checked(bands: Sequence[Band]) -> list[Band]:
    """The bands in the order of time. Raises Refusal naming the one that is wrong: limits out of order, overlaps."""
    if not bands:
        raise Refusal("A policy has at least one band: give its months and its three limits.")
    for band in bands:
        if band.month_to <= band.month_from:
            raise Refusal(
                f"The band of {band.words} ends before it begins: its last month is above its first."
            )
        if not 0 <= band.lower <= band.target <= band.upper:
            raise Refusal(
                f"The limits of {band.words} are not in order: expected 0 ≤ lower ≤ target ≤ upper, got"
                f" {band.lower:%}, {band.target:%}, {band.upper:%}."
            )
        if band.upper > 2:
            raise Refusal(f"The upper limit of {band.words} is above 200 %; expected at most that.")
    ordered = sorted(bands, key=lambda band: band.month_from)
    for near, far in pairwise(ordered):
        if far.month_from < near.month_to:
            raise Refusal(f"The bands of {near.words} and {far.words} overlap; give each month one band.")
    return ordered


def revise(
    *,
    entity_id: int,
    risk_id: int,
    bands: Sequence[Band],
    valid_from: date,
    reason: str,
    seen_version: int,
    actor: Any,
    valid_to: date | None = None,
) -> PolicyVersion:
    """Records the next version of the policy of an entity for a risk, the first where there is none.

    `seen_version`: number of the newest version that the person has seen, 0 where there was none. Raises Refusal: no
    role at the entity, bands that are wrong, no reason, somebody else's version meanwhile.
    """
    _hold(actor, entity_id, PREPARERS, "a treasurer or hedge accountant", "changes its policy")
    if not reason.strip():
        raise Refusal("Say why the policy changes: the approver decides on it.")
    ordered = checked(bands)
    known = Policy.objects.filter(entity_id=entity_id, risk_id=risk_id).first()
    version = PolicyVersion(valid_from=valid_from, valid_to=valid_to, change_reason=reason.strip()[:400])
    version.version_number = seen_version + 1
    draft = PolicyDraft(
        policy=known or Policy(entity_id=entity_id, risk_id=risk_id),
        version=version,
        bands=[
            PolicyBand(
                month_from=band.month_from,
                month_to=band.month_to,
                lower_ratio=band.lower,
                target_ratio=band.target,
                upper_ratio=band.upper,
            )
            for band in ordered
        ],
    )
    return record(drafts=[draft], actor=actor, reason=reason.strip())[0]


def decide(
    *, version: PolicyVersion, actor: Any, decision: Decision, comment: str = "", digest: str | None = None
) -> None:
    """A second person's yes or no, bound to the digest that was seen.

    Raises Refusal: no approver at the entity, an author of it, not the newest version, decided already.
    """
    entity_id = version.policy.entity_id
    _hold(actor, entity_id, DECIDERS, "an approver or a hedge accountant", "decides on its policy")
    approval.decide(
        versions=[version],
        approvals=PolicyVersionApproval,
        actor=actor,
        decision=decision,
        comment=comment,
        digests=[digest or version.content_digest],
    )


def _hold(actor: Any, entity_id: int, roles: Sequence[str], who: str, what: str) -> None:
    if actor is None or not has_role_at(actor, entity_id, roles):
        code = Entity.objects.values_list("code", flat=True).get(pk=entity_id)
        raise Refusal(
            f"Only {who} of {code} {what}: ask one of them, or have the role given. Nothing was changed."
        )
