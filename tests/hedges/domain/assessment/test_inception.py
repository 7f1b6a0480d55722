"""The test at inception: what a designation is supported by, on the market of the day of its documentation."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from hedges.domain import designation, relationship_approval
from hedges.domain.assessment import inception
from hedges.models import AssessmentRecord, HedgeRelationshipVersion
from tests.factories import book, clock, market
from treasury.domain.refusals import Refusal
from treasury.models import Counterparty
from treasury.quant import catalogue

pytestmark = pytest.mark.django_db
DUE = date(2027, 4, 30)
TODAY = book.TODAY


@pytest.fixture
def entity(request):
    """A company with a bank and a year and a half of quotes, all known before the first designation."""
    with clock.at(TODAY):
        entity = book.entity(accounting_framework=getattr(request, "param", "IFRS9"))
        book.risk()
        market.record()
        market.record_spreads("BANK", entity.code)
        yield entity


def designated(entity, **fields):
    """A forward for half of a forecast, designated today with its test."""
    item = book.exposure(1_000_000, of=entity, expected_date=DUE)
    bank = book.counterparty(code="BANK")
    terms = {"trade_date": TODAY, "settlement_date": DUE, "strike": "0.9"} | fields.pop("forward", {})
    hedge = book.forward(-500_000, of=entity, counterparty=bank, **terms)
    return book.relationship(
        of=entity, items=[(item, fields.pop("amount", 500_000))], instruments=[(hedge, -500_000)],
        designation_date=TODAY, hedge_end_date=DUE, support=inception.support, **fields,
    )  # fmt: skip


def test_a_good_hedge_is_supported(entity):
    version = designated(entity)
    record = AssessmentRecord.objects.get(version=version)
    assert record.effectiveness_status == "EFFECTIVE", record.numbers
    assert (record.occasion, record.as_of_date) == ("INCEPTION", TODAY)
    numbers = record.numbers
    assert numbers["credit_risk_status"] == "EFFECTIVE"
    assert 0 < numbers["credit_ratio"] < 0.01
    assert numbers["observation_count"] == 60
    assert {row["criterion"] for row in numbers["criteria"]} >= {
        "economic_relationship",
        "prospective_dollar_offset",
    }
    flip = next(row for row in numbers["flips"] if row["criterion"] == "hedge_ratio")
    assert flip["status_then"] == "NOT_EFFECTIVE"
    assert flip["flips_at"] == pytest.approx(flip["value"] + flip["margin"])


def test_its_hypothetical_derivative_is_worth_nothing_and_can_be_worked_out_again(entity):
    record = AssessmentRecord.objects.get(version=designated(entity))
    (hypothetical,) = record.hypothetical
    assert (hypothetical["kind"], hypothetical["notional_amount"]) == ("FORWARD", "-500000.00")
    assert (hypothetical["struck_on"], hypothetical["matures_on"]) == (TODAY.isoformat(), DUE.isoformat())
    assert Decimal(hypothetical["value_at_designation"]) == 0
    inputs = hypothetical["inputs"]
    again = catalogue.calculate(
        "hypothetical_derivative",
        {
            name: value if name == "kind" else float(value) for name, value in inputs.items()
        },
    )  # fmt: skip
    assert again["result"]["strike_rate"] == pytest.approx(float(hypothetical["struck_rate"]), rel=1e-14)


def test_terms_are_matched_one_by_one(entity):
    record = AssessmentRecord.objects.get(version=designated(entity))
    terms = {term["name"]: term for term in record.critical_terms}
    assert record.numbers["critical_terms_status"] == "NOT_MATCHED"  # struck off the market: not worth zero
    assert [name for name, term in terms.items() if not term["matched"]] == ["value_at_start"]
    assert terms["settlement_date"]["item"] == DUE.isoformat()
    assert terms["notional_share"]["instrument"] in ("1", "1.0", 1)


@pytest.mark.parametrize(("days", "matched"), [(5, True), (6, False)])
def test_a_date_within_the_tolerance_matches_and_beyond_it_does_not(entity, days, matched):
    version = designated(entity, forward={"settlement_date": DUE + timedelta(days=days)})
    terms = AssessmentRecord.objects.get(version=version).critical_terms
    term = next(one for one in terms if one["name"] == "settlement_date")
    assert (term["matched"], term["tolerance"]) == (matched, "5")


def test_a_bank_without_a_spread_is_named(entity):
    item = book.exposure(1_000_000, of=entity, expected_date=DUE)
    hedge = book.forward(
        -500_000, of=entity, counterparty=book.counterparty(code="NEWBANK"), trade_date=TODAY
    )
    with pytest.raises(Refusal, match=f"the credit spread of NEWBANK has no quote up to {TODAY}"):
        book.relationship(
            of=entity, items=[(item, 500_000)], instruments=[(hedge, -500_000)], designation_date=TODAY,
            hedge_end_date=DUE, support=inception.support,
        )  # fmt: skip


@pytest.mark.parametrize("entity", ["IAS39", "ASC815"], indirect=True)
def test_a_hedge_of_half_the_size_fails_prospectively_where_both_tests_decide(entity):
    """Nothing has moved yet: the scenarios decide alone."""
    version = designated(
        entity, assessment_method="DOLLAR_OFFSET", amount=1_000_000,
        designated_hedge_ratio=Decimal("0.5"), approve=False,
    )  # fmt: skip
    record = AssessmentRecord.objects.get(version=version)
    assert record.effectiveness_status == "NOT_EFFECTIVE"
    assert "prospective_missed" in record.numbers["reasons"]
    deciding = [row["criterion"] for row in record.numbers["criteria"] if row["is_deciding"]]
    assert deciding == ["prospective_dollar_offset"]


def test_without_a_rate_nothing_is_designated_and_the_symbol_is_named(entity):
    late = TODAY + timedelta(days=40)
    item = book.exposure(1_000_000, of=entity, expected_date=DUE)
    hedge = book.forward(-500_000, of=entity, counterparty=book.counterparty(code="BANK"), trade_date=TODAY)
    with pytest.raises(Refusal, match=f"the spot rate of USD was last quoted on {TODAY}"):
        book.relationship(
            of=entity, items=[(item, 500_000)], instruments=[(hedge, -500_000)], designation_date=late,
            hedge_end_date=DUE, support=inception.support,
        )  # fmt: skip
    assert not HedgeRelationshipVersion.objects.exists()
    assert not AssessmentRecord.objects.exists()


@pytest.mark.parametrize("entity", ["IAS39"], indirect=True)
def test_a_hedge_that_fails_at_inception_is_not_approved(entity):
    version = designated(
        entity, assessment_method="DOLLAR_OFFSET", amount=1_000_000, designated_hedge_ratio=Decimal("0.5"),
        approve=False,
    )  # fmt: skip
    with pytest.raises(Refusal, match="the hedge does not qualify"):
        relationship_approval.approve(versions=[version], actor=book.user("APPROVER"))
    relationship_approval.reject(versions=[version], actor=book.user("APPROVER"))


@pytest.mark.parametrize("entity", ["IAS39"], indirect=True)
def test_every_failed_test_is_named_with_its_criteria_before_anything_is_approved(entity):
    failing = {
        "assessment_method": "DOLLAR_OFFSET", "amount": 1_000_000, "designated_hedge_ratio": Decimal("0.5"),
        "approve": False,
    }  # fmt: skip
    versions = []
    for _ in range(2):
        bank = Counterparty.objects.filter(code="BANK").first() or book.counterparty(code="BANK")
        item = book.exposure(1_000_000, of=entity, expected_date=DUE)
        hedge = book.forward(
            -500_000, of=entity, counterparty=bank, trade_date=TODAY, settlement_date=DUE, strike="0.9"
        )
        versions.append(
            book.relationship(
                of=entity, items=[(item, failing["amount"])], instruments=[(hedge, -500_000)],
                designation_date=TODAY, hedge_end_date=DUE, support=inception.support,
                **{name: value for name, value in failing.items() if name != "amount"},
            )
        )  # fmt: skip
    with pytest.raises(Refusal) as told:
        relationship_approval.approve(versions=versions, actor=book.user("APPROVER"))
    for version in versions:
        assert f"{version.relationship.code} (method failed, prospective missed" in str(told.value)
    assert str(told.value).count("not met: prospective dollar offset)") == 2


def test_missing_rates_of_every_day_are_named_in_one_refusal(entity):
    """Two designations, one of which begins on a day of its own: both lack their bank's spread."""
    drafts = []
    for code, begins in (("NEWBANK", TODAY), ("NONAME", TODAY - timedelta(days=1))):
        item = book.exposure(1_000_000, of=entity, expected_date=DUE)
        hedge = book.forward(-500_000, of=entity, counterparty=book.counterparty(code=code), trade_date=TODAY)
        drafts.append(
            book.unsaved_relationship(
                of=entity, items=[(item, 500_000)], instruments=[(hedge, -500_000)], designation_date=begins,
                hedge_end_date=DUE, late_reason="the bank was late",
            )
        )  # fmt: skip
    with pytest.raises(Refusal) as told:
        designation.designate(designations=drafts, actor=book.user("HEDGE_ACCOUNTANT"))
    assert "NEWBANK" in str(told.value) and "NONAME" in str(told.value)
    assert not HedgeRelationshipVersion.objects.exists()


def test_faults_and_units_that_are_not_free_come_in_one_refusal(entity):
    item = book.exposure(1_000_000, of=entity, expected_date=DUE)
    hedge = book.forward(-500_000, of=entity, trade_date=TODAY)
    draft = book.unsaved_relationship(
        of=entity, items=[(item, 2_000_000)], instruments=[(hedge, -900_000)], designation_date=TODAY,
        hedge_end_date=DUE, objective="",
    )  # fmt: skip
    with pytest.raises(Refusal) as told:
        designation.designate(designations=[draft], actor=book.user("HEDGE_ACCOUNTANT"))
    said = str(told.value)
    assert "the documentation lacks objective" in said
    assert "2000000" in said.replace(",", "") and "-900000" in said.replace(",", "")
