"""Messages reach the other side at least once, signed, in their order, and only what their owner may see."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from exposures.domain import recording
from exposures.models import Exposure
from tests.factories import book
from tests.factories.receiver import Receiver
from tests.harness.workers import WorkerUnderTest
from treasury import tasks
from treasury.api.webhook_messages import message
from treasury.domain import audit
from treasury.domain.refusals import Refusal
from treasury.domain.webhooks import delivering, leases, sending, subscribing
from treasury.models import Membership, User, Webhook, WebhookAttempt, WebhookDelivery


def subscribed(receiver: Receiver, owner: User | None = None, **fields: Any) -> tuple[Webhook, str]:
    owner = owner or book.user("ADMINISTRATOR")
    values = {"name": "test", "url": receiver.url(), "resources": ["exposures"]}
    return subscribing.subscribe(owner=owner, **(values | fields))


def deliver(webhook: Webhook) -> int:
    return delivering.deliver(webhook.pk, shown=message)


def now_due(webhook: Webhook) -> None:
    Webhook.objects.filter(pk=webhook.pk).update(next_attempt_at=timezone.now(), lease_expires_at=None)


def versions(receiver: Receiver) -> list[tuple[int, int, str]]:
    return [(one["id"], one["version"], one["kind"]) for got in receiver.got for one in got.changes]


def recorded(of: Any, count: int = 1) -> list[int]:
    return [book.exposure(of=of, approve=False).exposure_id for _ in range(count)]


def test_changes_are_sent_signed_once_and_the_cursor_goes_on(committed_db: Any, receiver: Receiver) -> None:
    webhook, secret = subscribed(receiver, has_bodies=True)
    assert deliver(webhook) == 0  # its own beginning is none of its business
    assert leases.due() == []
    [key] = recorded(book.entity())
    assert leases.due() == [webhook.pk]
    assert deliver(webhook) == 1
    [got] = receiver.got
    assert got.is_signed_by(secret)
    assert abs(int(got.headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    assert got.changes[0]["body"]["id"] == key
    delivery = WebhookDelivery.objects.get()
    assert (delivery.status, delivery.message_id, delivery.change_count) == ("DELIVERED", got.id, 1)
    attempt = WebhookAttempt.objects.get()
    assert (attempt.response_status, attempt.failure, attempt.address) == (200, "", "127.0.0.1")
    assert deliver(webhook) == 0
    assert leases.due() == []


def test_what_is_not_taken_is_sent_again_under_the_same_id_before_anything_later(
    committed_db: Any, receiver: Receiver
) -> None:
    webhook, secret = subscribed(receiver)
    entity = book.entity()
    first = book.exposure(of=entity, approve=False)
    receiver.answers = [500, 503, 200]
    assert deliver(webhook) == 0
    second = book.unsaved_exposure("2000000")
    second.exposure = first.exposure
    recording.amend(versions=[second], actor=book.user(), reason="more")
    webhook.refresh_from_db()
    assert webhook.failure_count == 1
    assert webhook.next_attempt_at > timezone.now()
    assert deliver(webhook) == 0  # not due yet
    assert len(receiver.got) == 1
    now_due(webhook)
    assert deliver(webhook) == 0
    now_due(webhook)
    assert deliver(webhook) == 2
    ids = [got.id for got in receiver.got]
    assert ids[0] == ids[1] == ids[2] != ids[3]
    assert versions(receiver)[2:] == [(first.exposure_id, 1, "CREATED"), (first.exposure_id, 2, "CHANGED")]
    assert all(got.is_signed_by(secret) for got in receiver.got)
    webhook.refresh_from_db()
    assert (webhook.failure_count, webhook.failing_since) == (0, None)
    assert list(WebhookAttempt.objects.order_by("id").values_list("failure", flat=True)) == [
        "answered 500", "answered 503", "", "",
    ]  # fmt: skip


def test_a_large_action_comes_in_several_messages_each_row_once(
    committed_db: Any, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "MOST_CHANGES", 4)
    webhook, _ = subscribed(receiver)
    entity = book.entity()
    rows = [
        (Exposure(entity=entity, source_system="ERP", external_reference=f"W{n}"), book.unsaved_exposure())
        for n in range(10)
    ]
    made = recording.record(exposures=rows, actor=book.user())
    receiver.answers = [200, 500, 200]
    assert deliver(webhook) == 1
    now_due(webhook)
    assert deliver(webhook) == 2
    taken = {got.id: got.changes for got in receiver.got}
    keys = [one["id"] for changes in taken.values() for one in changes]
    assert keys == sorted(version.exposure_id for version in made)
    assert [len(changes) for changes in taken.values()] == [4, 4, 2]


def test_only_what_the_owner_may_see_and_asked_for(committed_db: Any, receiver: Receiver) -> None:
    mine, theirs = book.entity(), book.entity()
    owner = book.user("ADMINISTRATOR", entity=mine)
    webhook, _ = subscribed(receiver, owner, resources=[], entity_codes=[mine.code])
    with pytest.raises(Refusal, match="among yours"):
        subscribed(receiver, owner, entity_codes=[theirs.code])
    [key] = recorded(mine)
    recorded(theirs)
    book.forward(of=theirs)
    deliver(webhook)
    told = {(one["resource"], one["id"]) for got in receiver.got for one in got.changes}
    assert {one for one in told if one[0] != "counterparties" and one[0] != "risks"} == {("exposures", key)}


def test_what_the_owner_may_not_see_any_more_is_not_sent_again(committed_db: Any, receiver: Receiver) -> None:
    entity = book.entity()
    owner = book.user("ADMINISTRATOR", entity=entity)
    webhook, _ = subscribed(receiver, owner)
    recorded(entity)
    receiver.answers = [500]
    deliver(webhook)
    with audit.action("test.role_taken", actor=None):
        Membership.objects.filter(user=owner).delete()
    now_due(webhook)
    deliver(webhook)
    assert len(receiver.got) == 1
    assert WebhookDelivery.objects.get().status == "ABANDONED"


def test_it_ends_by_itself_with_words_and_goes_on_where_it_stopped(
    committed_db: Any, receiver: Receiver, settings: Any
) -> None:
    owner = book.user("ADMINISTRATOR")
    webhook, _ = subscribed(receiver, owner)
    [key] = recorded(book.entity())
    receiver.answers = [500]
    deliver(webhook)
    long_ago = timezone.now() - timedelta(days=settings.HEDGEBOOK_WEBHOOK_DAYS, minutes=1)
    Webhook.objects.filter(pk=webhook.pk).update(failing_since=long_ago)
    now_due(webhook)
    deliver(webhook)
    webhook.refresh_from_db()
    assert webhook.status == "DISABLED"
    assert "5 days" in webhook.status_reason
    assert leases.due() == []
    receiver.answers = [200]
    subscribing.resume(webhook=webhook, actor=owner)
    assert deliver(webhook) == 1
    assert len({got.id for got in receiver.got}) == 1
    assert receiver.got[-1].changes[0]["id"] == key


def test_an_owner_who_may_not_sign_in_tells_nothing(committed_db: Any, receiver: Receiver) -> None:
    owner = book.user("ADMINISTRATOR")
    webhook, _ = subscribed(receiver, owner)
    recorded(book.entity())
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert deliver(webhook) == 0
    webhook.refresh_from_db()
    assert (webhook.status, receiver.got) == ("DISABLED", [])


def test_a_replay_sends_again_from_a_cursor_or_a_delivery(committed_db: Any, receiver: Receiver) -> None:
    owner = book.user("ADMINISTRATOR")
    webhook, _ = subscribed(receiver, owner)
    keys = recorded(book.entity(), 3)
    deliver(webhook)
    assert [one[0] for one in versions(receiver)] == keys
    first = WebhookDelivery.objects.order_by("id").first()
    receiver.got.clear()
    subscribing.replay(webhook=webhook, actor=owner, cursor=first.cursor_from)
    deliver(webhook)
    assert [one[0] for one in versions(receiver)] == keys
    assert receiver.got[0].id != first.message_id


def test_two_workers_do_not_send_the_same_message_at_once(committed_db: Any, receiver: Receiver) -> None:
    webhook, _ = subscribed(receiver)
    recorded(book.entity())
    beside: list[int] = []

    def while_it_is_sent(got: Any) -> None:
        beside.append(deliver(webhook))
        connections["default"].close()

    receiver.on_get = while_it_is_sent
    assert deliver(webhook) == 1
    assert beside == [0]
    assert len(receiver.got) == 1


def test_who_was_overtaken_writes_no_outcome_but_its_attempt(committed_db: Any, receiver: Receiver) -> None:
    owner = book.user("ADMINISTRATOR")
    webhook, _ = subscribed(receiver, owner)
    start = webhook.cursor
    recorded(book.entity())

    def replayed(got: Any) -> None:
        receiver.on_get = None
        subscribing.replay(webhook=Webhook.objects.get(pk=webhook.pk), actor=owner, cursor=start)
        connections["default"].close()

    receiver.on_get = replayed
    deliver(webhook)
    webhook.refresh_from_db()
    assert webhook.cursor == start
    assert WebhookDelivery.objects.get().status == "ABANDONED"
    assert WebhookAttempt.objects.count() == 1
    assert deliver(webhook) == 1
    assert len({got.id for got in receiver.got}) == 2


def test_a_host_that_is_taken_off_the_list_is_a_failed_attempt(
    committed_db: Any, receiver: Receiver, settings: Any
) -> None:
    webhook, _ = subscribed(receiver)
    recorded(book.entity())
    settings.HEDGEBOOK_WEBHOOK_NETWORKS = []
    deliver(webhook)
    assert receiver.got == []
    assert "inside a network" in WebhookAttempt.objects.get().failure


def test_a_claim_lasts_longer_than_the_longest_attempt() -> None:
    assert leases.SECONDS > 2 * sending.WHOLE


def test_a_worker_killed_between_sending_and_recording_leaves_it_to_the_next(
    committed_db: Any, receiver: Receiver, queue: str, tmp_path: Path
) -> None:
    """The other side has the message, the worker is killed before it knows: the next one sends it under the same id."""
    allowed = {
        "HEDGEBOOK_WEBHOOK_HOSTS": f"127.0.0.1:{receiver.port}",
        "HEDGEBOOK_WEBHOOK_NETWORKS": "127.0.0.0/8",
        "HEDGEBOOK_WEBHOOK_PLAIN_HTTP": "true",
    }
    webhook, secret = subscribed(receiver)
    [key] = recorded(book.entity())
    worker = WorkerUnderTest(tmp_path)
    try:
        receiver.on_get = lambda got: worker.kill()
        worker.start(wait=False, **allowed)
        wait_for(lambda: receiver.got and worker.process and not worker.process.alive(), said=worker.said)
        assert WebhookDelivery.objects.get().status == "OPEN"
        assert WebhookAttempt.objects.count() == 0
        receiver.on_get = None
        now_due(webhook)  # the lease of the dead one, which would run out by itself
        worker.start(wait=False, **allowed)
        wait_for(lambda: WebhookDelivery.objects.get().status == "DELIVERED", said=worker.said)
    finally:
        worker.stop()
    assert [got.changes[0]["id"] for got in receiver.got] == [key, key]
    assert receiver.got[0].id == receiver.got[1].id
    assert all(got.is_signed_by(secret) for got in receiver.got)


def wait_for(condition: Any, seconds: float = 200.0, said: Callable[[], str] = str) -> None:
    """Looks for what is due now and then, as the beat does."""
    end, next_look = time.monotonic() + seconds, 0.0
    while not condition():
        assert time.monotonic() < end, f"it did not happen:\n{said()}"
        if time.monotonic() > next_look:
            tasks.look()
            next_look = time.monotonic() + 5
        time.sleep(0.05)
