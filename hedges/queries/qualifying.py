"""Which periods of a relationship qualified, as columns: tests on record, decisions, closed months.

`at` as in `measurement_columns`. Only frameworks that go by a test, IAS 39 and ASC 815, have anything here; the run's
own tests come for every framework. A closed month keeps the answer that it was closed with.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from hedges.enums import AssessmentOccasion, DecisionSubject, EffectivenessStatus, HedgeType, LifeStage
from treasury.enums import AccountingFramework, ResultStatus, RunKind, RunStatus
from treasury.quant.numbers import Int
from treasury.queries.copy import Columns, columns

#: Codes as small integers in columns: positions in this list.
STATUSES = list(EffectivenessStatus.values)

_SHARD = (
    "mod({0}.relationship_id, %(shard_count)s) = %(shard_number)s"
    " AND (%(entity_id)s::bigint IS NULL OR {1}.entity_id = %(entity_id)s)"
)
#: Runs of every entity together and, where one entity is asked for, its own.
_OF_SCOPE = (
    "(%(entity_id)s::bigint IS NULL OR r.scope IN"
    " ('GROUP', (SELECT code FROM treasury_entity WHERE id = %(entity_id)s)))"
)
_STATUS = f"(array_position(ARRAY{STATUSES}::varchar[], {{}}) - 1)::int4 AS status"
_TESTED = {"relationship_id": "int8", "tested_on": "date", "status": "int4"}
#: The first of all days, as an ordinal.
_EARLY = 1
_PUBLISHED = (
    f"r.status IN ('{RunStatus.PUBLISHED}', '{RunStatus.SUPERSEDED}') AND r.published_at <= %(known_at)s"
)


def closed(at: Mapping[str, Any]) -> Columns:
    """Each relationship and month up to its entity's newest close before the date, by its last day, and whether it
    qualified.

    A close has every relationship that has begun, the ended ones too, and its path holds the months before the first
    close as well. Which runs these are is asked first, so that the planner opens no other partition.
    """
    newest = _newest_closes(at)
    if not newest.size:
        none = np.zeros(0, dtype=np.int64)
        return {"relationship_id": none, "period_end": none, "is_qualifying": none.astype(np.bool_)}
    sql = (
        "SELECT m.relationship_id, (date_trunc('month', k.day) + interval '1 month - 1 day')::date AS period_end,"
        " bool_and(k.answer) AS is_qualifying FROM hedges_measurementresult m"
        " JOIN treasury_calculationrun c ON c.id = m.run_id,"
        " unnest(m.knot_dates || c.as_of_date, m.knot_qualifying || m.is_qualifying) AS k(day, answer)"
        f" WHERE m.run_id = ANY (%(runs)s::bigint[]) AND m.framework <> '{AccountingFramework.IFRS9}'"
        f" AND {_SHARD.format('m', 'm')} GROUP BY 1, 2 ORDER BY 1, 2"
    )
    spec = {"relationship_id": "int8", "period_end": "date", "is_qualifying": "bool"}
    return columns(sql, {**at, "runs": newest.tolist()}, spec)


def finished(at: Mapping[str, Any]) -> list[int]:
    """The relationships that the newest close of their entity before the date has found over, with nothing left in
    equity or on the item (their life stage says so) and nothing carried: no later day changes their amounts."""
    newest = _newest_closes(at)
    if not newest.size:
        return []
    sql = (
        "SELECT m.relationship_id FROM hedges_measurementresult m WHERE m.run_id = ANY (%(runs)s::bigint[])"
        f" AND m.status = '{ResultStatus.OK}' AND m.carrying_amount = 0"
        f" AND m.life_stage IN ('{LifeStage.MATURED}', '{LifeStage.DISCONTINUED}') ORDER BY 1"
    )
    found: list[int] = columns(sql, {"runs": newest.tolist()}, {"relationship_id": "int8"})[
        "relationship_id"
    ].tolist()
    return found


def _newest_closes(at: Mapping[str, Any]) -> Int:
    """The newest close of each entity before the date, as known."""
    return columns(
        "SELECT DISTINCT ON (r.scope) r.id FROM treasury_calculationrun r"
        f" WHERE r.kind = '{RunKind.CLOSE}' AND r.status = '{RunStatus.PUBLISHED}'"
        f" AND r.published_at <= %(known_at)s AND r.as_of_date < %(as_of_date)s AND {_OF_SCOPE}"
        " ORDER BY r.scope, r.as_of_date DESC",
        at,
        {"id": "int8"},
    )["id"]


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


def statements(at: Mapping[str, Any]) -> Columns:
    """Of each relationship that elects it the newest qualitative statement a day; the first of all days without one."""
    sql = (
        "SELECT v.relationship_id, coalesce(d.as_of_date, date '0001-01-01') AS stated_on,"
        " coalesce(d.is_unchanged, false) AS is_unchanged"
        " FROM hedges_hedgerelationshipversion v"
        " JOIN hedges_inceptionfile i ON i.id = v.inception_file_id AND i.qualitative_after_inception"
        " LEFT JOIN (SELECT DISTINCT ON (relationship_id, as_of_date) relationship_id, as_of_date,"
        f" decided_status = '{EffectivenessStatus.EFFECTIVE}' AS is_unchanged FROM hedges_assessmentdecision"
        f" WHERE subject = '{DecisionSubject.QUALITATIVE}' AND recorded_at <= %(known_at)s"
        " AND as_of_date <= %(as_of_date)s ORDER BY relationship_id, as_of_date, id DESC) d"
        " ON d.relationship_id = v.relationship_id"
        f" WHERE v.version_number = 1 AND {_SHARD.format('v', 'v')} ORDER BY v.relationship_id, stated_on"
    )
    return columns(sql, at, {"relationship_id": "int8", "stated_on": "date", "is_unchanged": "bool"})


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
    """Of the days on which a hedge can be tested: from its first to its last, as far as no closed month holds them.

    The runs of these days are asked for first, so that the planner opens no other partition.
    """
    found = columns(
        "SELECT v.relationship_id, coalesce(v.accounting_from, v.designation_date) AS begun_on,"
        " greatest(v.designation_date, v.accounting_from, (SELECT max(greatest(a.period_to, a.planned_to))"
        " FROM hedges_instrumentallocation a JOIN hedges_hedgerelationshipversion w ON w.id = a.relationship_version_id"
        " WHERE w.relationship_id = v.relationship_id)) AS ended_on FROM hedges_hedgerelationshipversion v"
        f" WHERE v.version_number = 1 AND v.framework <> '{AccountingFramework.IFRS9}'"
        f" AND v.hedge_type <> '{HedgeType.ECONOMIC}' AND {_SHARD.format('v', 'v')} ORDER BY 1",
        at,
        {"relationship_id": "int8", "begun_on": "date", "ended_on": "date"},
    )
    since = np.maximum(_last_closed(found["relationship_id"], closed_months), found["begun_on"] - 1)
    is_open = found["ended_on"] > since
    subjects, since = found["relationship_id"][is_open], since[is_open]
    if not subjects.size:
        return {name: np.zeros(0, dtype=np.int64) for name in _TESTED}
    runs = columns(
        f"SELECT r.id FROM treasury_calculationrun r WHERE {_PUBLISHED} AND r.as_of_date <= %(as_of_date)s"
        f" AND r.as_of_date > date '0001-01-01' + %(first)s - 1 AND {_OF_SCOPE} ORDER BY r.id",
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
    asked = {**at, "subjects": subjects.tolist(), "since": since.tolist(), "runs": runs["id"].tolist()}
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
