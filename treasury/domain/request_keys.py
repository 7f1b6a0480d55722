"""Requests that are safe to repeat: a key, what was asked and what was answered, in the transaction of the write.

Whoever sends a key holds its lock until their transaction ends, so that of two requests with one key one is answered
and the other is told to wait: a key that is found is one whose write is committed, and one that is not found is free.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from treasury.domain.refusals import as_refusal
from treasury.models import RequestKey


@dataclass(frozen=True)
class Caller:
    """Whose keys these are: each token, client and person's session has its own."""

    owner: Any
    name: str

    def number(self, key: str) -> int:
        """Of the advisory lock on one key: 63 bits of a digest; two keys that share one wait for nothing else."""
        text = f"request {self.owner.pk} {self.name} {key}".encode()
        return int.from_bytes(hashlib.sha256(text).digest()[:8], "big") >> 1


@dataclass(frozen=True)
class Answer:
    """What was answered: the bytes of its body, and the headers that belong to it."""

    status: int
    headers: dict[str, str]
    body: bytes
    entity_id: int | None = None


@dataclass(frozen=True)
class Claim:
    """`is_running`: another request holds the key now. `is_other`: the key was used for something else."""

    is_running: bool = False
    is_other: bool = False
    answer: Answer | None = field(default=None)


def digest(method: str, address: str, body: bytes) -> str:
    """Of what was asked. The parts cannot run into each other: an address has no line break."""
    return hashlib.sha256(f"{method}\n{address}\n".encode() + body).hexdigest()


def claim(*, caller: Caller, key: str, request_digest: str) -> Claim:
    """Takes the key until the transaction ends, without waiting; tells what it was used for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [caller.number(key)])
        if not cursor.fetchone()[0]:
            return Claim(is_running=True)
    # A statement of its own: it sees what was committed before the lock was given.
    found = RequestKey.objects.filter(owner=caller.owner, caller=caller.name, key=key).first()
    if found is None:
        return Claim()
    if found.request_digest != request_digest:
        return Claim(is_other=True)
    return Claim(answer=Answer(found.status, found.headers, bytes(found.body), found.entity_id))


def keep(*, caller: Caller, key: str, request_digest: str, answer: Answer, event_id: int | None) -> None:
    """Writes the answer down for good."""
    with as_refusal():
        RequestKey.objects.bulk_create(
            [
                RequestKey(
                    owner=caller.owner,
                    caller=caller.name,
                    key=key,
                    request_digest=request_digest,
                    status=answer.status,
                    headers=answer.headers,
                    body=answer.body,
                    entity_id=answer.entity_id,
                    event_id=event_id,
                )
            ]
        )
