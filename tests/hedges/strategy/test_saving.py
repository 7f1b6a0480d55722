"""A strategy is saved as a proposal, opened again with the same numbers, and by nobody who may not."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from hedges.models import HedgeProposal
from tests.factories import book, hedged
from tests.factories.web import signed_in
from tests.hedges.strategy.test_pages import a_night, tool

pytestmark = pytest.mark.django_db


def save(client, name, inputs, **fields):
    told = {"inputs": inputs, "title": "Cover the year", "key": str(uuid4())} | fields
    return client.post(reverse("strategy-save", args=[name]), told, follow=True)


def test_a_programme_is_saved_with_inputs_run_and_trades_and_opens_with_the_same_numbers():
    entity, risk = a_night()
    client = signed_in("TREASURER")
    page = client.get(tool("programme"), {"kind": "static", "ratio": "60"}).content.decode()
    assert "Save as a proposal" in page
    key = str(uuid4())
    inputs = f"book={entity.code}:{risk.code}&kind=static&ratio=60"
    opened = save(client, "programme", inputs, key=key)
    text = opened.content.decode()
    assert "the same numbers to the last digit" in text
    proposal = HedgeProposal.objects.get()
    assert (proposal.kind, proposal.entity_id, proposal.title) == ("STRATEGY", entity.pk, "Cover the year")
    told = proposal.assumptions
    assert told["tool"] == "programme"
    assert (told["inputs"]["ratio"], told["inputs"]["steps"]) == ("60", "12")
    assert len(told["numbers_digest"]) == len(told["market_digest"]) == 64
    lines = list(proposal.lines.all())
    assert sum(line.notional_amount for line in lines) == Decimal(
        -3_200_000
    )  # 60 % of six million, 400,000 are there
    assert {line.ticket["side"] for line in lines} == {"SELL"}
    # Sent twice it is one.
    save(client, "programme", inputs, key=key)
    assert HedgeProposal.objects.count() == 1
    assert "Cover the year" in client.get(reverse("strategy")).content.decode()


def test_what_was_saved_stays_what_it_was_when_a_newer_night_says_something_else():
    entity, risk = a_night()
    client = signed_in("TREASURER")
    save(client, "compare", f"book={entity.code}:{risk.code}&a=none&b=static-60-forward")
    address = reverse("strategy-saved", args=[HedgeProposal.objects.get().pk])
    book.exposure(7_000_000, of=entity, risk=risk)
    hedged.night(new_revision=True)
    assert "the same numbers to the last digit" in client.get(address).content.decode()


def test_numbers_that_differ_from_the_saved_ones_are_named(monkeypatch):
    entity, risk = a_night()
    client = signed_in("TREASURER")
    from hedges.web.strategy import saved, tools

    save(client, "programme", f"book={entity.code}:{risk.code}")
    address = reverse("strategy-saved", args=[HedgeProposal.objects.get().pk])
    honest = tools.TOOLS["programme"].work

    def other(asked, form):
        found = honest(asked, form)
        found.sections[0].table.rows[0]["traded"] += 1
        return found

    changed = type(tools.TOOLS["programme"])(
        "programme", "Programme", "", tools.TOOLS["programme"].form, other
    )
    monkeypatch.setitem(saved.TOOLS, "programme", changed)
    text = client.get(address).content.decode()
    assert "it differs from what was saved in: Ladder: what to trade each month" in text


def test_who_may_not_prepare_trades_saves_nothing():
    entity, risk = a_night()
    inputs = f"book={entity.code}:{risk.code}"
    auditor = signed_in("AUDITOR")
    assert "Save as a proposal" not in auditor.get(tool("programme")).content.decode()
    assert save(auditor, "programme", inputs).status_code == 403
    stranger = signed_in("TREASURER", entity=book.entity())
    assert save(stranger, "programme", inputs).status_code == 404
    approver = signed_in("APPROVER")
    assert "Save as a proposal" not in approver.get(tool("programme")).content.decode()
    save(approver, "programme", inputs)
    assert not HedgeProposal.objects.exists()
    treasurer = signed_in("TREASURER")
    assert "Give it a title" in save(treasurer, "programme", inputs, title=" ").content.decode()
    assert "Nothing was saved" in save(treasurer, "programme", inputs + "&ratio=x").content.decode()
    assert save(treasurer, "programme", inputs, key="x").status_code == 404
    assert not HedgeProposal.objects.exists()


def test_a_what_if_is_saved_for_the_entity_of_the_page():
    entity, _ = a_night()
    client = signed_in("TREASURER")
    told = {"inputs": "all=-5", "title": "Dollar down", "key": str(uuid4())}
    answer = client.post(
        f"{reverse('strategy-save', args=['what-if'])}?entity={entity.code}", told, follow=True
    )
    assert "the same numbers to the last digit" in answer.content.decode()
    assert HedgeProposal.objects.get().entity_id == entity.pk
