"""Sixteen clients write with retries while the server and Postgres are killed at random; four consumers follow.

Every write that was acknowledged is there once, and every copy equals the tables, its tombstones the rejected versions.
Whoever is not served is told 503 and when to come again; a 500 fails.
HEDGEBOOK_LOAD_SECONDS says for how long.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from decimal import Decimal
from typing import Any

import urllib3
from django.db import connections

from exposures.models import Exposure, ExposureVersion, ExposureVersionApproval
from hedges.models import Instrument, InstrumentVersion, InstrumentVersionApproval
from tests.factories import api, book
from tests.load.clients import EXPOSURES, INSTRUMENTS, REJECTED, Caller, Consumer, Copy, Writer
from tests.load.own_servers import OwnServers, own_servers
from treasury.models import RequestKey

SECONDS = float(os.environ.get("HEDGEBOOK_LOAD_SECONDS", "40"))
WRITERS, CONSUMERS = 16, 4
#: What tells one version from the next.
TERM = {INSTRUMENTS: "strike_rate", EXPOSURES: "exposure_amount"}


def test_every_acknowledged_write_is_there_once_and_every_copy_is_the_tables(
    django_test_environment: None, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock(), own_servers() as servers:
        writers, consumers, end, ended = prepared(servers)
        for one in (*consumers, *writers):
            one.start()
        killed = kills(servers, random.Random(SECONDS), time.monotonic() + SECONDS)
        end.set()
        for writer in writers:
            writer.join(timeout=180)
        ended.set()
        for consumer in consumers:
            consumer.join(timeout=180)
        connections.close_all()  # those of this process were cut as well
        assert not [one for one in (*writers, *consumers) if one.is_alive()]
        assert [problem for one in (*writers, *consumers) for problem in one.problems] == []
        print(
            f"{sum(len(one.done) for one in writers)} things, {killed}, sent again "
            f"{sum(one.treasurer.again + one.approver.again for one in writers)} times, "
            f"{sum(one.treasurer.not_now + one.approver.not_now for one in writers)} of them for a 503, "
            f"pages lost {sum(one.lost for one in consumers)}, log {servers.log}"
        )
        assert min(killed.values()) > 0 and all(one.done for one in writers)
        each_once(writers)
        tables = from_the_tables()
        assert {resource for resource, *_ in rejected(tables)} == {INSTRUMENTS, EXPOSURES}
        for consumer in consumers:
            assert shown(consumer.copy) == tables
            assert consumer.gone == rejected(tables)
        afresh = Consumer(consumers[0].caller, ended)
        afresh.run()
        assert afresh.problems == [] and all(one.copy == afresh.copy for one in consumers)


def prepared(servers: OwnServers) -> tuple[list[Writer], list[Consumer], threading.Event, threading.Event]:
    entity, bank = book.entity(), book.counterparty()
    book.risk()
    ticket = {
        "entity": entity.code, "kind": "FORWARD", "side": "SELL", "currency": "USD", "amount": "600000.00",
        "against": "USDEUR", "trade_date": "2026-10-28", "value_date": "2027-04-30", "counterparty": bank.code,
    }  # fmt: skip
    order = {
        "entity": entity.code, "kind": "FIRM_COMMITMENT", "risk": "USDEUR", "expected_date": "2027-03-31",
        "valid_from": "2026-10-28", "source_system": "LOAD",
    }  # fmt: skip

    def caller(role: str) -> Caller:
        return Caller(servers.address, api.token_of(book.user(role, entity=entity)))

    end, ended = threading.Event(), threading.Event()
    writers = [
        Writer(number, caller("TREASURER"), caller("APPROVER"), ticket, order, end)
        for number in range(1, WRITERS + 1)
    ]
    return writers, [Consumer(caller("AUDITOR"), ended) for _ in range(CONSUMERS)], end, ended


def kills(servers: OwnServers, chance: random.Random, until: float) -> Counter[str]:
    """Kills one, the other or both, and starts them again, each at least once; at first Postgres by itself."""
    killed: Counter[str] = Counter({"server": 0, "Postgres": 0})
    which: tuple[str, ...] = ("Postgres",)
    while time.monotonic() < until or not all(killed.values()):
        time.sleep(chance.uniform(2, 6))
        if "server" in which:
            servers.kill_site()
        if "Postgres" in which:
            servers.kill_postgres()
            if "server" not in which:
                says_when_again(servers)
            time.sleep(chance.uniform(0, 1))
            servers.start_postgres()
        if "server" in which:
            servers.start_site()
        killed.update(which)
        which = chance.choice([("server",), ("Postgres",), ("server", "Postgres")])
    return killed


def says_when_again(servers: OwnServers) -> None:
    """Without Postgres the server is there, and is no fault of its own."""
    headers = {"Authorization": "Bearer hb0000000000.x"}
    answer = urllib3.request("GET", f"{servers.address}entities/", headers=headers, retries=False, timeout=60)
    assert (answer.status, answer.headers.get("Retry-After")) == (503, "5"), answer.data[:500]


def each_once(writers: list[Writer]) -> None:
    """As many things, versions, decisions and kept answers as were acknowledged, and no others."""
    done = [one for writer in writers for one in writer.done]
    for resource, things, versions, approvals, term in (
        (INSTRUMENTS, Instrument, InstrumentVersion, InstrumentVersionApproval, "strike_rate"),
        (EXPOSURES, Exposure, ExposureVersion, ExposureVersionApproval, "exposure_amount"),
    ):
        own, thing = [one for one in done if one.resource == resource], resource.removesuffix("s")
        found = things.objects.filter(source_system="LOAD").values_list("external_reference", "pk")
        assert sorted(found) == sorted((one.reference, one.thing) for one in own)
        terms, decisions = (
            by_thing(versions, f"{thing}_id", term),
            by_thing(approvals, f"version__{thing}_id", "decision"),
        )
        assert terms == {one.thing: [Decimal(text) for text in one.terms] for one in own}
        assert decisions == {one.thing: one.decisions for one in own}
    assert RequestKey.objects.count() == sum(len(one.terms) + len(one.decisions) for one in done)


def by_thing(model: Any, thing: str, value: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for key, one in model.objects.order_by("pk").values_list(thing, value):
        found.setdefault(key, []).append(one)
    return found


def shown(copy: Copy) -> set[tuple[Any, ...]]:
    return {
        (resource, key, version, Decimal(body[TERM[resource]]), body["decision"])
        for (resource, key, version), body in copy.items()
    }


def from_the_tables() -> set[tuple[Any, ...]]:
    trades = InstrumentVersion.objects.values_list(
        "instrument_id", "version_number", "strike_rate", "approval__decision"
    )
    exposures = ExposureVersion.objects.values_list(
        "exposure_id", "version_number", "exposure_amount", "approval__decision"
    )
    return {(INSTRUMENTS, *row) for row in trades} | {(EXPOSURES, *row) for row in exposures}


def rejected(rows: set[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    return {row[:3] for row in rows if row[4] == REJECTED}
