"""Worked tables of the rules, section 5, each as a hedge that people record, designate, approve, change and close."""

from datetime import date
from decimal import Decimal

import pytest

from hedges.domain.assessment import inception
from hedges.models import AssessmentRecord
from tests.factories import book, changes, clock
from tests.workflow import company, ledger
from treasury.domain.refusals import Refusal

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY, MARCH, APRIL = (date(2026, month, 1) for month in (1, 2, 3, 4))
DUE = date(2026, 3, 16)


def steel(framework="IFRS9", due=DUE):
    """A company on the morning of the first day, with steel at a thousand euros a ton."""
    hedged = company.Hedged(company.founded(framework), due=due)
    hedged.prices(company.BEGUN, 1000, 1000)
    return hedged


def closed(hedged, month, spot=None, future=None):
    """The month's last prices, where they move, and its close."""
    day = company.month_end(month)
    hedged.prices(day, spot, future) if spot else company.recorded(day)
    return company.close(hedged.of, month)


def test_rebalancing_scales_nothing_anew():
    """Per unit +2, then +3, on 100 units and then on 80: 200, then 440; the forecast sale of 100 takes it all."""
    hedged = steel()
    version = hedged.designated([(hedged.item(100), 100)], [(hedged.future(-100), -100)])
    row = company.measured(closed(hedged, JANUARY, 998, 998), version)
    assert (row.cumulative_change_instrument, row.reserve_balance) == (200, 200)
    change = changes.rebalanced(version, instrument=-80, on=FEBRUARY)
    company.approved(change, FEBRUARY)
    row = company.measured(closed(hedged, FEBRUARY, 995, 995), version)
    assert (row.cumulative_change_instrument, row.cumulative_change_hypothetical) == (440, 500)
    # A future is settled every day: nothing is carried, and nothing is left to give up with the volume.
    assert (row.reserve_balance, row.no_longer_designated_amount, row.carrying_amount) == (440, 0, 0)
    assert row.settled_amount == 440
    assert ledger.moved(version, FEBRUARY) == (240, 0)
    assert ledger.posted(version, "DERIVATIVE_NOT_DESIGNATED", month=FEBRUARY) == 0
    ledger.holds(row)
    hedged.prices(DUE, 995, 995)
    row = company.measured(closed(hedged, MARCH), version)
    assert (row.cumulative_reclassified, row.reserve_balance, row.carrying_amount) == (440, 0, 0)
    ledger.holds(row)
    rolled = ledger.rolls_forward(hedged.of, JANUARY, MARCH)
    assert [(one["opening"], one["recognised"], one["closing"]) for one in rolled] == [
        (0, 200, 200), (200, 240, 440), (440, 0, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("side", "pattern", "into"),
    [(1, "WITH_ITEM", "HEDGED_ITEM_RESULT"), (-1, "BASIS_ADJUSTMENT", "NON_FINANCIAL_ITEM")],
)
@pytest.mark.parametrize("framework", ["IFRS9", "ASC815"])
def test_a_fair_value_hedge_of_a_firm_commitment(framework, side, pattern, into):
    """Instrument −30, −10, item 28, 12: adjustment 28, 40; ineffectiveness −2, 2; then revenue, or the cost (6.5.9)."""
    hedged = steel(framework)
    item = hedged.item(side * 1000, kind="FIRM_COMMITMENT")
    version = hedged.designated(
        [(item, side * 1000)], [(hedged.future(-side * 1000), -side * 1000)], hedge_type="FAIR_VALUE",
        file={"release_pattern": pattern},
    )  # fmt: skip
    for month, spot, future, adjustment, ineffective in (
        (JANUARY, 1028, 1030, 28_000, -2000), (FEBRUARY, 1040, 1040, 40_000, 2000),
    ):  # fmt: skip
        row = company.measured(closed(hedged, month, spot, future), version)
        assert (row.item_adjustment, -ledger.posted(version, "HEDGED_ITEM_CARRYING_AMOUNT")) == (
            side * adjustment,
            side * adjustment,
        )
        assert ledger.posted(version, "FAIR_VALUE_HEDGE_RESULT", month=month) == side * ineffective
        ledger.holds(row)
    hedged.prices(DUE, 1040, 1040)
    row = company.measured(closed(hedged, MARCH), version)
    assert ledger.posted(version, "HEDGED_ITEM_CARRYING_AMOUNT") == 0
    assert row.item_adjustment_amortised == -ledger.posted(version, into) == side * 40_000
    ledger.holds(row)
    ledger.rolls_forward(hedged.of, JANUARY, MARCH)


def test_a_reserve_leaves_by_quarters_and_then_whole():
    """Kept 30,800; a quarter of the sale happens, the rest a month later: 7,700, then 30,800."""
    hedged = steel()
    soon, later = hedged.item(250, expected_date=date(2026, 2, 10)), hedged.item(750)
    version = hedged.designated([(soon, 250), (later, 750)], [(hedged.future(), -1000)])
    price = Decimal("969.2")
    found = []
    for month in (JANUARY, FEBRUARY, MARCH):
        if month != JANUARY:
            hedged.prices(soon.expected_date if month == FEBRUARY else DUE, price, price)
        row = company.measured(closed(hedged, month, *(() if month == MARCH else (price, price))), version)
        found.append((row.cumulative_recognised, row.cumulative_reclassified, row.reserve_balance))
        ledger.holds(row)
    assert found == [(30_800, 0, 30_800), (30_800, 7700, 23_100), (30_800, 30_800, 0)]
    assert ledger.posted(version, "HEDGED_ITEM_RESULT", month=FEBRUARY) == 7700
    assert ledger.posted(version, "HEDGED_ITEM_RESULT", month=MARCH) == 23_100


def test_a_purchase_takes_the_reserve_into_its_cost_but_under_asc_815():
    """1,000 t, dearer by 9 on item and 10 on the instrument: 9,000 off the cost; ASC 815 keeps 10,000 for a month."""
    hedged = steel()
    terms = {"items": [(hedged.item(-1000), -1000)], "instruments": [(hedged.future(1000), 1000)]}
    file = {"release_pattern": "BASIS_ADJUSTMENT"}
    first = hedged.designated(file=file, **terms)
    second = hedged.designated(
        framework="ASC815",
        parallel_of=first.relationship,
        file=file | {"keeps_basis_in_reserve": True, "earnings_lag_days": 30},
        **terms,
    )
    hedged.prices(date(2026, 1, 26), 1009, 1010)
    run = closed(hedged, JANUARY, 1009, 1010)
    assert [company.measured(run, one).reserve_balance for one in (first, second)] == [9000, 10_000]
    closed(hedged, FEBRUARY, 1009, 1010)
    hedged.prices(DUE, 1009, 1010)
    run = closed(hedged, MARCH)
    ours, theirs = company.measured(run, first), company.measured(run, second)
    assert (ours.cumulative_basis_adjusted, ours.reserve_balance) == (9000, 0)
    assert ledger.posted(first, "NON_FINANCIAL_ITEM") == 9000
    assert (theirs.cumulative_basis_adjusted, theirs.reserve_balance) == (0, 10_000)
    parts = {part.code: part for part in ledger.explained(second, JANUARY, MARCH).cumulative.parts}
    assert (parts["basis"].item_cost, parts["basis"].reserves, parts["lower_of"].profit_or_loss) == (
        9000,
        -9000,
        1000,
    )
    run = closed(hedged, APRIL, 1009, 1010)
    theirs = company.measured(run, second)
    assert (theirs.cumulative_reclassified, theirs.reserve_balance, theirs.life_stage) == (
        10_000,
        0,
        "MATURED",
    )
    ledger.holds(theirs)
    ledger.explained(second, JANUARY, APRIL)
    ledger.rolls_forward(hedged.of, JANUARY, APRIL)


def dollars(day, rate):
    company.recorded(day, company.quote("FX_SPOT", "USDEUR", day, rate))


def owed(of, amount):
    """A debt of dollars that stands as a natural offset."""
    with clock.at(company.BEGUN):
        debt = book.exposure(amount, of=of, kind="RECOGNISED_LIABILITY", expected_date=date(2028, 1, 3))
        return book.instrument(
            "NATURAL_OFFSET", amount, of=of, offset_exposure=debt.exposure, settlement_date=date(2028, 1, 3)
        )


def test_a_net_investment_hedge_keeps_no_more_than_the_net_assets_lost():
    """Net assets 10m, a debt of 12m, the rate down 0.05: 600,000, of which 500,000 in equity and 100,000 not."""
    of = company.founded()
    book.risk()
    dollars(company.BEGUN, "0.9")
    with clock.at(company.BEGUN):
        net = book.exposure(10_000_000, of=of, kind="NET_INVESTMENT", expected_date=date(2028, 1, 3))
    terms = {
        "of": of, "items": [(net, 10_000_000)], "instruments": [(owed(of, -12_000_000), -12_000_000)],
        "hedge_type": "NET_INVESTMENT", "designated_hedge_ratio": Decimal("1.2"), "assessment_method": "DOLLAR_OFFSET",
        "hedge_end_date": date(2028, 1, 3), "support": inception.support,
    }  # fmt: skip
    first = book.relationship(**terms)
    versions = [first] + [
        book.relationship(framework=name, parallel_of=first.relationship, **terms)
        for name in ("IAS39", "ASC815")
    ]
    dollars(company.month_end(JANUARY), "0.85")
    run = company.close(of, JANUARY)
    for version, kept in zip(versions, (500_000, 500_000, 600_000), strict=True):
        row = company.measured(run, version)
        assert row.cumulative_change_instrument == 600_000
        assert ledger.posted(version, "TRANSLATION_RESERVE") == kept
        assert ledger.posted(version, "INEFFECTIVENESS") == 600_000 - kept
        ledger.holds(row)
    found = ledger.explained(versions[2], JANUARY, JANUARY).cumulative
    assert {part.code: part.reserves for part in found.parts if part.reserves} == {"lower_of": -100_000}
    sold = date(2026, 2, 16)
    for day in (date(2026, 2, 13), sold, company.month_end(FEBRUARY)):
        dollars(day, "0.85")
    changes.exposure_says(net.exposure_id, on=sold, status="SETTLED")
    with pytest.raises(Refusal, match="has to change"):
        company.close(of, FEBRUARY)
    for version in versions:
        company.approved(changes.stopped(version, "ITEM_DISPOSED", on=sold), sold)
    run = company.close(of, FEBRUARY)
    for version, kept in zip(versions, (500_000, 500_000, 600_000), strict=True):
        row = company.measured(run, version)
        assert (row.cumulative_reclassified, row.reserve_balance) == (kept, 0)
        assert ledger.posted(version, "HEDGED_ITEM_RESULT", month=FEBRUARY) == kept
        ledger.holds(row)
    ledger.rolls_forward(of, JANUARY, FEBRUARY)


def test_case_e01_passes_and_its_ineffectiveness_is_in_the_journal():
    """IAS 39 AG105: loss 120 on the instrument, gain 100 on the item; 1.2 lies within 80-125; 20 in profit or loss."""
    of = company.founded("IAS39")
    book.risk()
    dollars(company.BEGUN, "1")
    with clock.at(company.BEGUN):
        item = book.exposure(1000, of=of, kind="RECOGNISED_ASSET", expected_date=date(2028, 1, 3))
    version = book.relationship(
        of=of, items=[(item, 1000)], instruments=[(owed(of, -1200), -1200)], hedge_type="FAIR_VALUE",
        designated_hedge_ratio=Decimal("1.2"), assessment_method="DOLLAR_OFFSET", hedge_end_date=date(2028, 1, 3),
        support=inception.support,
    )  # fmt: skip
    assert AssessmentRecord.objects.get(version=version).version_id == version.pk
    dollars(company.month_end(JANUARY), "1.1")
    row = company.measured(company.close(of, JANUARY), version)
    assert (row.effectiveness_status, row.decided_by_person) == ("EFFECTIVE", False)
    assert (row.cumulative_change_instrument, row.item_adjustment) == (-120, 100)
    assert ledger.posted(version, "FAIR_VALUE_HEDGE_RESULT") == -20
    assert ledger.posted(version, "DERIVATIVE", "REMEASUREMENT") == 120
    assert ledger.posted(version, "HEDGED_ITEM_CARRYING_AMOUNT") == -100
    ledger.holds(row)
