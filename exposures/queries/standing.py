"""What a change of exposures builds on: the newest version of each, the approved one before it, and who wrote them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection

from exposures.models import ExposureVersion
from treasury.enums import Decision


@dataclass(frozen=True)
class Standing:
    """`newest` of any state; `approved`: all approved versions, the newest first."""

    newest: ExposureVersion
    approved: list[ExposureVersion]
    awaits: bool

    @property
    def reference(self) -> str:
        return self.newest.exposure.external_reference

    @property
    def basis(self) -> ExposureVersion | None:
        """What the next version starts from: the newest that was not rejected."""
        if self.awaits:
            return self.newest
        return self.approved[0] if self.approved else None


def standing(exposure_ids: Collection[int]) -> dict[int, Standing]:
    """By exposure, in one read; an exposure that is not there is left out."""
    found = (
        ExposureVersion.objects.filter(exposure__in=exposure_ids)
        .select_related("exposure", "approval", "author")
        .order_by("exposure_id", "-version_number")
    )
    stories: dict[int, list[ExposureVersion]] = defaultdict(list)
    for version in found:
        stories[version.exposure_id].append(version)
    return {
        exposure_id: Standing(
            newest=story[0],
            approved=[version for version in story if _decision(version) == Decision.APPROVED],
            awaits=_decision(story[0]) is None,
        )
        for exposure_id, story in stories.items()
    }


def together(versions: Collection[ExposureVersion]) -> list[ExposureVersion]:
    """The versions with those that a split made with them, in one read: they are decided on together."""
    splits = {(version.event_id, version.split_of_id) for version in versions if version.split_of_id}
    if not splits:
        return list(versions)
    others = ExposureVersion.objects.filter(
        event__in={event for event, _ in splits}, split_of__in={original for _, original in splits}
    ).select_related("exposure")
    known = {version.pk for version in versions}
    return [
        *versions,
        *(
            one
            for one in others.order_by("id")
            if one.pk not in known and (one.event_id, one.split_of_id) in splits
        ),
    ]


def _decision(version: ExposureVersion) -> str | None:
    approval = getattr(version, "approval", None)
    return approval.decision if approval else None


def today(entity_id: int) -> date:
    """Today by the database's clock, where the entity is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (hedgebook_now() AT TIME ZONE time_zone)::date FROM treasury_entity WHERE id = %s",
            [entity_id],
        )
        found: date = cursor.fetchone()[0]
        return found
