"""The book as a run sees it: which versions counted, proved by a digest over them in a fixed order."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import connection

from hedges.queries.reach import first_date
from treasury.domain.sealing import SealedBook
from treasury.enums import RunKind
from treasury.models import CalculationRun, Entity
from treasury.queries.copy import raw
from treasury.queries.known import applicable_sql

#: Versions are proved by their content digests; the third is how a row's entity is found.
_VERSIONS = {
    "exposure": ("exposures_exposureversion", "exposure_id", "c.entity_id"),
    "instrument": ("hedges_instrumentversion", "instrument_id", "c.entity_id"),
    "relationship": ("hedges_hedgerelationshipversion", "relationship_id", "c.entity_id"),
    "policy": (
        "treasury_policyversion",
        "policy_id",
        "(SELECT p.entity_id FROM treasury_policy p WHERE p.id = c.policy_id)",
    ),
    "account_map": (
        "hedges_accountmapversion",
        "account_map_id",
        "(SELECT m.entity_id FROM hedges_accountmap m WHERE m.id = c.account_map_id)",
    ),
}
_OF_ENTITY = "(%(entity_id)s::bigint IS NULL OR {whose} = %(entity_id)s::bigint)"
# A release that became known after K is not part of what was sealed.
_ALLOCATIONS = (
    "SELECT id, relationship_version_id, {subject}_version_id, designated_component, unit_from, unit_to, period_from,"
    " CASE WHEN released_at <= %(known_at)s THEN period_to END FROM {table}"
    " WHERE recorded_at <= %(known_at)s AND " + _OF_ENTITY.format(whose="entity_id") + " ORDER BY id"
)
_ROWS = {
    "item_allocation": _ALLOCATIONS.format(subject="exposure", table="hedges_itemallocation"),
    "instrument_allocation": _ALLOCATIONS.format(subject="instrument", table="hedges_instrumentallocation"),
    "rule_pack": "SELECT * FROM treasury_rulepack WHERE valid_from <= %(as_of_date)s"
    " AND (valid_to IS NULL OR valid_to > %(as_of_date)s) ORDER BY id",
    "offset": "SELECT id, offset_exposure_id FROM hedges_instrument WHERE offset_exposure_id IS NOT NULL"
    " AND recorded_at <= %(known_at)s AND " + _OF_ENTITY.format(whose="entity_id") + " ORDER BY id",
    "decision": "SELECT d.id, d.relationship_id, d.subject, d.as_of_date, d.decided_status"
    " FROM hedges_assessmentdecision d JOIN hedges_hedgerelationship r ON r.id = d.relationship_id"
    " WHERE d.recorded_at <= %(known_at)s AND " + _OF_ENTITY.format(whose="r.entity_id") + " ORDER BY d.id",
}


def sealed_book(run: CalculationRun, known_at: datetime) -> SealedBook:
    """The versions that count on the run's date as known at K. A fixed number of statements at any size of the book."""
    entity_id = _entity_id(run)
    at = {"as_of_date": run.as_of_date, "known_at": known_at, "entity_id": entity_id}
    counts, digests = {}, []
    for name, (table, parent, whose) in _VERSIONS.items():
        sql = (
            f"SELECT c.{parent}, c.id, c.content_digest FROM ({applicable_sql(table, parent)}) c"
            f" WHERE {_OF_ENTITY.format(whose=whose)} ORDER BY c.{parent}"
        )
        counts[name], digest = _count_and_digest(sql, at)
        digests.append(digest)
    digests += [_count_and_digest(sql, at)[1] for sql in _ROWS.values()]
    # The market reaches back as far for one entity as for all, so that the closes of a month share one.
    traded, observation_count = _reach(at)
    begun = first_date(None)
    return SealedBook(
        exposure_count=counts["exposure"],
        instrument_count=counts["instrument"],
        relationship_count=counts["relationship"],
        digests=tuple(digests),
        first_date=min((day for day in (traded, begun) if day), default=run.as_of_date),
        observation_count=observation_count or 0,
    )


def _entity_id(run: CalculationRun) -> int | None:
    """Whose book: the entity's of a close, everybody's in the night."""
    if run.kind != RunKind.CLOSE:
        return None
    return Entity.objects.values_list("pk", flat=True).get(code=run.scope)


def _count_and_digest(sql: str, at: dict[str, Any]) -> tuple[int, str]:
    data = raw(sql, at)
    return data.count(b"\n"), sha256(data).hexdigest()


def _reach(at: dict[str, Any]) -> tuple[date | None, int | None]:
    """The earliest trade date of what is live, and the longest series that a rule pack asks for.

    What is measured reaches back to its own beginning, stopped or not (`first_date`).
    """
    instruments = applicable_sql("hedges_instrumentversion", "instrument_id")
    sql = (
        f"SELECT (SELECT min(c.trade_date) FROM ({instruments}) c WHERE c.status = 'LIVE'"
        " AND c.settlement_date >= %(as_of_date)s),"
        " (SELECT max(observation_count) FROM treasury_rulepack WHERE valid_from <= %(as_of_date)s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, at)
        row: tuple[date | None, int | None] = cursor.fetchone()
    return row
