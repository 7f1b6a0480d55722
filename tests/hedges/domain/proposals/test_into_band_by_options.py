"""A bucket is brought into its band by options and collars, struck on the night's own market, counted in full."""

from decimal import Decimal

import numpy as np
import pytest
from django.urls import reverse

from hedges.domain import trade_capture
from hedges.domain.proposals import into_band
from hedges.domain.proposals.deals import dealt_rate
from hedges.domain.proposals.sizing import LIMIT, TARGET
from hedges.domain.proposals.trades import Planned, Wish, kinds
from hedges.domain.sealed import sealed_inputs
from hedges.domain.strategy.priced import forward_rate, premiums
from hedges.models import HedgeProposal, HorizonBucketResult, InstrumentVersionApproval
from hedges.queries import position, proposals
from tests.factories import api, book, hedged
from tests.factories.web import signed_in
from tests.hedges.strategy.making import due, ready
from tests.hedges.strategy.test_trades import dealt_by_ticket
from treasury.domain import approval
from treasury.queries.published import published_run

pytestmark = pytest.mark.django_db
BANDS = [(0, 12, "0.7", "0.8", "0.9"), (12, 36, "0.2", "0.4", "0.6")]


@pytest.fixture
def desk():
    entity, risk = ready()
    book.exposure(1_000_000, of=entity, risk=risk, expected_date=due(200))
    book.forward(-300_000, of=entity, risk=risk, settlement_date=due(200))
    book.policy(of=entity, risk=risk, bands=BANDS)
    hedged.night()
    return entity, risk


def planned(desk, kind: str, aim: str = TARGET, step: str = "1000") -> list[Planned]:
    entity, risk = desk
    run = published_run()
    assert run
    row = proposals.risk(risk.pk)
    assert row
    assert {"OPTION", "COLLAR"} < set(kinds(row))
    return into_band.plans(
        run=run, buckets=position.profile(run["id"], entity.pk, risk.pk), entity={"id": entity.pk, "code": entity.code},
        risk=row, wish=Wish(aim=aim, step=Decimal(step), kind=kind), month=None,
    )  # fmt: skip


def test_an_option_at_the_forward_brings_the_bucket_to_its_target(desk) -> None:
    (plan,) = planned(desk, "OPTION")
    line = plan.line
    assert line and (line.trade_kind, line.notional_amount) == ("OPTION", Decimal(-500_000))
    sealed = sealed_inputs(published_run()["id"])
    look, today, day = sealed.lookup, sealed.as_of_date.toordinal(), line.value_date.toordinal()
    place = int(look.position(line.risk_id))
    forward = forward_rate(look, today, place, day)
    premium = float(premiums(look, today, place, -1, np.array([forward]), day, 10).premiums[0])
    assert (line.ticket["side"], line.ticket["option_kind"]) == ("BUY", "PUT")
    assert float(line.ticket["rate"]) == pytest.approx(1 / forward, rel=5e-6)
    assert float(line.ticket["premium_amount"]) == pytest.approx(500_000 * premium, abs=0.005)


@pytest.mark.parametrize("kind", ["OPTION", "COLLAR"])
def test_the_next_night_counts_it_as_it_was_sized(desk, kind: str) -> None:
    """Kept, dealt by its ticket, approved: the bucket then stands on its target by the night's own count."""
    entity, risk = desk
    client = signed_in("TREASURER", entity=entity)
    address = reverse("propose", args=[entity.code, risk.code])
    page = client.get(address, {"kind": kind})
    assert "Strike" in page.content.decode() and "Premium" in page.content.decode()
    told = {
        "aim": "TARGET",
        "kind": kind,
        "step": "100k",
        "minimum": "1k",
        "seen_run": page.context["run_id"],
    }
    assert client.post(address, told).status_code == 302
    line = HedgeProposal.objects.get().lines.get()
    recorded = trade_capture.capture(
        trades=dealt_by_ticket(kind, line.ticket, entity),
        actor=book.user("TREASURER"),
        proposal_line_id=line.pk,
    )
    approval.decide(versions=recorded, approvals=InstrumentVersionApproval, actor=book.user("APPROVER"))
    hedged.night(new_revision=True)
    bucket = HorizonBucketResult.objects.get(
        run_id=published_run()["id"], entity=entity, net_exposure_amount__gt=0
    )
    assert (bucket.hedge_amount, bucket.coverage_ratio, bucket.flags) == (-800_000, 0.8, [])


def test_a_collar_costs_nothing_and_lots_are_kept_to(desk) -> None:
    (plan,) = planned(desk, "COLLAR", LIMIT, "125000")
    line = plan.line
    assert line and line.notional_amount == -500_000  # −400,000 to the limit are 3.2 lots: 4
    assert line.ticket["premium_amount"] == line.ticket["sold_premium_amount"]
    strikes = sorted([Decimal(line.ticket["rate"]), Decimal(line.ticket["sold_rate"])])
    assert strikes[0] < strikes[1]
    legs = dealt_by_ticket("COLLAR", line.ticket, desk[0])
    assert [version.option_side for _, version in legs] == ["BOUGHT", "SOLD"]


def test_too_much_cover_is_not_taken_off_by_an_option(desk) -> None:
    entity, risk = desk
    book.forward(-900_000, of=entity, risk=risk, settlement_date=due(200))
    hedged.night(new_revision=True)
    (plan,) = planned(desk, "OPTION")
    assert plan.line is None and "adds some and takes none off" in plan.size.why
    (forward,) = planned(desk, "FORWARD")
    assert forward.line and forward.line.notional_amount == 400_000


def test_without_a_rate_there_is_no_strike_and_the_bucket_says_so() -> None:
    entity, _ = ready()
    franc = book.risk("CHFEUR")
    book.exposure(1_000_000, of=entity, risk=franc, expected_date=due(200))
    book.policy(of=entity, risk=franc, bands=BANDS)
    hedged.night()
    (plan,) = planned((entity, franc), "COLLAR")
    assert plan.line is None and "is missing to strike it at" in plan.size.why


def test_the_api_says_the_same_and_keeps_it(desk) -> None:
    entity, risk = desk
    caller = api.by_token("TREASURER", entity=entity)
    told = {"entity": entity.code, "risk": risk.code, "kind": "COLLAR", "aim": "TARGET"}
    shown = caller.post("proposals/into-band/preview/", told).json()
    (bucket,) = shown["buckets"]
    (plan,) = planned(desk, "COLLAR")
    assert bucket["trade_kind"] == "COLLAR"
    assert bucket["ticket"] | {"amount": "500000"} == plan.line.ticket
    made = caller.post("proposals/into-band/", told | {"seen_run": shown["run"]["id"]})
    assert made.status_code == 201, made.content
    assert made.json()["lines"][0]["ticket"]["sold_rate"] == plan.line.ticket["sold_rate"]


@pytest.mark.parametrize(
    ("base", "quote", "rate", "written"),
    [("USD", "EUR", 0.92, "1.08696"), ("EUR", "USD", 1.0823456, "1.08235"), ("JPY", "USD", 0.0064, "156.25")],
)
def test_a_strike_stands_as_the_market_quotes_the_pair(
    base: str, quote: str, rate: float, written: str
) -> None:
    risk = {"kind": "CURRENCY_PAIR", "base_unit_id": base, "quote_currency_id": quote}
    assert dealt_rate(risk, rate) == written
