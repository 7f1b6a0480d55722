"""No unit of exposure or notional is designated twice for the same framework, risk and component at a time."""

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from exposures.domain import recording
from exposures.models import ExposureVersionApproval
from hedges.domain import relationship_approval
from hedges.models import (
    HedgeRelationship,
    HedgeRelationshipVersion,
    HedgeRelationshipVersionApproval,
    InstrumentAllocation,
    ItemAllocation,
)
from tests.factories import book, changes, clock
from treasury.domain import approval, audit
from treasury.domain.refusals import Refusal, as_refusal


def designate(of, item, instrument, amount, **fields):
    parts = {"items": [(item, amount)], "instruments": [(instrument, -Decimal(amount))]}
    return book.relationship(**({"of": of, "approve": False} | parts | fields))


def approved(version):
    with clock.at(book.START):
        relationship_approval.approve(versions=[version], actor=book.user("APPROVER"))
    return version


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
            ({"framework": "ASC815", "parallel": True}, True),
            ({"designated_component": "SPOT"}, False),
            ({"designation_date": date(2027, 5, 1), "hedge_end_date": date(2027, 6, 1)}, True),
            ({"designation_date": date(2027, 4, 30), "hedge_end_date": date(2027, 6, 1)}, False),
        ],
    )
    def test_the_same_units_again(self, other, fits):
        """The whole overlaps each component; another framework or another period does not."""
        of = book.entity()
        later = {"settlement_date": date(2027, 7, 1)}
        item, instrument = (
            book.exposure(1_000_000, of=of, expected_date=date(2027, 7, 1)),
            book.forward(-1_000_000, of=of, **later),
        )
        first = designate(of, item, instrument, 1_000_000)
        if other.pop("parallel", False):
            other["parallel_of"] = first.relationship
        if fits:
            designate(of, item, instrument, 1_000_000, **other)
        else:
            with pytest.raises(Refusal):
                designate(of, item, instrument, 1_000_000, **other)

    def test_spot_and_forward_element_do_not_overlap(self):
        of = book.entity()
        item, instrument = pair(of)
        designate(of, item, instrument, 1_000_000, designated_component="SPOT")
        designate(of, item, instrument, 1_000_000, designated_component="FORWARD", hedge_type="ECONOMIC")

    def test_a_released_period_frees_its_units(self):
        of = book.entity()
        item, instrument = pair(of)
        version = designate(of, item, instrument, 1_000_000, hedge_type="ECONOMIC", approve=True)
        changes.approve(changes.revoked(version, on=date(2026, 7, 1)), on=date(2026, 7, 1))
        designate(of, item, instrument, 1_000_000, designation_date=date(2026, 7, 1))


@pytest.mark.django_db
class TestTheDatabaseDecides:
    """The same refusals without the Python that proposes units."""

    @pytest.fixture
    def item(self):
        of = book.entity()
        item, instrument = pair(of)
        designate(of, item, instrument, 600_000, hedge_type="ECONOMIC")
        return item

    def forge(self, *, of=None, version=None, **changes):
        """A relationship like the one that is there, and an allocation like its own but for some changes."""
        row = ItemAllocation.objects.order_by("id")[0]
        like = row.relationship_version
        author = book.user("HEDGE_ACCOUNTANT")
        with clock.at(like.designation_date), as_refusal(), audit.action("test.forged", actor=author):
            relationship = HedgeRelationship.objects.create(
                entity=of or row.entity, code=f"HR{book.number()}"
            )
            like.pk, like.relationship, like.entity, like.version_number = (
                None,
                relationship,
                relationship.entity,
                None,
            )
            for name, value in (version or {}).items():
                setattr(like, name, value)
            like.save(force_insert=True)
            row.pk, row.relationship_version, row.entity = None, like, relationship.entity
            for name, value in ({"unit_from": 60_000_000, "unit_to": 100_000_000} | changes).items():
                setattr(row, name, value)
            units = Decimal(row.unit_to - row.unit_from)
            row.designated_amount = changes.get("designated_amount", units / 100)
            row.save(force_insert=True)

    @pytest.mark.parametrize(
        "why, changes",
        [
            ("item_allocation_no_unit_twice", {"unit_from": 0, "unit_to": 60_000_000}),
            ("item_allocation_no_unit_twice", {"unit_from": 59_999_999, "unit_to": 60_000_001}),
            ("item_allocation_within_capacity", {"unit_to": 100_000_001}),
            ("itemallocation_capacity", {"unit_to": 100_000_001, "capacity_units": 200_000_000}),
            ("itemallocation_as_designated", {"framework": "ASC815"}),
            ("that of the units", {"designated_amount": Decimal(1)}),
            ("that of the units", {"designated_amount": Decimal(-400_000)}),
            ("that of the units", {"designated_amount": Decimal("NaN")}),
            ("within the hedged period", {"period_from": date(1990, 1, 1), "period_to": date(1991, 1, 1)}),
            ("within the hedged period", {"period_to": date(2026, 1, 1)}),
        ],
    )
    def test_an_allocation_is_what_it_says(self, item, why, changes):
        with pytest.raises((Refusal, ValidationError)) as refusal:
            self.forge(**changes)
        if isinstance(refusal.value, Refusal):
            assert why in f"{refusal.value.constraint} {refusal.value}"
        self.forge()

    def test_an_item_of_another_entity_or_risk_is_refused(self, item):
        with pytest.raises(Refusal) as refusal:
            self.forge(of=book.entity())
        assert refusal.value.constraint == "itemallocation_same_entity"
        with pytest.raises(Refusal) as refusal:
            self.forge(version={"risk": book.risk("GBPEUR")}, risk=book.risk("GBPEUR"))
        assert refusal.value.constraint == "itemallocation_of_the_exposures_risk"

    def test_nothing_is_added_to_a_version_that_is_there(self, item):
        row = ItemAllocation.objects.get()
        row.pk, row.unit_from, row.unit_to = None, 60_000_000, 100_000_000
        with (
            pytest.raises(DatabaseError, match="together with"),
            transaction.atomic(),
            audit.action("test.forged", actor=None),
        ):
            row.save(force_insert=True)

    def test_only_the_newest_approved_version_can_be_designated(self, item):
        [cut] = recording.amend(
            versions=[book.unsaved_exposure(900_000, exposure=item.exposure)], actor=book.user(), reason="cut"
        )
        for version in (cut, item):  # not approved yet; then not the newest approved one any more
            with pytest.raises(Refusal, match="newest approved"):
                self.forge(
                    exposure_version=version, capacity_units=version.capacity_units, unit_to=90_000_000
                )
            if version is cut:
                approval.decide(versions=[cut], approvals=ExposureVersionApproval, actor=book.user())

    def test_a_release_is_once_now_and_earlier(self, item):
        version = approved(HedgeRelationshipVersion.objects.get())
        changes.approve(changes.revoked(version, on=date(2026, 7, 1)), on=date(2026, 7, 1))
        row = ItemAllocation.objects.get()
        assert (row.planned_to, row.released_at is not None) == (date(2027, 5, 1), True)
        for again in (date(2026, 6, 1), date(2027, 5, 1)):
            with (
                pytest.raises(DatabaseError, match="released once"),
                transaction.atomic(),
                audit.action("test.released_again", actor=None),
            ):
                ItemAllocation.objects.update(period_to=again)

    def test_nobody_releases_without_a_decision(self, item):
        """Neither outside one nor beside one: not of another relationship, not to another day."""
        version = approved(HedgeRelationshipVersion.objects.get())
        change = changes.revoked(version, on=date(2026, 7, 1))

        def released(day, actor, decided=None):
            with (
                pytest.raises(DatabaseError, match="released by the decision"),
                transaction.atomic(),
                audit.action("test.released", actor=actor),
            ):
                if decided:
                    HedgeRelationshipVersionApproval.objects.create(
                        version=decided, decision="APPROVED", content_digest=decided.content_digest
                    )
                ItemAllocation.objects.filter(relationship_version=version).update(period_to=day)

        released(date(2026, 7, 1), None)
        released(date(2026, 7, 1), book.user("APPROVER"))
        released(date(2026, 7, 2), book.user("APPROVER"), change)
        of = item.exposure.entity
        other = designate(of, *pair(of), 1_000_000, hedge_type="ECONOMIC")
        released(date(2026, 7, 1), book.user("APPROVER"), other)
        assert ItemAllocation.objects.get(relationship_version=version).released_at is None

    def test_a_natural_offset_is_its_item_and_no_hedged_item_as_well(self, item):
        of = item.exposure.entity
        loan = book.exposure(-500_000, of=of, kind="RECOGNISED_LIABILITY")
        for wrong in (500_000, -500_001):
            with pytest.raises(Refusal, match="side of its item"):
                book.instrument("NATURAL_OFFSET", wrong, of=of, offset_exposure=loan.exposure)
        with pytest.raises(Refusal, match="cannot be cover as well"):
            book.instrument("NATURAL_OFFSET", 500_000, of=of, offset_exposure=item.exposure)
        book.instrument("NATURAL_OFFSET", -500_000, of=of, offset_exposure=loan.exposure)
        hedge = book.forward(500_000, of=of)
        with pytest.raises(Refusal, match="no hedged item as well"):
            book.relationship(of=of, items=[(loan, -500_000)], instruments=[(hedge, 500_000)], approve=False)


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
