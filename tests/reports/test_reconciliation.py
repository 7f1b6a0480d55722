"""One hedge under two frameworks: every difference is taken apart by what was measured; what was not is shown."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.domain.reconciliation.reconcile import MEASURES, reconcile
from reports.domain.reconciliation.tables import explained
from reports.queries import reconciled
from reports.queries.span import Span
from tests.factories import accounting, book, two_frameworks
from tests.factories.hedge_year import MONTHS, discontinued, under_two_frameworks
from tests.factories.two_frameworks import Told


def months(number: int) -> date:
    return date(2026, number, 1)


def the_one(entity, first: date = MONTHS[0], last: date = MONTHS[2]):
    found = reconcile(Span([entity.pk], first, last), list(reconciled.pairs([entity.pk])))
    assert len(found) == 1
    for extent in (found[0].period, found[0].cumulative):
        assert [extent.unexplained(name) for name in MEASURES] == [0, 0, 0]
    return found[0]


def shown(extent) -> dict:
    return {
        part.code: (int(part.profit_or_loss), int(part.reserves), int(part.item_cost))
        for part in extent.parts
        if any((part.profit_or_loss, part.reserves, part.item_cost))
    }


@pytest.mark.django_db
def test_the_worked_lower_of_table_month_by_month() -> None:
    """Rules section 5: ΔHI | ΔHypo | L of IFRS 9; under ASC 815 the whole change is recognised."""
    entity = book.entity()
    first, second = under_two_frameworks(entity)
    table = [(40, 42, 40), (100, 90, 90), (85, 95, 85), (-10, 5, 0), (60, -8, 0)]
    two_frameworks.months(
        entity, (first, [Told(*row) for row in table]),
        (second, [Told(change, item, change) for change, item, _ in table]),
    )  # fmt: skip
    found = the_one(entity, months(2), months(2))
    assert found.frameworks == ("IFRS9", "ASC815")
    assert shown(found.period) == {"lower_of": (10, -10, 0)}
    found = the_one(entity, months(5), months(5))
    assert (shown(found.period), shown(found.cumulative)) == (
        {"lower_of": (70, -70, 0)}, {"lower_of": (60, -60, 0)},
    )  # fmt: skip


@pytest.mark.django_db
def test_a_basis_adjustment_against_a_reserve_that_waits_for_earnings() -> None:
    entity = book.entity()
    first, second = under_two_frameworks(entity)
    ours, theirs = [Told(100, 90, 90)], [Told(100, 90, 100)]
    ours += [replace(ours[0], adjusted=90)] * 2
    theirs += [theirs[0], replace(theirs[0], reclassified=100)]
    two_frameworks.months(entity, (first, ours), (second, theirs))
    found = the_one(entity, MONTHS[1], MONTHS[1])
    assert shown(found.period) == {"basis": (0, -90, 90)}
    assert shown(found.cumulative) == {"lower_of": (10, -10, 0), "basis": (0, -90, 90)}
    assert shown(the_one(entity).cumulative) == {"basis": (-90, 0, 90)}


@pytest.mark.django_db
def test_the_clock_of_what_is_no_longer_expected() -> None:
    entity = book.entity()
    first, second = under_two_frameworks(entity)
    for version in (first, second):
        discontinued(version, on=date(2026, 2, 10), change_cause="NO_LONGER_EXPECTED")
    kept, gone = Told(100, 100, 100), Told(100, 100, 100, reclassified=100)
    two_frameworks.months(entity, (first, [kept, gone, gone]), (second, [kept, kept, gone]))
    assert shown(the_one(entity, MONTHS[1], MONTHS[1]).period) == {"clock": (100, -100, 0)}
    assert shown(the_one(entity).cumulative) == {}
    assert shown(the_one(entity, MONTHS[2], MONTHS[2]).period) == {"clock": (-100, 100, 0)}


@pytest.mark.django_db
def test_excluded_components_that_one_framework_defers() -> None:
    entity = book.entity()
    first, second = under_two_frameworks(entity)
    two_frameworks.months(
        entity, (first, [Told(100, 100, 100, cost=-20, amortised=8)]), (second, [Told(80, 80, 80)])
    )
    found = the_one(entity)
    assert shown(found.period) == {"excluded": (-8, 8, 0)}
    assert (found.cumulative.first.designated_change, found.cumulative.second.designated_change) == (100, 80)


@pytest.mark.django_db
def test_volume_that_only_one_side_has_is_no_excluded_component() -> None:
    """The one side was rebalanced to 80 % or has ended at 80; nothing is excluded under either framework."""
    entity = book.entity()
    first, second = under_two_frameworks(entity)
    whole, less = Told(100, 100, 100), Told(80, 80, 80)
    two_frameworks.months(
        entity,
        (first, [less, replace(less, reclassified=80)]),
        (second, [whole, replace(whole, reclassified=100)]),
    )
    assert shown(the_one(entity, MONTHS[0], MONTHS[0]).period) == {"volume": (0, -20, 0)}
    assert shown(the_one(entity).cumulative) == {"volume": (-20, 0, 0)}


@pytest.mark.django_db
def test_periods_that_did_not_qualify_under_ias_39() -> None:
    entity = book.entity()
    first, second = under_two_frameworks(entity, "IAS39")
    passed = Told(30, 28, 28)
    failed = Told(100, 90, 28, qualifies=False)
    two_frameworks.months(entity, (first, [passed, replace(failed, kept=90)]), (second, [passed, failed]))
    assert shown(the_one(entity).cumulative) == {"qualification": (-62, 62, 0)}


@pytest.mark.database
@pytest.mark.parametrize(
    ("legs", "unexplained"),
    [
        ([("CASH_FLOW_HEDGE_RESERVE", -7), ("HEDGED_ITEM_RESULT", 7)], [7, -7, 0]),
        ([("CASH_FLOW_HEDGE_RESERVE", -7), ("NON_FINANCIAL_ITEM", 7)], [0, -7, 7]),
        ([("CASH_FLOW_HEDGE_RESERVE", -7), ("EXCLUDED_COMPONENT", 7)], [7, -7, 0]),
        ([("COST_OF_HEDGING_RESERVE", -7), ("COST_OF_HEDGING", 7)], [7, -7, 0]),
        ([("CASH_FLOW_HEDGE_RESERVE", -7), ("DERIVATIVE", 7)], [0, -7, 0]),
        ([("INEFFECTIVENESS", -7), ("DERIVATIVE", 7)], [-7, 0, 0]),
    ],
)
def test_what_was_posted_and_not_measured_is_not_explained(legs, unexplained, owner_connection) -> None:
    """The application cannot post it; what the owner of the database altered by hand is seen."""
    accounting.untied(owner_connection)
    entity = book.entity()
    first, second = under_two_frameworks(entity)
    rule = {"HEDGED_ITEM_RESULT": "RECLASSIFICATION", "NON_FINANCIAL_ITEM": "BASIS_ADJUSTMENT"}
    rule |= {"COST_OF_HEDGING": "COST_AMORTISATION"}
    extra = accounting.Entry(first, rule.get(legs[1][0], "REMEASUREMENT"), legs)
    # The worked entry of the month is one of a rule and run already: what is fabricated comes in the next one.
    told, other = [Told(100, 90, 90)] * 2, [Told(100, 90, 100)] * 2
    two_frameworks.month(entity, (first, told[:1]), (second, other[:1]))
    two_frameworks.month(entity, (first, told), (second, other), number=2, more=[extra], tied=False)
    [found] = reconcile(Span([entity.pk], MONTHS[0], MONTHS[1]), list(reconciled.pairs([entity.pk])))
    assert [found.cumulative.unexplained(name) for name in MEASURES] == unexplained
    assert shown(found.cumulative) == {"lower_of": (10, -10, 0)}
    [row] = [row for row in explained(found).rows if row["part"] == "unexplained"]
    assert [row[name] for name in MEASURES] == unexplained


@pytest.mark.django_db
def test_a_path_that_the_rules_do_not_lead_along_is_not_explained() -> None:
    """95 kept of 100 | 90 under IAS 39, measured and posted alike: 5 more than the rules allow."""
    entity = book.entity()
    first, second = under_two_frameworks(entity, "IAS39")
    two_frameworks.months(entity, (first, [Told(100, 90, 90)]), (second, [Told(100, 90, 95)]))
    [found] = reconcile(Span([entity.pk], MONTHS[0], MONTHS[0]), list(reconciled.pairs([entity.pk])))
    assert [found.cumulative.unexplained(name) for name in MEASURES] == [5, -5, 0]


@pytest.mark.django_db
def test_the_number_of_statements_does_not_grow_with_the_pairs() -> None:
    def statements(size: int) -> int:
        entity = book.entity()
        pairs = [under_two_frameworks(entity) for _ in range(size)]
        accounting.closed_month(
            entity, MONTHS[0], [accounting.remeasurement(one, 100, 90) for pair in pairs for one in pair]
        )
        with CaptureQueriesContext(connection) as found:
            made = reconcile(Span([entity.pk], MONTHS[0], MONTHS[0]), list(reconciled.pairs([entity.pk])))
        assert len(made) == size
        return len(found)

    assert statements(1) == statements(3)
