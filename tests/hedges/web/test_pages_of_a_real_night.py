"""The pages hold what a night has worked out: cells that add up to it, the last bar of the picture is its ratio."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from hedges.models import EffectivenessResult
from hedges.queries import bucket_content, effectiveness_pages, position
from hedges.web import effectiveness_pictures
from tests.factories import book, hedged, market
from treasury.queries import published

pytestmark = pytest.mark.django_db


def test_every_cell_opens_to_rows_that_add_up_to_it() -> None:
    book.rule_pack()
    market.record()
    entity = book.entity()
    for month in range(1, 40, 4):
        due = book.TODAY + timedelta(days=30 * month)
        book.exposure(1_000_000 + month, of=entity, expected_date=due)
        book.forward(-500_000 - month, of=entity, settlement_date=due)
    asset = book.exposure(-300_000, of=entity, kind="RECOGNISED_LIABILITY", expected_date=date(2027, 4, 30))
    book.instrument("NATURAL_OFFSET", -300_000, of=entity, offset_exposure=asset.exposure)
    book.exposure(5, of=entity, status="CANCELLED")
    hedged.night()
    run = published.published_run()
    rows = position.buckets(run["id"], [entity.pk])
    assert any(row["hedge_amount"] for row in rows)
    for row in rows:
        exposures = sum((one["amount"] for one in bucket_content.exposures(run, row)), Decimal(0))
        hedges = sum((one["amount"] for one in bucket_content.instruments(run, row)), Decimal(0))
        assert (exposures, hedges) == (row["net_exposure_amount"], row["hedge_amount"]), row["month_from"]


def test_the_last_cumulative_ratio_of_the_picture_is_that_of_the_night() -> None:
    market.record()
    entity = hedged.hedged_book(2)
    hedged.night()
    run = published.published_run()
    stored = EffectivenessResult.objects.order_by("relationship_id")
    assert stored
    for result in stored:
        found = effectiveness_pages.result(run["id"], result.relationship_id, [entity.pk])
        drawn = [
            point.cumulative for point in effectiveness_pictures.series(found) if point.cumulative is not None
        ]
        assert drawn[-1] == pytest.approx(result.cumulative_ratio, rel=1e-9)
