"""The test at inception: the quantitative support of a designation, on the day on which hedge accounting begins.

IFRS 9 6.4.1(c), B6.4.12; IAS 39.88(b); ASC 815-20-25-3(b)(2)(iv).
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from hedges.domain.assessment.records import records
from hedges.domain.unsealed import hold_quotes, inputs_now, recorded_snapshot
from hedges.enums import AssessmentOccasion
from hedges.models import AssessmentRecord, HedgeRelationshipVersion
from treasury.domain.refusals import Refusal
from treasury.models import Entity


def support(versions: Sequence[HedgeRelationshipVersion]) -> list[AssessmentRecord]:
    """Unsaved tests of versions that were recorded in this action, in their order; all in one batch a day.

    What begins later is tested on the market of today. Raises one Refusal where rates are missing or too old, naming
    every one of every designation.
    """
    if not versions:
        return []
    now = hold_quotes()
    days: dict[date, list[HedgeRelationshipVersion]] = defaultdict(list)
    zones = dict(Entity.objects.values_list("id", "time_zone"))
    for version in versions:
        days[_day(version, now, zones[version.entity_id])].append(version)
    found, refused = {}, []
    for day, drafts in days.items():
        sealed = inputs_now(
            day,
            known_at=now,
            drafts=[version.pk for version in drafts],
            only=[version.relationship_id for version in drafts],
        )
        try:
            made = records(sealed, occasion=AssessmentOccasion.INCEPTION, snapshot=recorded_snapshot(sealed))
        except Refusal as refusal:
            refused.append(str(refusal))
            continue
        found.update({record.version_id: record for record in made})
    if refused:
        raise Refusal(" ".join(refused))
    return [found[version.pk] for version in versions]


def _day(version: HedgeRelationshipVersion, now: datetime, zone: str) -> date:
    """The first day of hedge accounting, or today where that is still to come."""
    today = now.astimezone(ZoneInfo(zone)).date()
    begins = version.accounting_from or version.designation_date
    return min(begins, today)
