"""A desk in the middle of its day: every kind of trade, trades in reach of each verb, versions that wait, bands."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.urls import reverse

from hedges.domain import book_approval
from hedges.domain.ticket import send
from hedges.domain.ticket.kinds import FIELDS
from hedges.domain.trade_life import novation
from hedges.models import HedgeProposal, HedgeProposalLine, InstrumentEvent, InstrumentVersion
from hedges.web.strategy.tools import TOOLS
from tests.e2e.every_page.frame import explained
from tests.e2e.every_page.walk import Visit, person
from tests.factories import book, hedged
from tests.factories.web import signed_in
from tests.hedges.domain.trade_life import lives
from tests.hedges.web.workflow import tickets
from tests.hedges.web.workflow.desk import Desk, fields_of
from treasury.domain import drafts
from treasury.enums import Decision
from treasury.models import PolicyVersion, User

RISK = "USDEUR"


def traded(desk: Desk, today: date) -> dict[str, InstrumentVersion]:
    """A trade of each kind as a ticket makes it; a put that ends and an NDF that fixes today; one that was novated."""
    found = {kind: tickets.sent(desk, kind) for kind in FIELDS}
    for version in [one for versions in found.values() for one in versions]:
        _approved(version)
    soon = {"counterparty": desk.bank, "settlement_date": today + timedelta(days=2)}
    novated = desk.forward(-250_000)
    plan = novation.plan(lives.stands(novated), on=today, counterparty=book.counterparty())
    lives.approved(lives.done(plan, actor=desk.people["treasurer"]))
    return {kind: versions[0] for kind, versions in found.items()} | {
        "put": lives.option(desk.entity, expiry_date=today, **soon),
        "ndf": lives.non_deliverable(desk.entity, fixing_date=today, **soon),
        "novated": novated,
    }


def visits(desk: Desk, today: date) -> Iterator[Visit]:
    book.policy(
        of=desk.entity,
        risk=book.risk(RISK),
        bands=[(0, 12, "0.7", "0.8", "0.9"), (12, 36, "0.2", "0.4", "0.6")],
    )
    trades = traded(desk, today)
    waiting = tickets.sent(desk, "FORWARD", amount="7m")[0]
    unwound = desk.forward(-40_000)
    for night in (today - timedelta(days=7), today):
        hedged.night(night)
    yield from _trades(desk, trades, waiting, unwound)
    yield from _proposals(desk)
    yield from _policies(desk)
    yield from _strategy(desk)
    yield from _position(desk)
    yield from explained("valuations", "hedge-ratios", "horizon-profiles")


def _trades(desk: Desk, trades: dict[str, InstrumentVersion], waiting: Any, unwound: Any) -> Iterator[Visit]:
    drafts.keep(
        owner=person("everybody"), form_name=send.FORM, client_key=uuid4(), fields={"kind": "FORWARD", "amount": "5m"},
        title="Forward: sell EUR 5m", address=reverse("ticket"),
    )  # fmt: skip
    yield Visit(reverse("instruments"))
    yield Visit(reverse("instrument-ladder"))
    yield from (Visit(reverse("instrument", args=[one.instrument_id])) for one in [*trades.values(), waiting])
    yield from (Visit(f"{reverse('ticket')}?kind={kind}") for kind in FIELDS)
    yield Visit(
        reverse("ticket"), then=lambda page: page.get_by_role("button", name="Send for approval").click()
    )
    yield Visit(reverse("ticket-drafts"))
    yield Visit(reverse("coming-days"))
    yield Visit(reverse("instrument-amend", args=[trades["FORWARD"].instrument_id]))
    verbs = {
        "roll": "FORWARD", "unwind": "INTEREST_RATE_SWAP", "settle": "FORWARD", "novate": "CROSS_CURRENCY_SWAP",
        "exercise": "put", "lapse": "put", "fix": "ndf", "end": "NATURAL_OFFSET", "cancel": "OPTION",
    }  # fmt: skip
    for verb, kind in [*verbs.items(), ("roll", "NON_DELIVERABLE_FORWARD"), ("roll", "FUTURE")]:
        yield Visit(reverse("instrument-life", args=[trades[kind].instrument_id, verb]))
    event = InstrumentEvent.objects.get(instrument=trades["novated"].instrument_id)
    yield Visit(reverse("instrument-life-take-back", args=[event.instrument_id, event.pk]))
    of_event = reverse("instrument-life", args=[unwound.instrument_id, "unwind"])
    yield Visit(of_event, then=_shown)
    yield Visit(reverse("approvals"), then=_ticked)
    yield Visit(reverse("book-decision", args=["instrument", waiting.pk]))


def _ticked(page: Any) -> None:
    """`x` goes to the first row that can be ticked, and ticks it; the bar says so."""
    page.keyboard.press("x")
    page.keyboard.press("x")
    page.get_by_text("1 of 1 chosen").first.wait_for()


def _shown(page: Any) -> None:
    page.locator("[name=rate]").fill("0.93")
    page.get_by_label("Reason").fill("less is sold")
    page.get_by_role("button", name="Show what it does").click()


def _proposals(desk: Desk) -> Iterator[Visit]:
    into_band = reverse("propose", args=[desk.entity.code, RISK])
    yield Visit(into_band)
    client = desk.by("treasurer")
    answer = client.post(into_band, fields_of(client.get(into_band).content.decode()))
    assert answer.status_code == 302, tickets.said(answer)
    proposal = HedgeProposal.objects.get()
    yield Visit(reverse("proposals"))
    yield Visit(reverse("proposal", args=[proposal.pk]))
    yield Visit(reverse("proposal-line-dismiss", args=[HedgeProposalLine.objects.first().pk]))


def _policies(desk: Desk) -> Iterator[Visit]:
    edit = reverse("policy-edit", args=[desk.entity.code, RISK])
    client = desk.by("treasurer")
    told = fields_of(client.get(edit).content.decode()) | {
        "change_reason": "the board asked",
        "lower_0": "60",
    }
    answer = client.post(edit, told | {"do": "send"})
    assert answer.status_code == 302, tickets.said(answer)
    yield Visit(reverse("policies"))
    yield Visit(reverse("policy", args=[desk.entity.code, RISK]))
    yield Visit(edit, then=_tried)
    yield Visit(reverse("policy-decision", args=[PolicyVersion.objects.get(version_number=2).pk]))


def _tried(page: Any) -> None:
    page.locator("[name=change_reason]").fill("the board asked")
    page.get_by_role("button", name="Show the effect").click()
    page.get_by_role("table").nth(1).wait_for()


def _strategy(desk: Desk) -> Iterator[Visit]:
    told = {
        "inputs": f"book={desk.entity.code}:{RISK}&kind=static&ratio=60",
        "title": "Cover",
        "key": str(uuid4()),
    }
    signed_in(user=User.objects.get(pk=desk.people["treasurer"].pk)).post(
        reverse("strategy-save", args=["programme"]), told
    )
    yield Visit(reverse("strategy"))
    yield from (Visit(reverse("strategy-tool", args=[name])) for name in TOOLS)
    saved = HedgeProposal.objects.get(kind="STRATEGY").pk
    yield Visit(reverse("strategy-saved", args=[saved]))
    other = urlencode(
        {"row": saved, "answer": f"programme?book={desk.entity.code}:{RISK}&kind=static&ratio=80"}
    )
    yield Visit(f"{reverse('strategy-beside')}?{other}")


def _position(desk: Desk) -> Iterator[Visit]:
    code = desk.entity.code
    yield Visit(reverse("position"))
    yield Visit(reverse("position") + "?rows=bucket")
    yield Visit(reverse("position") + "?as_of=2020-01-01")
    yield Visit(reverse("position") + "?known_at=2020-01-01T00:00")
    yield Visit(reverse("position-cell", args=[code, RISK, 6]))
    yield Visit(reverse("why-moved", args=[code]) + f"?risk={RISK}")
    yield Visit(reverse("horizon"))


def _approved(version: InstrumentVersion) -> None:
    version.refresh_from_db()
    if not InstrumentVersion.objects.filter(pk=version.pk, approval__isnull=False).exists():
        book_approval.decide(
            kind="instrument", version_id=version.pk, actor=book.user("APPROVER"), decision=Decision.APPROVED
        )
