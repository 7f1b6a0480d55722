"""Both clocks on what is recorded once and on state rows: what came later was not known then."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.db import connection

from hedges.models import InstrumentVersionApproval
from tests.factories import api, book, feed, market, night
from treasury.domain import approval, audit, market_quotes, runs
from treasury.models import Counterparty, Entity

pytestmark = pytest.mark.django_db


def now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT hedgebook_now()")
        return cursor.fetchone()[0]


def test_a_state_row_is_told_with_the_columns_that_it_had() -> None:
    entity, bank = book.entity(), book.counterparty(credit_rating="A")
    then = now()
    for name in ("Second name", "Third name"):
        with audit.action("test.entity.renamed", actor=None):
            Entity.objects.filter(pk=entity.pk).update(name=name)
    with audit.action("test.bank.rated", actor=None):
        Counterparty.objects.filter(pk=bank.pk).update(credit_rating="BB")
    caller, told = api.by_token("AUDITOR"), {"known_at": then.isoformat()}
    assert caller.read(f"entities/{entity.pk}/")["name"] == "Third name"
    assert caller.read(f"entities/{entity.pk}/", **told)["name"] == entity.name
    assert [row["name"] for row in caller.rows("entities/", **told)] == [entity.name]
    [row] = caller.rows("counterparties/", **told)
    assert row["credit_rating"] == "A"
    assert book.entity().pk not in [row["id"] for row in caller.rows("entities/", **told)]


def test_a_decision_is_not_known_before_it_is_made() -> None:
    version = book.forward(of=book.entity(), approve=False)
    then = now()
    approval.decide(versions=[version], approvals=InstrumentVersionApproval, actor=book.user())
    caller = api.by_token("AUDITOR")
    assert caller.read(f"instrument-versions/{version.pk}/")["decision"] == "APPROVED"
    before = caller.read(f"instrument-versions/{version.pk}/", known_at=then.isoformat())
    assert (before["decision"], before["decided_at"], before["decided_by"]) == (None, None, None)


def test_a_run_is_told_as_far_as_it_was() -> None:
    run = night.running()
    feed.numbered()
    under_way = now()
    runs.fail(run_id=run.pk, reason="no disk")
    feed.numbered()
    caller = api.by_token("AUDITOR")
    assert caller.read(f"runs/{run.pk}/")["status"] == "FAILED"
    row = caller.read(f"runs/{run.pk}/", known_at=under_way.isoformat())
    assert (row["status"], row["finished_at"], row["status_reason"]) == ("RUNNING", None, "")
    assert caller.rows("runs/", as_of="2026-10-29") == []


def test_as_of_leaves_out_what_is_dated_later() -> None:
    for day in ("2026-10-29", "2026-10-30"):
        market.record(
            market_quotes.QuoteRow("FX_SPOT", "EURUSD", "SPOT", datetime.fromisoformat(day).date(), Decimal("1.1"),
                                   "TEST", False)
        )  # fmt: skip
    caller = api.by_token("AUDITOR")
    assert [row["quote_date"] for row in caller.rows("market-quotes/", as_of="2026-10-29")] == ["2026-10-29"]
    assert len(caller.rows("market-quotes/", as_of="2026-10-30")) == 2
