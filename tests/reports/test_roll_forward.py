"""The roll-forward comes from the journal and is held against what the closes have measured."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.domain import roll_forward
from reports.queries import roll_forwards
from reports.queries.span import Span
from tests.factories import accounting, book
from tests.factories.hedge_year import MONTHS, relationship, three_months, under_two_frameworks

pytestmark = pytest.mark.django_db
SHOWN = ("opening", "recognised", "reclassified", "closing", "measured", "difference")


def year(entity, **more) -> Span:
    return Span([entity.pk], date(2026, 1, 1), date(2026, 4, 1), **more)


def figures(rows: list, names=SHOWN) -> list:
    return [tuple(row[name] and int(row[name]) for name in names) for row in rows]


def test_a_life_rolls_from_nothing_to_nothing() -> None:
    entity = book.entity()
    three_months(entity, relationship(entity))
    rows = roll_forwards.roll_forward(year(entity))
    assert [row["period_start"] for row in rows] == list(MONTHS)
    assert figures(rows) == [(0, 40, 0, 40, 40, 0), (40, 50, 0, 90, 90, 0), (90, 0, -90, 0, 0, 0)]
    assert rows[-1]["life_stage"] == "MATURED"
    assert roll_forward.proof(roll_forward.by_entity(year(entity))).holds


def test_what_came_before_the_span_is_its_opening() -> None:
    entity = book.entity()
    three_months(entity, relationship(entity))
    rows = roll_forwards.roll_forward(Span([entity.pk], MONTHS[1], MONTHS[1]))
    assert figures(rows) == [(40, 50, 0, 90, 90, 0)]


def test_a_matured_relationship_with_a_balance_is_not_proved() -> None:
    entity = book.entity()
    version = relationship(entity)
    measured = accounting.measurement(version, cumulative_recognised=40, life_stage="MATURED")
    accounting.closed_month(entity, MONTHS[0], [accounting.remeasurement(version, 40, 40)], [measured])
    proof = roll_forward.proof(roll_forward.by_entity(Span([entity.pk], MONTHS[0], MONTHS[0])))
    assert (proof.differing, proof.unproved, proof.holds) == (0, 1, False)


def test_each_reserve_has_its_movements_and_a_month_without_a_close_has_no_measurement() -> None:
    entity = book.entity()
    forecast, debt = relationship(entity), relationship(entity, hedge_type="FAIR_VALUE")
    accounting.closed_month(entity, MONTHS[0], [
        accounting.remeasurement(forecast, 70, 40, cost=25),
        accounting.basis_adjustment(forecast, 15),
        accounting.Entry(forecast, "COST_AMORTISATION", [("COST_OF_HEDGING_RESERVE", 5), ("COST_OF_HEDGING", -5)]),
        accounting.Entry(forecast, "COST_RELEASE", [("COST_OF_HEDGING_RESERVE", -10), ("HEDGED_ITEM_RESULT", 10)]),
        accounting.Entry(forecast, "COST_LOST", [("COST_OF_HEDGING_RESERVE", -3), ("HEDGED_ITEM_RESULT", 3)]),
        accounting.Entry(debt, "ITEM_ADJUSTMENT",
                         [("HEDGED_ITEM_CARRYING_AMOUNT", -30), ("FAIR_VALUE_HEDGE_RESULT", 30)]),
        accounting.Entry(debt, "ITEM_ADJUSTMENT_AMORTISATION",
                         [("HEDGED_ITEM_CARRYING_AMOUNT", 12), ("HEDGED_ITEM_RESULT", -12)]),
    ], [
        accounting.measurement(forecast, cumulative_recognised=40, cumulative_basis_adjusted=15, cost_recognised=25,
                               cost_amortised=5, cost_released=10, cost_lost=3),
        accounting.measurement(debt, item_adjustment=30, item_adjustment_amortised=12),
    ])  # fmt: skip
    rows = roll_forwards.roll_forward(Span([entity.pk], MONTHS[0], MONTHS[1]))
    names = ("recognised", "basis_adjusted", "amortised", "released", "reclassified", "closing")
    shown = {(row["reserve"], row["period_start"]): figures([row], names)[0] for row in rows}
    assert shown["CASH_FLOW_HEDGE", MONTHS[0]] == (40, -15, 0, 0, 0, 25)
    assert shown["COST_OF_HEDGING", MONTHS[0]] == (25, 0, 5, -10, -3, 17)
    assert shown["HEDGE_ADJUSTMENT", MONTHS[0]] == (30, 0, -12, 0, 0, 18)
    assert shown["HEDGE_ADJUSTMENT", MONTHS[1]] == (0, 0, 0, 0, 0, 18)
    assert {row["difference"] for row in rows if row["period_start"] == MONTHS[0]} == {Decimal(0)}
    assert {row["measured"] for row in rows if row["period_start"] == MONTHS[1]} == {None}


def test_a_reversal_stands_in_its_own_column() -> None:
    entity = book.entity()
    version = relationship(entity)
    gain = accounting.remeasurement(version, 40, 40)
    [posted] = accounting.closed_month(entity, MONTHS[0], [gain])
    accounting.closed_month(entity, MONTHS[1], [accounting.reversal(gain, posted)])
    rows = roll_forwards.roll_forward(year(entity))
    assert figures(rows, ("opening", "recognised", "reversed", "closing")) == [
        (0, 40, 0, 40),
        (40, 0, -40, 0),
    ]


def test_measured_amounts_are_rounded_as_they_are_posted() -> None:
    entity = book.entity()
    version = relationship(entity)
    measured = accounting.measurement(
        version, cumulative_recognised=Decimal("40.125"), cumulative_reclassified=Decimal("10.135")
    )
    posted = [accounting.remeasurement(version, 41, "40.12"), accounting.reclassification(version, "10.14")]
    accounting.closed_month(entity, MONTHS[0], posted, [measured])
    row = roll_forwards.roll_forward(year(entity))[0]
    assert (row["measured"], row["difference"]) == (Decimal("29.98"), 0)


def test_frameworks_entities_and_reserves_are_apart_and_totals_are_sums() -> None:
    first, second = book.entity(), book.entity()
    three_months(first, relationship(first), *under_two_frameworks(first))
    three_months(second, relationship(second))
    assert len(roll_forwards.roll_forward(year(first, framework="ASC815"))) == 3
    span = Span([first.pk, second.pk], MONTHS[1], MONTHS[1])
    totals = roll_forwards.totals(span)
    assert [(row["entity_code"], row["framework"], int(row["closing"])) for row in totals] == [
        (first.code, "ASC815", 90), (first.code, "IFRS9", 180), (second.code, "IFRS9", 90),
    ]  # fmt: skip
    assert roll_forwards.totals(span, reserve="TRANSLATION") == []
    assert len(roll_forwards.roll_forward(span, limit=2, offset=1)) == 2


def test_the_number_of_statements_does_not_grow_with_the_rows() -> None:
    def statements(size: int) -> int:
        entity = book.entity()
        three_months(entity, *[relationship(entity) for _ in range(size)])
        with CaptureQueriesContext(
            connection,
        ) as found:
            roll_forwards.roll_forward(year(entity))
            roll_forwards.totals(year(entity))
        return len(found)

    assert statements(1) == statements(5) == 4
