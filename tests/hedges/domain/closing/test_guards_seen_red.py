"""Guards that nothing else runs into: each is tried as the application's role, past the domain, and refuses."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from hedges.models import (
    AccountingPeriod,
    AccountMap,
    AccountMapVersion,
    AccountMapVersionApproval,
    JournalEntry,
)
from tests.factories import accounting, book, closable, night
from treasury.domain import audit

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


def a_period_moves() -> Callable[[], Any]:
    entity = book.entity()
    with audit.action("test.period", actor=None):
        period = AccountingPeriod.objects.create(entity=entity, period_start=SEPTEMBER)
    return lambda: AccountingPeriod.objects.filter(pk=period.pk).update(period_start=OCTOBER)


def a_reversal_with_a_run() -> Callable[[], Any]:
    (version,) = closable.versions(closable.hedges())
    legs = [("DERIVATIVE", -5), ("CASH_FLOW_HEDGE_RESERVE", 5)]
    (entry,) = accounting.closed_month(
        version.entity, SEPTEMBER, [accounting.Entry(version, "REMEASUREMENT", legs)]
    )
    with audit.action("test.period", actor=None):
        period = AccountingPeriod.objects.create(entity=version.entity, period_start=OCTOBER)
    return lambda: JournalEntry.objects.create(
        entity=version.entity, number=0, period=period, entry_date=OCTOBER, framework=entry.framework,
        currency_id="EUR", relationship_id=entry.relationship_id, rule=entry.rule, paragraph="", description="",
        reversal_of=entry, run_id=entry.run_id,
    )  # fmt: skip


def accounts_by_an_approver() -> Callable[[], Any]:
    entity = book.entity()
    with audit.action("test.map", actor=None):
        found = AccountMap.objects.create(entity=entity)
    return lambda: AccountMapVersion.objects.create(
        account_map=found, accounts=closable.ACCOUNTS, valid_from=book.START
    )


def accounts_agreed_by_a_treasurer() -> Callable[[], Any]:
    entity = book.entity()
    with audit.action("test.map", actor=book.user("HEDGE_ACCOUNTANT")):
        found = AccountMap.objects.create(entity=entity)
        version = AccountMapVersion.objects.create(
            account_map=found, accounts=closable.ACCOUNTS, valid_from=book.START
        )
    version.refresh_from_db()
    return lambda: AccountMapVersionApproval.objects.create(
        version=version, decision="APPROVED", content_digest=version.content_digest
    )


TRIED: dict[str, tuple[Callable[[], Callable[[], Any]], str, str]] = {
    "a period moves to another month": (a_period_moves, "HEDGE_ACCOUNTANT", "permission denied"),
    "a reversal in the name of a close": (a_reversal_with_a_run, "APPROVER", "takes back one entry of a close"),
    "accounts by an approver": (accounts_by_an_approver, "APPROVER", "records its account map"),
    "accounts by nobody": (accounts_by_an_approver, "", "records its account map"),
    "accounts agreed by a treasurer": (accounts_agreed_by_a_treasurer, "TREASURER", "decides on its account map"),
}  # fmt: skip


@pytest.mark.parametrize("name", TRIED)
def test_the_database_refuses(name: str) -> None:
    prepared, role, said = TRIED[name]
    attempt = prepared()
    with (
        pytest.raises(DatabaseError, match=said),
        transaction.atomic(),
        audit.action("test.attempt", actor=book.user(role) if role else None),
    ):
        attempt()


def test_periods_are_closed_in_their_order() -> None:
    entity = book.entity()
    with audit.action("test.periods", actor=None):
        AccountingPeriod.objects.create(entity=entity, period_start=SEPTEMBER)
        later = AccountingPeriod.objects.create(entity=entity, period_start=OCTOBER)
    with pytest.raises(DatabaseError, match="an earlier period is open"), transaction.atomic():
        run = night.published(kind="CLOSE", scope=entity.code, as_of=date(2026, 10, 31))
        with audit.action("test.close", actor=None):
            AccountingPeriod.objects.filter(pk=later.pk).update(status="CLOSED", run=run)
