"""No unit of exposure or notional is designated twice for the same framework, risk and component at a time."""

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from hedges.models import InstrumentAllocation, ItemAllocation
from tests.factories import book
from treasury.domain import audit
from treasury.domain.refusals import Refusal


def designate(of, item, instrument, amount, **fields):
    return book.relationship(
        of=of, items=[(item, amount)], instruments=[(instrument, -Decimal(amount))], approve=False, **fields
    )


def pair(of):
    return book.exposure(1_000_000, of=of), book.forward(-1_000_000, of=of)


@pytest.mark.django_db
class TestUnits:
    def test_units_are_taken_from_the_lowest_free_ones(self):
        of = book.entity()
        item, instrument = pair(of)
        designate(of, item, instrument, 600_000)
        designate(of, item, instrument, 400_000)
        taken = ItemAllocation.objects.order_by("unit_from").values_list(
            "unit_from", "unit_to", "designated_amount"
        )
        assert list(taken) == [(0, 60_000_000, Decimal(600_000)), (60_000_000, 100_000_000, Decimal(400_000))]
        assert [a.designated_amount for a in InstrumentAllocation.objects.order_by("unit_from")] == [
            -600_000,
            -400_000,
        ]

    def test_more_than_is_free_is_refused_and_leaves_nothing(self):
        of = book.entity()
        item, instrument = pair(of)
        designate(of, item, instrument, 600_000)
        with pytest.raises(Refusal, match="more than is free"):
            designate(of, item, instrument, "400000.01")
        assert ItemAllocation.objects.count() == 1

    @pytest.mark.parametrize(
        "other, fits",
        [
            ({"framework": "ASC815"}, True),
            ({"designated_component": "SPOT"}, False),
            ({"designation_date": date(2027, 5, 1), "hedge_end_date": date(2027, 6, 1)}, True),
            ({"designation_date": date(2027, 4, 30), "hedge_end_date": date(2027, 6, 1)}, False),
        ],
    )
    def test_the_same_units_again(self, other, fits):
        """The whole overlaps each component; another framework or another period does not."""
        of = book.entity()
        item, instrument = pair(of)
        designate(of, item, instrument, 1_000_000)
        if fits:
            designate(of, item, instrument, 1_000_000, **other)
        else:
            with pytest.raises(Refusal):
                designate(of, item, instrument, 1_000_000, **other)

    def test_spot_and_forward_element_do_not_overlap(self):
        of = book.entity()
        item, instrument = pair(of)
        designate(of, item, instrument, 1_000_000, designated_component="SPOT")
        designate(of, item, instrument, 1_000_000, designated_component="FORWARD")

    def test_a_released_period_frees_its_units(self):
        of = book.entity()
        item, instrument = pair(of)
        designate(of, item, instrument, 1_000_000)
        with audit.action("test.released", actor=None):
            for model in (ItemAllocation, InstrumentAllocation):
                model.objects.update(period_to=date(2026, 7, 1))
        designate(of, item, instrument, 1_000_000, designation_date=date(2026, 7, 1))


@pytest.mark.django_db
class TestTheDatabaseDecides:
    """The same refusals without the Python that proposes units."""

    def copy(self, **changes):
        row = ItemAllocation.objects.order_by("id")[0]
        row.pk = None
        for name, value in changes.items():
            setattr(row, name, value)
        with audit.action("test.forged", actor=None):
            row.save(force_insert=True)

    def refused(self, constraint, **changes):
        with pytest.raises(DatabaseError) as refusal, transaction.atomic():
            self.copy(**changes)
        assert refusal.value.__cause__.diag.constraint_name == constraint

    def test_guards(self):
        of = book.entity()
        item, instrument = pair(of)
        designate(of, item, instrument, 600_000)
        self.refused("item_allocation_no_unit_twice")
        self.refused("item_allocation_no_unit_twice", unit_from=59_999_999, unit_to=60_000_001)
        self.refused("item_allocation_within_capacity", unit_from=60_000_000, unit_to=100_000_001)
        self.refused(
            "itemallocation_capacity", unit_from=60_000_000, unit_to=100_000_001, capacity_units=200_000_000
        )
        self.refused("itemallocation_as_designated", framework="ASC815")
        elsewhere = self.elsewhere()
        free = {"unit_from": 60_000_000, "unit_to": 100_000_000}
        self.refused(
            "itemallocation_same_entity", entity=elsewhere.entity, relationship_version=elsewhere, **free
        )
        self.copy(**free)

    def elsewhere(self):
        of = book.entity()
        item, instrument = pair(of)
        return book.relationship(of=of, items=[(item, 1)], instruments=[(instrument, -1)], approve=False)


@pytest.mark.database
def test_racing_designations_take_no_unit_twice(committed_db):
    of = book.entity()
    item, instrument = pair(of)
    outcomes: list[str] = []

    def designate_some():
        try:
            designate(of, item, instrument, 300_000)
            outcomes.append("designated")
        except Refusal:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=designate_some) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= outcomes.count("designated") <= 3
    assert sum(
        row.unit_to - row.unit_from for row in ItemAllocation.objects.all()
    ) == 30_000_000 * outcomes.count("designated")
