"""Which periods of a relationship qualified, as columns: tests on record, decisions, closed months.

`at` as in `measurement_columns`. Only frameworks that go by a test, IAS 39 and ASC 815, have anything here; the run's
own tests come for every framework. A closed month keeps the answer that it was closed with.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from hedges.enums import AssessmentOccasion, DecisionSubject, EffectivenessStatus, HedgeType
from treasury.enums import AccountingFramework, RunKind, RunStatus
from treasury.quant.numbers import Int
from treasury.queries.copy import Columns, columns

#: Codes as small integers in columns: positions in this list.
STATUSES = list(EffectivenessStatus.values)

_SHARD = (
    "mod({0}.relationship_id, %(shard_count)s) = %(shard_number)s"
    " AND (%(entity_id)s::bigint IS NULL OR {1}.entity_id = %(entity_id)s)"
)
_STATUS = f"(array_position(ARRAY{STATUSES}::varchar[], {{}}) - 1)::int4 AS status"
_TESTED = {"relationship_id": "int8", "tested_on": "date", "status": "int4"}
#: The first of all days, as an ordinal.
_EARLY = 1
_PUBLISHED = (
    f"r.status IN ('{RunStatus.PUBLISHED}', '{RunStatus.SUPERSEDED}') AND r.published_at <= %(known_at)s"
)


def closed(at: Mapping[str, Any]) -> Columns:
    """Each relationship and month up to its newest close before the date, by its last day, and whether it qualified.

    The path of that close holds the months before the first close as well.
    """
    sql = (
        "WITH newest AS (SELECT DISTINCT ON (m.relationship_id) m.relationship_id,"
        " m.knot_dates || c.as_of_date AS days, m.knot_qualifying || m.is_qualifying AS answers"
        " FROM hedges_measurementresult m"
        f" JOIN treasury_calculationrun c ON c.id = m.run_id AND c.kind = '{RunKind.CLOSE}'"
        f" AND c.status = '{RunStatus.PUBLISHED}' AND c.published_at <= %(known_at)s"
        f" WHERE c.as_of_date < %(as_of_date)s AND m.framework <> '{AccountingFramework.IFRS9}'"
        f" AND {_SHARD.format('m', 'm')} ORDER BY m.relationship_id, c.as_of_date DESC)"
        " SELECT relationship_id, (date_trunc('month', k.day) + interval '1 month - 1 day')::date AS period_end,"
        " bool_and(k.answer) AS is_qualifying FROM newest, unnest(days, answers) AS k(day, answer)"
        " GROUP BY 1, 2 ORDER BY 1, 2"
    )
    return columns(sql, at, {"relationship_id": "int8", "period_end": "date", "is_qualifying": "bool"})


def decisions(at: Mapping[str, Any]) -> Columns:
    """The newest decision of a person on the test of each relationship and day."""
    sql = (
        "SELECT DISTINCT ON (d.relationship_id, d.as_of_date) d.relationship_id, d.as_of_date AS tested_on,"
        f" d.decided_status = '{EffectivenessStatus.EFFECTIVE}' AS is_qualifying"
        " FROM hedges_assessmentdecision d JOIN hedges_hedgerelationship r ON r.id = d.relationship_id"
        f" WHERE d.subject = '{DecisionSubject.TEST}' AND d.recorded_at <= %(known_at)s"
        f" AND d.as_of_date <= %(as_of_date)s AND {_SHARD.format('d', 'r')}"
        " ORDER BY d.relationship_id, d.as_of_date, d.id DESC"
    )
    return columns(sql, at, {"relationship_id": "int8", "tested_on": "date", "is_qualifying": "bool"})


def tested(at: Mapping[str, Any], run_id: int, closed_months: Columns) -> Columns:
    """Tests by relationship and day, the newest of a day last: those on record since its last closed month, published
    by a night or close or made on demand, and last of all what the run itself has found for the date.

    A test at inception only looks ahead: it says of no period that the hedge was effective (IAS 39.AG105).
    """
    parts = [_on_record(at, closed_months), _own(at, run_id)]
    both = {name: np.concatenate([part[name] for part in parts]) for name in _TESTED}
    order = np.lexsort((both["tested_on"], both["relationship_id"]))
    return {name: values[order] for name, values in both.items()}


def _on_record(at: Mapping[str, Any], closed_months: Columns) -> Columns:
    subjects = columns(
        "SELECT DISTINCT v.relationship_id FROM hedges_hedgerelationshipversion v"
        f" WHERE v.framework <> '{AccountingFramework.IFRS9}' AND v.hedge_type <> '{HedgeType.ECONOMIC}'"
        f" AND {_SHARD.format('v', 'v')} ORDER BY 1",
        at,
        {"relationship_id": "int8"},
    )["relationship_id"]
    if not subjects.size:
        return {name: np.zeros(0, dtype=np.int64) for name in _TESTED}
    since = _last_closed(subjects, closed_months)
    found = columns(
        f"SELECT r.id FROM treasury_calculationrun r WHERE {_PUBLISHED} AND r.as_of_date <= %(as_of_date)s"
        " AND r.as_of_date > date '0001-01-01' + %(first)s - 1 ORDER BY r.id",
        {**at, "first": int(since.min())},
        {"id": "int8"},
    )
    sql = (
        "WITH subject AS (SELECT s.id, date '0001-01-01' + (s.since - 1) AS since"
        " FROM unnest(%(subjects)s::bigint[], %(since)s::int[]) AS s(id, since))"
        f" SELECT relationship_id, tested_on, {_STATUS.format('effectiveness_status')} FROM ("
        "SELECT e.relationship_id, r.as_of_date AS tested_on, e.effectiveness_status, r.published_at AS at"
        " FROM hedges_effectivenessresult e JOIN treasury_calculationrun r ON r.id = e.run_id"
        " JOIN subject ON subject.id = e.relationship_id AND r.as_of_date > subject.since"
        " WHERE e.run_id = ANY (%(runs)s::bigint[])"
        " UNION ALL SELECT v.relationship_id, a.as_of_date, a.effectiveness_status, a.recorded_at"
        " FROM hedges_assessmentrecord a JOIN hedges_hedgerelationshipversion v ON v.id = a.version_id"
        " JOIN subject ON subject.id = v.relationship_id AND a.as_of_date > subject.since"
        f" WHERE a.occasion = '{AssessmentOccasion.ON_DEMAND}' AND a.as_of_date <= %(as_of_date)s"
        " AND a.recorded_at <= %(known_at)s"
        f") t WHERE effectiveness_status <> '{EffectivenessStatus.NOT_TESTED}' ORDER BY relationship_id, tested_on, at"
    )
    asked = {**at, "subjects": subjects.tolist(), "since": since.tolist(), "runs": found["id"].tolist()}
    return columns(sql, asked, _TESTED)


def _last_closed(subjects: Int, closed_months: Columns) -> Int:
    """The last day of each relationship's last closed month; the first of all days where none is closed."""
    since = np.full(subjects.size, _EARLY, dtype=np.int64)
    known = np.isin(closed_months["relationship_id"], subjects)
    own = np.searchsorted(subjects, closed_months["relationship_id"][known])
    np.maximum.at(since, own, closed_months["period_end"][known])
    return since


def _own(at: Mapping[str, Any], run_id: int) -> Columns:
    """The status of each relationship that a run has found today, read from its own partition; none without it."""
    table = f"hedges_effectivenessresult_r{int(run_id)}"
    there = columns("SELECT to_regclass(%(table)s) IS NOT NULL AS there", {"table": table}, {"there": "bool"})
    if not there["there"][0]:
        return {name: np.zeros(0, dtype=np.int64) for name in _TESTED}
    sql = (
        "SELECT e.relationship_id, %(as_of_date)s::date AS tested_on,"
        f" {_STATUS.format('e.effectiveness_status')} FROM {table} e"
        f" WHERE {_SHARD.format('e', 'e')} ORDER BY e.relationship_id"
    )
    return columns(sql, at, _TESTED)
