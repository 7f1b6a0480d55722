"""The code of docs/recipes.md does what it says, against a real server."""

from __future__ import annotations

import re
import sqlite3
import threading
from datetime import date
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from exposures.api.by_job import AT_ONCE
from exposures.models import BulkJob, Exposure, ExposureVersion
from tests.factories import accounting, api, book
from treasury.api.webhook_messages import message
from treasury.domain.webhooks import delivering, subscribing
from treasury.launcher.paths import PROJECT
from treasury.models import RequestKey

PAGE = Path(PROJECT) / "docs" / "recipes.md"


@pytest.fixture
def recipes(live_site: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Any]:
    """The names that the blocks of the page define, run one after the other as a reader would."""
    book.risk()
    monkeypatch.setenv("HEDGEBOOK_API", f"{live_site}/api/v1/")
    monkeypatch.setenv("HEDGEBOOK_TOKEN", api.token_of(book.user("TREASURER")))
    monkeypatch.setenv("HEDGEBOOK_WEBHOOK_SECRET", "whsec_" + "A" * 32)
    monkeypatch.chdir(tmp_path)
    found: dict[str, Any] = {"__name__": "recipes"}
    for number, block in enumerate(re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.S)):
        exec(compile(block, f"{PAGE.name}, block {number}", "exec"), found)
    return found


def orders(entity: Any, count: int = 3, **changed: str) -> list[dict[str, str]]:
    return [
        {
            "external_reference": f"SO-{number}", "entity": entity.code, "risk": "USDEUR", "kind": "FIRM_COMMITMENT",
            "exposure_amount": "250000.00", "expected_date": "2027-03-31",
        } | changed
        for number in range(count)
    ]  # fmt: skip


def test_the_push_records_each_order_once_and_tells_what_is_refused(recipes: dict[str, Any]) -> None:
    entity = book.entity()
    rows = orders(entity)
    rows[1]["expected_date"] = "31/03/2027"
    (refused,) = recipes["push"](rows)
    assert (refused["index"], refused["problems"][0]["field"]) == (1, "expected_date")
    assert recipes["push"](rows) == [refused], "the same file again is the same answer"
    assert RequestKey.objects.count() == 1
    assert sorted(Exposure.objects.values_list("external_reference", flat=True)) == ["SO-0", "SO-2"]
    assert recipes["push"](orders(entity)) == []
    assert recipes["push"](orders(entity, exposure_amount="260000.00")) == []
    assert Exposure.objects.count() == 3
    assert ExposureVersion.objects.filter(exposure_amount=260_000).count() == 3


def test_a_push_that_is_too_long_for_an_answer_is_a_job_with_the_same_answer(
    recipes: dict[str, Any], celery_worker_process: Any
) -> None:
    rows = orders(book.entity(), AT_ONCE + 1)
    rows[17]["expected_date"] = "31/03/2027"
    (refused,) = recipes["push"](rows)
    assert (refused["index"], refused["problems"][0]["field"]) == (17, "expected_date")
    (job,) = BulkJob.objects.all()
    assert (job.status, job.row_count) == ("DONE", AT_ONCE + 1)
    assert Exposure.objects.count() == AT_ONCE
    assert recipes["push"](rows) == [refused], "the same file again is the same job"
    assert BulkJob.objects.count() == 1


def test_the_ledger_has_each_entry_once_after_a_crash_too(recipes: dict[str, Any]) -> None:
    entity = book.entity()
    version = book.relationship(
        of=entity,
        items=[(book.exposure(of=entity), 600_000)],
        instruments=[(book.forward(of=entity), -600_000)],
    )
    first = accounting.closed_month(entity, date(2026, 6, 1), [accounting.remeasurement(version, 100, 90)])
    assert recipes["pull_journal"]() == 1
    with sqlite3.connect("ledger.sqlite") as ledger:  # as if it had died before it kept where it was
        ledger.execute("DELETE FROM place")
    second = accounting.closed_month(entity, date(2026, 7, 1), [accounting.remeasurement(version, 50, 50)])
    assert recipes["pull_journal"]() == 2
    assert recipes["pull_journal"]() == 0
    ledger = sqlite3.connect("ledger.sqlite")
    kept = [row[0] for row in ledger.execute("SELECT id FROM entry ORDER BY id")]
    ledger.close()
    assert kept == sorted(entry.pk for entry in [*first, *second])


def test_the_warehouse_has_every_version(recipes: dict[str, Any]) -> None:
    entity = book.entity()
    before = [book.exposure(of=entity) for _ in range(2)]
    copy, cursor = recipes["load"]()
    assert set(copy) == {(one.exposure_id, 1) for one in before}
    later = book.exposure(of=entity)
    cursor = recipes["follow"](copy, cursor)
    assert set(copy) == set(ExposureVersion.objects.values_list("exposure_id", "version_number"))
    assert copy[later.exposure_id, 1]["exposure_amount"] == f"{later.exposure_amount:.2f}"
    assert recipes["follow"](copy, cursor) == cursor


def test_the_receiver_takes_what_is_signed_once_and_refuses_the_rest(
    recipes: dict[str, Any], settings: Any
) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), recipes["Hook"])
    host = f"127.0.0.1:{server.server_address[1]}"
    settings.HEDGEBOOK_WEBHOOK_HOSTS, settings.HEDGEBOOK_WEBHOOK_NETWORKS = [host], ["127.0.0.0/8"]
    settings.HEDGEBOOK_WEBHOOK_PLAIN_HTTP = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        webhook, secret = subscribing.subscribe(
            owner=book.user("ADMINISTRATOR"), name="recipe", url=f"http://{host}/", resources=["exposures"]
        )
        made = book.exposure(of=book.entity(), approve=False)
        assert delivering.deliver(webhook.pk, shown=message) == 0, (
            "signed with a secret that it does not know"
        )
        assert recipes["CHANGES"] == []
        recipes["genuine"].__globals__["SECRET"] = secret
        subscribing.replay(webhook=webhook, actor=webhook.owner, cursor=webhook.cursor, reason="Mended.")
        assert delivering.deliver(webhook.pk, shown=message) == 1
        assert [change["id"] for change in recipes["CHANGES"]] == [made.exposure_id]
    finally:
        server.shutdown()
        server.server_close()
