"""Tests on demand and what persons decide about them: who may, on what, and that the newest decision counts."""

from datetime import date, timedelta

import pytest

from hedges.domain import relationship_approval
from hedges.domain.assessment.decisions import decide
from hedges.domain.assessment.on_demand import on_demand
from hedges.domain.changes import de_designate
from hedges.models import AssessmentDecision, AssessmentRecord, HedgeRelationship
from hedges.queries import assessment
from tests.factories import book, clock, hedged, market
from treasury.domain import access
from treasury.domain.refusals import Refusal

pytestmark = pytest.mark.django_db
DUE = date(2027, 4, 30)
TODAY = book.TODAY
BEGUN = TODAY - timedelta(weeks=10)


@pytest.fixture
def relationship(request) -> HedgeRelationship:
    """Ten weeks old, by dollar offset, under the framework of the entity."""
    with clock.at(BEGUN):
        entity = book.entity(accounting_framework=getattr(request, "param", "IAS39"))
        book.risk()
        market.record()
        market.record_spreads("BANK", entity.code)
        item = book.exposure(1_000_000, of=entity, expected_date=DUE)
        bank = book.counterparty(code="BANK")
        hedge = book.forward(-500_000, of=entity, counterparty=bank, trade_date=BEGUN, settlement_date=DUE)
        version = book.relationship(
            of=entity, items=[(item, 500_000)], instruments=[(hedge, -500_000)], designation_date=BEGUN,
            hedge_end_date=DUE, assessment_method="DOLLAR_OFFSET",
        )  # fmt: skip
    with clock.at(TODAY):
        yield version.relationship


def a_decision(relationship, **fields):
    """On the day after the designation, when nothing has moved yet."""
    given = {
        "subject": "TEST", "as_of_date": BEGUN + timedelta(days=1), "status": "EFFECTIVE", "reason": "Terms match.",
        "actor": fields.pop("actor", None) or book.user("APPROVER"),
    }  # fmt: skip
    return decide(relationship=relationship, **(given | fields))


def on_day(relationship, day):
    (record,) = on_demand(relationships=[relationship], as_of_date=day, actor=book.user("HEDGE_ACCOUNTANT"))
    return record


def test_a_test_on_demand_says_what_the_night_of_the_day_says(relationship):
    record = on_day(relationship, TODAY)
    run = hedged.night()
    (night,) = assessment.statuses(run.pk)
    numbers = record.numbers
    for name in ("effectiveness_status", "reasons", "cumulative_ratio", "offset_slope", "credit_ratio"):
        assert numbers[name] == night[name], name
    by_name = {row["criterion"]: row for row in night["flips"]}
    assert {row["criterion"]: row for row in numbers["flips"]} == by_name
    offset = by_name["dollar_offset"]
    assert offset["is_deciding"]
    assert offset["status_then"] == "NOT_EFFECTIVE"
    assert offset["flips_at"] in (0.8, 1.25)


def test_looking_back_and_ahead_decide_where_they_have_to(relationship):
    record = on_day(relationship, TODAY)
    deciding = {row["criterion"] for row in record.numbers["criteria"] if row["is_deciding"]}
    assert deciding == {"dollar_offset", "prospective_dollar_offset"}
    assert record.effectiveness_status == "EFFECTIVE"


@pytest.mark.parametrize("relationship", ["IFRS9"], indirect=True)
def test_under_ifrs_9_the_three_criteria_decide(relationship):
    record = on_day(relationship, TODAY)
    deciding = {row["criterion"] for row in record.numbers["criteria"] if row["is_deciding"]}
    assert deciding == {"economic_relationship", "credit_risk", "hedge_ratio"}
    with pytest.raises(Refusal, match="under IFRS 9 a test without a result stops nothing"):
        a_decision(relationship)


def test_a_test_without_a_result_is_decided_by_a_person(relationship):
    day = BEGUN + timedelta(days=1)
    assert on_day(relationship, day).effectiveness_status == "INCONCLUSIVE"
    a_decision(relationship)
    a_decision(relationship, status="NOT_EFFECTIVE", reason="On a second look.")
    (row,) = assessment.decisions(as_of_date=day, relationship_ids=[relationship.pk])
    assert (row["decided_status"], row["reason"]) == ("NOT_EFFECTIVE", "On a second look.")


def test_there_has_to_be_a_test(relationship):
    with pytest.raises(Refusal, match="there is no test of"):
        a_decision(relationship)


def test_a_test_with_a_result_stands(relationship):
    on_day(relationship, TODAY)
    with pytest.raises(Refusal, match="came out EFFECTIVE"):
        a_decision(relationship, as_of_date=TODAY)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reason": " "}, "needs its reason"),
        ({"status": "INCONCLUSIVE"}, "assessment_decision_is_a_decision"),
        ({"as_of_date": TODAY + timedelta(days=1)}, "still to come"),
        ({"as_of_date": BEGUN - timedelta(days=1)}, "had not begun"),
        ({"actor": "TREASURER"}, "for an approver or hedge accountant"),
    ],
)
def test_what_is_refused(relationship, fields, words):
    on_day(relationship, BEGUN + timedelta(days=1))
    if "actor" in fields:
        fields = {"actor": book.user(fields["actor"])}
    with pytest.raises(Refusal, match=words):
        a_decision(relationship, **fields)
    assert not AssessmentDecision.objects.exists()


def test_the_preparer_does_not_decide(relationship):
    on_day(relationship, BEGUN + timedelta(days=1))
    author = relationship.versions.get().author
    with pytest.raises(Refusal, match="prepared a version of the relationship"):
        a_decision(relationship, actor=author)


def test_a_rejected_proposal_of_somebody_else_lets_no_preparer_decide(relationship):
    on_day(relationship, BEGUN + timedelta(days=1))
    author = relationship.versions.get().author
    proposer = book.user("HEDGE_ACCOUNTANT")
    proposal = de_designate.propose(
        relationship=relationship, from_date=TODAY, reason="no longer wanted", actor=proposer
    )
    with pytest.raises(Refusal, match="prepared a version of the relationship"):
        a_decision(relationship, actor=proposer)
    relationship_approval.reject(versions=[proposal], actor=book.user("APPROVER"))
    access.give_role(user=author, role="APPROVER", entity=None, actor=None)
    with pytest.raises(Refusal, match="prepared a version of the relationship"):
        a_decision(relationship, actor=author)
    a_decision(relationship, actor=proposer)


def test_credit_risk_is_confirmed_or_not_whatever_the_framework(relationship):
    decision = a_decision(relationship, subject="CREDIT_RISK", as_of_date=TODAY, status="NOT_EFFECTIVE")
    assert assessment.decisions(subject="CREDIT_RISK")[0]["id"] == decision.pk


def test_nothing_is_tested_before_it_began_or_after_today(relationship):
    with pytest.raises(Refusal, match="not under hedge accounting"):
        on_day(relationship, BEGUN - timedelta(days=1))
    with pytest.raises(Refusal, match="still to come"):
        on_day(relationship, TODAY + timedelta(days=1))
    assert AssessmentRecord.objects.filter(occasion="ON_DEMAND").count() == 0


def test_a_stale_rate_is_named(relationship):
    with (
        clock.at(TODAY + timedelta(days=30)),
        pytest.raises(Refusal, match="the spot rate of USD was last quoted on"),
    ):
        on_day(relationship, TODAY + timedelta(days=30))
