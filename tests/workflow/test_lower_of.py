"""Rules section 5, the table of the lower-of, through the workflow under three frameworks at once.

ΔHI | ΔHypo | L | OCI | P&L: 40|42|40|40|0; 100|90|90|50|10; 85|95|85|−5|−10; −10|5|0|−85|−10; 60|−8|0|0|70.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from hedges.domain.accounting_periods import last_day, next_month
from hedges.domain.assessment import decisions, on_demand
from tests.factories import book, clock, closable
from tests.workflow import company, ledger

pytestmark = pytest.mark.django_db
MONTHS = [date(2026, month, 1) for month in range(1, 7)]
PATHS = [(40, 42), (100, 90), (85, 95), (-10, 5), (60, -8)]
LAST = (50, 45)
IFRS = [(40, 0), (50, 10), (-5, -10), (-85, -10), (0, 70)]
IAS = [(40, 0), (50, 10), (-5, -10), (0, -95), (0, 70)]
ASC = [(40, 0), (60, 0), (-15, 0), (0, -95), (0, 70)]


def lived() -> tuple:
    """A thousand tons at a thousand euros; a change of 42 on the scale is a fall of the price by as much."""
    entity = company.founded()
    hedged = company.Hedged(entity)
    hedged.prices(company.BEGUN, 1000, 1000)
    terms = {"items": [(hedged.item(), 1000)], "instruments": [(hedged.future(), -1000)]}
    first = hedged.designated(**terms)
    others = [
        hedged.designated(framework=name, parallel_of=first.relationship, **terms)
        for name in company.FRAMEWORKS[1:]
    ]
    return entity, hedged, [first, *others]


def falls(hedged, day, path, scale) -> None:
    change, mirrored = (Decimal(amount) * scale / 1000 for amount in path)
    hedged.prices(day, 1000 - mirrored, 1000 - change)


def test_the_table_month_by_month_under_three_frameworks():
    entity, hedged, versions = lived()
    for month, path, *expected in zip(MONTHS, PATHS, IFRS, IAS, ASC, strict=False):
        falls(hedged, company.month_end(month), path, 1000)
        run = company.close(entity, month)
        for version, amounts in zip(versions, expected, strict=True):
            row = company.measured(run, version)
            assert row.cumulative_change_instrument == path[0] * 1000
            assert row.cumulative_change_hypothetical == path[1] * 1000
            assert ledger.moved(version, month) == tuple(amount * 1000 for amount in amounts), (
                version.framework,
                month,
            )
            ledger.holds(row)
    kept = [ledger.posted(version, ledger.RESERVES) for version in versions]
    assert kept == [0, 85_000, 85_000]
    falls(hedged, company.DUE, LAST, 1000)
    company.recorded(company.month_end(MONTHS[-1]))
    run = company.close(entity, MONTHS[-1])
    for version in versions:
        row = company.measured(run, version)
        ledger.holds(row)
        assert (row.reserve_balance, row.carrying_amount, row.life_stage) == (0, 0, "MATURED")
        assert row.settled_amount == 50_000
    ledger.balances_everywhere()
    ledger.rolls_forward(entity, MONTHS[0], MONTHS[-1])
    for version, parts in zip(versions[1:], ((0, -85), (-60, -25)), strict=True):
        before = ledger.explained(version, MONTHS[0], MONTHS[4])
        found = {part.code: part.reserves for part in before.cumulative.parts if part.reserves}
        named = dict(zip(("lower_of", "qualification"), (amount * 1000 for amount in parts), strict=True))
        assert found == {code: amount for code, amount in named.items() if amount}
        assert before.cumulative.difference("profit_or_loss") == 85_000
        for month in (MONTHS[2], MONTHS[3], MONTHS[5]):
            ledger.explained(version, month, month)


def test_of_small_changes_a_person_decides_where_the_framework_asks_for_a_result():
    """The same table a thousandth as large: immaterial, so that no month passes or fails by itself."""
    entity, hedged, versions = lived()
    approver = book.user("APPROVER")
    results = ["EFFECTIVE", "EFFECTIVE", "EFFECTIVE", "NOT_EFFECTIVE", "NOT_EFFECTIVE"]
    for month, path, result, *expected in zip(MONTHS, PATHS, results, IFRS, IAS, ASC, strict=False):
        falls(hedged, company.month_end(month), path, 1)
        told = next_month(month) + timedelta(days=1)
        with clock.at(told):
            refused = closable.close(entity, month)
            assert refused.status == "FAILED"
            for version in versions[1:]:
                assert f"{version.relationship.code} has a test without a result" in refused.status_reason
            assert versions[0].relationship.code not in refused.status_reason
            on_demand.on_demand(
                relationships=[version.relationship for version in versions[1:]], as_of_date=last_day(month),
                actor=book.user("HEDGE_ACCOUNTANT"),
            )  # fmt: skip
            for version in versions[1:]:
                decisions.decide(
                    relationship=version.relationship, subject="TEST", as_of_date=last_day(month), status=result,
                    reason="the changes are too small to say", actor=approver,
                )  # fmt: skip
        run = company.close(entity, month)
        for version, amounts in zip(versions, expected, strict=True):
            row = company.measured(run, version)
            assert (row.effectiveness_status, row.decided_by_person) == (
                ("INCONCLUSIVE", False) if version.framework == "IFRS9" else (result, True)
            )
            assert ledger.moved(version, month) == amounts, (version.framework, month)
            ledger.holds(row)
    ledger.balances_everywhere()
    ledger.rolls_forward(entity, MONTHS[0], MONTHS[4])
