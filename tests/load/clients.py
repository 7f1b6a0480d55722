"""Those who write and those who follow, over HTTP, through whatever happens to the servers."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import orjson
import urllib3

INSTRUMENTS, EXPOSURES = "instruments", "exposures"
APPROVED, REJECTED = "APPROVED", "REJECTED"
#: What says: not now, and when again. It is sent again with the same key. Any other failure, a 500 too, is one.
NOT_NOW = 503
PATIENCE = 120.0


class Gone(Exception):
    """No answer that says anything for too long."""


@dataclass
class Caller:
    """One token over one connection at a time."""

    root: str
    token: str
    again: int = 0
    not_now: int = 0
    pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(retries=False, timeout=10))

    def send(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
        """The answer, however often it has to be asked for: with the same key and body each time."""
        told = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            **(headers or {}),
        }
        raw = None if body is None else orjson.dumps(body)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                answer = self.pool.request(method, self.root + path, body=raw, headers=told)
            except urllib3.exceptions.HTTPError:
                answer = None
            if answer is not None and not _is_passing(answer):
                return answer
            self.again += 1
            if answer is not None and answer.status == NOT_NOW:
                self.not_now += 1
            time.sleep(random.uniform(0.05, 0.5))
        raise Gone(f"{method} {path}")

    def write(self, path: str, body: Any, **headers: str) -> Any:
        answer = self.send("POST", path, body, {"Idempotency-Key": str(uuid4()), **headers})
        if answer.status >= 300:
            raise AssertionError(f"POST {path}: {answer.status} {answer.data[:500]!r}")
        return answer

    def read(self, path: str) -> Any:
        answer = self.send("GET", path)
        if answer.status != 200:
            raise AssertionError(f"GET {path}: {answer.status} {answer.data[:500]!r}")
        return answer


def _is_passing(answer: Any) -> bool:
    if answer.status == NOT_NOW:
        if not answer.headers.get("Retry-After", "").isdigit():
            raise AssertionError(
                f"503 that does not say when again: {dict(answer.headers)} {answer.data[:200]!r}"
            )
        return True
    return answer.status == 409 and orjson.loads(answer.data).get("code") == "request_under_way"


@dataclass
class Acknowledged:
    """What the server has said yes to of a trade or an exposure: `terms` by version, and the decisions."""

    resource: str
    reference: str
    thing: int
    terms: list[str]
    decisions: list[str] = field(default_factory=list)


@dataclass
class Writer(threading.Thread):
    """Records trades and exposures, has them decided on and amends some trades, until it is told to end; it finishes
    what it has begun. Of the amendments every third is rejected, of the exposures every fourth."""

    number: int
    treasurer: Caller
    approver: Caller
    ticket: dict[str, Any]
    order: dict[str, Any]
    end: threading.Event
    done: list[Acknowledged] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        try:
            while not self.end.is_set():
                self.trade(sum(one.resource == INSTRUMENTS for one in self.done) + 1)
                self.exposure(sum(one.resource == EXPOSURES for one in self.done) + 1)
        except Exception as problem:  # shown at the end, where the test looks at it
            self.problems.append(f"writer {self.number}: {problem!r}")

    def trade(self, place: int) -> None:
        reference, rate = f"W{self.number}-{place}", f"0.9{self.number:02d}{place % 100:02d}"
        body = self.ticket | {"rate": rate, "source_system": "LOAD", "external_reference": reference}
        made = orjson.loads(self.treasurer.write("instruments/record/", body | {"is_another": True}).data)
        (version,) = made["versions"]
        trade = Acknowledged(INSTRUMENTS, reference, made["instrument_id"], [rate])
        self.done.append(trade)
        self.decide(version["id"], trade, APPROVED)
        if place % 2:
            where = f"instruments/{trade.thing}/"
            tag = self.treasurer.read(where).headers["ETag"]
            amended = {name: value for name, value in body.items() if name not in ("entity", "source_system")}
            amended.pop("external_reference")
            amended |= {"rate": "0.95", "reason": "As confirmed.", "counts_from": self.ticket["trade_date"]}
            answer = self.treasurer.write(f"{where}amend/", amended, **{"If-Match": tag})
            trade.terms.append("0.95")
            self.decide(
                orjson.loads(answer.data)["id"],
                trade,
                REJECTED if (self.number + place) % 3 == 0 else APPROVED,
            )

    def exposure(self, place: int) -> None:
        reference, amount = f"X{self.number}-{place}", f"{self.number * 1_000_000 + place}.00"
        body = self.order | {"exposure_amount": amount, "external_reference": reference}
        made = orjson.loads(self.treasurer.write("exposures/record/", body).data)
        one = Acknowledged(EXPOSURES, reference, made["exposure_id"], [amount])
        self.done.append(one)
        self.decide(made["id"], one, REJECTED if (self.number + place) % 4 == 0 else APPROVED)

    def decide(self, version: int, of: Acknowledged, decision: str) -> None:
        where = f"{of.resource.removesuffix('s')}-versions/{version}/"
        seen = self.approver.read(where)
        body = {"content_digest": orjson.loads(seen.data)["content_digest"]}
        verb = "approve" if decision == APPROVED else "reject"
        self.approver.write(f"{where}{verb}/", body, **{"If-Match": seen.headers["ETag"]})
        of.decisions.append(decision)


Copy = dict[tuple[str, int, int | None], Any]


@dataclass
class Consumer(threading.Thread):
    """Keeps a copy by the feed's cursor, and which versions never count. Now and then it loses what it read since it
    last kept its cursor."""

    caller: Caller
    end: threading.Event
    copy: Copy = field(default_factory=dict)
    gone: set[tuple[str, int, int | None]] = field(default_factory=set)
    cursor: str | None = None
    lost: int = 0
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        try:
            while True:
                is_last = (
                    self.end.is_set()
                )  # looked at before the feed, so that the last look sees everything
                more = self.page()
                if not more:
                    if is_last:
                        return
                    time.sleep(0.2)
        except Exception as problem:
            self.problems.append(f"consumer: {problem!r}")

    def page(self) -> bool:
        after = f"&cursor={self.cursor}" if self.cursor else ""
        where = f"changes/?bodies=full&page_size=100&resources={INSTRUMENTS},{EXPOSURES}{after}"
        page = orjson.loads(self.caller.read(where).data)
        if random.random() < 0.1 and not self.end.is_set():
            self.lost += 1  # it dies before it has kept anything of this page
            return True
        for change in page["results"]:
            key = change["resource"], change["id"], change["version"]
            self.copy[key] = change["body"]
            if change["tombstone"]:
                self.gone.add(key)
        self.cursor = page["cursor"]
        return bool(page["has_more"])
