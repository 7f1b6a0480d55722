"""What was recorded or approved for a bucket after the night had read the book: the next night counts it."""

from __future__ import annotations

from django.db.models import F, Model, Q, QuerySet

from exposures.models import ExposureVersion
from hedges.models import InstrumentVersion
from hedges.queries.bucket_content import between
from treasury.enums import Decision
from treasury.queries.rows import Row, listed
from treasury.queries.version_pages import NEWEST, versions


def since(run: Row, bucket: Row) -> list[Row]:
    """The newest version of each exposure and trade that the run cannot have seen, the ones due first first."""
    if run["known_at"] is None:
        return []
    rows = [
        *_rows(ExposureVersion, "exposure", "expected_date", "exposure_amount", run, bucket),
        *_rows(InstrumentVersion, "instrument", "settlement_date", "notional_amount", run, bucket),
    ]
    return sorted(rows, key=lambda row: (row["day"], row["reference"]))


def _rows(model: type[Model], thing: str, day: str, amount: str, run: Row, bucket: Row) -> list[Row]:
    newest: QuerySet = versions(
        model, thing, entity_ids=[bucket["entity_id"]], on=run["as_of_date"], known_at=None, show=NEWEST
    )
    later = Q(recorded_at__gt=run["known_at"]) | Q(approval__recorded_at__gt=run["known_at"])
    found = newest.filter(later, risk_id=bucket["risk_id"], **between(day, run, bucket)).exclude(
        approval__decision=Decision.REJECTED
    )
    rows = listed(
        found.values(
            "kind", "status", thing_id=F(f"{thing}_id"), reference=F(f"{thing}__external_reference"), day=F(day),
            amount=F(amount), decision=F("approval__decision"),
        )
    )  # fmt: skip
    return [row | {"thing": thing} for row in rows]
