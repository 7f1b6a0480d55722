"""Rebalancing: volumes change, booked history does not; refused wherever the standard has none."""

from datetime import date
from decimal import Decimal

import pytest

from hedges.domain import relationship_approval
from hedges.models import HedgeRelationshipVersion, InstrumentAllocation, ItemAllocation
from tests.factories import book, changes
from tests.factories.changes import CHANGE, END, approve, hedge, layers, rebalanced
from treasury.domain.refusals import Refusal
from treasury.quant import catalogue

pytestmark = pytest.mark.django_db
BEGUN = book.START


class TestVolumes:
    def test_less_of_the_instruments_ends_the_old_layer_and_goes_on_with_the_lowest_units(self):
        version = hedge()
        change = rebalanced(version, instrument=-640_000)
        assert layers(InstrumentAllocation, version) == [(0, 80_000_000, BEGUN, END, END, BEGUN)]
        approve(change)
        assert layers(InstrumentAllocation, version) == [
            (0, 80_000_000, BEGUN, CHANGE, END, BEGUN),
            (0, 64_000_000, CHANGE, END, END, BEGUN),
        ]
        assert layers(ItemAllocation, version) == [
            (0, 80_000_000, BEGUN, CHANGE, END, BEGUN),
            (0, 80_000_000, CHANGE, END, END, BEGUN),
        ]
        assert (change.version_number, change.change_kind, change.change_cause, change.status) == (
            2, "REBALANCING", "RELATIONSHIP_SHIFTED", "DESIGNATED",
        )  # fmt: skip
        assert change.ineffectiveness_sources == "the two prices drift apart"
        assert change.designated_hedge_ratio == Decimal("0.8")

    def test_more_of_the_items_is_struck_on_the_day_of_the_change(self):
        version = hedge()
        approve(rebalanced(version, item=1_000_000))
        assert layers(ItemAllocation, version)[1:] == [
            (0, 80_000_000, CHANGE, END, END, BEGUN),
            (80_000_000, 100_000_000, CHANGE, END, END, CHANGE),
        ]

    def test_what_was_taken_away_is_free_and_can_be_added_again_struck_anew(self):
        version = hedge()
        approve(rebalanced(version, instrument=-640_000))
        later = date(2026, 9, 1)
        approve(rebalanced(version, instrument=-700_000, on=later), on=later)
        assert layers(InstrumentAllocation, version)[2:] == [
            (0, 64_000_000, later, END, END, BEGUN),
            (64_000_000, 70_000_000, later, END, END, later),
        ]

    def test_another_exposure_is_added_with_its_newest_version(self):
        of = book.entity()
        version = hedge(of=of)
        other = book.exposure(300_000, of=of)
        kept = {changes.items(version)[0]: Decimal(800_000), other.exposure_id: Decimal(100_000)}
        approve(rebalanced(version, volumes={"item": kept}))
        assert layers(ItemAllocation, version)[2] == (0, 10_000_000, CHANGE, END, END, CHANGE)

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"kind": "FORECAST"}, "6.3.3"),
            ({"expected_date": date(2026, 5, 1)}, "date has passed|its date"),
            ({"risk": "GBPEUR"}, "its risk is GBPEUR, not USDEUR"),
        ],
    )
    def test_what_could_not_be_designated_is_not_taken_in(self, fields, words):
        of = book.entity()
        version = hedge(of=of)
        given = fields | ({"risk": book.risk("GBPEUR")} if "risk" in fields else {})
        other = book.exposure(300_000, of=of, **given)
        kept = {changes.items(version)[0]: Decimal(800_000), other.exposure_id: Decimal(100_000)}
        with pytest.raises(Refusal, match=words):
            rebalanced(version, volumes={"item": kept})

    def test_a_rejected_proposal_changes_nothing(self):
        version = hedge()
        change = rebalanced(version, instrument=-640_000)
        relationship_approval.reject(versions=[change], actor=book.user("APPROVER"))
        assert layers(InstrumentAllocation, version) == [(0, 80_000_000, BEGUN, END, END, BEGUN)]
        approve(rebalanced(version, instrument=-640_000))

    def test_what_stays_keeps_the_terms_it_was_struck_on(self):
        """Partial or not: an amended exposure does not move the hypothetical of the units that stay."""
        version = hedge()
        exposure = changes.items(version)[0]
        struck_with = ItemAllocation.objects.get(exposure=exposure).exposure_version_id
        changes.exposure_says(exposure, on=date(2026, 3, 1), expected_date=date(2027, 3, 31))
        approve(rebalanced(version, item=900_000))
        after = ItemAllocation.objects.filter(exposure=exposure, period_from=CHANGE).order_by("unit_from")
        assert [row.exposure_version_id == struck_with for row in after] == [True, False]


class TestRefusals:
    @pytest.mark.parametrize(
        "why, given",
        [
            ("prospective; propose it from 2026-06-01", {"on": date(2026, 5, 31), "told": CHANGE}),
            ("hedge accounting begins on 2026-01-01", {"on": date(2025, 12, 31)}),
            ("matures by itself after 2027-04-30", {"on": END}),
            ("say anew what makes the hedge ineffective", {"ineffectiveness_sources": " "}),
            ("give the reason", {"reason": ""}),
            ("the hedge ratio would stay the same", {"item": 400_000, "instrument": -400_000}),
            ("the hedge ratio would stay the same", {"item": 800_000}),
            ("that is a discontinuation", {"instrument": 0}),
            ("has the other sign", {"instrument": 640_000}),
            ("200000.01 USD is more than is free", {"item": "1000000.01"}),
        ],
    )
    def test_it_is_refused_and_leaves_nothing(self, why, given):
        version = hedge()
        given = {"instrument": -640_000} | given if "item" not in given else given
        with pytest.raises(Refusal, match=why):
            rebalanced(version, **given)
        assert HedgeRelationshipVersion.objects.count() == 1
        assert layers(ItemAllocation, version) == [(0, 80_000_000, BEGUN, END, END, BEGUN)]

    @pytest.mark.parametrize("framework", ["IAS39", "ASC815"])
    def test_other_frameworks_designate_anew(self, framework):
        version = hedge(of=book.entity(accounting_framework=framework))
        with pytest.raises(Refusal, match="de-designate and designate anew"):
            rebalanced(version, instrument=-640_000)

    def test_credit_that_dominates_is_not_cured(self):
        version = hedge()
        changes.credit_dominates(version, on=date(2026, 5, 31))
        with pytest.raises(Refusal, match="never cured by rebalancing"):
            rebalanced(version, instrument=-640_000)

    def test_one_proposal_at_a_time(self):
        version = hedge()
        rebalanced(version, instrument=-640_000)
        with pytest.raises(Refusal, match="version 2 waits for approval"):
            rebalanced(version, instrument=-600_000)

    def test_its_author_does_not_approve_it(self):
        author = book.user("HEDGE_ACCOUNTANT")
        change = rebalanced(hedge(), instrument=-640_000, actor=author)
        with pytest.raises(Refusal, match="had a hand in"):
            relationship_approval.approve(versions=[change], actor=author)

    def test_units_that_another_hedge_has_taken_meanwhile_are_not_put_in_force(self):
        of = book.entity()
        version = hedge(of=of)
        change = rebalanced(version, item=1_000_000)
        exposure = changes.items(version)[0]
        item = ItemAllocation.objects.get(exposure=exposure).exposure_version
        book.relationship(
            of=of, items=[(item, 200_000)], instruments=[(book.forward(-200_000, of=of), -200_000)],
            designation_date=CHANGE,
        )  # fmt: skip
        with pytest.raises(Refusal, match="already designated"):
            approve(change)
        assert layers(ItemAllocation, version) == [(0, 80_000_000, BEGUN, END, END, BEGUN)]


class TestWhatIsAdded:
    """Its hypothetical is its own, kept with its proof; what an added instrument is worth already is no change."""

    def test_an_added_item_has_its_own_hypothetical_with_its_proof(self):
        of = book.entity()
        version = hedge(of=of)
        other = book.exposure(300_000, of=of)
        kept = {changes.items(version)[0]: Decimal(800_000), other.exposure_id: Decimal(100_000)}
        change = rebalanced(version, volumes={"item": kept})
        (entry,) = change.effect["added"]["hypothetical"]
        assert (entry["item"], entry["notional_amount"]) == (other.exposure.external_reference, "-100000.00")
        assert (entry["struck_on"], entry["kind"]) == (CHANGE.isoformat(), "FORWARD")
        assert Decimal(entry["value_at_designation"]) == 0
        inputs = {name: value if name == "kind" else float(value) for name, value in entry["inputs"].items()}
        again = catalogue.calculate("hypothetical_derivative", inputs)
        assert again["result"]["strike_rate"] == pytest.approx(float(entry["struck_rate"]), rel=1e-14)
        assert HedgeRelationshipVersion.objects.get(pk=change.pk).effect == change.effect

    def test_an_added_instrument_shows_its_opening_value(self):
        """A hundred thousand dollars sold at 10 euro on a day on which one is worth 12."""
        ten, five = (
            Decimal(rebalanced(hedge(), instrument=amount).effect["added"]["opening_value"])
            for amount in (-900_000, -850_000)
        )
        assert (ten, five) == (Decimal(-200_000), Decimal(-100_000))

    def test_what_only_goes_adds_nothing(self):
        assert "added" not in rebalanced(hedge(), instrument=-640_000).effect
