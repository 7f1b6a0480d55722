"""What is over, with nothing left of it, is not measured every night; its last close and each later one still does."""

from datetime import date

import pytest

from hedges.domain.measurement.book import read
from hedges.domain.sealed import Shard, sealed_inputs
from hedges.models import MeasurementResult
from tests.factories import clock, hedged
from tests.workflow import company, ledger
from tests.workflow.test_worked_cases import APRIL, DUE, FEBRUARY, JANUARY, MARCH, closed, steel

pytestmark = pytest.mark.django_db


def night(of, day):
    """Relationships that a night has measured."""
    company.recorded(day)
    with clock.at(day):
        run = hedged.night(day)
    assert run.status == "PUBLISHED", run.status_reason
    return run, set(MeasurementResult.objects.filter(run=run).values_list("relationship_id", flat=True))


def test_nights_leave_out_what_a_close_has_found_finished():
    hedge = steel()
    over = hedge.designated([(hedge.item(1000), 1000)], [(hedge.future(), -1000)])
    due = date(2026, 12, 15)
    waits = hedge.designated(
        [(hedge.item(500, expected_date=due), 500)], [(hedge.future(-500), -500)], hedge_end_date=DUE
    )
    both = {over.relationship_id, waits.relationship_id}
    closed(hedge, JANUARY, 990, 990)
    closed(hedge, FEBRUARY, 980, 980)
    hedge.prices(DUE, 980, 980)
    _, before = night(hedge.of, date(2026, 3, 20))
    assert before == both, "over, but no close has found it so yet"
    run = closed(hedge, MARCH)
    row = company.measured(run, over)
    assert (row.life_stage, row.reserve_balance, row.cumulative_reclassified) == ("MATURED", 0, 20_000)
    assert company.measured(run, waits).life_stage == "WAITING"
    later, left = night(hedge.of, date(2026, 4, 7))
    assert left == {waits.relationship_id}
    alone = read(Shard.of_one(sealed_inputs(later.pk), over.relationship_id).at)
    assert alone.relationships["relationship_id"].tolist() == [over.relationship_id], "asked for by itself"
    row = company.measured(closed(hedge, APRIL), over)
    assert (row.cumulative_reclassified, row.reserve_balance) == (20_000, 0)
    ledger.holds(row)
    rolled = ledger.rolls_forward(hedge.of, JANUARY, APRIL)
    assert sum(one["reclassified"] for one in rolled) == -20_000
