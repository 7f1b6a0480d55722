"""Whole tables as files: exact types, the rows that may be seen, as of both clocks, in bounded memory."""

import io
from datetime import UTC, date, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pyarrow import parquet

from exposures.domain import recording
from exposures.models import Exposure, ExposureVersionApproval
from tests.factories import api, book, feed, night
from treasury.api import tables
from treasury.api.change_bodies import _views
from treasury.domain import approval
from treasury.enums import Decision
from treasury.queries import changes

pytestmark = pytest.mark.django_db


def read(caller: api.Caller, name: str, **query: Any) -> pa.Table:
    answer = caller.get(f"{name}/stream/", **query)
    assert answer.status_code == 200, answer.content
    content = b"".join(answer.streaming_content)
    if query.get("format") == "arrow":
        return pa.ipc.open_stream(io.BytesIO(content)).read_all()
    return parquet.read_table(io.BytesIO(content))


def test_each_column_has_the_type_of_the_book() -> None:
    entity = book.entity()
    version = book.exposure("1234567.89", of=entity)
    for form in ("parquet", "arrow"):
        table = read(api.by_token("AUDITOR"), "exposures", format=form)
        types = {field.name: field.type for field in table.schema}
        assert types["exposure_amount"] == pa.decimal128(20, 4)
        assert pa.types.is_decimal128(types["certainty_ratio"])
        assert pa.types.is_decimal128(types["spread_rate"])
        assert types["expected_date"] == pa.date32()
        assert types["recorded_at"] == pa.timestamp("us", tz="UTC")
        assert types["id"] == pa.int64()
        [row] = table.to_pylist()
        assert row["exposure_amount"] == Decimal("1234567.89")
        assert (row["id"], row["version_id"], row["decision"]) == (
            version.exposure_id,
            version.pk,
            "APPROVED",
        )
        assert row["expected_date"] == version.expected_date
        assert row["recorded_at"] == version.recorded_at.astimezone(UTC)
        assert row["spread_rate"] is None


def test_the_stream_has_what_the_list_has_and_the_same_as_of_a_date() -> None:
    night.small_book(2)
    caller = api.by_token("AUDITOR")
    for name, as_of in (
        ("exposures", "2026-10-30"),
        ("instruments", "2026-10-30"),
        ("policies", "2026-10-30"),
    ):
        streamed = {row["version_id"] for row in read(caller, name, as_of=as_of).to_pylist()}
        assert streamed == {row["version_id"] for row in caller.rows(f"{name}/", as_of=as_of)} != set()
    for name in ("entities", "counterparties", "risks", "market-quotes", "runs"):
        keys = {row["id"] for row in read(caller, name).to_pylist()}
        assert keys == {row["id"] for row in caller.rows(f"{name}/", page_size=1000)}
    for name in ("valuations", "hedge-ratios", "effectiveness-results"):
        assert read(caller, name).num_rows == len(caller.rows(f"{name}/", page_size=1000)) > 0


@pytest.mark.parametrize("form", ["parquet", "arrow"])
def test_every_table_can_be_read_also_without_a_row(form: str) -> None:
    caller = api.by_token("TREASURER", entity=book.entity())
    for name in _views():
        table = read(caller, name, format=form)
        assert set(table.schema.names) == set(_views()[name].serializer().fields)
    for name in ("valuations", "hedge-ratios", "horizon-profiles", "effectiveness-results", "measurements"):
        assert read(caller, name, format=form).num_rows == 0


def test_what_belongs_to_others_is_not_in_it() -> None:
    mine, theirs = book.entity(), book.entity()
    seen = book.exposure(of=mine)
    book.exposure(of=theirs)
    caller = api.by_token("TREASURER", entity=mine)
    assert read(caller, "exposures").column("id").to_pylist() == [seen.exposure_id]
    assert read(caller, "entities").column("code").to_pylist() == [mine.code]
    assert read(api.by_token("AUDITOR"), "exposures").num_rows == 2


def test_both_clocks() -> None:
    """Known before the decision, a version had none; as of a day, the one that counts then."""
    entity = book.entity()
    first = book.exposure("1000000", of=entity)
    second = book.unsaved_exposure("2000000", valid_from=date(2026, 6, 1))
    second.exposure = first.exposure
    [second] = recording.amend(versions=[second], actor=book.user(), reason="more")
    between = second.recorded_at
    approval.decide(
        versions=[second], approvals=ExposureVersionApproval, actor=book.user(), decision=Decision.APPROVED
    )
    caller = api.by_token("AUDITOR")

    def amounts(**query: Any) -> list[tuple[int, str | None]]:
        return [
            (int(row["exposure_amount"]), row["decision"])
            for row in read(caller, "exposures", **query).to_pylist()
        ]

    assert amounts() == [(1_000_000, "APPROVED"), (2_000_000, "APPROVED")]
    assert amounts(known_at=between.isoformat()) == [(1_000_000, "APPROVED"), (2_000_000, None)]
    assert amounts(as_of="2026-05-31") == [(1_000_000, "APPROVED")]
    assert amounts(as_of="2026-06-01") == [(2_000_000, "APPROVED")]
    assert amounts(as_of="2026-06-01", known_at=between.isoformat()) == [(1_000_000, "APPROVED")]
    before = first.recorded_at - timedelta(seconds=1)
    assert amounts(known_at=before.isoformat()) == []


def test_only_what_has_changed_since_a_cursor_and_where_to_go_on() -> None:
    entity = book.entity()
    first, second = book.exposure(of=entity, approve=False), book.exposure(of=entity)
    feed.numbered()
    caller = api.by_token("AUDITOR")
    answer = caller.get("exposures/stream/")
    cursor = answer.headers["Hedgebook-Cursor"]
    assert cursor == str(changes.end())
    list(answer.streaming_content)
    assert read(caller, "exposures", changed_since=cursor).num_rows == 0
    third = book.exposure(of=entity, approve=False)
    approval.decide(versions=[first], approvals=ExposureVersionApproval, actor=book.user())
    feed.numbered()
    changed = read(caller, "exposures", changed_since=cursor).column("version_id").to_pylist()
    assert changed == sorted([first.pk, third.pk])
    assert second.pk not in changed
    told = {
        change["body"]["version_id"]
        for change in feed.read_all(caller, cursor, bodies="full")[0]
        if change["resource"] == "exposures"
    }
    assert told == set(changed)


def test_rows_are_read_in_batches_by_a_cursor_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "BATCH", 4)
    entity = book.entity()
    rows = [
        (Exposure(entity=entity, source_system="ERP", external_reference=f"S{n}"), book.unsaved_exposure())
        for n in range(10)
    ]
    recording.record(exposures=rows, actor=book.user())
    caller = api.by_token("AUDITOR")
    content = b"".join(caller.get("exposures/stream/").streaming_content)
    file = parquet.ParquetFile(io.BytesIO(content))
    assert [file.metadata.row_group(place).num_rows for place in range(file.num_row_groups)] == [4, 4, 2]
    parts = list(caller.get("exposures/stream/", format="arrow").streaming_content)
    assert len(parts) >= 4
    assert pa.ipc.open_stream(io.BytesIO(b"".join(parts))).read_all().num_rows == 10


def test_a_stream_costs_the_same_queries_with_one_row_and_with_three() -> None:
    caller, spent = api.by_token("AUDITOR"), []
    read(caller, "exposures")
    for size in (1, 3):
        entity = book.entity()
        for _ in range(size):
            book.exposure(of=entity)
        with CaptureQueriesContext(connection) as queries:
            read(caller, "exposures")
        spent.append(len(queries))
    assert spent[0] == spent[1]


@pytest.mark.parametrize(
    ("name", "query", "field"),
    [
        ("exposures", {"format": "csv"}, "format"),
        ("exposures", {"changed_since": "x"}, "changed_since"),
        ("exposures", {"page_size": "5"}, "page_size"),
        ("entities", {"as_of": "2026-01-01"}, "as_of"),
        ("valuations", {"changed_since": "1"}, "changed_since"),
    ],
)
def test_what_is_not_declared_is_refused_as_json(name: str, query: dict[str, str], field: str) -> None:
    answer = api.by_token("AUDITOR").client.get(
        f"/api/v1/{name}/stream/", query, headers={"Accept": tables.PARQUET}
    )
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["errors"][0]["field"] == field


def test_a_file_that_is_cut_off_cannot_be_read() -> None:
    book.exposure(of=book.entity())
    content = b"".join(api.by_token("AUDITOR").get("exposures/stream/").streaming_content)
    with pytest.raises(pa.ArrowInvalid):
        parquet.read_table(io.BytesIO(content[:-8]))
