"""A period is closed only with the journal that its run has measured; the database knows the posting rules as data."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from hedges.domain import journal, posting_rules
from hedges.models import AccountingPeriod, JournalEntry, JournalLine
from tests.factories import closable
from treasury.enums import RunStatus

pytestmark = pytest.mark.django_db


def test_the_database_posts_by_the_same_rules() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rule, kind, role, amount_name, sign, applies, balancing"
            " FROM hedgebook_posting_legs(), unnest(hedge_types) AS kind"
        )
        held = sorted(cursor.fetchall())
    assert held == sorted(
        (rule.rule.value, kind.value, leg.role.value, name, sign, leg.when, rule.balancing.value)
        for rule in posting_rules.RULES
        for kind in rule.hedge_types
        for leg in rule.legs
        for sign, name in leg.terms
    )


@pytest.mark.parametrize("of_measured", [True, False])
def test_an_entry_beside_what_was_measured_keeps_the_period_open(
    monkeypatch: pytest.MonkeyPatch, of_measured: bool
) -> None:
    """Balanced, by the run, in its period, and yet not what it measured: of a relationship with a row or without."""
    amounts = closable.whole(cumulative_recognised=40) if of_measured else closable.whole()
    closable.measures(monkeypatch, lambda version: amounts)
    entity = closable.ready()
    post = journal.post

    def post_more(*, run: Any, period: AccountingPeriod, accounts: Any) -> int:
        count = post(run=run, period=period, accounts=accounts)
        (version,) = closable.versions(entity)
        extra = JournalEntry.objects.create(
            entity=entity, number=0, period=period, entry_date=run.as_of_date, framework=version.framework,
            currency_id="EUR", relationship_id=version.relationship_id, rule="RECLASSIFICATION", paragraph="",
            description="", run=run,
        )  # fmt: skip
        for place, (role, debit, credit) in enumerate(
            (("CASH_FLOW_HEDGE_RESERVE", 5, 0), ("HEDGED_ITEM_RESULT", 0, 5)), 1
        ):
            JournalLine.objects.create(
                entry=extra, line_number=place, account_role=role, account_code="1", account_name="",
                debit_amount=Decimal(debit), credit_amount=Decimal(credit),
            )  # fmt: skip
        return count + 1

    monkeypatch.setattr(journal, "post", post_more)
    run = closable.close(entity)
    assert run.status == RunStatus.FAILED
    assert "is not what the close has measured" in run.status_reason
    assert not JournalEntry.objects.filter(entity=entity).exists()
