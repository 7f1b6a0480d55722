"""One caller's walk through the API by its contract: what Schemathesis sent, and what it says is wrong.

Every check is on. What differs from its defaults, and why:

- a valid body may be refused: by the book (409), for what is not there (404), for a state that was not seen (412), for
  the caller's role (403), for its key, which another request had (422), or for a rule that no schema can say (400: a
  date after another), and then by the field and what was expected of it (`reasons`);
- a header that is missing is 428, not 400, where it says which state was seen (RFC 6585); what is not there is 404
  before that. An error of the server (5xx), which Schemathesis lets pass here, never passes.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import schemathesis
import werkzeug
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import got_request_exception
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from tests.api_contract import reasons, rows  # noqa: F401  what is asked of a refusal, how tables are written
from tests.api_contract.known import configured
from tests.api_contract.right import Walk, sending
from treasury.api.documentation import contract, written

ANSWERS_TO_VALID = ["2xx", "3xx", "400", "401", "403", "404", "409", "412", "422", "429"]
ANSWERS_WITHOUT_A_HEADER = ["400", "401", "403", "404", "422", "428"]
#: Steps of one random path from answer to request to answer.
STEPS = 6
#: Another one draws other examples.
SEED = int(os.environ.get("HEDGEBOOK_SCHEMATHESIS_SEED", "1"))


@dataclass
class Found:
    """What one walk has sent and found. `sent`: examples by phase; `probes`: what a check sends besides, such as the
    same without a sign-in; `operations`: what was walked, `done`: what said yes at least once."""

    sent: Counter[str] = field(default_factory=Counter)
    probes: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    operations: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    wrong: dict[str, str] = field(default_factory=dict)

    def __add__(self, other: Found) -> Found:
        return Found(
            self.sent + other.sent, self.probes + other.probes, self.statuses + other.statuses,
            self.operations | other.operations, self.done | other.done, self.wrong | other.wrong,
        )  # fmt: skip

    @property
    def examples(self) -> int:
        return sum(self.sent.values())


@dataclass(frozen=True)
class Caller:
    """Who walks: what it is called, its token, its place among all callers, what it knows of the book, and the book."""

    name: str
    token: str
    place: int
    known: Mapping[str, list[Any]]
    walk: Walk | None = None


def walked(caller: Caller, *, phases: Iterable[str], each: int, only: Sequence[str]) -> Found:
    """Walks as the caller: `each` examples of each of these operations, or as many random paths between them."""
    found = Found()
    if not only:
        return found
    config = _config(caller)
    default = config.projects.default
    default.phases.update(phases=list(phases))
    default.generation.update(max_examples=each)
    # The contract as the program keeps it now; that it is the one served, another test says.
    schema = schemathesis.openapi.from_dict(json.loads(written(contract())), config=config)
    schema.app = _Application()
    schema = schema.include(operation_id=list(only))
    client = patch("schemathesis.python.wsgi.get_client", _Client)
    with _quiet(), _faults(found), sending.as_walker(caller.walk), client:
        for event in from_schema(schema).execute():
            _note(event, found)
    return found


@contextmanager
def _faults(found: Found) -> Iterator[None]:
    """What broke inside an answer of 5xx: a random state of the book is not met a second time, so the trace is kept."""

    def broke(request: Any = None, **_: Any) -> None:
        trace = traceback.format_exc()
        last = traceback.extract_tb(sys.exc_info()[2])[-1]
        found.wrong[f"{request.method} {request.path}: {last.filename}:{last.lineno}"] = trace

    got_request_exception.connect(broke, weak=False)
    try:
        yield
    finally:
        got_request_exception.disconnect(broke)


class _Client(werkzeug.Client):
    """Schemathesis gives its probes without a sign-in settings of sockets, of which a call in the process has none."""

    def open(self, *args: Any, **told: Any) -> Any:
        for name in ("max_redirects", "verify", "cert", "proxies"):
            told.pop(name, None)
        return super().open(*args, **told)


class _Application(WSGIHandler):
    """Django as the web server calls it, with one connection for a walking thread."""


def _config(caller: Caller) -> SchemathesisConfig:
    """Each caller draws other examples, and the same ones again the next time (unless `SEED` says otherwise)."""
    told = configured(caller.known) | {
        "seed": SEED + caller.place,
        "workers": 1,
        "continue-on-failure": True,
    }
    config = SchemathesisConfig.from_dict(told)
    project = config.projects.default
    project.headers = {"Authorization": f"Bearer {caller.token}"}
    checks = project.checks
    checks.positive_data_acceptance.expected_statuses = ANSWERS_TO_VALID
    checks.missing_required_header.expected_statuses = ANSWERS_WITHOUT_A_HEADER
    project.generation.update(no_shrink=True, database="none")
    project.phases.stateful.max_steps = STEPS
    return config


def _note(event: Any, found: Found) -> None:
    if isinstance(event, events.NonFatalError):
        found.wrong[f"{event.label}: {event.info.title}"] = str(event.info.message)
    if isinstance(event, events.FatalError):
        raise event.exception
    if not isinstance(event, events.ScenarioFinished):
        return
    recorder = event.recorder
    for case_id, interaction in recorder.interactions.items():
        case = recorder.cases[case_id]
        if case.parent_id is not None and case.transition is None:
            found.probes += 1
            continue
        found.sent[event.phase.value] += 1
        found.operations.add(case.value.operation.label)
        if interaction.response is not None:
            found.statuses[interaction.response.status_code] += 1
            if 200 <= interaction.response.status_code < 300:
                found.done.add(case.value.operation.label)
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                where = recorder.cases[case_id].value.operation.label
                failure = check.failure_info.failure
                found.wrong[f"{where}: {check.name}: {failure.title}"] = (
                    f"{failure.message}\n{check.failure_info.code_sample}"
                )


@contextmanager
def _quiet() -> Iterator[None]:
    """Refusals are what a walk is for: none of them into the log of the tests, faults only."""
    logger = logging.getLogger("django.request")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
