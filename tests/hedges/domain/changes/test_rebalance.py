"""Rebalancing: volumes change, booked history does not; refused wherever the standard has none."""

from datetime import date
from decimal import Decimal

import pytest

from hedges.domain import relationship_approval
from hedges.domain.changes import rebalance
from hedges.models import InstrumentAllocation, ItemAllocation
from tests.factories import book, clock

CHANGE = date(2026, 6, 1)


def hedge(**fields):
    of = fields.pop("of", None) or book.entity()
    item = book.exposure(1_000_000, of=of)
    forward = book.forward(-1_000_000, of=of)
    return book.relationship(of=of, items=[(item, 800_000)], instruments=[(forward, -800_000)], **fields)


def propose(version, *, items=None, instruments=None, on=CHANGE, **fields):
    item = ItemAllocation.objects.filter(relationship_version__relationship=version.relationship)[0]
    instrument = InstrumentAllocation.objects.filter(relationship_version__relationship=version.relationship)[
        0
    ]
    volumes = {}
    if items is not None:
        volumes["item"] = {item.exposure_id: Decimal(items)}
    if instruments is not None:
        volumes["instrument"] = {instrument.instrument_id: Decimal(instruments)}
    values = {
        "relationship": version.relationship,
        "from_date": on,
        "volumes": volumes,
        "ineffectiveness_sources": "the two prices drift apart",
        "reason": "the ratio of prices has moved to 0.8",
        "actor": book.user("HEDGE_ACCOUNTANT"),
    }
    with clock.at(on):
        return rebalance.propose(**(values | fields))


def approve(version, on=CHANGE):
    with clock.at(on):
        relationship_approval.approve(versions=[version], actor=book.user("APPROVER"))


def rows(model, version):
    return list(
        model.objects.filter(relationship_version__relationship=version.relationship)
        .order_by("id")
        .values_list("unit_from", "unit_to", "period_from", "period_to", "planned_to", "struck_on")
    )


END = date(2027, 5, 1)


@pytest.mark.django_db
class TestVolumes:
    def test_less_of_the_instruments_ends_the_old_layer_and_goes_on_with_the_lowest_units(self):
        version = hedge()
        change = propose(version, instruments=-640_000)
        assert rows(InstrumentAllocation, version) == [(0, 80_000_000, book.START, END, END, book.START)]
        approve(change)
        assert rows(InstrumentAllocation, version) == [
            (0, 80_000_000, book.START, CHANGE, END, book.START),
            (0, 64_000_000, CHANGE, END, END, book.START),
        ]
        assert rows(ItemAllocation, version) == [
            (0, 80_000_000, book.START, CHANGE, END, book.START),
            (0, 80_000_000, CHANGE, END, END, book.START),
        ]
        assert change.designated_hedge_ratio == Decimal("0.8")
        assert (change.version_number, change.change_kind, change.change_cause, change.status) == (
            2, "REBALANCING", "RELATIONSHIP_SHIFTED", "DESIGNATED",
        )  # fmt: skip

    def test_more_of_the_items_is_struck_on_the_day_of_the_change(self):
        version = hedge()
        approve(propose(version, items=1_000_000))
        assert rows(ItemAllocation, version)[1:] == [
            (0, 80_000_000, CHANGE, END, END, book.START),
            (80_000_000, 100_000_000, CHANGE, END, END, CHANGE),
        ]
