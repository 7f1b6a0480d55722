"""Parts: all of it, an amount, a share, a layer, a part of the term; several items, instruments and designations."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hedges.domain import designation
from hedges.domain.parts import Part
from hedges.models import ItemAllocation
from tests.factories import book, clock
from tests.factories.refusing import refused

END = date(2027, 5, 1)


def designate(*drafts):
    author = book.user("HEDGE_ACCOUNTANT")
    with clock.at(book.START):
        return designation.designate(designations=drafts, actor=author, support=book.bare_support)


def draft(entity, item, hedge, **fields):
    return book.unsaved_relationship(of=entity, items=[item], instruments=[hedge], **fields)


def layers(version):
    return list(
        version.item_allocations.order_by("unit_from").values_list(
            "unit_from", "unit_to", "designated_amount"
        )
    )


@pytest.fixture
def outflow(entity):
    return book.exposure("-1000.01", of=entity)


@pytest.fixture
def hedge(entity):
    return book.forward("1000.01", of=entity, counter_amount=Decimal("-900.01"))


@pytest.mark.parametrize(
    "terms, units, amount",
    [
        ({}, (0, 100_001), "-1000.01"),
        ({"amount": Decimal("-0.01")}, (0, 1), "-0.01"),
        ({"proportion": Decimal("0.5")}, (0, 50_000), "-500.00"),
        ({"proportion": Decimal(1)}, (0, 100_001), "-1000.01"),
        ({"unit_from": 60_000}, (60_000, 100_001), "-400.01"),
        ({"unit_from": 60_000, "amount": Decimal(-100)}, (60_000, 70_000), "-100.00"),
        ({"unit_from": 60_000, "proportion": Decimal("0.1")}, (60_000, 70_000), "-100.00"),
    ],
)  # fmt: skip
def test_a_part_is_units(entity, outflow, hedge, terms, units, amount):
    [version] = designate(draft(entity, Part(outflow, **terms), Part(hedge)))
    assert layers(version) == [(*units, Decimal(amount))]


@pytest.mark.parametrize(
    "terms, words",
    [
        ({"amount": Decimal(1)}, "no part of -1000.01.*the same sign"),
        ({"amount": Decimal(0)}, "no part of"),
        ({"amount": Decimal("NaN")}, "no part of"),
        ({"amount": Decimal(-1), "proportion": Decimal(1)}, "not by both"),
        ({"proportion": Decimal("1.01")}, "no proportion"),
        ({"proportion": Decimal(0)}, "no proportion"),
        ({"proportion": Decimal("0.000001")}, "is empty"),
        ({"unit_from": 100_001}, "is empty"),
        ({"unit_from": 99_999, "amount": Decimal(-1)}, r"X\d+: -1 USD from unit 99999 on is more than is free"),
        ({"amount": Decimal("-1000.02")}, "more than is free: 1000.01 USD are free"),
        ({"period_from": date(2025, 12, 31)}, "not within the hedged period, 2026-01-01 to 2027-04-30"),
        ({"period_to": date(2027, 5, 2)}, "not within the hedged period"),
        ({"period_from": date(2027, 2, 1), "period_to": date(2027, 2, 1)}, "not within the hedged period"),
    ],
)  # fmt: skip
def test_no_part(entity, outflow, hedge, terms, words):
    made = draft(entity, Part(outflow, **terms), Part(hedge))
    with refused(words):
        designate(made)


def test_layers_stand_beside_each_other(entity):
    """A layer of 300,000 above the bottom one of 500,000, and then what the lowest free units are."""
    item, hedge = book.exposure(1_000_000, of=entity), book.forward(-1_000_000, of=entity)
    top, bottom, rest = designate(
        draft(entity, Part(item, Decimal(300_000), unit_from=50_000_000), (hedge, -300_000), code="TOP"),
        draft(entity, Part(item, Decimal(500_000), unit_from=0), (hedge, -500_000)),
        draft(entity, (item, 200_000), (hedge, -200_000)),
    )
    assert layers(bottom)[0][:2] == (0, 50_000_000)
    assert layers(top)[0][:2] == (50_000_000, 80_000_000)
    assert layers(rest)[0][:2] == (80_000_000, 100_000_000)
    again = draft(entity, Part(item, Decimal(1), unit_from=50_000_000), (hedge, -1))
    with refused(r"more than is free: 0.00 USD are free; the others are used by HR\d+, HR\d+, TOP"):
        designate(again)


def test_the_lowest_free_units_may_be_several_runs(entity):
    item, hedge = book.exposure(1_000, of=entity), book.forward(-1_000, of=entity)
    designate(draft(entity, Part(item, Decimal(100), unit_from=20_000), (hedge, -100)))
    [version] = designate(draft(entity, (item, 500), (hedge, -500)))
    assert [layer[:2] for layer in layers(version)] == [(0, 20_000), (30_000, 60_000)]


def test_a_part_of_the_term_leaves_the_rest_free(entity):
    item, hedge = book.exposure(1_000, of=entity), book.forward(-1_000, of=entity)
    change = date(2026, 7, 1)
    [first] = designate(draft(entity, Part(item, period_to=change), Part(hedge, period_to=change)))
    [second] = designate(draft(entity, Part(item, period_from=change), Part(hedge, period_from=change)))
    periods = [
        row.item_allocations.values_list("period_from", "period_to", "struck_on").get()
        for row in (first, second)
    ]
    assert periods == [(book.START, change, book.START), (change, END, change)]


def test_a_group_of_items_and_instruments(entity):
    items = [(book.exposure(amount, of=entity), amount) for amount in (100, 200, 300)]
    hedges = [(book.forward(-amount, of=entity), -amount) for amount in (250, 350)]
    [version] = designate(book.unsaved_relationship(of=entity, items=items, instruments=hedges))
    amounts = version.item_allocations, version.instrument_allocations
    assert [sum(row.designated_amount for row in side.all()) for side in amounts] == [600, -600]


def test_what_is_taken_is_in_the_digest(entity, outflow, hedge):
    drafts = [
        draft(entity, Part(outflow, Decimal(-1), unit_from=first), Part(hedge, Decimal(1)))
        for first in (0, 500)
    ]
    one, other = designate(*drafts)
    assert one.allocations_digest != other.allocations_digest


def test_a_fixed_number_of_statements(entity):
    def count(size):
        drafts = [
            draft(entity, Part(book.exposure(of=entity)), Part(book.forward(-1_000_000, of=entity)))
            for _ in range(size)
        ]
        author = book.user("HEDGE_ACCOUNTANT")
        with (
            clock.at(book.START),
            CaptureQueriesContext(
                connection,
            ) as captured,
        ):
            designation.designate(designations=drafts, actor=author, support=book.bare_support)
        return len(captured)

    assert count(1) == count(7)
    assert ItemAllocation.objects.count() == 8


def test_one_fault_stops_all(entity):
    good = draft(entity, (book.exposure(of=entity), 100), (book.forward(of=entity), -100), code="GOOD")
    poor = draft(
        entity, (book.exposure(of=entity), 100), (book.forward(of=entity), -100), code="POOR", objective=""
    )
    bare = draft(
        entity, (book.exposure(of=entity, kind="FORECAST"), 100), (book.forward(of=entity), -100), code="BARE"
    )
    with refused("POOR cannot be designated: .*objective.* BARE cannot be designated: .*6.3.3") as refusal:
        designate(good, poor, bare)
    assert "GOOD" not in str(refusal.value)


def test_a_code_is_used_once(entity, outflow, hedge):
    designate(draft(entity, Part(outflow, Decimal(-1)), Part(hedge, Decimal(1)), code="ONE"))
    again = draft(entity, Part(outflow, Decimal(-1)), Part(hedge, Decimal(1)), code="ONE")
    with refused("relationship with this code"):
        designate(again)
