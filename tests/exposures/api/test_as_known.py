"""Imports and bulk jobs as they were known: each attempt with what was found and done by then."""

from typing import Any

import pytest
from django.db import connection

from exposures.domain.bulk import jobs
from tests.exposures.api.test_bulk import ndjson, row, sent
from tests.factories import api, book, importing
from treasury.models import Entity

pytestmark = pytest.mark.django_db


@pytest.fixture
def entity(db: None) -> Entity:
    book.risk()
    return book.entity()


def now() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT hedgebook_now()")
        return str(cursor.fetchone()[0].isoformat())


def test_an_import_is_told_attempt_by_attempt(entity: Entity) -> None:
    before = now()
    user = book.user("TREASURER")
    content = importing.csv(importing.row("A", entity), importing.row("B", "NOWHERE"))
    found = importing.checked(content, actor=user)
    wrong = now()
    caller, path = api.by_token(user=user), f"imports/{found.pk}/"
    cells = {"cells": [{"row_number": 3, "column_number": 2, "value": entity.code}]}
    assert caller.post(f"{path}correct/", cells).status_code == 200
    right = now()
    assert caller.post(f"{path}commit/", {"reason": "x"}).status_code == 200
    assert [len(caller.rows(f"{path}problems/", known_at=at)) for at in (wrong, right)] == [1, 0]
    assert [len(caller.rows(f"{path}changes/", known_at=at)) for at in (wrong, right)] == [1, 2]
    stood, done = caller.read(path, known_at=wrong), caller.read(path)
    assert (stood["status"], stood["committed_by"], stood["problem_count"]) == ("STAGED", None, 1)
    assert (stood["standing"]["outcomes"]["NEW"], stood["standing"]["content_digest"]) == (1, None)
    assert (done["status"], done["committed_by"], done["problem_count"]) == ("COMMITTED", user.username, 0)
    assert (
        done["standing"]["content_digest"] == caller.read(path, known_at=now())["standing"]["content_digest"]
    )
    assert [one["before"] for one in caller.read(f"{path}effect/", known_at=right)["totals"]] == ["0"]
    assert caller.read(f"{path}effect/", known_at=now())["totals"][0]["before"] != "0"
    assert [one["id"] for one in caller.rows("imports/", status="STAGED", known_at=wrong)] == [found.pk]
    assert caller.rows("imports/", status="STAGED") == []
    for part in ("", "problems/", "changes/", "effect/", "original/"):
        assert caller.refused(f"{path}{part}", known_at=before)["status"] == 404, part


def test_a_job_is_told_as_far_as_it_was(entity: Entity) -> None:
    before, caller = now(), api.by_token("TREASURER")
    job = sent(caller, ndjson(row("A", entity)), prefer="respond-async").json()
    waiting = now()
    seen = caller.tag_of(f"bulk-jobs/{job['id']}/")
    assert jobs.run(job["id"])
    path = f"bulk-jobs/{job['id']}/"
    assert caller.read(path)["status"] == "DONE"
    then: dict[str, Any] = caller.read(path, known_at=waiting)
    assert (then["status"], then["outcomes"], then["import_id"]) == ("WAITING", {}, None)
    assert caller.rows("bulk-jobs/", status="DONE", known_at=waiting) == []
    assert caller.refused(f"{path}result/", known_at=waiting)["code"] == "not_finished"
    assert caller.read(f"{path}result/", known_at=now()) == caller.read(f"{path}result/")
    for part in ("", "result/"):
        assert caller.refused(f"{path}{part}", known_at=before)["status"] == 404
    # It has gone on since it was seen: who gives it up has to look again.
    assert caller.post(f"{path}cancel/", {}, headers={"If-Match": seen}).status_code == 412
    assert caller.post(f"{path}cancel/", {}, headers={"If-Match": caller.tag_of(path)}).status_code == 409
