"""A loss that will not be recovered is decided on by those who may at the entity, in the state that they have seen."""

from datetime import timedelta
from typing import Any

import pytest

from hedges.models import UnrecoveredLossVersionApproval
from tests.factories import api, book, clock
from tests.workflow.test_unrecovered_losses import DAY, sold, stated
from treasury.api.writing import DECIDERS
from treasury.enums import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(db: None) -> Any:
    return stated(sold()[1])


def test_each_role_does_what_is_its_own_and_nothing_else(statement: Any) -> None:
    home, other = statement.relationship.entity, book.entity()
    with clock.at(DAY):
        for verb in ("approve", "reject"):
            address = f"unrecovered-losses/{statement.pk}/{verb}/"
            for role in Role.values:
                allowed = role in {str(one) for one in DECIDERS}
                for caller in (api.by_token(role, entity=home), api.by_token(role)):
                    answer = caller.post(address, {"nothing": 1})
                    assert answer.status_code == (400 if allowed else 403), (role, answer.content)
                stranger = api.by_token(role, entity=other).post(address, {"nothing": 1})
                assert stranger.status_code == (404 if allowed else 403), role
            assert api.anonymous().post(address, {}).status_code == 401
    assert not UnrecoveredLossVersionApproval.objects.exists()


def test_it_is_decided_on_as_it_was_seen_and_waits_as_it_was_known(statement: Any) -> None:
    path = f"unrecovered-losses/{statement.pk}/"
    with clock.at(DAY):
        caller = api.by_token("APPROVER")
        seen = caller.get(path)
        body = {"content_digest": seen.json()["content_digest"]}
        for given, status in ((None, 428), ('"e1.1"', 412)):
            assert caller.post(f"{path}reject/", body, headers={"If-Match": given}).status_code == status
    before = seen.json()["recorded_at"]
    with clock.at(DAY + timedelta(days=1)):
        done = caller.post(f"{path}reject/", body, headers={"If-Match": seen["ETag"]})
        assert done.status_code == 200, done.content
        assert done["ETag"] == caller.tag_of(path) != seen["ETag"]
        waits = {"awaits": "true"}
        assert caller.rows("unrecovered-losses/", **waits) == []
        [row] = caller.rows("unrecovered-losses/", known_at=before, **waits)
        assert (row["id"], row["decision"]) == (statement.pk, None)
        assert caller.rows("unrecovered-losses/", known_at=before, awaits="false") == []
        assert caller.rows("unrecovered-losses/", as_of="2026-02-19") == []
        assert caller.refused(path, as_of="2026-02-19")["status"] == 404
