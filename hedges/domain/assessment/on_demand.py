"""Tests on demand: any day, as the night would have them with what is known now, kept with every number."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from hedges.domain.assessment.records import records
from hedges.domain.unsealed import hold_quotes, inputs_now, recorded_snapshot
from hedges.enums import AssessmentOccasion
from hedges.models import AssessmentRecord, HedgeRelationship
from treasury.domain import audit
from treasury.domain.refusals import Refusal, as_refusal


def on_demand(
    *, relationships: Sequence[HedgeRelationship], as_of_date: date, actor: Any, reason: str = ""
) -> list[AssessmentRecord]:
    """One record a relationship, in their order, all or none, in a fixed number of statements.

    Raises Refusal: a day that is to come, a relationship that is not in force on it, a missing rate by its name.
    """
    name = "hedges.relationship.tested"
    subject = relationships[0] if len(relationships) == 1 else None
    with as_refusal(), audit.action(name, actor=actor, subject=subject, reason=reason):
        now = hold_quotes()
        if as_of_date > now.date():
            raise Refusal(f"{as_of_date} is still to come; test a day up to {now.date()}.")
        sealed = inputs_now(as_of_date, known_at=now, only=[one.pk for one in relationships])
        made = records(sealed, occasion=AssessmentOccasion.ON_DEMAND, snapshot=recorded_snapshot(sealed))
        AssessmentRecord.objects.bulk_create(made)
        saved = AssessmentRecord.objects.filter(pk__in=[record.pk for record in made])
        found = {record.version.relationship_id: record for record in saved.select_related("version")}
        without = [one.code for one in relationships if one.pk not in found]
        if without:
            raise Refusal(
                f"{', '.join(without)}: not under hedge accounting on {as_of_date}; there is nothing to test."
            )
        return [found[one.pk] for one in relationships]
