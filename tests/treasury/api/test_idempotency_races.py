"""Two requests with one key at once: one is done, the other is told so and does not wait."""

from threading import Thread
from typing import Any

import pytest
from django.db import connection

from hedges.models import AccountMapVersion
from tests.treasury.api.test_idempotency import Place
from treasury.api.writing import Action
from treasury.models import AuditEvent, RequestKey


def test_an_answer_names_an_event_of_its_own_transaction(committed_db: Any) -> None:
    place = Place()
    event = AuditEvent.objects.order_by("id").first()
    with pytest.raises(Exception, match="in the transaction of its write"):
        RequestKey.objects.create(
            owner=place.person, caller="session", key="k", request_digest="0" * 64, status=201, headers={},
            body=b"", event=event,
        )  # fmt: skip


def test_while_the_first_is_being_answered_the_second_does_not_wait(
    committed_db: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second comes from another thread, on another connection, in the middle of the first."""
    place, seen = Place(), []
    done = Action._done

    def slow(self: Action, *told: Any) -> Any:
        def second() -> None:
            try:
                seen.append(place.post())
            finally:
                connection.close()

        if not seen:
            thread = Thread(target=second)
            thread.start()
            thread.join(60)
        return done(self, *told)

    monkeypatch.setattr(Action, "_done", slow)
    assert place.post().status_code == 201
    (answer,) = seen
    assert (answer.status_code, answer["Retry-After"]) == (409, "1")
    assert answer.json()["code"] == "request_under_way"
    assert place.post()["Idempotency-Replayed"] == "true"
    assert AccountMapVersion.objects.count() == 1
