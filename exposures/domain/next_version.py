"""The next version of an exposure: a copy of what stands, with the terms that change, a reason, and its number."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from exposures.enums import ExposureStatus
from exposures.models import ExposureVersion
from exposures.queries.standing import Standing, standing
from treasury.domain import audit
from treasury.domain.exactness import refuse_rounding
from treasury.domain.refusals import Refusal, as_refusal
from treasury.domain.versions import as_recorded

#: Terms that a version takes over from the one before it.
TERMS = (
    "risk_id", "kind", "status", "description", "exposure_amount", "exposure_currency_id", "expected_date",
    "window_start", "window_end", "certainty_ratio", "start_date", "payment_months", "spread_rate", "valid_to",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """What becomes other from `valid_from` on. `version_number`: the newest one that the person saw, if they did."""

    exposure_id: int
    valid_from: date
    terms: Mapping[str, Any] = field(default_factory=dict)
    version_number: int | None = None


def read(changes: Sequence[Change], reason: str) -> dict[int, Standing]:
    """What the changes build on, in one read. Raises Refusal: no reason, twice the same, gone, changed meanwhile."""
    if not reason.strip():
        raise Refusal("A change needs its reason: say why, in a few words. Nothing was recorded.")
    ids = [change.exposure_id for change in changes]
    if len(set(ids)) < len(ids):
        raise Refusal(
            "An exposure is changed once at a time: leave out the second change. Nothing was recorded."
        )
    found = standing(ids)
    for change in changes:
        if change.exposure_id not in found:
            raise Refusal(f"There is no exposure {change.exposure_id}. Nothing was recorded.")
        newest = found[change.exposure_id].newest
        if change.version_number not in (None, newest.version_number):
            raise Refusal(
                f"{newest.exposure} has changed meanwhile: version {newest.version_number} by"
                f" {newest.author or 'the system'}, {newest.change_reason or 'without a reason'}."
                " Look at it, then send again. Nothing was recorded."
            )
    return found


def basis(of: Standing, *, statuses: Collection[str], may_wait: bool = False) -> ExposureVersion:
    """The version to build on. Raises Refusal where it awaits a decision, or is in another state than expected."""
    if of.awaits and not may_wait:
        raise Refusal(
            f"Version {of.newest.version_number} of {of.reference} awaits approval: have it decided on first."
            " Nothing was recorded."
        )
    version = of.basis
    if version is None:
        raise Refusal(
            f"No version of {of.reference} is approved, and its last one was rejected: amend it, or record it anew."
            " Nothing was recorded."
        )
    if version.status not in statuses:
        raise Refusal(
            f"{of.reference} is {ExposureStatus(version.status).label}: undo that first. Nothing was recorded."
        )
    return version


def copied(of: ExposureVersion, number: int, valid_from: date, **terms: Any) -> ExposureVersion:
    """An unsaved version `number` of the same exposure with the terms of `of` but for those given."""
    values = {name: getattr(of, name) for name in TERMS} | terms
    return ExposureVersion(
        exposure=of.exposure, entity_id=of.entity_id, version_number=number, valid_from=valid_from, **values
    )


def recorded(
    versions: Sequence[ExposureVersion], *, action: str, actor: Any, reason: str
) -> list[ExposureVersion]:
    """Records the versions as one event, all or none, in one statement."""
    refuse_rounding(versions)
    with as_refusal(), audit.action(action, actor=actor, reason=reason):
        for version in versions:
            version.change_reason = reason
        return as_recorded(ExposureVersion.objects.bulk_create(versions))
