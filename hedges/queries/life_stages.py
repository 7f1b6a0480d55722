"""Where relationships stand on a date as known, and what has happened to them: derived, never typed in.

A relationship matures by itself after the hedged period; what is stopped or matured waits while something of it is left
in equity or on the item: as its last close has measured, or, before there is one, while its items are still to come.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from exposures.enums import ExposureStatus
from hedges.enums import HedgeType, LifeStage, RelationshipStatus
from treasury.enums import Decision, RunKind, RunStatus
from treasury.queries.known import applicable_sql

_APPROVED = (
    "SELECT v.* FROM hedges_hedgerelationshipversion v JOIN hedges_hedgerelationshipversionapproval a"
    f" ON a.version_id = v.id AND a.decision = '{Decision.APPROVED}' AND a.recorded_at <= %(known_at)s"
    " WHERE v.relationship_id = ANY(%(relationships)s)"
)
_CLOSED = (
    f"treasury_calculationrun c ON c.id = m.run_id AND c.kind = '{RunKind.CLOSE}'"
    f" AND c.status = '{RunStatus.PUBLISHED}' AND c.published_at <= %(known_at)s"
)
_LEFT = (
    "SELECT m.reserve_balance <> 0 OR m.cost_reserve_balance <> 0 OR m.item_adjustment <> m.item_adjustment_amortised"
    f" FROM hedges_measurementresult m JOIN {_CLOSED} WHERE m.relationship_id = r.id"
    " AND c.as_of_date BETWEEN ended.day AND %(as_of_date)s ORDER BY c.as_of_date DESC LIMIT 1"
)
_TO_COME = (
    "SELECT EXISTS (SELECT FROM hedges_itemallocation a"
    " JOIN hedges_hedgerelationshipversion w ON w.id = a.relationship_version_id"
    f" JOIN ({applicable_sql('exposures_exposureversion', 'exposure_id')}) x ON x.exposure_id = a.exposure_id"
    " WHERE w.relationship_id = r.id AND a.recorded_at <= %(known_at)s AND a.planned_to > a.period_from"
    f" AND x.status = '{ExposureStatus.OPEN}' AND x.expected_date > %(as_of_date)s"
    f" AND first.hedge_type IN ('{HedgeType.CASH_FLOW}', '{HedgeType.NET_INVESTMENT}'))"
)
_STAGES = (
    "SELECT r.id, CASE"
    f" WHEN approved.id IS NULL AND decided.decision = '{Decision.REJECTED}' THEN '{LifeStage.REJECTED}'"
    f" WHEN approved.id IS NULL THEN '{LifeStage.AWAITING_APPROVAL}'"
    f" WHEN coalesce(first.accounting_from, first.designation_date) > %(as_of_date)s THEN '{LifeStage.DOCUMENTED}'"
    f" WHEN ended.day IS NULL THEN '{LifeStage.ACTIVE}'"
    f" WHEN coalesce(({_LEFT}), ({_TO_COME})) THEN '{LifeStage.WAITING}'"
    f" WHEN approved.status = '{RelationshipStatus.DISCONTINUED}' THEN '{LifeStage.DISCONTINUED}'"
    f" ELSE '{LifeStage.MATURED}' END"
    " FROM hedges_hedgerelationship r"
    " JOIN hedges_hedgerelationshipversion first ON first.relationship_id = r.id AND first.version_number = 1"
    " LEFT JOIN hedges_hedgerelationshipversionapproval decided ON decided.version_id = first.id"
    " AND decided.recorded_at <= %(known_at)s"
    " LEFT JOIN LATERAL (SELECT v.id, v.status, v.valid_from, v.hedge_end_date"
    f" FROM ({_APPROVED}) v WHERE v.relationship_id = r.id AND (v.valid_from <= %(as_of_date)s OR v.version_number = 1)"
    " ORDER BY v.version_number DESC LIMIT 1) approved ON true"
    " CROSS JOIN LATERAL (SELECT CASE"
    f" WHEN approved.status = '{RelationshipStatus.DISCONTINUED}' THEN approved.valid_from"
    " WHEN approved.hedge_end_date < %(as_of_date)s THEN approved.hedge_end_date END AS day) ended"
    " WHERE r.id = ANY(%(relationships)s) AND r.recorded_at <= %(known_at)s"
)


def life_stages(
    relationship_ids: Iterable[int], *, on: date, known_at: datetime | None = None
) -> dict[int, LifeStage]:
    """Of the relationships that were recorded by then, in one query."""
    return {pk: LifeStage(stage) for pk, stage in _rows(_STAGES, relationship_ids, on, known_at)}


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """`day` is the business date it is about; `what` and `detail` are codes: a kind and its cause, or a status."""

    relationship_id: int
    day: date
    recorded_at: datetime | None
    kind: str
    what: str
    detail: str
    person: str
    version_number: int | None
    record_id: int | None


_PERSON = "coalesce((SELECT u.username FROM treasury_user u WHERE u.id = {}), '')"
_EVENTS = " UNION ALL ".join(
    [
        "SELECT v.relationship_id, v.valid_from AS day, v.recorded_at,"
        " CASE v.version_number WHEN 1 THEN 'DESIGNATED' ELSE 'PROPOSED' END AS kind,"
        " coalesce(v.change_kind, 'DESIGNATION') AS what, coalesce(v.change_cause, '') AS detail,"
        f" {_PERSON.format('v.author_id')} AS person, v.version_number, v.id"
        " FROM hedges_hedgerelationshipversion v"
        " WHERE v.relationship_id = ANY(%(relationships)s) AND v.recorded_at <= %(known_at)s",
        "SELECT v.relationship_id, v.valid_from, a.recorded_at, a.decision, coalesce(v.change_kind, 'DESIGNATION'),"
        f" coalesce(v.change_cause, ''), {_PERSON.format('a.decided_by_id')}, v.version_number, a.id"
        " FROM hedges_hedgerelationshipversion v"
        " JOIN hedges_hedgerelationshipversionapproval a ON a.version_id = v.id"
        " WHERE v.relationship_id = ANY(%(relationships)s) AND a.recorded_at <= %(known_at)s",
        "SELECT v.relationship_id, v.accounting_from, l.recorded_at, 'LATE_ACCEPTED', '', '',"
        f" {_PERSON.format('l.accepted_by_id')}, v.version_number, l.id"
        " FROM hedges_hedgerelationshipversion v JOIN hedges_lateacceptance l ON l.version_id = v.id"
        " WHERE v.relationship_id = ANY(%(relationships)s) AND l.recorded_at <= %(known_at)s",
        "SELECT v.relationship_id, t.as_of_date, t.recorded_at, 'TESTED', t.occasion, t.effectiveness_status, '',"
        " v.version_number, t.id FROM hedges_hedgerelationshipversion v"
        " JOIN hedges_assessmentrecord t ON t.version_id = v.id"
        " WHERE v.relationship_id = ANY(%(relationships)s) AND t.recorded_at <= %(known_at)s",
        "SELECT d.relationship_id, d.as_of_date, d.recorded_at, 'DECIDED', d.subject, d.decided_status,"
        f" {_PERSON.format('d.decided_by_id')}, NULL, d.id FROM hedges_assessmentdecision d"
        " WHERE d.relationship_id = ANY(%(relationships)s) AND d.recorded_at <= %(known_at)s",
        "SELECT v.relationship_id, v.valid_from, v.recorded_at, 'LOSS_STATED', 'LOSS_NOT_RECOVERED',"
        " coalesce(round(v.loss_amount, hedgebook_minor_units(v.currency_id)) || ' ' || v.currency_id,"
        " round(v.loss_share * 100, 4)::float8 || ' %% of the loss'),"
        f" {_PERSON.format('v.author_id')}, NULL, v.id FROM hedges_unrecoveredlossversion v"
        " WHERE v.relationship_id = ANY(%(relationships)s) AND v.recorded_at <= %(known_at)s",
        "SELECT v.relationship_id, v.valid_from, a.recorded_at, a.decision, 'LOSS_NOT_RECOVERED', '',"
        f" {_PERSON.format('a.decided_by_id')}, NULL, a.id FROM hedges_unrecoveredlossversion v"
        " JOIN hedges_unrecoveredlossversionapproval a ON a.version_id = v.id"
        " WHERE v.relationship_id = ANY(%(relationships)s) AND a.recorded_at <= %(known_at)s",
        "SELECT m.relationship_id, c.as_of_date, c.published_at, 'CLOSED', m.life_stage, m.effectiveness_status, '',"
        f" NULL, c.id FROM hedges_measurementresult m JOIN {_CLOSED} WHERE m.relationship_id = ANY(%(relationships)s)",
        "SELECT v.relationship_id, v.hedge_end_date, NULL, 'MATURED', '', '', '', v.version_number, NULL"
        f" FROM (SELECT DISTINCT ON (relationship_id) * FROM ({_APPROVED}) w WHERE w.valid_from <= %(as_of_date)s"
        " ORDER BY relationship_id, version_number DESC) v"
        f" WHERE v.status = '{RelationshipStatus.DESIGNATED}' AND v.hedge_end_date < %(as_of_date)s",
    ]
)


def time_lines(
    relationship_ids: Iterable[int], *, on: date, known_at: datetime | None = None
) -> dict[int, list[LifeEvent]]:
    """What had happened to each relationship by a date, as known, in the order of dates and records; one query."""
    ids = list(relationship_ids)
    found: dict[int, list[LifeEvent]] = {pk: [] for pk in ids}
    sql = (
        f"SELECT * FROM ({_EVENTS}) event WHERE event.day <= %(as_of_date)s"
        " ORDER BY relationship_id, day, recorded_at NULLS LAST, kind"
    )
    for row in _rows(sql, ids, on, known_at):
        found[row[0]].append(LifeEvent(*row))
    return found


def _rows(sql: str, ids: Iterable[int], on: date, known_at: datetime | None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            sql, {"relationships": list(ids), "as_of_date": on, "known_at": known_at or "infinity"}
        )
        return cursor.fetchall()
