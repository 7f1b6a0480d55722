"""Hedges that are discontinued and restarted (IFRS 7.23C), and the instruments one by one (IFRS 7.24A)."""

from datetime import date

import pytest

from reports.domain.disclosures.disclose import disclosures
from reports.domain.disclosures.instruments_held import instruments_held
from reports.queries.span import Span
from tests.factories import accounting, book
from tests.factories.hedge_year import MONTHS, discontinued, relationship, three_months

pytestmark = pytest.mark.django_db
STOPPED = date(2026, 2, 10)


@pytest.fixture
def entity():
    return book.entity()


def resets(span: Span) -> tuple[list, str]:
    [table] = [one for one in disclosures(span) if one.code == "resets"]
    return list(table.rows), table.note


def counts(row: dict) -> tuple:
    return tuple(row[f"{name}_count"] for name in ("designated", "stopped", "restarted", "continuing"))


def stopped(entity):
    item, hedge = book.exposure(500_000, of=entity), book.forward(-500_000, of=entity)
    old = book.relationship(of=entity, items=[(item, 250_000)], instruments=[(hedge, -250_000)])
    discontinued(old, on=STOPPED)
    return item, hedge


def test_a_hedge_that_ends_and_is_not_followed_is_no_reset(entity) -> None:
    stopped(entity)
    relationship(entity)  # other items, the same months
    [row], note = resets(Span([entity.pk], MONTHS[0], MONTHS[2]))
    assert (row["risk_kind"], row["hedge_type"]) == ("CURRENCY_PAIR", "CASH_FLOW")
    assert counts(row)[1:] == (1, 0, 1)
    assert note.startswith("IFRS 7.23C does not apply: no relationship was discontinued and restarted")


@pytest.mark.parametrize(
    ("on", "said"), [(date(2026, 2, 20), 1), (date(2026, 1, 20), 0), (date(2026, 4, 2), 0)]
)
def test_a_hedge_of_the_same_items_after_a_stop_is_a_restart(entity, on: date, said: int) -> None:
    item, hedge = stopped(entity)
    book.relationship(
        of=entity, items=[(item, 200_000)], instruments=[(hedge, -200_000)], designation_date=on
    )
    [row], note = resets(Span([entity.pk], MONTHS[0], MONTHS[2]))
    assert (row["stopped_count"], row["restarted_count"]) == (1, said)
    assert note.startswith("1 relationship was restarted" if said else "IFRS 7.23C does not apply")


def test_the_instruments_one_by_one_add_up_to_their_category(entity) -> None:
    first, second = relationship(entity), relationship(entity)
    accounting.closed_month(
        entity,
        MONTHS[0],
        [accounting.remeasurement(first, 70, 40), accounting.remeasurement(second, -33, -30)],
    )
    span = Span([entity.pk], MONTHS[0], MONTHS[0])
    [category] = next(one for one in disclosures(span) if one.code == "instruments").rows
    held = instruments_held(span)
    by_code = {row["relationship_code"]: row for row in held.rows}
    assert [(row["asset"], row["liability"], row["change"]) for row in by_code.values()] == [
        (70, 0, 70),
        (0, 33, -33),
    ]
    for name in ("asset", "liability", "change"):
        assert held.totals[0][name] == category[name] == sum(row[name] for row in held.rows)
    row = by_code[first.relationship.code]
    allocation = first.instrument_allocations.select_related("instrument_version").get()
    assert row["instruments"] == allocation.instrument.external_reference
    assert (row["nominal"], row["unit"], row["matures_on"]) == (
        500_000, "USD", allocation.instrument_version.settlement_date,
    )  # fmt: skip
    assert list(instruments_held(span, hedge_type="FAIR_VALUE").rows) == []
    assert list(instruments_held(span, risk_kind="COMMODITY").rows) == []


def test_a_change_before_the_months_is_none_of_them(entity) -> None:
    three_months(entity, relationship(entity))
    [row] = instruments_held(Span([entity.pk], MONTHS[1], MONTHS[1])).rows
    assert (row["asset"], row["change"]) == (100, 60)
