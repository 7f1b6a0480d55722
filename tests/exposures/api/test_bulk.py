"""Exposures in bulk over HTTP: every format, both modes, at once and as a job."""

from typing import Any

import pytest

from exposures.domain.bulk import jobs
from exposures.models import BulkJob, Exposure, ExposureVersion, Import
from tests.factories import api, book
from tests.factories.bulk import WRITERS, ndjson, row
from treasury.domain.bulk.rows import CSV, MEDIA_TYPES, NDJSON, PARQUET
from treasury.models import AuditEvent, Entity

pytestmark = pytest.mark.django_db


@pytest.fixture
def entity() -> Entity:
    book.risk()
    return book.entity()


@pytest.fixture
def desk() -> api.Caller:
    return api.by_token("TREASURER")


def sent(
    caller: api.Caller, content: bytes, *, media_type: str = NDJSON, prefer: str | None = None, **query: Any
) -> Any:
    asked = {"source_system": "ERP", "valid_from": "2026-01-01"} | query
    return caller.send(
        "POST", "exposures/bulk/", content, media_type=media_type, headers={"Prefer": prefer}, **asked
    )


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
def test_each_row_is_answered_in_its_order(desk: api.Caller, entity: Entity, media_type: str) -> None:
    rows = [row("A", entity), row("B", entity)]
    assert sent(desk, WRITERS[media_type](*rows), media_type=media_type).json()["created"] == 2
    rows[0]["exposure_amount"] = "1.00"
    answer = sent(desk, WRITERS[media_type](*rows, row("C", entity)), media_type=media_type)
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert [(one["index"], one["external_reference"], one["outcome"]) for one in told["results"]] == [
        (0, "A", "amended"), (1, "B", "unchanged"), (2, "C", "created"),
    ]  # fmt: skip
    version = ExposureVersion.objects.get(pk=told["results"][0]["version_id"])
    assert (version.exposure_id, version.version_number) == (told["results"][0]["id"], 2)
    assert (told["created"], told["amended"], told["unchanged"], told["refused"]) == (1, 1, 1, 0)


def test_all_or_nothing_and_row_by_row(desk: api.Caller, entity: Entity) -> None:
    content = ndjson(row("A", entity), row("B", "NOWHERE"), row("C", entity, kind="WISH"))
    before = AuditEvent.objects.count()
    answer = sent(desk, content)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert [(one["index"], one["field"], one["code"]) for one in answer.json()["errors"]] == [
        (1, "entity", "unknown_entity"), (2, "kind", "unknown_kind"),
    ]  # fmt: skip
    assert (AuditEvent.objects.count(), Exposure.objects.count()) == (before, 0)
    told = sent(desk, content, mode="row-wise").json()
    assert [one["outcome"] for one in told["results"]] == ["created", "refused", "refused"]
    assert told["results"][1]["problems"][0]["field"] == "entity"
    assert told["results"][1]["id"] is None


@pytest.mark.parametrize(
    ("content", "media_type", "query", "field"),
    [
        (b"\n", NDJSON, {}, "rows"),
        (b"\xff", NDJSON, {}, "document"),
        (b"a,b\n1,2\n", CSV, {}, "a"),
        (b"external_reference,external_reference\n", CSV, {}, "document"),
        (b'entity\n"', CSV, {}, "external_reference"),
        (b"PAR1 not at all", PARQUET, {}, "document"),
        (b"{}", NDJSON, {"mode": "some"}, "mode"),
        (b"{}", NDJSON, {"valid_from": "2026-02-30"}, "valid_from"),
        (b"{}", NDJSON, {"colour": "blue"}, "colour"),
    ],
)
def test_what_cannot_be_read_is_named(
    desk: api.Caller, entity: Entity, content: bytes, media_type: str, query: Any, field: str
) -> None:
    answer = sent(desk, content, media_type=media_type, **query)
    assert answer.status_code == 400, answer.content
    assert answer.json()["errors"][0]["field"] == field


def test_the_source_has_to_be_said(desk: api.Caller, entity: Entity) -> None:
    answer = desk.client.generic(
        "POST",
        f"{api.ROOT}exposures/bulk/",
        ndjson(row("A", entity)),
        content_type=NDJSON,
        HTTP_IDEMPOTENCY_KEY="k",
    )
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "source_system")


def test_a_job_is_asked_worked_on_and_answered(desk: api.Caller, entity: Entity) -> None:
    content = ndjson(row("A", entity), row("B", "NOWHERE"))
    answer = sent(desk, content, prefer="respond-async", mode="row-wise", reason="Orders of May")
    assert answer.status_code == 202, answer.content
    job = answer.json()
    assert answer["Location"].endswith(f"/api/v1/bulk-jobs/{job['id']}/")
    assert (job["status"], job["row_count"]) == ("WAITING", None)
    waits = desk.get(f"bulk-jobs/{job['id']}/result/")
    assert (waits.status_code, waits.json()["code"], waits["Retry-After"]) == (409, "not_finished", "1")
    assert jobs.run(job["id"])
    assert not jobs.run(job["id"])
    done = desk.read(f"bulk-jobs/{job['id']}/")
    assert (done["status"], done["row_count"], done["rows_checked"], done["rows_recorded"]) == (
        "DONE",
        2,
        2,
        1,
    )
    told = desk.read(f"bulk-jobs/{job['id']}/result/")
    assert [one["outcome"] for one in told["results"]] == ["created", "refused"]
    version = ExposureVersion.objects.get(pk=told["results"][0]["version_id"])
    assert version.change_reason == "Orders of May"
    assert version.author_id == BulkJob.objects.get(pk=job["id"]).event.actor_id
    again = sent(desk, content, mode="row-wise").json()
    assert [one["outcome"] for one in again["results"]] == ["unchanged", "refused"]


def test_a_refused_job_has_the_same_problem_document(desk: api.Caller, entity: Entity) -> None:
    content = ndjson(row("A", entity), row("B", "NOWHERE"))
    at_once = sent(desk, content).json()
    job = sent(desk, content, prefer="respond-async").json()
    jobs.run(job["id"])
    later = desk.get(f"bulk-jobs/{job['id']}/result/")
    assert (later.status_code, later.json()) == (400, at_once)
    assert desk.read(f"bulk-jobs/{job['id']}/")["status"] == "REFUSED"
    assert Exposure.objects.count() == 0


def test_a_cancelled_job_records_nothing(desk: api.Caller, entity: Entity) -> None:
    job = sent(desk, ndjson(row("A", entity)), prefer="respond-async").json()
    address = f"bulk-jobs/{job['id']}/cancel/"
    assert desk.send("POST", address, b"{}").json()["status"] == "CANCELLED"
    assert desk.send("POST", address, b"{}").status_code == 409
    assert not jobs.run(job["id"])
    assert desk.get(f"bulk-jobs/{job['id']}/result/").status_code == 409
    assert (Exposure.objects.count(), Import.objects.count()) == (0, 0)


def test_a_job_is_its_senders(desk: api.Caller, entity: Entity) -> None:
    job = sent(desk, ndjson(row("A", entity)), prefer="respond-async").json()
    other = api.by_token("TREASURER")
    assert other.rows("bulk-jobs/") == []
    for path in ("", "result/"):
        assert other.refused(f"bulk-jobs/{job['id']}/{path}") == other.refused(f"bulk-jobs/999999/{path}")
    assert other.send("POST", f"bulk-jobs/{job['id']}/cancel/", b"{}").status_code == 404


def test_rows_of_foreign_entities_are_those_of_none(entity: Entity) -> None:
    stranger = api.by_token("TREASURER", entity=book.entity())
    told = [
        sent(stranger, ndjson(row("A", one))).json()["errors"][0] | {"got": ""} for one in (entity, "NOWHERE")
    ]
    assert told[0] == told[1]


def test_the_same_key_is_the_same_answer_and_records_once(desk: api.Caller, entity: Entity) -> None:
    content, told = ndjson(row("A", entity)), {"source_system": "ERP"}
    answers = [
        desk.send(
            "POST",
            "exposures/bulk/",
            content,
            media_type=NDJSON,
            headers={"Idempotency-Key": "night-1"},
            **told,
        )
        for _ in range(2)
    ]
    assert answers[0].content == answers[1].content
    assert answers[1].json()["created"] == 1
    without = desk.send(
        "POST", "exposures/bulk/", content, media_type=NDJSON, headers={"Idempotency-Key": None}, **told
    )
    assert (without.status_code, without.json()["errors"][0]["field"]) == (400, "Idempotency-Key")
