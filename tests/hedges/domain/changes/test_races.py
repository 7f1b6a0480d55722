"""At the same moment: two proposals, an approval against a newer proposal, an approval against a close."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, connections, transaction

from hedges.domain import relationship_approval
from hedges.models import (
    AccountingPeriod,
    HedgeRelationshipVersion,
    HedgeRelationshipVersionApproval,
    ItemAllocation,
)
from tests.factories import accounting, book, changes, clock
from treasury.domain.refusals import Refusal, as_refusal

pytestmark = pytest.mark.usefixtures("committed_db")
JUNE = date(2026, 6, 1)


def together(*acts: Callable[[], object]) -> list[str]:
    """Runs them in threads that start together; what each came to: empty, or its refusal."""
    barrier, said = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            barrier.wait()
            act()
        except Refusal as refusal:
            said[place] = str(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


@pytest.fixture
def version(prices: None) -> HedgeRelationshipVersion:
    return changes.hedge()


def test_of_two_proposals_one_is_recorded(version: HedgeRelationshipVersion) -> None:
    actors = [book.user("HEDGE_ACCOUNTANT") for _ in range(2)]
    said = together(
        *[
            lambda actor=actor: changes.stopped(version, "OBJECTIVE_CHANGED", actor=actor)  # type: ignore[misc]
            for actor in actors
        ]
    )
    assert sorted(bool(text) for text in said) == [False, True]
    assert any("has changed meanwhile" in text or "waits for approval" in text for text in said)
    assert HedgeRelationshipVersion.objects.filter(relationship=version.relationship).count() == 2


def test_of_two_approvals_one_is_put_in_force(version: HedgeRelationshipVersion) -> None:
    change = changes.rebalanced(version, instrument=-640_000)
    approvers = [book.user("APPROVER") for _ in range(2)]

    def approve(actor: object) -> None:
        with clock.at(changes.CHANGE):
            relationship_approval.approve(versions=[change], actor=actor)

    said = together(*[lambda actor=actor: approve(actor) for actor in approvers])  # type: ignore[misc]
    assert sorted(bool(text) for text in said) == [False, True]
    assert ItemAllocation.objects.filter(relationship_version=change).count() == 1


def test_a_period_with_an_undecided_change_is_not_closed(version: HedgeRelationshipVersion) -> None:
    change = changes.stopped(version, "OBJECTIVE_CHANGED", on=JUNE)
    with (
        pytest.raises(Refusal, match=f"versions of {version.relationship.code} wait for a decision"),
        as_refusal(),
    ):
        accounting.closed_month(version.entity, JUNE)
    assert not AccountingPeriod.objects.filter(entity=version.entity, status="CLOSED").exists()
    changes.approve(change)
    accounting.closed_month(version.entity, JUNE)


def test_a_close_and_an_approval_wait_for_each_other(version: HedgeRelationshipVersion) -> None:
    """Whoever is second sees what the first has done: never an approved change that a close has overlooked."""
    change = changes.stopped(version, "OBJECTIVE_CHANGED", on=JUNE)
    approver = book.user("APPROVER")

    def close() -> None:
        with as_refusal():
            accounting.closed_month(version.entity, JUNE)

    def approve() -> None:
        with clock.at(date(2026, 12, 1)):
            relationship_approval.approve(versions=[change], actor=approver)

    said = together(close, approve)
    closed = AccountingPeriod.objects.filter(entity=version.entity, status="CLOSED").exists()
    approved = HedgeRelationshipVersionApproval.objects.filter(version=change).exists()
    assert approved and (not closed or not said[0])
    assert "versions of" in said[0] or closed


def test_after_the_close_an_approval_is_refused(version: HedgeRelationshipVersion) -> None:
    """The guard alone: the month is closed under the feet of a proposal that the close could not see."""
    change = changes.stopped(version, "OBJECTIVE_CHANGED", on=JUNE)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE hedges_accountingperiod DISABLE TRIGGER accountingperiod_takes_changes")
    accounting.closed_month(version.entity, JUNE)
    with pytest.raises(Refusal, match="the period of 2026-06-01 is closed: a change can begin on 2026-07-01"):
        changes.approve(change)
    assert ItemAllocation.objects.filter(relationship_version__relationship=version.relationship).count() == 1
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM hedges_hedgerelationshipversionapproval WHERE version_id = %s", [change.pk]
        )
        assert cursor.fetchone()[0] == 0
