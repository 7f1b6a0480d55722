"""One hedge under two frameworks is held to the limits of each; case E01 through the workflow."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from hedges.domain.assessment import inception
from hedges.domain.assessment.on_demand import on_demand
from hedges.domain.assessment.outcome import gathered
from hedges.domain.sealed import Shard
from hedges.domain.unsealed import inputs_now
from hedges.models import AssessmentRecord, EffectivenessCriterionResult, EffectivenessResult
from tests.factories import book, clock, hedged, market
from treasury.domain import market_quotes
from treasury.models import RulePack
from treasury.quant.codes import Reason

pytestmark = pytest.mark.django_db
TODAY, DUE = book.TODAY, date(2027, 4, 30)
BEGUN = TODAY - timedelta(weeks=10)


def test_a_parallel_relationship_goes_by_its_own_framework():
    """In one night: the pack, the deciding tests and the statuses are those of each framework."""
    market.record()
    entity = book.entity()
    bank = book.counterparty()
    market.record_spreads(bank.code, entity.code)
    item = book.exposure(1_000_000, of=entity, expected_date=DUE)
    # Four fifths of a hedge: fine as an economic relationship at its own ratio, out of 80-125 together with credit.
    hedge = book.forward(-780_000, of=entity, counterparty=bank, trade_date=BEGUN, settlement_date=DUE)
    common = {
        "of": entity, "items": [(item, 1_000_000)], "instruments": [(hedge, -780_000)], "designation_date": BEGUN,
        "hedge_end_date": DUE, "designated_hedge_ratio": Decimal("0.78"), "assessment_method": "DOLLAR_OFFSET",
    }  # fmt: skip
    first = book.relationship(**common)
    second = book.relationship(**common, framework="IAS39", parallel_of=first.relationship)
    hedged.night()
    rows = {row.relationship_id: row for row in EffectivenessResult.objects.all()}
    packs = {pack.framework: pack.pk for pack in RulePack.objects.all()}
    ifrs, ias = rows[first.relationship_id], rows[second.relationship_id]
    assert (ifrs.rule_pack_id, ias.rule_pack_id) == (packs["IFRS9"], packs["IAS39"])
    assert (ifrs.effectiveness_status, ias.effectiveness_status) == ("EFFECTIVE", "NOT_EFFECTIVE")
    assert {"method_failed", "prospective_missed"} <= set(ias.reasons)
    assert {"method_warning", "prospective_missed"} <= set(ifrs.warnings)
    deciding = {row.relationship_id: set() for row in (ifrs, ias)}
    for row in EffectivenessCriterionResult.objects.filter(is_deciding=True):
        deciding[row.relationship_id].add(row.criterion)
    assert deciding[ifrs.relationship_id] == {"economic_relationship", "credit_risk", "hedge_ratio"}
    assert deciding[ias.relationship_id] == {"dollar_offset", "prospective_dollar_offset"}


def test_how_old_a_quote_may_be_is_said_by_the_framework_of_the_relationship() -> None:
    """Three days after the last quotes: too old for the one, still good for the other, of the same entity."""
    market.record()
    entity = book.entity()
    bank = book.counterparty()
    market.record_spreads(bank.code, entity.code)
    item = book.exposure(1_000_000, of=entity, expected_date=DUE)
    hedge = book.forward(-1_000_000, of=entity, counterparty=bank, trade_date=BEGUN, settlement_date=DUE)
    common = {
        "of": entity, "items": [(item, 1_000_000)], "instruments": [(hedge, -1_000_000)], "designation_date": BEGUN,
        "hedge_end_date": DUE,
    }  # fmt: skip
    first = book.relationship(**common)
    second = book.relationship(**common, framework="IAS39", parallel_of=first.relationship)
    sealed = inputs_now(TODAY + timedelta(days=3))
    packs = sealed.reference.rule_packs
    strict = packs | {"IAS39": packs["IAS39"] | {"stale_after_days": 2}}
    of = gathered(Shard(replace(sealed, reference=replace(sealed.reference, rule_packs=strict)), 0, 1))
    blind = dict(zip(of.found["relationship_id"].tolist(), of.evidence.blind.tolist(), strict=True))
    assert blind == {first.relationship_id: 0, second.relationship_id: int(Reason.STALE_DATA)}


def rate(day: date, usd_per_eur: str) -> market_quotes.QuoteRow:
    return market_quotes.QuoteRow("FX_SPOT", "EURUSD", "SPOT", day, Decimal(usd_per_eur), "TEST", True)


def test_case_e01_through_the_workflow():
    """A loss of 120 on the instrument, a gain of 100 on the item: a dollar debt for a dollar asset, a tenth dearer."""
    later = BEGUN + timedelta(days=7)
    with clock.at(BEGUN):
        entity = book.entity(accounting_framework="IAS39")
        book.risk()
        market_quotes.record(quotes=[rate(BEGUN, "1"), rate(BEGUN - timedelta(days=7), "1")], actor=None)
        item = book.exposure(1000, of=entity, kind="RECOGNISED_ASSET", expected_date=DUE)
        debt = book.exposure(-1200, of=entity, kind="RECOGNISED_LIABILITY", expected_date=DUE)
        offset = book.instrument(
            "NATURAL_OFFSET",
            -1200,
            of=entity,
            offset_exposure=debt.exposure,
            trade_date=BEGUN,
            settlement_date=DUE,
        )
        version = book.relationship(
            of=entity, items=[(item, 1000)], instruments=[(offset, -1200)], designation_date=BEGUN,
            hedge_type="FAIR_VALUE", hedge_end_date=DUE, designated_hedge_ratio=Decimal("1.2"),
            assessment_method="DOLLAR_OFFSET", support=inception.support,
        )  # fmt: skip
    assert AssessmentRecord.objects.get(version=version).effectiveness_status == "EFFECTIVE"
    with clock.at(later):
        market_quotes.record(quotes=[rate(later, "0.9090909091")], actor=None)
        (record,) = on_demand(
            relationships=[version.relationship], as_of_date=later, actor=book.user("HEDGE_ACCOUNTANT")
        )
    numbers = record.numbers
    assert Decimal(numbers["cumulative_change_instrument"]) == -120
    assert Decimal(numbers["cumulative_change_hypothetical"]) == -100
    assert numbers["cumulative_ratio"] == pytest.approx(1.2, abs=1e-12)
    assert (numbers["dollar_offset_status"], record.effectiveness_status) == ("EFFECTIVE", "EFFECTIVE")
    flip = next(row for row in numbers["flips"] if row["criterion"] == "dollar_offset")
    assert (flip["flips_at"], flip["status_then"]) == (1.25, "NOT_EFFECTIVE")
    assert flip["margin"] == pytest.approx(0.05, abs=1e-12)
