"""Right requests about exposures, and about files and rows in bulk."""

from __future__ import annotations

import base64
from typing import Any

import orjson

from exposures.domain.bulk import jobs
from exposures.domain.importing import committing
from tests.api_contract.right.asked import Recipe, Right, Walk
from tests.exposures.api.test_imports import HOW
from tests.factories import api, book, exposure_life, importing
from treasury.domain.bulk.rows import NDJSON


def _of(verb: dict[str, Any]) -> Recipe:
    def made(walk: Walk) -> Right:
        version = book.exposure(of=walk.office.entity)
        return Right(version.exposure_id, {"valid_from": walk.day(), "reason": "as told"} | verb)

    return made


def _settled(walk: Walk) -> Right:
    version = book.exposure(of=walk.office.entity)
    exposure_life.done("settle", version, exposure_amount=version.exposure_amount)
    return Right(version.exposure_id, {"reason": "Paid by another customer"})


def _waiting(walk: Walk) -> Right:
    version = book.exposure(of=walk.office.entity, approve=False)
    version.refresh_from_db()
    return Right(version.pk, {"content_digest": version.content_digest, "comment": "seen"})


def _file(walk: Walk, *, amount: str = "1000") -> Any:
    row = importing.row(f"F{book.number()}", walk.office.entity, amount)
    return importing.checked(importing.csv(row), actor=book.user("TREASURER"), name=f"{book.number()}.csv")


def _step(body: dict[str, Any], *, amount: str = "1000") -> Recipe:
    return lambda walk: Right(_file(walk, amount=amount).pk, body)


def _mended(walk: Walk) -> Right:
    wrong = _file(walk, amount="1_000")
    content = importing.csv(importing.row(f"F{book.number()}", walk.office.entity))
    return Right(wrong.pk, {"file_name": "b.csv", "content": base64.b64encode(content).decode()})


def _recorded(walk: Walk) -> Any:
    made, actor = _file(walk), book.user("TREASURER")
    committing.commit(import_id=made.pk, actor=actor, attempt=made.attempt)
    return made


def _decided(walk: Walk) -> Right:
    made = _recorded(walk)
    standing = api.by_token("AUDITOR").read(f"imports/{made.pk}/")["standing"]
    return Right(made.pk, {"content_digest": standing["content_digest"], "comment": "seen"})


def _undone(walk: Walk) -> Right:
    return Right(_recorded(walk).pk, {"reason": "The wrong month"})


def _row(walk: Walk) -> dict[str, Any]:
    return {
        "external_reference": f"J{book.number()}", "entity": walk.office.entity.code, "risk": "USDEUR",
        "kind": "FIRM_COMMITMENT", "exposure_amount": "1.00", "expected_date": "2027-03-31",
    }  # fmt: skip


def _recorded_one(walk: Walk) -> Right:
    more = {"source_system": "ERP", "valid_from": walk.day(), "reason": "Signed."}
    return Right(body=_row(walk) | more)


def _bulk(walk: Walk) -> Right:
    return Right(body=orjson.dumps(_row(walk)), query={"source_system": "ERP"}, media_type=NDJSON)


def _job(walk: Walk) -> Right:
    told = _bulk(walk)
    asked = {"headers": {"Prefer": "respond-async"}, "media_type": NDJSON}
    job = walk.caller.send("POST", "exposures/bulk/", told.body, **asked, **told.query).json()
    return Right(job.get("id", 1), {"reason": "The wrong file."})


def _job_done(walk: Walk) -> Right:
    job = _job(walk)
    jobs.run(job.key)
    return job


def _received(walk: Walk) -> Right:
    content = base64.b64encode(importing.csv(importing.row(f"F{book.number()}", walk.office.entity))).decode()
    return Right(body={"source_system": "ERP", "file_name": "a.csv", "content": content})


def _many(walk: Walk) -> Right:
    rows = [_waiting(walk) for _ in range(2)]
    versions = [{"id": row.key, "content_digest": row.body["content_digest"]} for row in rows]
    return Right(body={"kind": "exposure", "decision": "APPROVED", "comment": "seen", "versions": versions})


CELL = {"row_number": 2, "column_number": 5, "value": "1000"}
RECIPES: dict[str, Recipe] = {
    "exposures/{key}/amend/": _of({"exposure_amount": "1200000.00"}),
    "exposures/{key}/confirm/": _of({"kind": "FIRM_COMMITMENT"}),
    "exposures/{key}/lower/": _of({}),
    "exposures/{key}/settle/": _of({"exposure_amount": "990000.00"}),
    "exposures/{key}/settle-part/": _of({"exposure_amount": "400000.00"}),
    "exposures/{key}/split/": _of(
        {"parts": [{"exposure_amount": "200000.00", "expected_date": "2027-02-26"}]}
    ),
    "exposures/{key}/no-longer-expected/": _of({}),
    "exposures/{key}/cancel/": _of({}),
    "exposures/{key}/undo/": _settled,
    "exposure-versions/{key}/approve/": _waiting,
    "exposure-versions/{key}/reject/": _waiting,
    "imports/{key}/describe/": _step(HOW),
    "imports/{key}/check/": _step({}),
    "imports/{key}/correct/": _step(
        {"cells": [{"row_number": 2, "column_number": 5, "value": "1000"}]}, amount="1_000"
    ),
    "imports/{key}/mend/": _mended,
    "imports/{key}/commit/": _step({"reason": "October"}),
    "imports/{key}/discard/": _step({}),
    "imports/{key}/stop/": _step({}),
    "imports/{key}/undo/": _undone,
    "imports/{key}/approve/": _decided,
    "imports/{key}/reject/": _decided,
    "imports/receive/": _received,
    "exposures/record/": _recorded_one,
    "exposures/bulk/": _bulk,
    "bulk-jobs/{key}/": _job,
    "bulk-jobs/{key}/result/": _job_done,
    "bulk-jobs/{key}/cancel/": _job,
    "awaiting/decide/": _many,
}
