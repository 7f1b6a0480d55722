"""Hedge accounting in every state: designated, waiting, changed, tested, closed by the month, taken back, reported."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from hedges.domain import account_map, reversal
from hedges.models import JournalEntry
from hedges.web.forms.change import KINDS
from tests.e2e.every_page.frame import explained
from tests.e2e.every_page.walk import Visit
from tests.factories import book, closable, hedged
from tests.factories.hedge_year import MONTHS, relationship, three_months, under_two_frameworks
from tests.factories.web import signed_in

REPORTS = ("journal", "roll-forward", "disclosures", "reconciliation")
EXPLAINED = (
    "effectiveness-results", "effectiveness-criteria", "measurements", "costs-of-hedging", "hedge-ratios",
    "horizon-profiles", "valuations",
)  # fmt: skip


def visits() -> Iterator[Visit]:
    book.rule_pack("ASC815")
    entity = closable.ready(2)
    first = closable.versions(entity)[0]
    closable.close(entity)
    waiting = book.relationship(
        of=entity, items=[(book.exposure(of=entity), 300_000)], instruments=[(book.forward(of=entity), -300_000)],
        approve=False,
    )  # fmt: skip
    hedged.night()
    yield from _relationships(entity, first, waiting)
    yield from _accounting(entity, first)
    yield from _reports()
    yield from explained(*EXPLAINED)


def _relationships(entity: Any, hedge: Any, waiting: Any) -> Iterator[Visit]:
    pk = hedge.relationship_id
    accountant = signed_in("HEDGE_ACCOUNTANT", entity=entity)
    accountant.post(reverse("assessment-test", args=[pk]), {"as_of_date": book.TODAY.isoformat()})
    yield Visit(reverse("relationships"))
    yield Visit(reverse("relationship", args=[pk]))
    yield Visit(reverse("relationship", args=[waiting.relationship_id]))
    yield Visit(reverse("relationship-designate"))
    basis = {
        "entity": entity.code, "framework": "IFRS9", "hedge_type": "CASH_FLOW", "risk": "USDEUR", "component": "WHOLE",
        "designation_date": timezone.now().date().isoformat(), "hedge_end_date": "2027-04-30",
    }  # fmt: skip
    yield Visit(reverse("relationship-designate") + "?" + urlencode(basis))
    yield from (Visit(reverse("relationship-change", args=[pk, kind])) for kind in KINDS)
    yield Visit(reverse("assessment-decide", args=[pk]))
    yield Visit(reverse("relationship-decision", args=[waiting.pk]))
    loss = closable.loss_stated(hedge, share=Decimal("0.5"), on=book.TODAY, approve=False)
    yield Visit(reverse("unrecovered-loss", args=[pk]))
    yield Visit(reverse("unrecovered-loss-decision", args=[loss.pk]))
    yield Visit(reverse("effectiveness"))
    yield Visit(reverse("effectiveness-of", args=[pk]))
    yield Visit(reverse("approvals"))


def _accounting(entity: Any, hedge: Any) -> Iterator[Visit]:
    accountant = book.user("HEDGE_ACCOUNTANT", entity=entity)
    chart = account_map.record(
        entity=entity, accounts=closable.ACCOUNTS, valid_from=book.TODAY, actor=accountant
    )
    entry = JournalEntry.objects.filter(entity=entity).first()
    taken_back = reversal.propose(entry=entry, actor=accountant, reason="the wrong month")
    yield Visit(reverse("accounting"))
    for month in ("2026-09", "2026-10"):
        yield Visit(reverse("accounting-period", args=[entity.code, month]))
    yield Visit(reverse("account-map", args=[entity.code]))
    yield Visit(reverse("account-map-edit", args=[entity.code]))
    yield Visit(reverse("account-map-decision", args=[chart.pk]))
    yield Visit(reverse("accounting-corrections", args=[entity.code]))
    yield Visit(reverse("journal-entry", args=[entry.pk]))
    yield Visit(reverse("reversal-decision", args=[taken_back.pk]))


def _reports() -> Iterator[Visit]:
    """A quarter under two frameworks, with every kind of figure that its tables have."""
    entity = book.entity()
    three_months(entity, relationship(entity), *under_two_frameworks(entity))
    yield from (Visit(f"{reverse(name)}?entity={entity.code}&first=2026-01") for name in REPORTS)
    yield Visit(reverse("disclosed-instruments") + f"?entity={entity.code}")
    yield Visit(reverse("journal-entry", args=[JournalEntry.objects.filter(entity=entity).first().pk]))
    yield Visit(reverse("accounting-period", args=[entity.code, f"{MONTHS[0]:%Y-%m}"]))
