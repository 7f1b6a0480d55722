"""Discontinuation and de-designation: from the date of the fact, no more than it, never by choice under IFRS 9."""

from datetime import date
from decimal import Decimal

import pytest

from hedges.models import HedgeRelationshipVersion, InstrumentAllocation, ItemAllocation
from tests.factories import book
from tests.factories.changes import (
    CHANGE,
    END,
    approve,
    credit_dominates,
    exposure_says,
    failed_test,
    hedge,
    instrument_says,
    instruments,
    items,
    layers,
    revoked,
    stopped,
)
from treasury.domain.refusals import Refusal

pytestmark = pytest.mark.django_db
BEGUN = book.START


class TestWhole:
    @pytest.mark.parametrize(
        "cause, says",
        [
            ("NO_LONGER_HIGHLY_PROBABLE", {"kind": "FORECAST"}),
            ("NO_LONGER_EXPECTED", {"status": "NO_LONGER_EXPECTED"}),
            ("NO_LONGER_EXPECTED", {"status": "CANCELLED"}),
        ],
    )
    @pytest.mark.parametrize("framework", ["IFRS9", "IAS39", "ASC815"])
    def test_a_forecast_that_qualifies_no_more(self, framework, cause, says):
        version = hedge(of=book.entity(accounting_framework=framework))
        with pytest.raises(Refusal, match="no approved version of what it uses says so"):
            stopped(version, cause)
        exposure_says(items(version)[0], **says)
        change = approve(stopped(version, cause))
        assert (change.status, change.change_kind) == ("DISCONTINUED", "DISCONTINUATION")
        assert layers(ItemAllocation, version) == [(0, 80_000_000, BEGUN, CHANGE, END, BEGUN)]
        assert layers(InstrumentAllocation, version) == [(0, 80_000_000, BEGUN, CHANGE, END, BEGUN)]
        with pytest.raises(Refusal, match="was stopped on 2026-06-01"):
            stopped(version, cause)

    def test_an_unwound_instrument(self):
        version = hedge()
        instrument_says(instruments(version)[0], status="UNWOUND")
        approve(stopped(version, "INSTRUMENT_ENDED"))

    def test_a_changed_objective(self):
        approve(stopped(hedge(), "OBJECTIVE_CHANGED"))

    def test_credit_that_dominates_as_a_person_has_confirmed(self):
        version = hedge()
        with pytest.raises(Refusal, match="nobody has confirmed up to 2026-06-01 that credit risk dominates"):
            stopped(version, "CREDIT_RISK_DOMINATES")
        credit_dominates(version)
        approve(stopped(version, "CREDIT_RISK_DOMINATES"))

    def test_criteria_that_a_test_found_failed(self):
        version = hedge()
        with pytest.raises(Refusal, match="no test of 2026-06-01 came out not effective"):
            stopped(version, "CRITERIA_FAILED")
        failed_test(version)
        approve(stopped(version, "CRITERIA_FAILED"))

    def test_units_are_free_from_the_stop_on(self):
        version = hedge(1_000_000)
        approve(stopped(version, "OBJECTIVE_CHANGED"))
        item = ItemAllocation.objects.get().exposure_version
        instrument = InstrumentAllocation.objects.get().instrument_version
        book.relationship(
            of=version.entity, items=[(item, 1_000_000)], instruments=[(instrument, -1_000_000)],
            designation_date=CHANGE,
        )  # fmt: skip


class TestPart:
    def test_a_smaller_forecast_takes_its_top_units_and_the_same_share_of_the_instruments(self):
        version = hedge(1_000_000)
        exposure_says(items(version)[0], exposure_amount=Decimal(600_000))
        kept = {"items": {items(version)[0]: Decimal(600_000)}}
        with pytest.raises(Refusal, match=r"60.00% of the items and 100.00% of the instruments would stay"):
            stopped(version, "NO_LONGER_EXPECTED", **kept)
        with pytest.raises(Refusal, match="has ended from unit 60000000 on"):
            stopped(version, "NO_LONGER_EXPECTED", items={items(version)[0]: Decimal("600000.01")})
        with pytest.raises(Refusal, match=r"500000.00 to 600000.00 USD of .* are not affected; keep them"):
            stopped(version, "NO_LONGER_EXPECTED", items={items(version)[0]: Decimal(500_000)})
        with pytest.raises(Refusal, match=r"0.00 to 600000.00 USD of .* are not affected; keep them"):
            stopped(version, "NO_LONGER_EXPECTED")
        change = stopped(
            version, "NO_LONGER_EXPECTED", **kept, instruments={instruments(version)[0]: Decimal(-600_000)}
        )
        approve(change)
        assert (change.status, change.change_kind) == ("DESIGNATED", "PARTIAL_DISCONTINUATION")
        for model in (ItemAllocation, InstrumentAllocation):
            assert layers(model, version) == [
                (0, 100_000_000, BEGUN, CHANGE, END, BEGUN),
                (0, 60_000_000, CHANGE, END, END, BEGUN),
            ]

    def test_one_of_two_items_and_its_instrument(self):
        of = book.entity()
        first, second = book.exposure(300_000, of=of), book.exposure(500_000, of=of)
        version = book.relationship(
            of=of, items=[(first, 300_000), (second, 500_000)],
            instruments=[(book.forward(-300_000, of=of), -300_000), (book.forward(-500_000, of=of), -500_000)],
        )  # fmt: skip
        exposure_says(first.exposure_id, kind="FORECAST")
        approve(
            stopped(
                version, "NO_LONGER_HIGHLY_PROBABLE", items={second.exposure_id: Decimal(500_000)},
                instruments={instruments(version)[1]: Decimal(-500_000)},
            )
        )  # fmt: skip
        kept = ItemAllocation.objects.get(period_from=CHANGE)
        assert (kept.exposure_version_id, kept.struck_on) == (second.pk, BEGUN)

    def test_more_than_is_designated_is_not_kept(self):
        version = hedge()
        with pytest.raises(Refusal, match="a discontinuation adds nothing"):
            stopped(version, "OBJECTIVE_CHANGED", items={items(version)[0]: Decimal(900_000)})

    def test_an_exposure_of_another_hedge_is_not_kept(self):
        version, other = hedge(), hedge()
        own = ItemAllocation.objects.get(relationship_version=version).exposure.external_reference
        with pytest.raises(Refusal, match=rf"is not designated in this relationship: .* in force, {own}[.]"):
            stopped(version, "OBJECTIVE_CHANGED", items={items(other)[0]: Decimal(1)})


class TestRefusals:
    def test_the_date_is_that_of_the_fact(self):
        version = hedge()
        exposure_says(items(version)[0], on=date(2026, 5, 4), status="CANCELLED")
        with pytest.raises(Refusal, match="propose the change from 2026-05-04, not 2026-06-01"):
            stopped(version, "NO_LONGER_EXPECTED")
        approve(stopped(version, "NO_LONGER_EXPECTED", on=date(2026, 5, 4), told=CHANGE))

    def test_a_flow_that_has_happened_is_not_lost_afterwards(self):
        version = hedge()
        exposure_says(items(version)[0], on=date(2026, 3, 1), expected_date=date(2026, 5, 15))
        exposure_says(items(version)[0], on=CHANGE, status="CANCELLED")
        with pytest.raises(Refusal, match="says so"):
            stopped(version, "NO_LONGER_EXPECTED")

    @pytest.mark.parametrize(
        "framework, cause, why",
        [
            ("IFRS9", "VOLUNTARY", "no voluntary end"),
            ("IFRS9", "RELATIONSHIP_SHIFTED", "is rebalanced, not discontinued"),
            ("IAS39", "VOLUNTARY", "is a de-designation"),
            ("ASC815", "RELATIONSHIP_SHIFTED", "de-designate and designate anew"),
            ("ASC815", "OBJECTIVE_CHANGED", "de-designate by choice"),
        ],
    )
    def test_causes_that_a_framework_does_not_know(self, framework, cause, why):
        version = hedge(of=book.entity(accounting_framework=framework))
        with pytest.raises(Refusal, match=why):
            stopped(version, cause)
        assert HedgeRelationshipVersion.objects.count() == 1

    def test_a_version_that_is_not_approved_says_nothing(self):
        version = hedge()
        exposure_says(items(version)[0], status="CANCELLED", approve=False)
        with pytest.raises(Refusal, match="no approved version"):
            stopped(version, "NO_LONGER_EXPECTED")

    def test_an_undecided_designation_does_not_change(self):
        version = hedge(approve=False)
        with pytest.raises(Refusal, match="version 1 waits for approval"):
            stopped(version, "OBJECTIVE_CHANGED")


class TestByChoice:
    @pytest.mark.parametrize("framework", ["IAS39", "ASC815"])
    def test_where_the_framework_lets_one(self, framework):
        version = hedge(of=book.entity(accounting_framework=framework))
        change = approve(revoked(version))
        assert (change.status, change.change_kind, change.change_cause) == (
            "DISCONTINUED", "DE_DESIGNATION", "VOLUNTARY",
        )  # fmt: skip

    def test_a_part(self):
        version = hedge(of=book.entity(accounting_framework="ASC815"))
        change = revoked(version, items={items(version)[0]: Decimal(400_000)})
        approve(change)
        assert change.status == "DESIGNATED"
        assert layers(ItemAllocation, version)[1:] == [(0, 40_000_000, CHANGE, END, END, BEGUN)]

    def test_not_under_ifrs_9(self):
        with pytest.raises(Refusal, match="no voluntary end"):
            revoked(hedge())

    def test_not_for_the_past(self):
        version = hedge(of=book.entity(accounting_framework="IAS39"))
        with pytest.raises(Refusal, match="prospective; propose it from 2026-06-02 on"):
            revoked(version, told=date(2026, 6, 2))
