"""The reports over months that were really measured, posted and closed: every figure ties, nothing is left over."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.urls import reverse

from hedges.models import JournalEntry
from reports.domain import roll_forward
from reports.domain.disclosures.disclose import disclosures
from reports.queries import roll_forwards
from reports.queries.span import Span
from tests.factories import closable
from tests.factories.web import signed_in

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


@pytest.fixture
def entity():
    entity = closable.ready(2)
    for month in (SEPTEMBER, OCTOBER):
        run = closable.close(entity, month)
        assert run.status == "PUBLISHED", run.status_reason
    return entity


def test_the_roll_forward_agrees_with_each_close_and_the_disclosures_with_it(entity) -> None:
    span = Span([entity.pk], SEPTEMBER, OCTOBER)
    rows = roll_forwards.roll_forward(span)
    assert rows
    assert any(row["closing"] for row in rows)
    assert {row["difference"] for row in rows} == {Decimal(0)}
    assert roll_forward.proof(roll_forward.by_entity(span)).holds
    tables = {table.code: table for table in disclosures(span)}
    closing = sum(row["closing"] for row in rows if row["period_start"] == OCTOBER)
    assert sum(row["closing"] for row in tables["reserves"].rows) == closing
    balances = closable.balances(entity)
    [held] = tables["instruments"].rows
    assert held["asset"] - held["liability"] == balances["DERIVATIVE"]
    [effect] = tables["cash-flow-effects"].rows
    assert effect["ineffectiveness"] == -balances.get("INEFFECTIVENESS", 0)
    assert held["change"] == effect["recognised"] + effect["ineffectiveness"]


def test_a_reversal_is_seen_until_the_next_close_posts_anew(entity) -> None:
    posted = JournalEntry.objects.filter(
        entity=entity, rule="REMEASUREMENT", period__period_start=OCTOBER
    ).first()
    closable.reversed_by_two(posted, "to be posted again")
    november = Span([entity.pk], date(2026, 11, 1), date(2026, 11, 1))
    assert sum(row["reversed"] != 0 for row in roll_forwards.roll_forward(november)) == 1
    assert roll_forward.proof(roll_forward.by_entity(Span([entity.pk], SEPTEMBER, OCTOBER))).holds


def test_an_entry_leads_to_how_it_was_measured(entity) -> None:
    client = signed_in("AUDITOR")
    entry = JournalEntry.objects.filter(entity=entity, rule="REMEASUREMENT").order_by("number").first()
    page = client.get(reverse("journal-entry", args=[entry.pk])).content.decode()
    assert reverse("run", args=[entry.run_id]) in page
    [explained] = re.findall(r'href="([^"]+)">How it was measured', page)
    assert client.get(unescape(explained)).status_code == 200
    for name in ("journal", "roll-forward", "disclosures", "reconciliation"):
        assert client.get(reverse(name)).status_code == 200
