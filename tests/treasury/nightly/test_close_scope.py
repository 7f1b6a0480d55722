"""A close makes tables of what it writes only, and shares the market of a month's end with the other entities."""

from typing import Any

import pytest
from django.db import connection

from hedges.domain import closing
from tests.factories import closable, hedged
from treasury.domain import sealing
from treasury.models import CalculationRun
from treasury.nightly import pipeline
from treasury.queries import market

pytestmark = pytest.mark.django_db
GAIN = {"cumulative_recognised": 40, "cumulative_ineffectiveness": 2}


def closed(entity: Any) -> CalculationRun:
    run = closing.request(entity=entity, period=closable.MONTH, actor=None).run
    pipeline.drain(run.pk, owner="test")
    run.refresh_from_db()
    assert run.status == "PUBLISHED", run.status_reason
    return run


def tables(run: CalculationRun) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE %s", [f"%\\_r{run.pk}"])
        return {name.rsplit("_", 1)[0] for (name,) in cursor.fetchall()}


def test_a_close_has_tables_of_tests_and_measurement_a_night_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    closable.measures(monkeypatch, lambda version: closable.whole(**GAIN))
    run = closed(closable.ready())
    assert tables(run) == {
        "hedges_effectivenessresult",
        "hedges_effectivenesscriterionresult",
        "hedges_measurementresult",
        "hedges_costofhedgingresult",
    }
    assert tables(run) < tables(hedged.night())


def test_entities_that_close_a_month_make_its_market_once(monkeypatch: pytest.MonkeyPatch) -> None:
    closable.measures(monkeypatch, lambda version: closable.whole(**GAIN))
    one, other = closable.ready(), closable.hedges()
    first = closed(one)
    made: list[object] = []
    monkeypatch.setattr(sealing.market, "made_of", lambda *of: made.append(of))
    second = closed(other)
    assert made == []
    assert second.market_data_snapshot_id != first.market_data_snapshot_id
    assert second.market_data_snapshot.content_digest == first.market_data_snapshot.content_digest
    assert market.market_of(second.market_data_snapshot) is market.market_of(first.market_data_snapshot)
