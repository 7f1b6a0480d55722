"""The book as a run sees it: which versions counted, proved by a digest over them in a fixed order."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import connection

from treasury.domain.sealing import SealedBook
from treasury.queries.copy import raw
from treasury.queries.known import applicable_sql

#: Versions are proved by their content digests.
_VERSIONS = {
    "exposure": ("exposures_exposureversion", "exposure_id"),
    "instrument": ("hedges_instrumentversion", "instrument_id"),
    "relationship": ("hedges_hedgerelationshipversion", "relationship_id"),
    "policy": ("treasury_policyversion", "policy_id"),
}
# A release that became known after K is not part of what was sealed.
_ALLOCATIONS = (
    "SELECT id, relationship_version_id, {subject}_version_id, designated_component, unit_from, unit_to, period_from,"
    " CASE WHEN released_at <= %(known_at)s THEN period_to END FROM {table}"
    " WHERE recorded_at <= %(known_at)s ORDER BY id"
)
_ROWS = {
    "item_allocation": _ALLOCATIONS.format(subject="exposure", table="hedges_itemallocation"),
    "instrument_allocation": _ALLOCATIONS.format(subject="instrument", table="hedges_instrumentallocation"),
    "rule_pack": "SELECT * FROM treasury_rulepack WHERE valid_from <= %(as_of_date)s"
    " AND (valid_to IS NULL OR valid_to > %(as_of_date)s) ORDER BY id",
    "offset": "SELECT id, offset_exposure_id FROM hedges_instrument WHERE offset_exposure_id IS NOT NULL"
    " AND recorded_at <= %(known_at)s ORDER BY id",
}


def sealed_book(as_of_date: date, known_at: datetime) -> SealedBook:
    """The versions that count on D as known at K. A fixed number of statements, whatever the size of the book."""
    at = {"as_of_date": as_of_date, "known_at": known_at}
    counts, digests = {}, []
    for name, (table, parent) in _VERSIONS.items():
        sql = f"SELECT c.{parent}, c.id, c.content_digest FROM ({applicable_sql(table, parent)}) c ORDER BY c.{parent}"
        counts[name], digest = _count_and_digest(sql, at)
        digests.append(digest)
    digests += [_count_and_digest(sql, at)[1] for sql in _ROWS.values()]
    first_date, observation_count = _reach(at)
    return SealedBook(
        exposure_count=counts["exposure"],
        instrument_count=counts["instrument"],
        relationship_count=counts["relationship"],
        digests=tuple(digests),
        first_date=first_date or as_of_date,
        observation_count=observation_count or 0,
    )


def _count_and_digest(sql: str, at: dict[str, Any]) -> tuple[int, str]:
    data = raw(sql, at)
    return data.count(b"\n"), sha256(data).hexdigest()


def _reach(at: dict[str, Any]) -> tuple[date | None, int | None]:
    """The earliest trade or designation date of what is live, and the longest series that a rule pack asks for."""
    instruments = applicable_sql("hedges_instrumentversion", "instrument_id")
    relationships = applicable_sql("hedges_hedgerelationshipversion", "relationship_id")
    sql = (
        "SELECT least("
        f"(SELECT min(c.trade_date) FROM ({instruments}) c WHERE c.status = 'LIVE'"
        " AND c.settlement_date >= %(as_of_date)s),"
        f"(SELECT min(c.designation_date) FROM ({relationships}) c WHERE c.status = 'DESIGNATED'"
        " AND c.hedge_end_date >= %(as_of_date)s)),"
        " (SELECT max(observation_count) FROM treasury_rulepack WHERE valid_from <= %(as_of_date)s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, at)
        row: tuple[date | None, int | None] = cursor.fetchone()
    return row
