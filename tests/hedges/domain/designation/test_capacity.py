"""How much is taken, by which relationship and when, and what is free, for whole sets at once."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hedges.domain import relationship_approval
from hedges.domain.parts import Part
from hedges.queries import capacity
from tests.factories import book

CHANGE, END = date(2026, 7, 1), date(2027, 5, 1)


@pytest.fixture
def item(entity):
    return book.exposure(1_000, of=entity)


@pytest.fixture
def hedge(entity):
    return book.forward(-1_000, of=entity)


def of_item(item):
    [found] = capacity.of_exposures([item.exposure_id], entity_ids=[item.entity_id])
    return found


def free(found, *arguments, period_from=book.START, period_to=END, **fields):
    layers = found.free(*arguments, period_from=period_from, period_to=period_to, **fields)
    return [(layer.unit_from, layer.unit_to, layer.amount) for layer in layers]


def test_nothing_is_taken(item):
    found = of_item(item)
    assert (found.units, found.amount, found.unit, found.uses) == (100_000, 1_000, "USD", ())
    assert free(found, "IFRS9") == [(0, 100_000, 1_000)]


def test_who_takes_what_when(entity, item, hedge):
    first = book.relationship(
        of=entity, items=[Part(item, Decimal(300), unit_from=20_000)], instruments=[(hedge, -300)], code="A"
    )
    book.relationship(
        of=entity, items=[Part(item, Decimal(100), period_from=CHANGE)],
        instruments=[Part(hedge, Decimal(-100), period_from=CHANGE)], code="B", approve=False,
    )  # fmt: skip
    found = of_item(item)
    assert [(use.code, use.is_approved, use.unit_from, use.unit_to, use.amount) for use in found.uses] == [
        ("A", True, 20_000, 50_000, 300),
        ("B", False, 0, 10_000, 100),
    ]
    assert (found.uses[0].relationship_id, found.uses[0].period_to) == (first.relationship_id, END)
    assert free(found, "IFRS9", period_to=CHANGE) == [(0, 20_000, 200), (50_000, 100_000, 500)]
    assert free(found, "IFRS9") == [(10_000, 20_000, 100), (50_000, 100_000, 500)]
    assert free(found, "ASC815") == [(0, 100_000, 1_000)]
    [of_hedge] = capacity.of_instruments([hedge.instrument_id], entity_ids=[entity.pk])
    assert free(of_hedge, "IFRS9") == [(40_000, 100_000, -600)]
    assert free(of_hedge, "IFRS9", risk_id=book.risk("GBPEUR").pk) == [(0, 100_000, -1_000)]


def test_components_that_do_not_overlap_are_free(entity, item, hedge):
    book.relationship(of=entity, items=[Part(item)], instruments=[Part(hedge)], designated_component="SPOT")
    found = of_item(item)
    assert free(found, "IFRS9", "FORWARD") == [(0, 100_000, 1_000)]
    assert free(found, "IFRS9", "WHOLE") == free(found, "IFRS9", "INTRINSIC") == []


def test_what_was_rejected_is_free_again(entity, item, hedge):
    version = book.relationship(of=entity, items=[Part(item)], instruments=[Part(hedge)], approve=False)
    relationship_approval.reject(versions=[version], actor=book.user("APPROVER"))
    assert free(of_item(item), "IFRS9") == [(0, 100_000, 1_000)]
    assert of_item(item).uses == ()


def test_what_is_free_can_be_designated(entity, item, hedge):
    """The runs that are shown are those that a designation takes."""
    book.relationship(
        of=entity, items=[Part(item, Decimal(300), unit_from=20_000)], instruments=[(hedge, -300)]
    )
    layers = of_item(item).free("IFRS9", period_from=book.START, period_to=END)
    version = book.relationship(of=entity, items=[(item, 700)], instruments=[(hedge, -700)])
    taken = version.item_allocations.order_by("unit_from").values_list("unit_from", "unit_to")
    assert list(taken) == [(layer.unit_from, layer.unit_to) for layer in layers]


def test_other_entities_and_what_is_not_approved_are_not_there(entity, item):
    waiting = book.exposure(of=entity, approve=False)
    asked = [item.exposure_id, waiting.exposure_id]
    assert capacity.of_exposures(asked, entity_ids=[book.entity().pk]) == []
    assert [found.subject_id for found in capacity.of_exposures(asked, entity_ids=[entity.pk])] == [
        item.exposure_id
    ]


def test_two_queries_however_many(entity):
    items = [book.exposure(of=entity).exposure_id for _ in range(5)]
    for asked in (items[:1], items):
        with CaptureQueriesContext(connection) as captured:
            assert len(capacity.of_exposures(asked, entity_ids=[entity.pk])) == len(asked)
        assert len(captured) == 2
