"""What stands around the book: help, search, people, runs, the market, calculators, the contract, refusals."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.urls import reverse

from hedges.domain.explanation.families import FAMILIES
from tests.e2e.every_page.walk import Visit, person
from tests.factories import night
from tests.hedges.web.workflow.desk import Desk
from treasury.domain import credit_facts, manual_quotes, saved_views
from treasury.domain.manual_quotes import Proposed
from treasury.models import CalculationRun, MarketQuote

#: Calculators whose forms and answers differ: a sum, a table of rows, days, curves, a picture.
CALCULATORS = (
    "hedge_ratio",
    "horizon_profile",
    "fx_forward_value",
    "cost_of_hedging",
    "minimum_variance_hedge_ratio",
)


def visits(desk: Desk, today: date) -> Iterator[Visit]:
    credit_facts.record(
        counterparty=desk.bank, kind="RATING", fact_date=date(2026, 1, 1), value="AA", source="an agency",
        actor=desk.people["treasurer"],
    )  # fmt: skip
    saved_views.save(owner=person("everybody"), name="Dollar", path=reverse("exposures"), query="risk=USDEUR")
    live = night.running(today + timedelta(days=1))
    yield Visit(reverse("home"), who="administrator")
    yield Visit(reverse("home"), who="auditor")
    for name in ("people", "keys", "key-new", "client-new", "key-revoke"):
        yield Visit(reverse(name), who="administrator")
    yield Visit(reverse("exposure-new"), who="auditor", status=403)
    yield Visit("/nothing-here/", status=404)
    for name in (
        "help",
        "keyboard",
        "runs",
        "market",
        "market-needs",
        "calendar",
        "credit-facts",
        "credit-fact-record",
        "changes",
        "calculators",
    ):
        yield Visit(reverse(name))
    waits = manual_quotes.propose(
        quote=Proposed(
            kind="SWAP_RATE", symbol="EUR", tenor="7Y", quote_date=today, value=Decimal("0.0251"), source="A BANK"
        ),
        actor=desk.people["treasurer"], reason="the feed has no seven years",
    )  # fmt: skip
    for asked in (
        "",
        "?symbol=EURUSD&kind=IMPLIED_VOLATILITY",
        f"?corrects={MarketQuote.objects.latest('pk').pk}",
    ):
        yield Visit(reverse("quote-new") + asked)
    yield Visit(reverse("manual-quote", args=[waits.pk]))
    yield Visit(reverse("api-docs"), drawn="#contract .opblock-tag[aria-level='2']")
    yield Visit(reverse("search") + "?q=nothing-like-it")
    yield Visit(reverse("search") + "?q=BANK")
    yield Visit(reverse("run", args=[CalculationRun.objects.filter(status="PUBLISHED").latest("pk").pk]))
    yield Visit(reverse("run", args=[live.pk]))
    yield from (Visit(reverse("calculator", args=[code])) for code in CALCULATORS)
    yield Visit(reverse("calculator", args=["hedge_ratio"]) + "?hedged_amount=six&exposure_amount=10")


def explained(*families: str) -> Iterator[Visit]:
    """The first number of each family that the last night or close has."""
    for name in families:
        family = FAMILIES[name]
        row = family.model._default_manager.order_by("-run_id").first()
        if row is not None:
            field = next(field for field in family.fields() if getattr(row, field) is not None)
            yield Visit(reverse("explanation", args=[name, row.run_id, family.key_of(row), field]))
