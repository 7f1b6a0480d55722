"""A hedged book of any size with its market: what a night is run on in tests."""

from datetime import date, timedelta
from typing import Any

from django.db import connection

from tests.factories import book, market
from treasury.domain import runs
from treasury.models import CalculationRun, Entity
from treasury.nightly import pipeline
from treasury.nightly.steps.context import Shard, sealed_inputs

DESIGNATED = book.TODAY - timedelta(weeks=20)
TABLES = (
    "hedges_valuationresult",
    "hedges_hedgeratioresult",
    "hedges_horizonbucketresult",
    "hedges_effectivenessresult",
    "hedges_effectivenesscriterionresult",
    "hedges_measurementresult",
    "hedges_costofhedgingresult",
)


def hedged_book(size: int = 3, *, reverse: bool = False, of: Entity | None = None) -> Entity:
    """`size` dollar receivables, each with a forward and a relationship; with `reverse` recorded in opposite order."""
    book.rule_pack()
    entity = of or book.entity()
    bank = book.counterparty()
    places = list(range(size))
    for place in reversed(places) if reverse else places:
        due = date(2027, 1, 29) + timedelta(days=40 * place)
        item = book.exposure(1_000_000 + 10_000 * place, of=entity, expected_date=due)
        hedge = book.forward(
            -600_000 - 10_000 * place,
            of=entity,
            strike=f"0.{880 + place}",
            trade_date=DESIGNATED,
            settlement_date=due,
            counterparty=bank,
        )
        book.relationship(
            of=entity,
            items=[(item, 600_000 + 10_000 * place)],
            instruments=[(hedge, -600_000 - 10_000 * place)],
            designation_date=DESIGNATED,
            hedge_end_date=due,
            rationale="the same dollars at the same date",
        )
    book.policy(
        of=entity, risk=book.risk(), bands=[(0, 12, "0.5", "0.65", "0.8"), (12, 36, "0.2", "0.4", "0.6")]
    )
    market.record_spreads(bank.code, entity.code)
    return entity


def night(as_of: date = book.TODAY, *, shard_count: int = 1, new_revision: bool = False) -> CalculationRun:
    """A night in this process."""
    run = runs.request(as_of_date=as_of, actor=None, new_revision=new_revision).run
    return pipeline.run_in_process(run, shard_count=shard_count)


def rows(run: CalculationRun, *, without: tuple[str, ...] = ("run_id",)) -> dict[str, list[dict[str, Any]]]:
    """Every result row of a run, in the order of its key, without the columns that cannot be the same."""
    found = {}
    for table in TABLES:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} WHERE run_id = %s", [run.pk])
            names = [column.name for column in cursor.description or []]
            every = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        kept = [{name: value for name, value in row.items() if name not in without} for row in every]
        found[table] = sorted(kept, key=repr)
    return found


def night_rows_of(run: CalculationRun) -> dict[str, dict[str, list[str]]]:
    """What the steps would write for a sealed run now, without writing it."""
    shard = Shard(sealed_inputs(run.pk), 0, 1)
    found: dict[str, dict[str, list[str]]] = {}
    for compute in pipeline.STEPS.values():
        found |= compute(shard)
    return found
