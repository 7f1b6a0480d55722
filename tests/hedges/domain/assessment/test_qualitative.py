"""ASC 815's qualitative assessment after inception: elected in the file, stated each quarter by a named person."""

import re
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from hedges.domain import closing
from hedges.domain.assessment import decisions
from hedges.models import HedgeRelationship, InceptionFile, MeasurementResult
from tests.factories import book, clock, closable, hedged, market
from tests.factories.web import signed_in
from tests.hedges.web.workflow.desk import fields_of
from treasury.domain.refusals import Refusal
from treasury.enums import RunStatus

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER = date(2026, 9, 30), date(2026, 10, 31)
ELECTED = {"qualitative_after_inception": True}


def hedge(entity, **fields):
    """Of June 2026 until April 2027, under the entity's framework."""
    bank = book.counterparty()
    market.record_spreads(bank.code, entity.code)
    due = date(2027, 4, 30)
    item = book.exposure(1_000_000, of=entity, expected_date=due)
    forward = book.forward(-600_000, of=entity, counterparty=bank, trade_date=hedged.DESIGNATED)
    return book.relationship(
        of=entity, items=[(item, 600_000)], instruments=[(forward, -600_000)],
        designation_date=hedged.DESIGNATED, hedge_end_date=due, **fields,
    )  # fmt: skip


def american(**file):
    market.record()
    book.rule_pack("ASC815")
    entity = book.entity(accounting_framework="ASC815")
    version = hedge(entity, file=ELECTED | file)
    closable.accounts(entity)
    return entity, version


def state(version, status="EFFECTIVE", day=SEPTEMBER, **fields):
    told = {"reason": "same terms, same party, same market", "actor": book.user("APPROVER")} | fields
    return decisions.decide(
        relationship=version.relationship, subject="QUALITATIVE", as_of_date=day, status=status, **told
    )


def said(entity, month):
    return [
        one.text for one in closing.blockers(entity, month) if one.code in ("unstated", "untested", "inconclusive")
    ]  # fmt: skip


def test_a_quarter_without_a_statement_is_missing_and_blocks_its_close():
    entity, version = american()
    code = version.relationship.code
    missing = (
        f"{code} has no qualitative assessment of the quarter up to 2026-09-30 on record (ASC 815-20-35-2A): state for"
        " 2026-09-30 that facts and circumstances have not changed, or that they have."
    )
    assert said(entity, SEPTEMBER) == [missing]
    assert said(entity, OCTOBER) == [missing], "October goes by September; June by the test at inception"
    with pytest.raises(Refusal, match="has no qualitative assessment of the quarter up to 2026-09-30"):
        closable.close(entity, SEPTEMBER)


def test_with_the_statement_the_quarter_qualifies_and_the_numbers_stay_beside_it():
    entity, version = american()
    state(version)
    assert said(entity, OCTOBER) == []
    run = closable.close(entity, SEPTEMBER)
    assert run.status == RunStatus.PUBLISHED, run.status_reason
    found = MeasurementResult.objects.get(run_id=run.pk)
    assert found.is_qualifying and all(found.knot_qualifying)
    assert closable.close(entity, OCTOBER).status == RunStatus.PUBLISHED


def test_facts_that_have_changed_bring_the_test_in_numbers_back():
    entity, version = american()
    state(version, "NOT_EFFECTIVE")
    assert said(entity, SEPTEMBER) == [], "the close makes that test itself"
    assert said(entity, OCTOBER) == [
        f"{version.relationship.code} has no test of 2026-09 on record: test it for 2026-09-30, then close."
    ]
    state(version, reason="looked again: they have not")
    assert said(entity, OCTOBER) == [], "the newest statement counts"


def test_a_statement_before_the_quarter_says_nothing_of_it():
    entity, version = american()
    state(version, day=date(2026, 6, 30))
    assert len(said(entity, SEPTEMBER)) == 1


def test_it_is_refused_where_it_is_not_elected():
    _, version = american(qualitative_after_inception=False)
    with pytest.raises(Refusal, match="elects no qualitative assessment"):
        state(version)


def test_whoever_prepared_the_hedge_states_nothing_about_it():
    _, version = american()
    with pytest.raises(Refusal, match="ask another person"):
        state(version, actor=version.author)


@pytest.mark.parametrize("framework", ["IFRS9", "IAS39"])
def test_no_other_framework_knows_the_election(framework):
    market.record()
    book.rule_pack(framework)
    entity = book.entity(accounting_framework=framework)
    with pytest.raises(Refusal, match="qualitative_after_inception is an election of ASC 815"):
        hedge(entity, file=ELECTED)
    assert not HedgeRelationship.objects.filter(entity=entity).exists()


def test_the_database_refuses_the_election_under_another_framework(monkeypatch):
    market.record()
    book.rule_pack("IFRS9")
    entity = book.entity()
    monkeypatch.setattr("hedges.domain.scrutiny.wrong_elections", lambda *_: iter(()))
    with pytest.raises((Refusal, DatabaseError), match="an election of ASC 815"), transaction.atomic():
        hedge(entity, file=ELECTED)
    assert not InceptionFile.objects.filter(relationship__entity=entity).exists()


def test_the_form_of_a_decision_has_what_is_missing_chosen():
    entity, version = american()
    address = reverse("assessment-decide", args=[version.relationship_id])
    with clock.at(date(2026, 10, 5)):
        client = signed_in("APPROVER", entity=entity)
        chosen = fields_of(client.get(address).content.decode())
        assert (chosen["subject"], chosen["as_of_date"]) == ("QUALITATIVE", "2026-09-30")
        period = client.get(reverse("accounting-period", args=[entity.code, "2026-09"])).content.decode()
        assert re.search(rf'href="{address}[^"]*"[^>]*>to the statement<', period), period[
            period.index("<main") :
        ]
        state(version)
        chosen = fields_of(client.get(address).content.decode())
        assert chosen["subject"] == "TEST"
        state(version, "NOT_EFFECTIVE", reason="the party has changed")
        period = client.get(reverse("accounting-period", args=[entity.code, "2026-10"])).content.decode()
        untested = reverse("relationship", args=[version.relationship_id])
        assert re.search(rf'href="{untested}[^"]*"[^>]*>to the relationship<', period)
