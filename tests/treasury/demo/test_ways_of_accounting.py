"""Single hedges of the demo company, one for each way of accounting: the amounts were worked out apart from it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

pytestmark = pytest.mark.database
PURCHASE, ECONOMIC, COMMITMENT = "HR-2025-023", "HR-2026-038", "HR-2026-039"
FAILED_MONTH, NOTE, CREDIT = "HR-2026-040", "HR-2025-024", "HR-2025-006"


def measured(code: str) -> dict[str, Any]:
    """The measurement of each close, by month."""
    from hedges.models import MeasurementResult

    rows = MeasurementResult.objects.filter(
        run__kind="CLOSE", run__status="PUBLISHED", relationship__code=code
    ).select_related("run")
    return {f"{row.run.as_of_date:%Y-%m}": row for row in rows}


def posted(code: str, role: str, *rules: str, month: date | None = None) -> Decimal:
    """Credits less debits."""
    from hedges.models import JournalLine

    found = JournalLine.objects.filter(entry__relationship__code=code, account_role=role)
    if rules:
        found = found.filter(entry__rule__in=rules)
    if month:
        found = found.filter(entry__period__period_start=month)
    return sum((line.credit_amount - line.debit_amount for line in found), Decimal(0))


def test_an_economic_hedge_is_approved_and_neither_documented_nor_measured(seeded: dict[str, Any]) -> None:
    from hedges.models import AssessmentRecord, HedgeRelationshipVersion, JournalEntry

    version = HedgeRelationshipVersion.objects.get(relationship__code=ECONOMIC)
    assert (version.hedge_type, version.inception_file_id) == ("ECONOMIC", None)
    assert version.approval.decided_by_id != version.author_id
    assert not AssessmentRecord.objects.filter(version=version).exists()
    assert measured(ECONOMIC) == {}
    assert not JournalEntry.objects.filter(relationship=version.relationship).exists()


def test_the_reserve_of_a_purchase_goes_into_its_cost_with_the_invoice(seeded: dict[str, Any]) -> None:
    """What there is on the day of the invoice; what comes until the payment goes to profit or loss (6.5.11(d)(i))."""
    row = measured(PURCHASE)["2026-08"]
    assert row.framework == "IFRS9"
    into_cost = posted(PURCHASE, "NON_FINANCIAL_ITEM", "BASIS_ADJUSTMENT")
    assert into_cost == row.cumulative_basis_adjusted == Decimal("-12286.73")
    assert (row.cumulative_reclassified, row.reserve_balance) == (Decimal("-22413.27"), 0)
    assert posted(PURCHASE, "NON_FINANCIAL_ITEM", month=date(2026, 7, 1)) == into_cost


def test_a_firm_commitment_is_adjusted_until_it_is_delivered(seeded: dict[str, Any]) -> None:
    """An asset for what the commitment is dearer by; then it is part of the machine's cost (6.5.9)."""
    rows = measured(COMMITMENT)
    assert [rows[f"2026-0{month}"].item_adjustment for month in (2, 3, 4, 5, 6, 7, 8)] == [
        Decimal(text)
        for text in ("-6369.43", "42617.78", "44716.22", "13000.92", "74471.70", "93123.53", "93123.53")
    ]  # fmt: skip
    assert -posted(COMMITMENT, "NON_FINANCIAL_ITEM") == Decimal("93123.53")
    assert posted(COMMITMENT, "HEDGED_ITEM_CARRYING_AMOUNT") == 0
    assert posted(COMMITMENT, "HEDGED_ITEM_RESULT") == 0


def test_a_failed_month_leaves_the_item_alone_and_is_never_caught_up(seeded: dict[str, Any]) -> None:
    rows = measured(FAILED_MONTH)
    tests = {month: row.effectiveness_status for month, row in rows.items()}
    assert [month for month, status in tests.items() if status == "NOT_EFFECTIVE"] == ["2026-06"]
    may, june, july = (rows[f"2026-0{month}"] for month in (5, 6, 7))
    assert june.item_adjustment == may.item_adjustment == Decimal("113335.63")
    changed = july.cumulative_change_hypothetical - june.cumulative_change_hypothetical
    assert july.item_adjustment - june.item_adjustment == -changed == Decimal("59550.99")
    result = posted(FAILED_MONTH, "FAIR_VALUE_HEDGE_RESULT", month=date(2026, 6, 1))
    assert result == june.fair_value_change - may.fair_value_change == Decimal("82897.32")


def test_the_adjustment_of_a_note_wears_off_at_its_effective_rate(seeded: dict[str, Any]) -> None:
    """Rates had fallen, so that the note stood above par: the premium wears off as interest saved, not by days."""
    rows = measured(NOTE)
    assert {rows[f"2026-0{month}"].item_adjustment for month in (5, 6, 7, 8, 9)} == {Decimal("-102460.93")}
    worn = [rows[f"2026-0{month}"].item_adjustment_amortised for month in (5, 6, 7, 8, 9)]
    assert worn == [Decimal(text) for text in ("-1317.41", "-4630.22", "-8082.53", "-11564.57", "-14962.77")]
    assert posted(NOTE, "HEDGED_ITEM_RESULT") == -worn[-1]
    by_days = rows["2026-09"].item_adjustment * Decimal((date(2026, 9, 30) - date(2026, 5, 19)).days)
    by_days /= (date(2028, 10, 8) - date(2026, 5, 19)).days
    assert abs(worn[-1] - by_days) > 500


def test_a_fact_of_the_bank_comes_before_the_word_that_credit_dominates(seeded: dict[str, Any]) -> None:
    from hedges.models import AssessmentDecision, InstrumentAllocation
    from treasury.models import CreditFact

    fact = CreditFact.objects.select_related("counterparty").get()
    decision = AssessmentDecision.objects.get(subject="CREDIT_RISK")
    assert decision.relationship.code == CREDIT
    allocated = InstrumentAllocation.objects.filter(relationship_version__relationship__code=CREDIT)
    assert set(allocated.values_list("instrument_version__counterparty__code", flat=True)) == {
        fact.counterparty.code
    }
    assert fact.fact_date <= decision.as_of_date
    assert fact.recorded_at < decision.recorded_at
    assert measured(CREDIT)["2026-09"].life_stage == "WAITING"
