"""How many requests a key may send: counted in the broker's memory, one window after the other, told in each answer.

The headers are those of the IETF's draft (RateLimit, RateLimit-Policy); beyond the limit it is 429 with Retry-After.
Wrong secrets of a client, and wrong tokens by their prefix, are counted by themselves, for each sender: beyond a few
none is looked at for a while.
Counting is a courtesy to the others: where the broker does not answer, requests go through uncounted.
"""

import hashlib
import logging
import time
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import redis
from django.conf import settings
from rest_framework.request import Request

from treasury.api.problems import ProblemError
from treasury.models import ApiToken

NAME = "key"
#: Wrong secrets that one sender may give for one client id, and the seconds after which they are forgotten.
WRONG_SECRETS, FORGOTTEN_AFTER = 10, 60
#: Wrong tokens that one sender is told so in the same time, whosever they would be; right ones go through all the
#: while, since many systems may be behind one address.
WRONG_TOKENS = 100
#: No client is called this: a client id is letters and digits.
_TOKENS = "tokens of any owner"
_PATIENCE_SECONDS = 0.5
_PAUSE_SECONDS = 10.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Count:
    """Where a key stands in its window."""

    quota: int
    window: int
    used: int
    seconds_left: int

    @property
    def headers(self) -> dict[str, str]:
        left = max(self.quota - self.used, 0)
        return {
            "RateLimit-Policy": f'"{NAME}";q={self.quota};w={self.window}',
            "RateLimit": f'"{NAME}";r={left};t={self.seconds_left}',
        }


class _Broker:
    """The connection, and when it is tried again after it has failed."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        patience = {"socket_timeout": _PATIENCE_SECONDS, "socket_connect_timeout": _PATIENCE_SECONDS}
        if parts.scheme == "redis+socket":
            self.client: Any = redis.Redis(unix_socket_path=parts.path, **patience)
        else:
            self.client = redis.Redis.from_url(address, **patience)
        self.not_before = 0.0

    def counted(self, key: str, window: int, *, by: int = 1) -> tuple[int, int] | None:
        """How many there were in the window, this one included, and the seconds that are left of it."""
        if time.monotonic() < self.not_before:
            return None
        try:
            with self.client.pipeline(transaction=True) as steps:
                steps.set(key, 0, ex=window, nx=True).incrby(key, by).ttl(key)
                _, used, left = steps.execute()
        except redis.RedisError as error:
            self.not_before = time.monotonic() + _PAUSE_SECONDS
            _log.warning("requests are not counted, the broker does not answer: %s", error)
            return None
        return int(used), max(int(left), 1)


@cache
def _broker(address: str) -> _Broker:
    return _Broker(address)


def count(request: Request) -> Count | None:
    """Counts this request of a key; None where nothing is limited. Raises a 429 beyond the limit."""
    token = request.auth
    if not isinstance(token, ApiToken):
        return None
    return taken(token.prefix if token.client is None else token.client.client_id)


def taken(whose: str) -> Count | None:
    """Counts a request of this token or client."""
    quota, window = settings.HEDGEBOOK_RATE_LIMIT
    if not quota:
        return None
    counted = _broker(settings.CELERY_BROKER_URL).counted(_key("requests", whose), window)
    if counted is None:
        return None
    found = Count(quota, window, *counted)
    if found.used > quota:
        raise ProblemError(
            429, "too_many_requests", f"At most {quota} requests in {window} seconds; go on in {counted[1]}.",
            headers=found.headers | {"Retry-After": str(counted[1])},
        )  # fmt: skip
    return found


def refuse_guessing(whose: str, sender: str, what: str = "secrets of this client") -> None:
    """Raises a 429 where this sender has given too many wrong secrets for the client or token; others are not in its
    way."""
    _refuse(_wrong(whose, sender, by=0), WRONG_SECRETS, what)


def note_wrong_secret(whose: str, sender: str) -> None:
    _wrong(whose, sender, by=1)


def refuse_wrong_token(prefix: str, sender: str) -> None:
    """Notes a wrong token. Raises a 429 where this sender has given too many, of whatever prefix."""
    _refuse(_wrong(_TOKENS, sender, by=1), WRONG_TOKENS + 1, "tokens")
    note_wrong_secret(prefix, sender)


def _refuse(counted: tuple[int, int] | None, most: int, what: str) -> None:
    if counted is not None and counted[0] >= most:
        raise ProblemError(
            429, "too_many_requests", f"Too many wrong {what}; go on in {counted[1]} seconds.",
            headers={"Retry-After": str(counted[1])},
        )  # fmt: skip


def _wrong(whose: str, sender: str, *, by: int) -> tuple[int, int] | None:
    key = hashlib.sha256(f"{whose}\n{sender}".encode()).hexdigest()
    return _broker(settings.CELERY_BROKER_URL).counted(_key("wrong", key), FORGOTTEN_AFTER, by=by)


def _key(what: str, whose: str) -> str:
    prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("global_keyprefix", "")
    return f"{prefix}{what}:{whose}"
