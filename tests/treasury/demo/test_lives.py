"""Hedge accounting in the demo company: every state of a hedge's life, twelve closed months, journals that balance."""

from collections import Counter
from typing import Any

import pytest

from treasury.demo.company.calendar import closings
from treasury.demo.market.reference_rates import business_date

pytestmark = pytest.mark.database


def stages() -> dict[str, str]:
    from hedges.models import HedgeRelationship
    from hedges.queries.life_stages import life_stages

    codes = dict(HedgeRelationship.objects.values_list("pk", "code"))
    return {codes[pk]: stage.value for pk, stage in life_stages(list(codes), on=business_date()).items()}


def changes() -> dict[str, Any]:
    """The last change of each relationship that has one."""
    from hedges.models import HedgeRelationshipVersion

    found = HedgeRelationshipVersion.objects.filter(version_number__gt=1).select_related("relationship")
    return {version.relationship.code: version for version in found.order_by("version_number")}


def last_close(code: str) -> Any:
    from hedges.models import MeasurementResult

    rows = MeasurementResult.objects.filter(
        run__kind="CLOSE", run__status="PUBLISHED", relationship__code=code
    )
    return rows.order_by("-run__as_of_date").first()


def test_there_is_a_relationship_in_every_stage(seeded: dict[str, Any]) -> None:
    found = Counter(stages().values())
    assert {"DOCUMENTED", "ACTIVE", "WAITING", "DISCONTINUED", "MATURED", "REJECTED"} == set(found)
    assert found["ACTIVE"] > 45
    assert found["MATURED"] == 6


def test_what_is_documented_ahead_is_tested_and_not_measured_yet(seeded: dict[str, Any]) -> None:
    from hedges.models import HedgeRelationshipVersion

    (code,) = [code for code, stage in stages().items() if stage == "DOCUMENTED"]
    version = HedgeRelationshipVersion.objects.get(relationship__code=code)
    assert version.accounting_from > business_date()
    assert version.assessments.count() == 1
    assert last_close(code) is None


def test_each_cause_has_its_change_and_its_reserve(seeded: dict[str, Any]) -> None:
    found = changes()
    causes = {code: (version.change_kind, version.change_cause) for code, version in found.items()}
    assert Counter(causes.values()) == {
        ("DE_DESIGNATION", "VOLUNTARY"): 3,
        ("DISCONTINUATION", "NO_LONGER_EXPECTED"): 2,
        ("DISCONTINUATION", "NO_LONGER_HIGHLY_PROBABLE"): 1,
        ("DISCONTINUATION", "CREDIT_RISK_DOMINATES"): 1,
        ("PARTIAL_DISCONTINUATION", "NO_LONGER_EXPECTED"): 1,
        ("REBALANCING", "RELATIONSHIP_SHIFTED"): 1,
    }
    for code, version in found.items():
        row = last_close(code)
        if version.change_kind in ("REBALANCING", "PARTIAL_DISCONTINUATION"):
            assert (stages()[code], row.reserve_balance != 0) == ("ACTIVE", True), code
        elif (version.framework, version.change_cause) == ("IFRS9", "NO_LONGER_EXPECTED"):
            # Reclassified at once: nothing waits (6.5.12(b)).
            assert (stages()[code], row.reserve_balance) == ("DISCONTINUED", 0), code
            assert row.cumulative_reclassified == row.cumulative_recognised != 0
        elif version.hedge_type == "FAIR_VALUE":
            # Nothing is in equity; what the item was adjusted by is still wearing off.
            assert (stages()[code], row.reserve_balance) == ("WAITING", 0), code
            assert 0 < abs(row.item_adjustment_amortised) < abs(row.item_adjustment), code
        else:
            # Still expected, or the two months of ASC 815 have not passed (815-30-40-4): it waits.
            assert (stages()[code], row.cumulative_reclassified) == ("WAITING", 0), code
            assert row.reserve_balance == row.cumulative_recognised != 0
    part = found["HR-2026-036"]
    assert last_close("HR-2026-036").cumulative_reclassified > 0
    assert part.designated_hedge_ratio == 1
    assert found["HR-2026-008"].effect["hedge_ratio"] == {"before": "1", "after": "0.9"}


def test_credit_is_confirmed_by_a_person_and_no_failed_test_is_passed_over(seeded: dict[str, Any]) -> None:
    from hedges.models import AssessmentDecision

    credit = AssessmentDecision.objects.get(subject="CREDIT_RISK")
    assert credit.decided_by.username == "approver"
    assert changes()[credit.relationship.code].valid_from == credit.as_of_date
    tests = AssessmentDecision.objects.filter(subject="TEST")
    assert tests.exists()
    assert not tests.filter(relationship__versions__framework="IFRS9").exists()


def test_a_late_documentation_has_three_persons_and_begins_on_its_day(seeded: dict[str, Any]) -> None:
    from hedges.models import HedgeRelationshipVersion

    version = HedgeRelationshipVersion.objects.get(late_reason__isnull=False)
    persons = {version.author_id, version.approval.decided_by_id, version.late_acceptance.accepted_by_id}
    assert len(persons) == 3
    assert version.accounting_from == version.recorded_at.date() > version.designation_date


def test_two_hedges_are_kept_under_a_second_framework(seeded: dict[str, Any]) -> None:
    from hedges.models import HedgeRelationship, JournalEntry

    parallels = HedgeRelationship.objects.filter(parallel_of__isnull=False).order_by("code")
    ledgers = {
        one.code: set(JournalEntry.objects.filter(relationship=one).values_list("framework", flat=True))
        for one in parallels
    }
    assert ledgers == {"HR-2025-003-IAS39": {"IAS39"}, "HR-2025-005-ASC815": {"ASC815"}}
    lower, whole = last_close("HR-2025-005"), last_close("HR-2025-005-ASC815")
    assert abs(lower.reserve_balance) < abs(whole.reserve_balance)
    assert whole.cumulative_ineffectiveness == 0


def test_twelve_months_are_closed_for_each_entity_and_their_journals_balance(seeded: dict[str, Any]) -> None:
    from django.db.models import Sum

    from hedges.models import AccountingPeriod, JournalLine

    months = [month for month, _ in closings()]
    assert len(months) == 12
    for code in ("ALD-ES", "ALD-SE", "ALD-UK", "ALD-US"):
        closed = AccountingPeriod.objects.filter(entity__code=code, status="CLOSED")
        assert list(closed.order_by("period_start").values_list("period_start", flat=True)) == months
    lines = JournalLine.objects.values(
        "entry__entity", "entry__period", "entry__framework", "entry__currency"
    )
    sums = list(lines.annotate(debit=Sum("debit_amount"), credit=Sum("credit_amount")))
    assert len(sums) >= 48
    assert all(row["debit"] == row["credit"] > 0 for row in sums)


def test_roll_forwards_agree_with_the_closes_and_end_at_zero(seeded: dict[str, Any]) -> None:
    from reports.queries.roll_forwards import roll_forward
    from reports.queries.span import Span
    from treasury.models import Entity

    entities = list(Entity.objects.values_list("pk", flat=True))
    rows = roll_forward(Span(entities, closings()[0][0], closings()[-1][0]))
    assert len(rows) > 300
    assert [row for row in rows if row["difference"] not in (None, 0)] == []
    matured = {code for code, stage in stages().items() if stage == "MATURED"}
    last = {row["relationship_code"]: row["closing"] for row in rows if row["relationship_code"] in matured}
    assert set(last) == matured
    assert set(last.values()) == {0}


def test_a_close_that_was_killed_is_given_up_and_done_again(seeded: dict[str, Any]) -> None:
    from treasury.models import CalculationRun

    runs = CalculationRun.objects.filter(kind="CLOSE", scope="ALD-SE", as_of_date="2026-07-31")
    assert list(runs.order_by("revision").values_list("status", flat=True)) == ["FAILED", "PUBLISHED"]
    proposed = Counter((version.relationship_id, version.change_cause) for version in changes().values())
    assert set(proposed.values()) == {1}
