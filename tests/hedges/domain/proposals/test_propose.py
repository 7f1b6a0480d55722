"""A proposal is recorded once, with all it was worked out from, by who deals for the entity; nothing of it changes."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from hedges.domain.proposals.dismiss import dismiss
from hedges.domain.proposals.propose import LineDraft, propose
from hedges.models import HedgeProposal, HedgeProposalLine, HedgeProposalOutcome
from tests.factories import book, night
from treasury.domain import audit
from treasury.domain.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    entity, risk = book.entity(), book.risk()
    return {
        "entity": entity,
        "risk": risk,
        "run": night.published([night.bucket(entity, risk)]),
        "dealer": book.user("TREASURER", entity=entity),
    }


def line(desk, **changed):
    values = {
        "risk_id": desk["risk"].pk, "trade_kind": "FORWARD", "notional_amount": Decimal(-50_000),
        "value_date": date(2027, 5, 31), "month_from": 6, "month_to": 12, "exposure_amount": Decimal(1_000_000),
        "hedge_amount": Decimal(-600_000), "aim": "TARGET", "ticket": {"side": "SELL", "amount": "50000"},
    }  # fmt: skip
    return LineDraft(**(values | changed))


def made(desk, *lines, **changed):
    values = {
        "entity_id": desk["entity"].pk, "kind": "BAND", "title": "USD 6–12 M to the target", "run_id": desk["run"].pk,
        "assumptions": {"aim": "TARGET", "target_ratio": "0.65"}, "lines": lines or [line(desk)],
        "actor": desk["dealer"],
    }  # fmt: skip
    return propose(**(values | changed))


def test_a_proposal_knows_its_author_and_its_lines(desk):
    proposal = made(desk, line(desk), line(desk, trade_kind="COLLAR", notional_amount=Decimal("-7000.50")))
    assert proposal.author == desk["dealer"]
    assert len(proposal.content_digest) == 64
    assert list(
        proposal.lines.values_list("line_number", "trade_kind", "notional_amount", "notional_currency")
    ) == [
        (1, "FORWARD", Decimal(-50_000), "USD"),
        (2, "COLLAR", Decimal("-7000.5000"), "USD"),
    ]


def test_sent_twice_it_is_one(desk):
    key = uuid4()
    assert made(desk, client_key=key) == made(desk, client_key=key)
    assert HedgeProposalLine.objects.count() == 1
    another = book.user("TREASURER", entity=desk["entity"])
    with pytest.raises(Refusal, match="Another proposal was sent from this form"):
        made(desk, client_key=key, actor=another)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"notional_amount": Decimal("1.00001")}, "at most 4 decimals"),
        ({"notional_amount": Decimal("1.001")}, "more decimals than its unit"),
        ({"notional_amount": Decimal(0)}, "proposal_line_has_a_size"),
        ({"ticket": {"colour": "red"}}, "has no colour"),
    ],
)
def test_a_line_that_is_no_trade_is_refused_and_nothing_is_left(desk, changed, said):
    with pytest.raises(Refusal, match=said), transaction.atomic():
        made(desk, line(desk, **changed))
    assert not HedgeProposal.objects.exists()


def test_only_who_deals_for_the_entity_proposes(desk):
    for role in ("AUDITOR", "APPROVER"):
        with pytest.raises(Refusal, match="Only a hedge accountant or treasurer"):
            made(desk, actor=book.user(role, entity=desk["entity"]))
    with pytest.raises(Refusal, match="nothing to trade"):
        made(desk, lines=[])


def test_the_database_holds_it_by_itself(desk):
    proposal, under_way = made(desk), night.running(date(2026, 10, 29))
    stranger = book.user("TREASURER", entity=book.entity())
    with (
        pytest.raises(DatabaseError, match="only a hedge accountant or treasurer"),
        audit.action("test", actor=stranger),
    ):
        HedgeProposal.objects.create(
            entity=desk["entity"], kind="BAND", title="x", run=desk["run"], assumptions={}, client_key=uuid4()
        )  # fmt: skip
    with (
        pytest.raises(DatabaseError, match="made from a published run"),
        audit.action("test", actor=desk["dealer"]),
    ):
        HedgeProposal.objects.create(
            entity=desk["entity"], kind="BAND", title="x", run=under_way, assumptions={},
            client_key=uuid4(),
        )  # fmt: skip
    with pytest.raises(DatabaseError, match="recorded with it"), audit.action("test", actor=desk["dealer"]):
        proposal.lines.create(
            entity=desk["entity"], line_number=9, risk=desk["risk"], trade_kind="FORWARD", notional_amount=1,
            notional_currency_id="USD", ticket={},
        )  # fmt: skip
    for change in ("UPDATE hedges_hedgeproposal SET title = 'y'", "DELETE FROM hedges_hedgeproposalline"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_a_line_is_dismissed_once_with_a_reason(desk):
    of = made(desk).lines.get()
    with pytest.raises(Refusal, match="Say why"):
        dismiss(line=of, actor=desk["dealer"], reason="  ")
    with pytest.raises(Refusal, match="Only a hedge accountant or treasurer"):
        dismiss(line=of, actor=book.user("AUDITOR"), reason="no limit left")
    assert dismiss(line=of, actor=desk["dealer"], reason="no limit left").reason == "no limit left"
    with pytest.raises(Refusal, match="dealt or dismissed already"), transaction.atomic():
        dismiss(line=of, actor=desk["dealer"], reason="again")
    assert HedgeProposalOutcome.objects.count() == 1
