"""Trades and market quotes in bulk as jobs: asked for over HTTP, done by the worker, answered as at once."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from exposures.api import by_job
from exposures.domain.bulk import jobs
from exposures.models import BulkJob, ExposureVersion
from hedges.models import Instrument, InstrumentVersion
from tests.factories import api, book
from tests.factories.bulk import ndjson, quote, row, trade
from treasury.domain.bulk.rows import NDJSON
from treasury.models import AuditEvent, MarketQuote

OF_SOURCE = {"source_system": "TMS", "valid_from": "2026-06-01"}


@pytest.fixture
def desk() -> api.Caller:
    return api.by_token("TREASURER")


def sent(
    desk: api.Caller, resource: str, *rows: dict[str, Any], prefer: str | None = "respond-async", **query: Any
) -> Any:
    told = {} if resource == "market-quotes" else OF_SOURCE
    return desk.send(
        "POST",
        f"{resource}/bulk/",
        ndjson(*rows),
        media_type=NDJSON,
        headers={"Prefer": prefer},
        **(told | query),
    )


def trades(count: int) -> list[dict[str, Any]]:
    book.risk()
    entity, bank = book.entity(), book.counterparty()
    return [trade(f"FX-{number}", entity, bank) for number in range(count)]


@pytest.mark.django_db
def test_trades_come_as_a_job(desk: api.Caller) -> None:
    rows = [*trades(2), trades(1)[0] | {"external_reference": "X", "counterparty": "NOBANK"}]
    answer = sent(desk, "instruments", *rows, mode="row-wise", reason="Of the night")
    assert answer.status_code == 202, answer.content
    job = answer.json()
    assert (job["resource"], job["status"]) == ("instruments", "WAITING")
    assert desk.get(f"bulk-jobs/{job['id']}/result/").status_code == 409
    assert jobs.run(job["id"])
    assert not jobs.run(job["id"])
    done = desk.read(f"bulk-jobs/{job['id']}/")
    assert [done[name] for name in ("status", "row_count", "rows_checked", "rows_recorded", "import_id")] == [
        "DONE", 3, 3, 2, None,
    ]  # fmt: skip
    told = desk.read(f"bulk-jobs/{job['id']}/result/")
    assert [one["outcome"] for one in told["results"]] == ["created", "created", "refused"]
    version = InstrumentVersion.objects.get(pk=told["results"][1]["version_id"])
    assert (version.instrument_id, version.change_reason) == (told["results"][1]["id"], "Of the night")
    assert version.author_id == BulkJob.objects.get(pk=job["id"]).event.actor_id
    at_once = sent(desk, "instruments", *rows, prefer=None, mode="row-wise").json()
    assert [one["outcome"] for one in at_once["results"]] == ["unchanged", "unchanged", "refused"]
    again = sent(desk, "instruments", *rows, mode="row-wise").json()
    jobs.run(again["id"])
    assert desk.read(f"bulk-jobs/{again['id']}/result/") == at_once


@pytest.mark.django_db
def test_a_refused_job_has_the_same_problem_document(desk: api.Caller) -> None:
    rows = trades(2)
    rows[1] |= {"fixing_date": "2027-03-29"}
    at_once = sent(desk, "instruments", *rows, prefer=None).json()
    job = sent(desk, "instruments", *rows).json()
    jobs.run(job["id"])
    later = desk.get(f"bulk-jobs/{job['id']}/result/")
    assert (later.status_code, later.json()) == (400, at_once)
    assert Instrument.objects.count() == 0


@pytest.mark.django_db
def test_a_job_records_where_its_sender_might_write_when_it_came(desk: api.Caller) -> None:
    rows = trades(1)
    job = sent(desk, "instruments", *rows).json()
    (later,) = trades(1)
    other = sent(desk, "instruments", later | {"external_reference": "L"}).json()
    assert BulkJob.objects.get(pk=job["id"]).entity_ids < BulkJob.objects.get(pk=other["id"]).entity_ids
    bound = api.by_token("TREASURER", entity=book.entity())
    refused = sent(bound, "instruments", *rows).json()
    jobs.run(refused["id"])
    assert bound.get(f"bulk-jobs/{refused['id']}/result/").json()["errors"][0]["code"] == "unknown_entity"


@pytest.mark.django_db
def test_it_says_how_far_it_is_and_many_are_a_job_by_themselves(desk: api.Caller, monkeypatch: Any) -> None:
    from hedges.domain.bulk import reading, upsert

    monkeypatch.setattr(by_job, "AT_ONCE", 4)
    monkeypatch.setattr(reading, "AT_A_TIME", 2)
    monkeypatch.setattr(upsert, "AT_A_TIME", 2)
    answer = sent(desk, "instruments", *trades(5), prefer=None)
    assert answer.status_code == 202
    before = AuditEvent.objects.filter(action="exposures.bulk.checked").count()
    jobs.run(answer.json()["id"])
    assert AuditEvent.objects.filter(action="exposures.bulk.checked").count() == before + 3  # 2, 4 and all 5
    result = desk.read(f"bulk-jobs/{answer.json()['id']}/result/")
    assert (result["created"], [one["version_number"] for one in result["results"]]) == (5, [1] * 5)
    assert InstrumentVersion.objects.values("event").distinct().count() == 1


@pytest.mark.django_db
def test_a_wrong_row_of_the_last_part_takes_back_the_first(desk: api.Caller, monkeypatch: Any) -> None:
    from hedges.domain.bulk import upsert

    monkeypatch.setattr(upsert, "AT_A_TIME", 2)
    rows = trades(5)
    rows[4] |= {"fixing_date": "2027-03-29"}
    before = AuditEvent.objects.count()
    assert sent(desk, "instruments", *rows, prefer=None).status_code == 400
    assert (Instrument.objects.count(), AuditEvent.objects.count()) == (0, before)


@pytest.mark.django_db
def test_market_quotes_come_as_a_job(desk: api.Caller) -> None:
    rows = [quote("EURUSD", "1.08"), quote("EURGBP", "0.85"), quote("EURJPY", "-1")]
    job = sent(desk, "market-quotes", *rows, mode="row-wise").json()
    assert job["resource"] == "market-quotes"
    assert jobs.run(job["id"])
    done = desk.read(f"bulk-jobs/{job['id']}/")
    assert (done["status"], done["row_count"], done["rows_checked"], done["rows_recorded"]) == (
        "DONE",
        3,
        3,
        2,
    )
    rows[0]["value"] = "1.09"
    at_once = sent(desk, "market-quotes", *rows, prefer=None, mode="row-wise").json()
    assert [one["outcome"] for one in at_once["results"]] == ["amended", "unchanged", "refused"]
    same = sent(desk, "market-quotes", *rows, mode="row-wise").json()
    jobs.run(same["id"])
    assert desk.read(f"bulk-jobs/{same['id']}/result/")["unchanged"] == 2
    refused = sent(desk, "market-quotes", *rows).json()
    jobs.run(refused["id"])
    assert desk.get(f"bulk-jobs/{refused['id']}/result/").status_code == 400
    assert api.by_token("TREASURER").rows("bulk-jobs/") == []


def test_the_worker_takes_each_kind_from_its_queue(committed_db: Any, celery_worker_process: Any) -> None:
    """Over the broker: nobody in this process works on the jobs."""
    desk = api.by_token("TREASURER")
    book.risk()
    entity, bank = book.entity(), book.counterparty()
    asked = {
        "exposures": [row("SO-1", entity), row("SO-2", entity)],
        "instruments": [trade("FX-1", entity, bank), trade("FX-2", entity, bank)],
        "market-quotes": [quote("EURUSD", "1.08"), quote("EURGBP", "0.85")],
    }
    found = {resource: sent(desk, resource, *rows).json()["id"] for resource, rows in asked.items()}

    def ended() -> bool:
        return not BulkJob.objects.filter(status__in=jobs.OPEN).exists()

    wait_for(ended, celery_worker_process)
    for resource, job in found.items():
        assert desk.read(f"bulk-jobs/{job}/")["status"] == "DONE", resource
        assert desk.read(f"bulk-jobs/{job}/result/")["created"] == 2
    assert [model.objects.count() for model in (ExposureVersion, InstrumentVersion, MarketQuote)] == [2, 2, 2]


def wait_for(ended: Callable[[], bool], worker: Any) -> None:
    deadline = time.monotonic() + 120
    while not ended():
        assert time.monotonic() < deadline, worker.said()
        time.sleep(0.05)
