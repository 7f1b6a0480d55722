"""Credit triggers: dated facts of a counterparty that fail the credit criterion whatever the number says."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from hedges.domain import relationship_approval
from hedges.domain.assessment import on_demand
from hedges.domain.explanation.explain import explain, find
from hedges.models import AssessmentRecord, EffectivenessResult
from tests.factories import book, clock, market
from tests.factories.hedged import night
from tests.hedges.domain.assessment.test_inception import designated
from treasury.domain import audit, credit_facts
from treasury.domain.refusals import Refusal
from treasury.models import Counterparty, CreditFact

pytestmark = pytest.mark.django_db
TODAY = book.TODAY


@pytest.fixture
def entity():
    with clock.at(TODAY):
        book.rule_pack()
        entity = book.entity()
        book.risk()
        market.record()
        market.record_spreads("BANK", entity.code)
        yield entity


def says(kind, value, *, on=TODAY, code="BANK", **fields):
    bank = Counterparty.objects.get(code=code)
    told = {"source": "the agency's notice", "actor": book.user("TREASURER")} | fields
    return credit_facts.record(counterparty=bank, kind=kind, value=value, fact_date=on, **told)


def measured_now(version):
    (record,) = on_demand.on_demand(
        relationships=[version.relationship], as_of_date=TODAY, actor=book.user("HEDGE_ACCOUNTANT")
    )
    return record


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        ("RATING", "BB+", "rating_below_limit"),
        ("DEFAULT", "DEFAULTED", "counterparty_defaulted"),
        ("COLLATERAL", "NOT_POSTED", "collateral_not_posted"),
    ],
)
def test_a_trigger_fails_the_criterion_with_its_number_and_its_reason(entity, kind, value, reason):
    version = designated(entity)
    assert measured_now(version).numbers["credit_risk_status"] == "EFFECTIVE"
    says(kind, value, on=TODAY - timedelta(days=1))
    record = measured_now(version)
    assert record.effectiveness_status == "NOT_EFFECTIVE"
    assert record.numbers["credit_risk_status"] == "NOT_EFFECTIVE"
    assert {reason, "credit_dominates"} <= set(record.numbers["reasons"])
    assert record.numbers["credit_ratio"] is not None
    (hit,) = record.numbers["credit_triggers"]
    assert (hit["counterparty"], hit["reason"], hit["value"]) == ("BANK", reason, value)
    assert hit["since"] == (TODAY - timedelta(days=1)).isoformat()
    assert hit["limit"] == ("BBB-" if kind == "RATING" else "")


@pytest.mark.parametrize(
    "facts",
    [
        [("RATING", "BBB-")],
        [("RATING", "CCC"), ("RATING", "A")],
        [("DEFAULT", "DEFAULTED"), ("DEFAULT", "CURED")],
        [("COLLATERAL", "NOT_POSTED"), ("COLLATERAL", "POSTED")],
    ],
)
def test_what_is_at_the_limit_or_over_again_triggers_nothing(entity, facts):
    version = designated(entity)
    for kind, value in facts:
        says(kind, value)
    record = measured_now(version)
    assert record.numbers["credit_risk_status"] == "EFFECTIVE"
    assert record.numbers["credit_triggers"] == []


def test_another_bank_s_default_is_not_this_hedge_s(entity):
    version = designated(entity)
    book.counterparty(code="OTHER")
    says("DEFAULT", "DEFAULTED", code="OTHER")
    assert measured_now(version).numbers["credit_risk_status"] == "EFFECTIVE"


def test_a_hedge_with_a_defaulted_bank_is_not_approved(entity):
    book.counterparty(code="BANK")
    says("DEFAULT", "DEFAULTED")
    item = book.exposure(1_000_000, of=entity)
    bank = Counterparty.objects.get(code="BANK")
    hedge = book.forward(-500_000, of=entity, counterparty=bank, trade_date=TODAY, strike="0.9")
    from hedges.domain.assessment import inception

    version = book.relationship(
        of=entity, items=[(item, 500_000)], instruments=[(hedge, -500_000)], designation_date=TODAY,
        hedge_end_date=date(2027, 4, 30), support=inception.support, approve=False,
    )  # fmt: skip
    assert AssessmentRecord.objects.get(version=version).effectiveness_status == "NOT_EFFECTIVE"
    with pytest.raises(Refusal, match="the hedge does not qualify"):
        relationship_approval.approve(versions=[version], actor=book.user("APPROVER"))


def test_the_night_reads_them_as_known_and_a_run_keeps_what_it_saw(entity):
    designated(entity)
    first = night(TODAY)
    says("DEFAULT", "DEFAULTED")
    second = night(TODAY, new_revision=True)
    before, after = (EffectivenessResult.objects.get(run_id=run.pk) for run in (first, second))
    assert (before.credit_risk_status, after.credit_risk_status) == ("INCONCLUSIVE", "NOT_EFFECTIVE")
    assert "counterparty_defaulted" in after.reasons


def test_the_explanation_of_the_criterion_names_them(entity):
    version = designated(entity)
    says("DEFAULT", "DEFAULTED", on=TODAY - timedelta(days=2))
    says("RATING", "BB+", on=TODAY - timedelta(days=1))
    run = night(TODAY)
    key = f"{version.relationship_id}.credit_risk"
    for field in ("value", "margin"):
        found = explain("effectiveness-criteria", find("effectiveness-criteria", run.pk, key), field)
        step = found.worked.steps[0]
        assert (step.title, step.result, found.problem) == ("Credit triggers", 2, "")
        assert set(step.listings[0].rows) == {
            ("BANK", "in default", "defaulted", TODAY - timedelta(days=2), "none"),
            ("BANK", "rating below the limit", "BB+", TODAY - timedelta(days=1), "BBB-"),
        }
        assert found.agrees
    says("DEFAULT", "CURED")
    says("RATING", "A")
    run = night(TODAY, new_revision=True)
    found = explain("effectiveness-criteria", find("effectiveness-criteria", run.pk, key), "value")
    assert all(step.title != "Credit triggers" for step in found.worked.steps)


def test_a_fact_is_recorded_by_those_who_prepare_and_says_what_its_kind_can(entity):
    book.counterparty(code="BANK")
    with pytest.raises(Refusal, match="hedge accountant or treasurer"):
        says("RATING", "AA", actor=book.user("AUDITOR"))
    with pytest.raises(Refusal, match="Baa1 is no RATING: give one of AAA"):
        says("RATING", "Baa1")
    with pytest.raises(Refusal, match="source is missing"):
        says("RATING", "AA", source=" ")
    with pytest.raises(Refusal, match="a day that is still to come"):
        says("RATING", "AA", on=TODAY + timedelta(days=3))
    assert not CreditFact.objects.exists()


def test_the_database_refuses_what_the_domain_would(entity):
    bank = book.counterparty(code="BANK")
    for fields in (
        {"kind": "RATING", "value": "DEFAULTED", "source": "x"},
        {"kind": "DEFAULT", "value": "AAA", "source": "x"},
        {"kind": "DEFAULT", "value": "CURED", "source": "  "},
    ):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            audit.action("test.fact", actor=None),
        ):
            CreditFact.objects.create(counterparty=bank, fact_date=TODAY, **fields)
    says("DEFAULT", "CURED")
    with pytest.raises(DatabaseError), transaction.atomic():
        CreditFact.objects.update(value="DEFAULTED")
