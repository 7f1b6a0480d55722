"""Undoing the last change of an exposure: a new version with the terms from before it, and the reason.

It counts from the day on which the undone version counted, so that nothing of that stays; what was known then is kept.
A split is undone as a whole: the exposure has its amount again, and the parts are cancelled.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from exposures.domain.next_version import TERMS, Change, copied, read, recorded
from exposures.enums import ExposureStatus
from exposures.models import ExposureVersion
from exposures.queries.standing import Standing, standing, together
from treasury.domain.refusals import Refusal


def undo(*, changes: Sequence[Change], actor: Any, reason: str) -> list[ExposureVersion]:
    """Takes back the newest approved version of each exposure, all or none (`valid_from` and `terms` are not asked).

    Raises Refusal: it awaits approval (then it is rejected or amended), there is nothing before it, a part of the
    split has changed since.
    """
    if not changes:
        return []
    found = read(changes, reason)
    undone = []
    for change in changes:
        stands = found[change.exposure_id]
        if stands.awaits:
            raise Refusal(
                f"Version {stands.newest.version_number} of {stands.reference} awaits approval: have it rejected, or"
                " amend it. Nothing was recorded."
            )
        if not stands.approved:
            raise Refusal(f"No version of {stands.reference} is approved: there is nothing to undo.")
        undone.append(stands.approved[0])
    whole = together(undone)
    stories = standing([version.exposure_id for version in whole])
    versions = [_taken_back(version, stories[version.exposure_id]) for version in whole]
    return recorded(versions, action="exposures.exposure.undone", actor=actor, reason=reason)


def _taken_back(version: ExposureVersion, stands: Standing) -> ExposureVersion:
    if not stands.approved or stands.approved[0].pk != version.pk or stands.awaits:
        raise Refusal(
            f"{stands.reference} has changed since the split: undo that first. Nothing was recorded."
        )
    number = stands.newest.version_number + 1
    if len(stands.approved) == 1:
        if version.split_of_id is None:
            raise Refusal(
                f"{stands.reference} has nothing before version {version.version_number}: cancel it if it does not"
                " come. Nothing was recorded."
            )
        return copied(
            version,
            number,
            version.valid_from,
            status=ExposureStatus.CANCELLED,
            split_of_id=version.split_of_id,
        )
    before = stands.approved[1]
    terms = {name: getattr(before, name) for name in TERMS}
    return copied(version, number, version.valid_from, **(terms | {"split_of_id": version.split_of_id}))
