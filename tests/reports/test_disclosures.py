"""The disclosure tables: by category, and every figure of them is in the journal."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.domain.disclosures.disclose import disclosures
from reports.queries import roll_forwards
from reports.queries.span import Span
from tests.factories import accounting, book
from tests.factories.hedge_year import MONTHS, discontinued, relationship, three_months

pytestmark = pytest.mark.django_db


def shown(span: Span, **more) -> dict:
    return {table.code: table for table in disclosures(span, **more)}


def only(table) -> dict:
    [row] = list(table.rows)
    return row


@pytest.fixture
def entity():
    return book.entity()


def test_a_cash_flow_hedge_in_every_table(entity) -> None:
    three_months(entity, relationship(entity))
    tables = shown(Span([entity.pk], MONTHS[1], MONTHS[1], "IFRS9"))
    timing = only(tables["timing"])
    assert (timing["maturity"], timing["unit"], timing["nominal"], timing["rate"]) == (
        "1 to 5 years", "USD", 500_000, Decimal("0.9"),
    )  # fmt: skip
    held = only(tables["instruments"])
    assert (held["asset"], held["liability"], held["change"], held["line_item"]) == (
        100, 0, 60, "Derivative financial instruments",
    )  # fmt: skip
    assert held["nominal"] == "USD 500,000"
    item = only(tables["cash-flow-items"])
    assert (item["change"], item["continuing"], item["ceased"]) == (-48, 90, 0)
    effect = only(tables["cash-flow-effects"])
    assert (effect["recognised"], effect["ineffectiveness"], effect["item"]) == (50, 10, 0)
    assert effect["line_item"] == "Other financial result"
    reserve = only(tables["reserves"])
    assert (reserve["opening"], reserve["recognised"], reserve["closing"]) == (40, 50, 90)
    assert only(tables["strategies"])["instrument_kinds"] == "FORWARD"


def test_what_has_ended_is_apart_and_what_was_reclassified_has_its_reason(entity) -> None:
    three_months(entity, relationship(entity))
    tables = shown(Span([entity.pk], MONTHS[0], MONTHS[2]))
    assert only(tables["cash-flow-items"])["continuing"] == 0
    effect = only(tables["cash-flow-effects"])
    assert (effect["recognised"], effect["item"], effect["no_longer_expected"]) == (90, 90, 0)
    assert effect["reclassified_in"] == "Revenue"
    assert list(tables["timing"].rows) == []


def test_fair_value_hedges_have_items_with_adjustments_continuing_and_ceased(entity) -> None:
    risk = book.risk("EURIBOR3M", kind="RATE_INDEX", base_unit_id="EUR", quote_currency_id="EUR",
                     market_symbol="EURIBOR3M")  # fmt: skip
    debt = book.exposure(-1_000_000, of=entity, risk=risk, kind="RECOGNISED_LIABILITY", exposure_currency_id="EUR",
                         expected_date=date(2030, 1, 1), start_date=date(2026, 1, 1), payment_months=3,
                         spread_rate=Decimal("0.01"))  # fmt: skip
    swap = book.instrument("INTEREST_RATE_SWAP", -1_000_000, of=entity, risk=risk, start_date=date(2026, 1, 1),
                           settlement_date=date(2030, 1, 1), pay_fixed=False, fixed_rate=Decimal("0.02"),
                           spread_rate=Decimal(0), payment_months=12)  # fmt: skip
    version = book.relationship(of=entity, items=[(debt, -1_000_000)], instruments=[(swap, -1_000_000)],
                                hedge_type="FAIR_VALUE", hedge_end_date=date(2030, 1, 1))  # fmt: skip
    accounting.closed_month(entity, MONTHS[0], [
        accounting.Entry(version, "REMEASUREMENT", [("DERIVATIVE", -52), ("FAIR_VALUE_HEDGE_RESULT", 52)]),
        accounting.Entry(version, "ITEM_ADJUSTMENT",
                         [("HEDGED_ITEM_CARRYING_AMOUNT", 50), ("FAIR_VALUE_HEDGE_RESULT", -50)]),
    ], [accounting.measurement(version, item_adjustment=-50)])  # fmt: skip
    span = Span([entity.pk], MONTHS[0], MONTHS[0])
    tables = shown(span)
    item = only(tables["fair-value-items"])
    assert (item["side"], item["carrying"], item["continuing"], item["ceased"], item["line_item"]) == (
        "Liabilities", -1_000_050, -50, 0, "Borrowings",
    )  # fmt: skip
    assert only(tables["fair-value-changes"])["change"] == -50
    assert only(tables["fair-value-effects"])["ineffectiveness"] == 2
    held = only(tables["instruments"])
    assert (held["asset"], held["change"], held["risk_kind"]) == (52, 52, "RATE_INDEX")
    assert only(tables["timing"])["rate"] == Decimal("0.02")
    assert list(shown(span, risk_kind="COMMODITY")["instruments"].rows) == []


def test_the_reserves_are_those_of_the_roll_forward(entity) -> None:
    first, second = relationship(entity), relationship(entity)
    accounting.closed_month(entity, MONTHS[0], [
        accounting.remeasurement(first, 70, 40, cost=25), accounting.remeasurement(second, -33, -30),
        accounting.Entry(first, "COST_AMORTISATION", [("COST_OF_HEDGING_RESERVE", 5), ("COST_OF_HEDGING", -5)]),
    ])  # fmt: skip
    [posted] = accounting.closed_month(entity, MONTHS[1], [accounting.basis_adjustment(first, 15)])
    back = accounting.reversal(accounting.basis_adjustment(first, 15), posted)
    accounting.closed_month(entity, MONTHS[2], [back])
    for span in (Span([entity.pk], MONTHS[0], MONTHS[1]), Span([entity.pk], MONTHS[2], MONTHS[2])):
        rolled: dict = {}
        for row in roll_forwards.totals(span):
            of = rolled.setdefault(row["reserve"], {"opening": row["opening"], "recognised": 0, "basis_adjusted": 0,
                                                    "amortised": 0, "released": 0, "reversed": 0})  # fmt: skip
            for name in ("recognised", "basis_adjusted", "amortised", "released", "reversed"):
                of[name] += row[name]
            of["closing"] = row["closing"]
        disclosed = {row["reserve"]: row for row in shown(span)["reserves"].rows}
        assert rolled == {
            reserve: {name: row[name] for name in rolled[reserve]} for reserve, row in disclosed.items()
        }
        for row in disclosed.values():
            moved = sum(
                row[name] for name in row if name not in ("reserve", "risk_kind", "currency", "closing")
            )
            assert moved == row["closing"]


def test_what_is_no_longer_expected_is_told_apart(entity) -> None:
    lost, other = relationship(entity), relationship(entity)
    discontinued(lost, on=date(2026, 2, 10), change_cause="NO_LONGER_EXPECTED")
    before = [accounting.remeasurement(one, 40, 40) for one in (lost, other)]
    accounting.closed_month(entity, MONTHS[0], [*before, accounting.reclassification(lost, 3)])
    after = [accounting.reclassification(lost, 37), accounting.reclassification(other, 5)]
    accounting.closed_month(entity, MONTHS[1], after)
    effect = only(shown(Span([entity.pk], MONTHS[0], MONTHS[1]))["cash-flow-effects"])
    assert (effect["item"], effect["no_longer_expected"]) == (8, 37)
    item = only(shown(Span([entity.pk], MONTHS[0], MONTHS[0]))["cash-flow-items"])
    assert (item["continuing"], item["ceased"]) == (77, 0)
    accounting.closed_month(entity, MONTHS[2], [accounting.remeasurement(lost, 6, 6)])
    item = only(shown(Span([entity.pk], MONTHS[2], MONTHS[2]))["cash-flow-items"])
    assert (item["continuing"], item["ceased"]) == (35, 6)


def test_the_number_of_statements_does_not_grow_with_the_rows() -> None:
    def statements(size: int) -> int:
        entity = book.entity()
        three_months(entity, *[relationship(entity) for _ in range(size)])
        with CaptureQueriesContext(connection) as found:
            disclosures(Span([entity.pk], MONTHS[0], MONTHS[2]))
        return len(found)

    assert statements(1) == statements(4)
