"""Several people at once: one trade a line, one proposal a form, one next version of a policy; the rest are told."""

import threading
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connections

from hedges.domain import trade_capture
from hedges.domain.proposals.dismiss import dismiss
from hedges.domain.proposals.propose import LineDraft, propose
from hedges.models import HedgeProposal, HedgeProposalOutcome, Instrument, InstrumentVersion
from tests.factories import book, night
from treasury.domain import policies
from treasury.domain.policies import Band
from treasury.domain.refusals import Refusal
from treasury.models import PolicyVersion

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("committed_db")]
MANY = 4


def race(*acts: Callable[[], object]) -> list[str]:
    """What became of acts that begin at one moment: `done`, or the words of the refusal."""
    said, start = [""] * len(acts), threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=60)
            act()
            said[place] = "done"
        except Refusal as refusal:
            said[place] = str(refusal)
        except BaseException as error:
            said[place] = repr(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return said


def test_a_line_and_a_form_and_a_policy_come_to_one_end() -> None:
    entity, risk = book.entity(), book.risk()
    dealer, bank = book.user("TREASURER", entity=entity), book.counterparty()
    run = night.published([night.bucket(entity, risk)])
    draft = LineDraft(
        risk_id=risk.pk, trade_kind="FORWARD", notional_amount=Decimal(-50_000), ticket={"side": "SELL"}
    )
    key = uuid4()

    def kept() -> HedgeProposal:
        return propose(
            entity_id=entity.pk, kind="BAND", title="to the target", run_id=run.pk, assumptions={}, lines=[draft],
            actor=dealer, client_key=key,
        )  # fmt: skip

    assert race(*[kept] * MANY) == ["done"] * MANY
    proposal = HedgeProposal.objects.get()
    line = proposal.lines.get()

    def dealt() -> None:
        trade = Instrument(
            entity=entity, kind="FORWARD", source_system="TEST", external_reference=f"RACE-{book.number()}"
        )
        terms = InstrumentVersion(
            valid_from=book.START, risk=risk, trade_date=book.START, settlement_date=date(2027, 5, 20),
            notional_amount=Decimal(-50_000), notional_currency=risk.base_unit, counterparty=bank,
            strike_rate=Decimal("0.9"), counter_amount=Decimal(45_000), counter_currency=risk.quote_currency,
        )  # fmt: skip
        trade_capture.capture(trades=[(trade, terms)], actor=dealer, proposal_line_id=line.pk)

    said = race(*[dealt] * MANY, lambda: dismiss(line=line, actor=dealer, reason="no limit"))
    assert said.count("done") == 1, said
    assert all("dealt or dismissed already" in words for words in said if words != "done")
    assert HedgeProposalOutcome.objects.count() == 1
    # the trades that came too late are not recorded: all or nothing
    assert Instrument.objects.count() == HedgeProposalOutcome.objects.filter(outcome="DEALT").count()

    def revised() -> None:
        bands = [Band(0, 12, Decimal("0.5"), Decimal("0.6"), Decimal("0.7"))]
        policies.revise(
            entity_id=entity.pk, risk_id=risk.pk, bands=bands, valid_from=book.TODAY, reason="x", seen_version=0,
            actor=dealer,
        )  # fmt: skip

    said = race(*[revised] * MANY)
    assert said.count("done") == 1, said
    assert all("meanwhile" in words for words in said if words != "done"), said
    assert PolicyVersion.objects.count() == 1
