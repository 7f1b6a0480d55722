"""Exposures in bulk: new ones, changed ones and those that are as they were, told apart by their reference."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from exposures.domain.bulk import upsert
from exposures.models import Exposure, ExposureVersion, Import
from tests.factories import book, bulk
from tests.factories.bulk import row, sent
from treasury.domain.bulk.answers import RowsRefused
from treasury.domain.bulk.rows import CSV, NDJSON, PARQUET
from treasury.domain.refusals import Refusal
from treasury.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def entity() -> Any:
    book.risk()
    return book.entity()


@pytest.fixture
def actor() -> Any:
    return book.user("TREASURER")


def left() -> list[int]:
    return [model._default_manager.count() for model in (Exposure, ExposureVersion, Import, AuditEvent)]


@pytest.mark.parametrize("media_type", [NDJSON, CSV, PARQUET])
def test_new_changed_and_unchanged_are_told_apart(entity: Any, actor: Any, media_type: str) -> None:
    rows = [row("A", entity), row("B", entity), row("C", entity)]
    first = sent(*rows, actor=actor, media_type=media_type)
    assert first.outcomes == {"created": 3, "amended": 0, "unchanged": 0, "refused": 0}
    rows[1]["exposure_amount"] = "300000.00"
    again = sent(*rows, row("D", entity), actor=actor, media_type=media_type, reason="Orders of May")
    assert [one["outcome"] for one in again.results] == ["unchanged", "amended", "unchanged", "created"]
    assert [one["version_number"] for one in again.results] == [1, 2, 1, 1]
    assert [one["index"] for one in again.results] == [0, 1, 2, 3]
    assert [one["id"] for one in again.results[:3]] == [one["id"] for one in first.results]
    amended = ExposureVersion.objects.get(pk=again.results[1]["version_id"])
    assert (amended.exposure_amount, amended.change_reason) == (Decimal(300000), "Orders of May")
    assert amended.author == actor
    assert amended.exposure.source_system == bulk.SOURCE


def test_rows_that_are_all_as_they_were_leave_nothing(entity: Any, actor: Any) -> None:
    sent(row("A", entity), actor=actor)
    before = left()
    again = sent(row("A", entity), actor=actor)
    assert (again.outcomes["unchanged"], again.import_id) == (1, None)
    assert left() == before


def test_all_or_nothing_names_every_wrong_field_and_records_nothing(entity: Any, actor: Any) -> None:
    before = left()
    with pytest.raises(RowsRefused, match="2 of 3 rows are wrong") as refusal:
        sent(row("A", entity), row("B", entity, "1e6", kind="WISH"), row("C", "NOWHERE"), actor=actor)
    assert {
        place: {one.field: one.code for one in wrong} for place, wrong in refusal.value.wrong.items()
    } == {
        1: {"exposure_amount": "not_a_number", "kind": "unknown_kind"},
        2: {"entity": "unknown_entity"},
    }
    assert left() == before


def test_row_by_row_the_wrong_ones_are_left_out(entity: Any, actor: Any) -> None:
    answer = sent(
        row("A", entity), row("B", entity, 250000), row("C", entity, surprise=1), row("A", entity), row("", entity),
        row("D", entity), actor=actor, mode="row-wise",
    )  # fmt: skip
    assert [one["outcome"] for one in answer.results] == [
        "created", "refused", "refused", "refused", "refused", "created",
    ]  # fmt: skip
    assert [[(one["field"], one["code"]) for one in row["problems"]] for row in answer.results[1:5]] == [
        [("exposure_amount", "wrong_type")], [("surprise", "unknown_field")],
        [("external_reference", "duplicate_in_file")], [("external_reference", "missing")],
    ]  # fmt: skip
    assert answer.results[3]["external_reference"] == "A"
    assert Exposure.objects.filter(entity=entity).count() == 2
    made = Import.objects.get(pk=answer.import_id)
    assert (made.status, made.row_count, made.problem_count) == ("COMMITTED", 6, 4)


def test_a_line_that_is_no_object_is_one_wrong_row(entity: Any, actor: Any) -> None:
    content = b"[1]\n{\n\n" + bulk.ndjson(row("A", entity))
    answer = upsert.upsert(bulk.asked(content, mode="row-wise"), actor=actor)
    assert [one["outcome"] for one in answer.results] == ["refused", "refused", "created"]
    assert [one["problems"][0]["code"] for one in answer.results[:2]] == ["not_an_object", "not_json"]
    broken = upsert.upsert(bulk.asked(b"{", mode="row-wise"), actor=actor)
    assert broken.outcomes["refused"] == 1


def test_what_the_request_has_no_field_for_stays_as_it_was(entity: Any, actor: Any) -> None:
    sent(row("A", entity, description="Machines", certainty_ratio=0.8, window_start="2027-03-01",
             window_end="2027-04-15"), actor=actor)  # fmt: skip
    answer = sent(row("A", entity, "1.00"), actor=actor)
    version = ExposureVersion.objects.get(pk=answer.results[0]["version_id"])
    assert (version.description, version.certainty_ratio) == ("Machines", Decimal("0.8"))
    assert (version.window_start, version.window_end) == (date(2027, 3, 1), date(2027, 4, 15))


def test_the_risk_follows_from_the_currency(entity: Any, actor: Any) -> None:
    told = row("A", entity, exposure_currency="USD")
    del told["risk"]
    answer = sent(told, actor=actor)
    assert ExposureVersion.objects.get(pk=answer.results[0]["version_id"]).risk.code == "USDEUR"


def test_foreign_entities_are_unknown_ones(entity: Any, actor: Any) -> None:
    own = book.entity()
    person = book.user("TREASURER", entity=own)
    with pytest.raises(RowsRefused) as foreign:
        sent(row("A", entity), actor=person)
    with pytest.raises(RowsRefused) as missing:
        sent(row("A", "NOWHERE"), actor=person)
    assert foreign.value.wrong[0][0]._replace(got="") == missing.value.wrong[0][0]._replace(got="")
    with pytest.raises(RowsRefused):
        sent(row("A", entity), actor=actor, entity_ids=[own.pk])
    with pytest.raises(Refusal, match="no role"):
        sent(row("A", entity), actor=book.user("AUDITOR"))
