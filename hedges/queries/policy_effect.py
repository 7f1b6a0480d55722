"""What other bands would have said of the past: counted in the database over the stored horizon results."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from hedges.queries.breaches import GRAVEST_FIRST
from treasury.queries.rows import Row

#: Cover is turned to the side of the exposure, so that a limit is compared without a division. On an edge is inside;
#: above 100 % and below 0 % are breaches whatever the band says.
_SQL = """
SELECT h.month_from, count(DISTINCT h.run_id), count(*), count(*) FILTER (WHERE h.was), count(*) FILTER (WHERE h.would),
       count(DISTINCT h.run_id) FILTER (WHERE h.was), count(DISTINCT h.run_id) FILTER (WHERE h.would)
FROM (SELECT r.month_from, r.run_id,
             EXISTS (SELECT FROM unnest(r.flags) f WHERE lower(f) = ANY (%(breaches)s)) AS was,
             c.cover < 0 OR c.cover > abs(r.net_exposure_amount)
                 OR coalesce(c.cover < b.lower * abs(r.net_exposure_amount), false)
                 OR coalesce(c.cover > b.upper * abs(r.net_exposure_amount), false) AS would
      FROM hedges_horizonbucketresult r
      CROSS JOIN LATERAL (SELECT -r.hedge_amount * sign(r.net_exposure_amount) AS cover) c
      LEFT JOIN unnest(%(months)s::int[], %(lower)s::numeric[], %(upper)s::numeric[]) AS b (month, lower, upper)
          ON b.month = r.month_from
      WHERE r.run_id = ANY (%(runs)s) AND r.entity_id = %(entity)s AND r.risk_id = %(risk)s
        AND r.net_exposure_amount <> 0) h
GROUP BY GROUPING SETS ((h.month_from), ())
ORDER BY h.month_from NULLS LAST
"""
NAMES = ("month_from", "nights", "buckets", "was", "would", "nights_was", "nights_would")


def past(
    nights: QuerySet, *, entity_id: int, risk_id: int, limits: Iterable[tuple[int, Any, Any]]
) -> tuple[list[Row], Row | None]:
    """By bucket and in all: nights, bucket-nights with an exposure, those in breach as they were and as they would be.

    `nights`: runs; `limits`: (first month, lower, upper) of the buckets that the bands hold. Two reads.
    """
    held: Sequence[tuple[int, Any, Any]] = list(limits)
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL,
            {
                "breaches": list(GRAVEST_FIRST), "months": [month for month, _, _ in held],
                "lower": [lower for _, lower, _ in held], "upper": [upper for _, _, upper in held],
                "runs": list(nights.values_list("pk", flat=True)), "entity": entity_id, "risk": risk_id,
            },
        )  # fmt: skip
        rows = [dict(zip(NAMES, row, strict=True)) for row in cursor.fetchall()]
    total = next((row for row in rows if row["month_from"] is None), None)
    return [row for row in rows if row["month_from"] is not None], total
