"""Real months of real hedges: closed one by one or at once they come to the same; a person's decision opens the way."""

from datetime import date
from typing import Any

import pytest

from hedges.domain.assessment import decisions, on_demand
from hedges.models import HedgeRelationship, MeasurementResult
from tests.factories import book, closable, hedged, market
from treasury.domain import runs
from treasury.enums import RunStatus
from treasury.nightly import pipeline

pytestmark = pytest.mark.django_db
MONTHS = [date(2026, month, 1) for month in range(6, 11)]


def by_amount(entity: Any) -> list[tuple[str, Any]]:
    return sorted(closable.balances(entity).items())


def test_month_by_month_or_at_once_the_ledger_is_the_same() -> None:
    market.record()
    slowly, at_once = closable.hedges(2), closable.hedges(2)
    for month in MONTHS:
        run = closable.close(slowly, month)
        assert run.status == RunStatus.PUBLISHED, run.status_reason
    last = closable.close(at_once, MONTHS[-1])
    assert last.status == RunStatus.PUBLISHED, last.status_reason
    assert by_amount(slowly) == by_amount(at_once)
    assert len(closable.entries(slowly)) > len(closable.entries(at_once))
    rows = MeasurementResult.objects.filter(run_id=last.pk)
    assert closable.balances(at_once)["DERIVATIVE"] == sum(row.carrying_amount for row in rows)
    assert closable.balances(at_once)["CASH_FLOW_HEDGE_RESERVE"] == -sum(row.reserve_balance for row in rows)


def test_how_many_shards_a_close_is_cut_into_changes_nothing() -> None:
    market.record()
    whole, cut = closable.hedges(3), closable.hedges(3)
    closable.close(whole)
    closable.close(cut, shard_count=3)
    assert by_amount(whole) == by_amount(cut)


def test_the_night_of_that_day_previews_what_the_close_posts() -> None:
    market.record()
    entity = closable.hedges(2)
    run = runs.request(as_of_date=date(2026, 10, 30), actor=None).run
    pipeline.run_in_process(run)
    close = closable.close(entity, MONTHS[-1])

    def measured(run_id: int) -> list[Any]:
        rows = MeasurementResult.objects.filter(run_id=run_id, entity=entity).order_by("relationship_id")
        return list(
            rows.values_list("relationship_id", "opening_fair_value", "cumulative_change_hypothetical")
        )

    found = measured(run.pk)
    assert [row[:2] for row in found] == [row[:2] for row in measured(close.pk)]
    assert len(found) == 2


def with_a_decision(entity: Any, day: date) -> None:
    relationship = HedgeRelationship.objects.get(entity=entity)
    on_demand.on_demand(relationships=[relationship], as_of_date=day, actor=book.user("HEDGE_ACCOUNTANT"))
    decisions.decide(
        relationship=relationship, subject="TEST", as_of_date=day, status="EFFECTIVE",
        reason="too few weeks, the terms match", actor=book.user("APPROVER"),
    )  # fmt: skip


def test_under_ias_39_a_test_without_a_result_waits_for_a_person() -> None:
    market.record(*market.quotes(weeks=30))
    book.rule_pack("IAS39", observation_minimum=59)
    entity = closable.hedges(1, accounting_framework="IAS39")
    for day in (date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31)):
        with_a_decision(entity, day)
    refused = closable.close(entity)
    assert refused.status == RunStatus.FAILED
    code = HedgeRelationship.objects.get(entity=entity).code
    assert refused.status_reason.startswith(f"{code} has a test without a result")
    assert closable.ledger(entity) == []
    with_a_decision(entity, date(2026, 9, 30))
    run = closable.close(entity)
    assert run.status == RunStatus.PUBLISHED, run.status_reason
    assert closable.ledger(entity) != []


def test_a_close_and_a_night_run_side_by_side() -> None:
    entity = closable.ready()
    close = closable.close(entity)
    night = hedged.night()
    assert (close.status, night.status) == (RunStatus.PUBLISHED, RunStatus.PUBLISHED)
