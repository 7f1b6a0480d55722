"""The database holds what Python proposes: a change that the rules do not know cannot be written past them."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from hedges.domain import relationship_approval
from hedges.models import HedgeRelationshipVersion, HedgeRelationshipVersionApproval, ItemAllocation
from tests.factories import book
from tests.factories.changes import CHANGE, hedge, rebalanced, stopped
from treasury.domain import audit
from treasury.domain.refusals import Refusal, as_refusal

pytestmark = pytest.mark.django_db


def forged(change, **fields):
    """A version like a proposed one but for some fields; the proposal itself is rejected first."""
    relationship_approval.reject(versions=[change], actor=book.user("APPROVER"))
    change.pk, change.version_number, change._state.adding = None, None, True
    for name, value in fields.items():
        setattr(change, name, value)
    with as_refusal(), audit.action("test.forged", actor=book.user("TREASURER")):
        HedgeRelationshipVersion.objects.bulk_create([change])


@pytest.mark.parametrize(
    "why, fields",
    [
        ("keeps what was designated", {"hedge_end_date": date(2028, 1, 1)}),
        ("within the hedged period", {"valid_from": date(2025, 12, 31)}),
        ("within the hedged period", {"valid_from": date(2027, 5, 1)}),
        ("has no end", {"valid_to": date(2026, 12, 1)}),
        ("says its volumes and its effect", {"volumes": None}),
        ("says its volumes and its effect", {"effect": None}),
        ("nothing stays", {"status": "DISCONTINUED"}),
        ("no voluntary end", {"change_kind": "DE_DESIGNATION"}),
        ("no voluntary end", {"change_kind": "DE_DESIGNATION", "change_cause": "VOLUNTARY"}),
        (
            "a cause that the standard knows",
            {"change_kind": "PARTIAL_DISCONTINUATION", "change_cause": "VOLUNTARY"},
        ),
        ("only IFRS 9 rebalances", {"change_cause": "CRITERIA_FAILED"}),
    ],
)
def test_a_version_that_is_no_change(why, fields):
    with pytest.raises(Refusal, match=why):
        forged(rebalanced(hedge(), instrument=-640_000), **fields)


def test_a_second_proposal_beside_one_that_waits():
    change = stopped(hedge(), "OBJECTIVE_CHANGED")
    change.pk, change.version_number, change._state.adding = None, None, True
    with (
        pytest.raises(Refusal, match="waits for approval"),
        as_refusal(),
        audit.action("test.forged", actor=book.user("TREASURER")),
    ):
        HedgeRelationshipVersion.objects.bulk_create([change])


def test_an_approval_that_does_not_put_the_plan_in_force():
    change = rebalanced(hedge(), instrument=-640_000)
    with (
        pytest.raises(Refusal, match="are not those of the approved change"),
        as_refusal(),
        audit.action("test.approved", actor=book.user("APPROVER")),
        connection.cursor() as cursor,
    ):
        HedgeRelationshipVersionApproval.objects.create(
            version=change, decision="APPROVED", content_digest=change.content_digest
        )
        cursor.execute("SET CONSTRAINTS hedgebook_change_in_force IMMEDIATE")


def test_allocations_of_a_change_outside_its_approval():
    change = rebalanced(hedge(), instrument=-640_000)
    row = ItemAllocation.objects.get()
    row.pk, row._state.adding, row.relationship_version = None, True, change
    row.unit_from, row.unit_to, row.designated_amount = 80_000_000, 90_000_000, Decimal(100_000)
    row.period_from = row.struck_on = CHANGE
    with (
        pytest.raises(Refusal, match="those of a change with its approval"),
        as_refusal(),
        audit.action("test.forged", actor=book.user()),
    ):
        ItemAllocation.objects.bulk_create([row])
