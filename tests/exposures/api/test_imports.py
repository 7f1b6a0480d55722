"""A file by API: received, described, corrected, committed, decided on and taken back; and what came in bulk alike."""

import base64
from typing import Any

import orjson
import pytest

from exposures.models import Exposure, ExposureVersion, Import
from tests.factories import api, book, importing
from tests.factories.bulk import ndjson, row
from treasury.domain.bulk.rows import NDJSON
from treasury.models import AuditEvent, Entity

pytestmark = pytest.mark.django_db
HOW = {
    "encoding": "utf-8", "separator": "comma", "decimal": "point", "thousands": "none", "dates": "ISO",
    "sign": "AS_IS", "valid_from": "2026-01-01",
    "columns": [
        {"field": "reference", "heading": "Ref"}, {"field": "entity", "heading": "Entity"},
        {"field": "risk", "column_number": 3}, {"field": "kind", "heading": "Kind"},
        {"field": "amount", "heading": "Amount"}, {"field": "expected_date", "heading": "Expected"},
    ],
}  # fmt: skip


@pytest.fixture
def entity() -> Entity:
    book.risk()
    return book.entity()


@pytest.fixture
def desk() -> api.Caller:
    return api.by_token("TREASURER")


def done(caller: api.Caller, path: str, body: Any = None, status: int = 200, **told: Any) -> Any:
    answer = caller.send("POST", path, orjson.dumps(body or {}), **told)
    assert answer.status_code == status, answer.content
    return answer.json()


def received(caller: api.Caller, content: bytes, status: int = 201) -> Any:
    body = {"source_system": "ERP", "file_name": "a.csv", "content": base64.b64encode(content).decode()}
    return done(caller, "imports/receive/", body, status)


def decided(made: dict[str, Any], verb: str = "approve") -> Any:
    approver = api.by_token("APPROVER")
    digest = approver.read(f"imports/{made['id']}/")["standing"]["content_digest"]
    return done(approver, f"imports/{made['id']}/{verb}/", {"content_digest": digest, "comment": "seen"})


def test_the_whole_way_of_a_file(desk: api.Caller, entity: Entity) -> None:
    content = importing.csv(importing.row("A", entity), importing.row("B", entity, "1_000"))
    made = received(desk, content)
    assert received(desk, content, 200)["id"] == made["id"]
    address = f"imports/{made['id']}/"
    assert base64.b64decode(desk.read(f"{address}original/")["content"]) == content
    checked = done(desk, f"{address}describe/", HOW | {"save_as": "orders"})
    assert (checked["row_count"], checked["problem_count"], checked["is_checked"]) == (2, 1, True)
    (problem,) = desk.rows(f"{address}problems/")
    assert (problem["row_number"], problem["column_number"], problem["code"]) == (3, 5, "not_a_number")
    assert "1 cells are wrong" in done(desk, f"{address}commit/", {}, 409)["detail"]
    cell = {"row_number": 3, "column_number": 5, "value": "1000"}
    mended = done(desk, f"{address}correct/", {"cells": [cell]})
    assert (mended["problem_count"], mended["standing"]["outcomes"]["NEW"]) == (0, 2)
    changes = desk.rows(f"{address}changes/", outcome="NEW")
    assert [(one["external_reference"], one["exposure_amount"]) for one in changes] == [
        ("A", "1000000.00"), ("B", "1000.00"),
    ]  # fmt: skip
    assert desk.read(f"{address}effect/")["totals"][0]["change"].startswith("1001000")
    assert done(desk, f"{address}commit/", {"reason": "October"})["status"] == "COMMITTED"
    assert decided(made)["standing"]["content_digest"] is None
    undone = done(desk, f"{address}undo/", {"reason": "The wrong month"})
    assert (undone["status"], undone["undone_by"]) == ("UNDONE", undone["recorded_by"])
    decided(made)
    newest = ExposureVersion.objects.filter(exposure__entity=entity).order_by(
        "exposure_id", "-version_number"
    )
    assert {one.status for one in newest.distinct("exposure_id")} == {"CANCELLED"}


def test_a_saved_mapping_reads_the_next_file_and_a_mended_one_takes_its_place(
    desk: api.Caller, entity: Entity
) -> None:
    first = received(desk, importing.csv(importing.row("A", entity)))
    done(desk, f"imports/{first['id']}/describe/", HOW | {"save_as": "orders"})
    mapping = desk.rows("import-mappings/", name="orders")[0]
    second = received(desk, importing.csv(importing.row("B", entity, "soon")))
    described = done(
        desk, f"imports/{second['id']}/describe/", {"mapping": mapping["id"], "valid_from": "2026-02-01"}
    )
    assert described["problem_count"] == 1
    body = {
        "file_name": "b.csv",
        "content": base64.b64encode(importing.csv(importing.row("B", entity))).decode(),
    }
    mended = done(desk, f"imports/{second['id']}/mend/", body)
    assert (mended["problem_count"], mended["file_name"]) == (0, "b.csv")
    assert done(desk, f"imports/{second['id']}/discard/")["status"] == "DISCARDED"
    assert done(desk, f"imports/{second['id']}/check/", {}, 409)["code"] == "refused"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"columns": [{"field": "reference", "heading": "Nothing"}]}, "columns[0].heading"),
        ({"columns": [{"field": "reference"}]}, "columns[0]"),
        ({"columns": [{"field": "colour", "column_number": 1}]}, "columns[0].field"),
        ({"encoding": "utf-16"}, "encoding"),
        ({"mapping": 999_999}, "mapping"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_description_is_refused_by_its_field(
    desk: api.Caller, entity: Entity, change: Any, field: str
) -> None:
    made = received(desk, importing.csv(importing.row("A", entity)))
    before = AuditEvent.objects.count()
    problem = done(desk, f"imports/{made['id']}/describe/", HOW | change, 400)
    assert problem["errors"][0]["field"] == field
    assert AuditEvent.objects.count() == before


def test_rows_in_bulk_are_decided_on_and_taken_back_as_one(desk: api.Caller, entity: Entity) -> None:
    content = ndjson(row("A", entity), row("B", "NOWHERE"), row("C", entity))
    answer = desk.send(
        "POST", "exposures/bulk/", content, media_type=NDJSON, source_system="ERP", mode="row-wise",
        valid_from="2026-01-01",
    ).json()  # fmt: skip
    made = desk.read(f"imports/{answer['import_id']}/")
    assert (made["is_row_wise"], made["problem_count"], made["row_count"]) == (True, 1, 3)
    decided(made)
    assert [row["external_reference"] for row in desk.rows("exposures/", entity=entity.code)] == ["A", "C"]
    done(desk, f"imports/{made['id']}/undo/", {"reason": "Sent twice"})
    decided(made)
    assert desk.rows("exposures/", entity=entity.code, status="OPEN") == []


def test_an_import_of_others_is_not_there(desk: api.Caller, entity: Entity) -> None:
    made = importing.committed(importing.csv(importing.row("A", entity)), actor=book.user("TREASURER"))
    stranger = api.by_token("TREASURER", entity=book.entity())
    assert stranger.rows("imports/") == []
    for path in ("", "problems/", "changes/", "effect/", "original/"):
        assert stranger.refused(f"imports/{made.pk}/{path}") == stranger.refused(f"imports/999999/{path}")
    assert desk.read(f"imports/{made.pk}/")["committed_by"] == made.commit_event.actor.username
    assert Import.objects.count() == 1
    assert Exposure.objects.count() == 1
