"""From a bucket outside its band to a trade: worked out, kept, dealt by its ticket once, or dismissed."""

from datetime import date
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.urls import reverse

from hedges.domain import book_approval
from hedges.domain.trade_life import cancellation, reversal
from hedges.models import HedgeProposal, HedgeProposalLine, HedgeProposalOutcome, InstrumentVersion
from hedges.web.proposal_tables import address
from tests.factories import book, clock, night
from tests.factories.web import signed_in
from tests.hedges.domain.trade_life import lives
from tests.hedges.web.workflow import tickets
from tests.hedges.web.workflow.desk import Desk, fields_of
from treasury.enums import Decision

TODAY = date(2026, 10, 30)
UNDER = {"hedge_amount": -200_000, "coverage_ratio": 0.2, "flags": ["under_hedged"]}


@pytest.fixture
def run(desk: Desk):
    risk = book.risk("USDEUR")
    book.exposure(400_000, of=desk.entity, expected_date=date(2027, 5, 10))
    book.exposure(600_000, of=desk.entity, expected_date=date(2027, 5, 20))
    return night.published(
        [
            night.ratio(desk.entity, risk),
            night.bucket(desk.entity, risk, 3, 6),
            night.bucket(desk.entity, risk, 6, 9, **UNDER),
            night.bucket(
                desk.entity, risk, 9, 12, net_exposure_amount=0, hedge_amount=0, coverage_ratio=None
            ),
        ]
    )


def into_band(desk: Desk) -> str:
    return reverse("propose", args=[desk.entity.code, "USDEUR"])


def kept(desk: Desk, name: str = "treasurer", **told: str) -> HedgeProposal:
    client = desk.by(name)
    page = client.get(into_band(desk), told)
    answer = client.post(into_band(desk), fields_of(page.content.decode()) | told)
    assert answer.status_code == 302, tickets.said(answer)
    return HedgeProposal.objects.get()


def line_row(line: HedgeProposalLine) -> dict:
    return {"id": line.pk, "trade_kind": line.trade_kind, "ticket": line.ticket}


def dealt(desk: Desk, line: HedgeProposalLine, name: str = "treasurer", **changed: str):
    """Opens the ticket of a line as a person would and sends it."""
    parameters = dict(parse_qsl(urlsplit(address(line_row(line))).query))
    with clock.at(TODAY):
        told = tickets.opened(desk, name, **parameters)
        return tickets.send(desk, told | {"counterparty": desk.bank.code, "rate": "1.0825"} | changed, name)


def test_every_bucket_outside_its_band_is_worked_out(desk: Desk, run) -> None:
    said = tickets.said(desk.by("treasurer").get(into_band(desk)))
    assert "-450,000" in said or "−450,000" in said  # −0.65 × 1,000,000 + 200,000
    assert "2027-05-17" in said  # Sunday the 16th is the weighted mean of the 10th and the 20th
    assert "3–6 M" not in said.split("What to trade")[-1].split("A trade falls due")[0]
    aimed = tickets.said(desk.by("treasurer").get(into_band(desk), {"aim": "LIMIT", "month": "6"}))
    assert "−300,000" in aimed
    none = tickets.said(desk.by("treasurer").get(into_band(desk), {"month": "9"}))
    assert "No exposure" in none
    assert "nothing to trade with what is asked for" in none


def test_a_kept_proposal_is_dealt_by_its_ticket_and_only_once(desk: Desk, run) -> None:
    proposal = kept(desk)
    line = proposal.lines.get()
    assert (line.notional_amount, line.aim, line.trade_kind) == (Decimal(-450_000), "TARGET", "FORWARD")
    assert proposal.run_id == run.pk
    assert proposal.assumptions["buckets"][0]["hedges"] == "-200000.0000"
    page = tickets.said(desk.by("treasurer").get(reverse("proposal", args=[proposal.pk])))
    assert "Sell 450,000 USD" in page
    assert "Open its ticket" in page
    assert dealt(desk, line).status_code == 302
    version = InstrumentVersion.objects.get()
    assert (version.notional_amount, version.settlement_date) == (Decimal(-450_000), date(2027, 5, 17))
    assert line.outcome.instrument == version.instrument
    again = dealt(desk, line, is_another="on")
    assert again.status_code == 422
    assert "dealt or dismissed already" in tickets.said(again)
    assert InstrumentVersion.objects.count() == 1
    page = tickets.said(desk.by("treasurer").get(reverse("proposals"), {"state": "DEALT"}))
    assert version.instrument.external_reference in page


def test_a_trade_of_another_entity_or_risk_deals_no_line(desk: Desk, run) -> None:
    line = kept(desk).lines.get()
    gbp = book.risk("GBPEUR")
    assert gbp
    answer = dealt(desk, line, currency="GBP", against="EUR", rate="0.87")
    assert answer.status_code == 422
    assert "another entity or risk than what was proposed" in tickets.said(answer)
    assert not InstrumentVersion.objects.exists()


def test_it_is_kept_out_of_the_run_that_was_seen(desk: Desk, run) -> None:
    page = desk.by("treasurer").get(into_band(desk))
    risk = book.risk("USDEUR")
    night.published(
        [night.ratio(desk.entity, risk), night.bucket(desk.entity, risk, 6, 9, **UNDER)], date(2026, 11, 2)
    )
    answer = desk.by("treasurer").post(into_band(desk), fields_of(page.content.decode()))
    assert answer.status_code == 422
    assert "Another night has been published" in tickets.said(answer)
    assert not HedgeProposal.objects.exists()


def test_a_later_night_that_moved_the_cell_is_told(desk: Desk, run) -> None:
    proposal = kept(desk)
    risk = book.risk("USDEUR")
    night.published([night.bucket(desk.entity, risk, 6, 9, **UNDER)], date(2026, 11, 2))
    at = reverse("proposal", args=[proposal.pk])
    assert "The night has moved it" not in tickets.said(desk.by("treasurer").get(at))
    night.published(
        [night.bucket(desk.entity, risk, 6, 9, **(UNDER | {"hedge_amount": -250_000}))], date(2026, 11, 3)
    )
    assert "The night has moved it" in tickets.said(desk.by("treasurer").get(at))


def test_a_line_is_dismissed_with_a_reason(desk: Desk, run) -> None:
    line = kept(desk).lines.get()
    at = reverse("proposal-line-dismiss", args=[line.pk])
    assert desk.by("treasurer").post(at, {"reason": " "}).status_code == 422
    assert desk.by("treasurer").post(at, {"reason": "no credit line"}).status_code == 302
    assert HedgeProposalOutcome.objects.get().reason == "no credit line"
    assert "no credit line" in tickets.said(desk.by("treasurer").get(reverse("proposals")))
    log = tickets.said(desk.by("treasurer").get(reverse("proposal", args=[line.proposal_id])))
    assert "Proposal made" in log
    assert "Proposal dismissed" in log
    assert dealt(desk, line).status_code == 422


def test_readers_see_and_change_nothing(desk: Desk, run) -> None:
    line = kept(desk).lines.get()
    auditor = signed_in("AUDITOR", entity=desk.entity)
    assert "Open its ticket" not in tickets.said(auditor.get(reverse("proposals")))
    assert auditor.get(into_band(desk)).status_code == 403
    assert auditor.post(reverse("proposal-line-dismiss", args=[line.pk]), {"reason": "x"}).status_code == 403
    stranger = signed_in("TREASURER", entity=book.entity())
    assert stranger.get(reverse("proposal", args=[line.proposal_id])).status_code == 404
    assert stranger.get(into_band(desk)).status_code == 404


@pytest.mark.parametrize("size", [1, 3])
def test_the_reads_do_not_grow(desk: Desk, run, size: int, django_assert_num_queries) -> None:
    client = signed_in(user=desk.people["treasurer"])
    for place in range(size):
        book.exposure(100 + place, of=desk.entity, expected_date=date(2027, 5, 11 + place))
        page = client.get(into_band(desk))
        client.post(into_band(desk), fields_of(page.content.decode()))
    assert HedgeProposalLine.objects.count() == size
    with django_assert_num_queries(15):
        client.get(into_band(desk))
    with django_assert_num_queries(15):
        client.get(reverse("proposals"))
    with django_assert_num_queries(17):
        client.get(reverse("proposal", args=[HedgeProposal.objects.first().pk]))


def test_a_line_whose_trade_was_rejected_is_not_dealt_and_can_be_proposed_again(desk: Desk, run) -> None:
    line = kept(desk).lines.get()
    assert dealt(desk, line).status_code == 302
    version = InstrumentVersion.objects.get()
    told = {"digest": version.content_digest, "decision": "REJECTED", "comment": "too dear"}
    assert (
        desk.by("approver").post(reverse("book-decide", args=["instrument", version.pk]), told).status_code
        == 302
    )
    proposals = reverse("proposals")
    assert "Nothing is proposed" in tickets.said(desk.by("treasurer").get(proposals, {"state": "DEALT"}))
    page = desk.by("treasurer").get(proposals, {"state": "REJECTED"})
    assert "was rejected. Propose again" in tickets.said(page)
    assert into_band(desk) in page.content.decode()
    assert "Propose again" not in tickets.said(desk.by("auditor").get(proposals))


def test_a_line_whose_trade_was_cancelled_says_so_until_that_is_taken_back(desk: Desk, run) -> None:
    line = kept(desk).lines.get()
    assert dealt(desk, line).status_code == 302
    version = InstrumentVersion.objects.get()
    proposals = reverse("proposals")

    def listed(state: str) -> str:
        return tickets.said(desk.by("treasurer").get(proposals, {"state": state}))

    with clock.at(TODAY):
        book_approval.decide(
            kind="instrument", version_id=version.pk, actor=book.user("APPROVER"), decision=Decision.APPROVED
        )
        event = lives.done(cancellation.plan(lives.stands(version)))
        assert "Nothing is proposed" in listed("CANCELLED")  # nobody has agreed yet
        lives.approved(event)
        assert f"{version.instrument.external_reference} was cancelled. Propose again" in listed("CANCELLED")
        assert "Nothing is proposed" in listed("DEALT")
        lives.both(reversal.plan(lives.stands(version, ended=True), event=event))
    assert "Nothing is proposed" in listed("CANCELLED")
    assert f"Became {version.instrument.external_reference}" in listed("DEALT")
