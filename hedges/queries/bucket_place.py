"""The bucket of a run in which a trade or an exposure of some day is counted."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from hedges.models import HorizonBucketResult
from hedges.queries.bucket_content import dates
from hedges.queries.position import BUCKET
from treasury.queries.rows import Row, listed


def place(run: Row | None, entity_id: int, risk_code: str, day: date) -> Row | None:
    """None where there is no run, or where the run has no bucket of that risk for the day."""
    if run is None:
        return None
    found = HorizonBucketResult.objects.filter(run_id=run["id"], entity_id=entity_id, risk__code=risk_code)
    rows = listed(found.values(*BUCKET, entity_code=F("entity__code"), risk_code=F("risk__code")))
    for bucket in rows:
        start, end = dates(run["as_of_date"], bucket["month_from"], bucket["month_to"])
        if start <= day and (end is None or day < end):
            return bucket
    return None
