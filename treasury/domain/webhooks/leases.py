"""A worker's hold on a webhook: claimed by a conditional UPDATE, kept for a while, overtaken when it is silent.

Measured by the server's own clock, like the shards of a night.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from treasury.domain.webhooks import backoff
from treasury.domain.webhooks.sending import WHOLE, Outcome
from treasury.models import WebhookAttempt, WebhookDelivery

#: Longer than any one attempt, so that nobody else sends the same message meanwhile.
SECONDS = WHOLE * 4


class Overtaken(Exception):
    """Another worker, or a person, has the webhook by now: nothing more is written for this claim."""


@dataclass(frozen=True, slots=True)
class Claim:
    webhook_id: int
    epoch: int


def due() -> list[int]:
    """Active webhooks whose time has come, that nobody holds and for whom there is something after their cursor."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.id FROM treasury_webhook w WHERE w.status = 'ACTIVE' AND w.next_attempt_at <= clock_timestamp()"
            " AND (w.lease_expires_at IS NULL OR w.lease_expires_at < clock_timestamp())"
            " AND split_part(w.cursor, '.', 1)::bigint"
            " < (SELECT max(number) FROM treasury_commit) + (position('.' in w.cursor) > 0)::int"
            " ORDER BY w.next_attempt_at, w.id"
        )
        return [row[0] for row in cursor.fetchall()]


def claim(webhook_id: int) -> Claim | None:
    """Takes the webhook if it is due and nobody holds it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE treasury_webhook SET epoch = epoch + 1,"
            " lease_expires_at = clock_timestamp() + make_interval(secs => %s)"
            " WHERE id = %s AND status = 'ACTIVE' AND next_attempt_at <= clock_timestamp()"
            " AND (lease_expires_at IS NULL OR lease_expires_at < clock_timestamp()) RETURNING epoch",
            [SECONDS, webhook_id],
        )
        row = cursor.fetchone()
    return Claim(webhook_id, row[0]) if row else None


def renew(held: Claim) -> None:
    _write(held, "lease_expires_at = clock_timestamp() + make_interval(secs => %s)", [SECONDS])


def give_back(held: Claim) -> None:
    """Nothing where somebody else has it already."""
    try:
        _write(held, "lease_expires_at = NULL", [])
    except Overtaken:
        pass


def advance(held: Claim, cursor: str) -> None:
    """Past commits that hold nothing for this webhook."""
    _write(held, "cursor = %s", [cursor])


def disable(held: Claim, reason: str) -> None:
    _write(held, "status = 'DISABLED', status_reason = %s", [reason[:400]])


def opened(held: Claim, **fields: Any) -> WebhookDelivery:
    """The message is on record before it is sent: whatever happens then, it is sent again under the same id."""
    with transaction.atomic():
        renew(held)
        return WebhookDelivery.objects.create(webhook_id=held.webhook_id, **fields)


def finished(held: Claim, delivery: WebhookDelivery, outcome: Outcome | None, started_at: Any) -> None:
    """Delivery and cursor in one transaction. `outcome` None: there was nothing left to send.

    The attempt was made, whoever has the webhook by now, so that it is on record before that is asked.
    """
    if outcome:
        WebhookAttempt.objects.create(
            delivery=delivery, started_at=started_at, milliseconds=outcome.milliseconds, address=outcome.address,
            response_status=outcome.status, response_start=outcome.start, failure=outcome.failure,
        )  # fmt: skip
    with transaction.atomic():
        if outcome is None or not outcome.failure:
            _write(
                held, "cursor = %s, failing_since = NULL, failure_count = 0, next_attempt_at = clock_timestamp()",
                [delivery.cursor_to],
            )  # fmt: skip
            status = "DELIVERED" if outcome else "ABANDONED"
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE treasury_webhookdelivery SET status = %s, finished_at = clock_timestamp()"
                    " WHERE id = %s AND status = 'OPEN'",
                    [status, delivery.pk],
                )
        else:
            _failed(held)


def _failed(held: Claim) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT failure_count FROM treasury_webhook WHERE id = %s", [held.webhook_id])
        failures = cursor.fetchone()[0] + 1
    _write(
        held,
        "failing_since = coalesce(failing_since, clock_timestamp()), failure_count = %s,"
        " next_attempt_at = clock_timestamp() + make_interval(secs => %s)",
        [failures, backoff.seconds(failures)],
    )


def _write(held: Claim, changes: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE treasury_webhook SET {changes} WHERE id = %s AND epoch = %s AND status = 'ACTIVE'",
            [*values, held.webhook_id, held.epoch],
        )
        if cursor.rowcount != 1:
            raise Overtaken(f"webhook {held.webhook_id}: claim {held.epoch} is not the newest")
