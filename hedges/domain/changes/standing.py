"""Where a relationship stands before a change, and when a change of it may begin."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from hedges.enums import HedgeType, RelationshipStatus
from hedges.models import HedgeRelationship, HedgeRelationshipVersion
from hedges.queries import layers
from hedges.queries.layers import Layer
from treasury.domain.refusals import Refusal
from treasury.enums import Decision


@dataclass(frozen=True)
class Standing:
    """`version` counts now; `layers` are in force on `from_date` or later; `newest_number` is the last version's."""

    relationship: HedgeRelationship
    version: HedgeRelationshipVersion
    newest_number: int
    layers: list[Layer]
    from_date: date
    today: date

    @property
    def code(self) -> str:
        return self.relationship.code

    @property
    def is_accounted(self) -> bool:
        return self.version.hedge_type != HedgeType.ECONOMIC


def standing(relationship: HedgeRelationship, from_date: date) -> Standing:
    """Raises Refusal where the relationship cannot change, or not from this date."""
    versions = list(
        HedgeRelationshipVersion.objects.filter(relationship=relationship)
        .select_related("approval", "relationship")
        .order_by("-version_number")
    )
    code = relationship.code
    waiting = [version for version in versions if not hasattr(version, "approval")]
    approved = [
        version
        for version in versions
        if hasattr(version, "approval") and version.approval.decision == Decision.APPROVED
    ]
    if waiting:
        raise Refusal(
            f"{code}: version {waiting[0].version_number} waits for approval; approve or reject it first."
        )
    if not approved:
        raise Refusal(f"{code} has no approved designation: there is nothing to change. Designate it anew.")
    counts, first = approved[0], approved[-1]
    if counts.status != RelationshipStatus.DESIGNATED:
        raise Refusal(
            f"{code} was stopped on {counts.valid_from}; what was stopped is designated anew, not changed."
        )
    begins = first.accounting_from or first.designation_date
    if from_date < begins:
        raise Refusal(
            f"{code}: hedge accounting begins on {begins}; give a date from then on, not {from_date}."
        )
    if from_date > counts.hedge_end_date:
        raise Refusal(
            f"{code} matures by itself after {counts.hedge_end_date}; there is nothing to change on {from_date}."
        )
    if counts.version_number > 1 and from_date < counts.valid_from:
        raise Refusal(f"{code} was changed on {counts.valid_from}; a further change begins then or later.")
    today, first_open = _days(relationship.entity_id)
    if first_open and from_date < first_open:
        raise Refusal(
            f"{code}: the period of {from_date} is closed; propose from {first_open} on. The correction of what was"
            " booked before goes into the open period."
        )
    return Standing(
        relationship=relationship,
        version=counts,
        newest_number=versions[0].version_number,
        layers=layers.in_force([relationship.pk], from_date=from_date),
        from_date=from_date,
        today=today,
    )


def prospective(at: Standing, what: str) -> None:
    """A choice counts from the day on which it is documented, by the database's clock, never before."""
    if at.from_date < at.today:
        raise Refusal(
            f"{at.code}: {what} is prospective; propose it from {at.today} on, not from {at.from_date}."
        )


def _days(entity_id: int) -> tuple[date, date | None]:
    """Today in the entity's time zone by the database's clock, and the first day that is in no closed period."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (hedgebook_now() AT TIME ZONE time_zone)::date, hedgebook_first_open_day(id)"
            " FROM treasury_entity WHERE id = %s",
            [entity_id],
        )
        today, first_open = cursor.fetchone()
    return today, first_open
