"""A month closed from its page by the real pipeline; what it measured is explained, an entry of it is taken back."""

import re

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from hedges.models import AccountingPeriod, JournalEntry, JournalReversalVersion
from tests.factories import book, closable, hedged
from tests.factories.web import signed_in
from treasury.models import CalculationRun
from treasury.nightly import pipeline

pytestmark = pytest.mark.django_db
MONTH = f"{closable.MONTH:%Y-%m}"


@pytest.fixture
def entity():
    return closable.ready()


@pytest.fixture
def accountant(entity) -> Client:
    return signed_in("HEDGE_ACCOUNTANT", entity=entity)


@pytest.fixture
def closed(entity, accountant: Client) -> CalculationRun:
    answer = accountant.post(reverse("accounting-close", args=[entity.code, MONTH]))
    run = CalculationRun.objects.get(kind="CLOSE")
    assert answer.url.startswith(reverse("run", args=[run.pk]))
    return pipeline.run_in_process(run, shard_count=1)


def said(answer) -> str:
    """The last of the messages that wait for the next page."""
    return str(list(get_messages(answer.wsgi_request))[-1])


def test_the_month_is_closed_and_says_by_whom_and_what_was_posted(entity, accountant, closed) -> None:
    assert closed.status == "PUBLISHED", closed.status_reason
    assert AccountingPeriod.objects.get().status == "CLOSED"
    html = accountant.get(reverse("accounting-period", args=[entity.code, MONTH])).content.decode()
    assert "It takes no more entries" in html
    assert "Change of the instrument&#x27;s fair value" in html
    assert reverse("accounting-close", args=[entity.code, MONTH]) not in html
    again = accountant.post(reverse("accounting-close", args=[entity.code, MONTH]))
    assert "is closed already" in said(again)
    assert CalculationRun.objects.filter(kind="CLOSE").count() == 1
    listed = accountant.get(reverse("accounting")).content.decode()
    assert reverse("accounting-corrections", args=[entity.code]) in listed


def test_each_measured_number_leads_to_how_it_came_about(entity, accountant, closed) -> None:
    version = closable.versions(entity)[0]
    html = accountant.get(reverse("relationship", args=[version.relationship_id])).content.decode()
    assert f"Closed {closed.as_of_date}" in html
    links = re.findall(r'href="(/numbers/measurements/[^"]+)"', html)
    assert links
    answer = accountant.get(next(link for link in links if "reserve_balance" in link).replace("&amp;", "&"))
    assert answer.status_code == 200
    assert "It could not be worked out again" not in answer.content.decode()


def test_a_night_shows_its_preview_beside_the_close(entity, accountant, closed) -> None:
    hedged.night()
    version = closable.versions(entity)[0]
    html = accountant.get(reverse("relationship", args=[version.relationship_id])).content.decode()
    assert f"Preview {book.TODAY}" in html


def test_nothing_that_was_published_would_change(entity, accountant, closed) -> None:
    html = accountant.get(reverse("accounting-corrections", args=[entity.code])).content.decode()
    assert "changes nothing that was published" in html


def test_an_entry_is_taken_back_with_a_reason(entity, accountant, closed) -> None:
    entry = JournalEntry.objects.earliest("number")
    address = reverse("journal-entry-reverse", args=[entry.pk])
    silent = accountant.post(address, {"reason": " "})
    assert "Nothing was posted" in said(silent)
    for role, status in (("AUDITOR", 403), ("HEDGE_ACCOUNTANT", 404)):
        other = signed_in(role, entity=entity if role == "AUDITOR" else book.entity())
        assert other.post(address, {"reason": "wrong"}).status_code == status
    assert not JournalEntry.objects.exclude(reversal_of=None).exists()
    assert "is sent for approval" in said(accountant.post(address, {"reason": "the rate was wrong"}))
    assert "waits already" in said(accountant.post(address, {"reason": "the rate was wrong"}))
    assert not JournalEntry.objects.exclude(reversal_of=None).exists()
    proposed = JournalReversalVersion.objects.get(entry=entry)
    decision, decide = (reverse(f"reversal-{name}", args=[proposed.pk]) for name in ("decision", "decide"))
    own = accountant.get(reverse("journal-entry", args=[entry.pk])).content.decode()
    assert decision in own
    assert "Propose to take" not in own
    assert "You proposed it; another person decides." in accountant.get(decision).content.decode()
    agreed = {"decision": "APPROVED", "digest": proposed.content_digest, "comment": ""}
    assert accountant.post(decide, agreed).status_code == 422
    stranger = signed_in("APPROVER", entity=book.entity())
    assert (stranger.get(decision).status_code, stranger.post(decide, agreed).status_code) == (404, 404)
    assert signed_in("AUDITOR", entity=entity).post(decide, agreed).status_code == 403
    approver = signed_in("APPROVER", entity=entity)
    assert decision in approver.get(reverse("approvals")).content.decode()
    assert f"Take entry {entry.number} back" in approver.get(decision).content.decode()
    done = approver.post(decide, agreed)
    made = JournalEntry.objects.get(reversal_of=entry)
    assert done.url.startswith(reverse("journal-entry", args=[made.pk]))
    assert decision not in approver.get(reverse("approvals")).content.decode()


def test_the_run_of_a_close_leads_to_its_month(entity, accountant, closed) -> None:
    html = accountant.get(reverse("run", args=[closed.pk])).content.decode()
    assert reverse("accounting-period", args=[entity.code, MONTH]) in html
