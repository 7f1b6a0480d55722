"""The first valid request that Schemathesis sends to an operation is the right one: of a read each caller's first, of a
write that of the first caller who may, since the things that it needs are made for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from schemathesis.generation.meta import TestPhase

from tests.api_contract.right import RECIPES
from tests.api_contract.right.asked import Walk
from tests.treasury.api.test_every_route import KEY, ROUTES
from treasury.enums import Role

ROOT = "/api/v1/"


@dataclass
class _Sending:
    """Who walks, and what they have been given a right request of."""

    walk: Walk | None = None
    given: set[tuple[str, str]] = field(default_factory=set)


@cache
def _roles(path: str) -> frozenset[str]:
    """Who may do it; of a read, and of what is worked out, everybody."""
    for address, callback in ROUTES:
        if KEY.sub(r"{\1}", address) == path:
            return frozenset(map(str, getattr(callback.cls, "roles", Role.values)))
    return frozenset()


_now = _Sending()


@contextmanager
def as_walker(walk: Walk | None) -> Iterator[None]:
    before, _now.walk = _now.walk, walk
    try:
        yield
    finally:
        _now.walk = before


def put(case: Any) -> None:
    """Puts the right request in the place of the random one: key, body and the state that was seen."""
    walk, label = _now.walk, case.operation.label
    meta = case.meta
    if walk is None or meta is None or meta.phase.name != TestPhase.FUZZING:
        return
    path = case.operation.path.removeprefix(ROOT)
    whose = walk.role if case.method == "GET" else ""
    if not meta.generation.mode.is_positive or (whose, label) in _now.given or walk.role not in _roles(path):
        return
    _now.given.add((whose, label))
    try:
        right = RECIPES[path](walk) if path in RECIPES else walk.read(path)
    except Exception:
        return  # what this caller may not make, or another one's night is in the way of: the random one goes out
    if right.media_type:
        return  # tables are drawn by `rows`
    for name, value in (("key", right.key), ("month", right.month), ("code", right.code)):
        if value and name in (case.path_parameters or {}):
            case.path_parameters[name] = value
    if right.query or case.method == "GET":
        case.query = dict(right.query)
    if right.body is not None:
        case.body = right.body
    if case.method == "POST" and case.headers is not None:
        case.headers["If-Match"] = "*"
