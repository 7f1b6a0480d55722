"""One hedge under two frameworks: every difference is taken apart, and the parts add up to it exactly."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from reports.domain.reconciliation.figures import Figures
from reports.domain.reconciliation.parts import Side, parts
from reports.domain.reconciliation.reconcile import MEASURES, reconcile
from reports.queries import reconciled
from reports.queries.span import Span
from tests.factories import accounting, book
from tests.factories.hedge_year import MONTHS, discontinued, under_two_frameworks


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
    """Rules section 5: ΔHI | L of IFRS 9; under ASC 815 the whole change is recognised."""
    entity = book.entity()
    first, second = under_two_frameworks(entity)
    table = [(40, 40), (100, 90), (85, 85), (-10, 0), (60, 0)]
    before = (0, 0)
    for number, (change, lower) in enumerate(table, 1):
        moved = change - before[0]
        accounting.closed_month(entity, months(number), [
            accounting.remeasurement(first, moved, lower - before[1]), accounting.remeasurement(second, moved, moved),
        ])  # fmt: skip
        before = (change, lower)
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
    accounting.closed_month(entity, MONTHS[0], [
        accounting.remeasurement(first, 100, 90), accounting.remeasurement(second, 100, 100),
    ])  # fmt: skip
    accounting.closed_month(entity, MONTHS[1], [accounting.basis_adjustment(first, 90)])
    found = the_one(entity, MONTHS[1], MONTHS[1])
    assert shown(found.period) == {"basis": (0, -90, 90)}
    assert shown(found.cumulative) == {"lower_of": (10, -10, 0), "basis": (0, -90, 90)}
    accounting.closed_month(entity, MONTHS[2], [accounting.reclassification(second, 100)])
    assert shown(the_one(entity).cumulative) == {"basis": (-90, 0, 90)}


@pytest.mark.django_db
def test_the_clock_of_what_is_no_longer_expected() -> None:
    entity = book.entity()
    first, second = under_two_frameworks(entity)
    for version in (first, second):
        discontinued(version, on=date(2026, 2, 10), change_cause="NO_LONGER_EXPECTED")
    accounting.closed_month(entity, MONTHS[0], [
        accounting.remeasurement(one, 100, 100) for one in (first, second)
    ])  # fmt: skip
    accounting.closed_month(entity, MONTHS[1], [accounting.reclassification(first, 100)])
    assert shown(the_one(entity, MONTHS[1], MONTHS[1]).period) == {"clock": (100, -100, 0)}
    accounting.closed_month(entity, MONTHS[2], [accounting.reclassification(second, 100)])
    assert shown(the_one(entity).cumulative) == {}
    assert shown(the_one(entity, MONTHS[2], MONTHS[2]).period) == {"clock": (-100, 100, 0)}


@pytest.mark.django_db
def test_excluded_components_that_one_framework_defers() -> None:
    entity = book.entity()
    first, second = under_two_frameworks(entity)
    accounting.closed_month(entity, MONTHS[0], [
        accounting.remeasurement(first, 80, 100, cost=-20),
        accounting.remeasurement(second, 80, 80),
        accounting.Entry(first, "COST_AMORTISATION", [("COST_OF_HEDGING_RESERVE", 8), ("COST_OF_HEDGING", -8)]),
    ])  # fmt: skip
    found = the_one(entity)
    assert shown(found.period) == {"excluded": (-8, 8, 0)}
    assert (found.cumulative.first.designated_change, found.cumulative.second.designated_change) == (100, 80)


@pytest.mark.django_db
def test_periods_that_did_not_qualify_under_ias_39() -> None:
    entity = book.entity()
    first, second = under_two_frameworks(entity, "IAS39")
    accounting.closed_month(entity, MONTHS[0], [
        accounting.remeasurement(first, 100, 90), accounting.remeasurement(second, 100, 30),
    ], [
        accounting.measurement(one, cumulative_recognised=recognised, knot_instrument_changes=[0, 100],
                               knot_hypothetical_changes=[0, 90], knot_recognised=[0, recognised],
                               knot_dates=[date(2026, 1, 1), date(2026, 1, 31)], knot_qualifying=[True, False])
        for one, recognised in ((first, 90), (second, 30))
    ])  # fmt: skip
    assert shown(the_one(entity).cumulative) == {"qualification": (-60, 60, 0)}


cents = st.integers(-10_000, 10_000).map(lambda units: Decimal(units).scaleb(-2))
figures = st.builds(Figures, *[cents] * 12)


@given(figures, figures, st.sampled_from(["IFRS9", "IAS39", "ASC815"]), cents, cents, st.booleans())
def test_whatever_the_figures_the_parts_add_up(one, other, framework, hedge, item, lost) -> None:
    path = {"knot_instrument_changes": [hedge], "knot_hypothetical_changes": [item]}
    found = parts(Side("IFRS9", one), Side(framework, other, path), "EUR", no_longer_expected=lost)
    for name in MEASURES:
        assert sum(getattr(part, name) for part in found) == getattr(one, name) - getattr(other, name)


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
