"""Changes that the facts demand and nobody has approved yet (IFRS 9 6.5.6, IAS 39.91 and 101, ASC 815-30-40).

A hedge accounting that has lost its item, its instrument or its criteria ends by itself on that date; the book does not
guess the volumes of what stays, so a person proposes and another one approves, and until then no period is closed.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from django.db import connection

from hedges.enums import ChangeCause, DecisionSubject, EffectivenessStatus, HedgeType
from hedges.models import HedgeRelationship
from hedges.queries.ended import ended
from hedges.queries.layers import joined
from treasury.kernel.money import from_minor_units
from treasury.models import Entity


@dataclass(frozen=True, slots=True)
class Lost:
    """How much of one exposure or instrument has ended, signed as it is."""

    side: str
    subject_id: int
    reference: str
    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Demand:
    """A change of `relationship_id` with this cause from this date; `lost` is empty where the whole of it is meant.

    `since` is the date of the fact, `from_date` the first date that is still in an open period.
    """

    relationship_id: int
    code: str
    cause: ChangeCause
    since: date
    from_date: date
    lost: tuple[Lost, ...]
    text: str


def demanded(entity: Entity | None, as_of_date: date, *, known_at: datetime | None = None) -> list[Demand]:
    """Of one entity, or of all, in the order of the relationships' codes; in a fixed number of queries."""
    entity_id = entity.pk if entity else None
    facts = ended(as_of_date=as_of_date, known_at=known_at, entity_id=entity_id)
    confirmed = _confirmed(as_of_date, known_at, entity_id)
    codes = dict(
        HedgeRelationship.objects.filter(
            pk__in={fact.relationship_id for fact in facts} | {row[0] for row in confirmed}
        ).values_list("pk", "code")
    )
    found = []
    for key, group in groupby(facts, key=lambda fact: (fact.relationship_id, fact.from_date, fact.cause)):
        relationship_id, from_date, cause = key
        rows = list(group)
        runs: dict[tuple[str, int, str, str, int], list[tuple[int, int]]] = {}
        for row in rows:
            subject = (row.side, row.subject_id, row.reference, row.unit, row.sign)
            runs.setdefault(subject, []).append((row.unit_from, row.unit_to))
        lost = tuple(
            Lost(side, pk, reference, from_minor_units(sign * _size(units), unit), unit)
            for (side, pk, reference, unit, sign), units in runs.items()
        )
        code = codes[relationship_id]
        since = min(row.since for row in rows)
        text = _text(code, ChangeCause(cause), since, from_date, lost)
        found.append(Demand(relationship_id, code, ChangeCause(cause), since, from_date, lost, text))
    for relationship_id, since, from_date in confirmed:
        code, cause = codes[relationship_id], ChangeCause.CREDIT_RISK_DOMINATES
        text = _text(code, cause, since, from_date, ())
        found.append(Demand(relationship_id, code, cause, since, from_date, (), text))
    return sorted(found, key=lambda demand: (demand.code, demand.from_date, demand.cause))


def _size(runs: list[tuple[int, int]]) -> int:
    return sum(past_last - first for first, past_last in joined(runs))


def _text(code: str, cause: ChangeCause, since: date, from_date: date, lost: tuple[Lost, ...]) -> str:
    what = ", ".join(f"{part.reference} {part.amount} {part.unit}" for part in lost) or "the whole hedge"
    return (
        f"{code}: {cause.label} since {since} ({what}). Propose a discontinuation of it from {from_date} with the cause"
        f" {cause}, and have it approved."
    )


def _confirmed(
    as_of_date: date, known_at: datetime | None, entity_id: int | None
) -> list[tuple[int, date, date]]:
    """Relationships in force of which a person has confirmed that credit risk dominates: since when, and from when."""
    sql = (
        "SELECT d.relationship_id, min(d.as_of_date), min(greatest(d.as_of_date,"
        " coalesce(hedgebook_first_open_day(r.entity_id), d.as_of_date))) AS from_date FROM ("
        "  SELECT DISTINCT ON (relationship_id, as_of_date) * FROM hedges_assessmentdecision"
        "  WHERE subject = %(subject)s AND as_of_date <= %(as_of_date)s AND recorded_at <= %(known_at)s"
        "  ORDER BY relationship_id, as_of_date, id DESC) d"
        " JOIN hedges_hedgerelationship r ON r.id = d.relationship_id"
        " WHERE d.decided_status = %(fails)s AND (%(entity_id)s::bigint IS NULL OR r.entity_id = %(entity_id)s)"
        " AND EXISTS (SELECT FROM hedges_itemallocation a"
        "  JOIN hedges_hedgerelationshipversion v ON v.id = a.relationship_version_id"
        "  WHERE v.relationship_id = r.id AND v.hedge_type <> %(economic)s AND a.recorded_at <= %(known_at)s"
        "  AND CASE WHEN a.released_at > %(known_at)s THEN coalesce(a.planned_to, a.period_to) ELSE a.period_to END"
        "  > greatest(a.period_from, d.as_of_date, hedgebook_first_open_day(r.entity_id)))"
        " GROUP BY d.relationship_id ORDER BY d.relationship_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            {
                "subject": DecisionSubject.CREDIT_RISK,
                "fails": EffectivenessStatus.NOT_EFFECTIVE,
                "economic": HedgeType.ECONOMIC,
                "as_of_date": as_of_date,
                "known_at": known_at or "infinity",
                "entity_id": entity_id,
            },
        )
        return cursor.fetchall()
