"""Rows in bulk for tests: the same exposure as JSON lines, CSV or Parquet, and the way into the book."""

import csv
import io
import json
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from exposures.domain.bulk import upsert
from tests.factories import book
from treasury.domain.bulk.rows import CSV, NDJSON, PARQUET

SOURCE = "ERP"


def row(reference: str, entity: Any, amount: Any = "250000.00", **fields: Any) -> dict[str, Any]:
    code = entity if isinstance(entity, str) else entity.code
    return {
        "external_reference": reference, "entity": code, "risk": "USDEUR", "kind": "FIRM_COMMITMENT",
        "exposure_amount": amount, "expected_date": "2027-03-31",
    } | fields  # fmt: skip


def trade(reference: str, entity: Any, bank: Any, **fields: Any) -> dict[str, Any]:
    return {
        "external_reference": reference, "entity": entity.code, "kind": "FORWARD", "risk": "USDEUR",
        "counterparty": bank.code, "trade_date": "2026-06-01", "settlement_date": "2027-03-31",
        "notional_amount": "-600000.00", "strike_rate": "0.9", "counter_amount": "540000.00",
    } | fields  # fmt: skip


def quote(symbol: str, value: str, day: str = "2026-10-30", **fields: Any) -> dict[str, Any]:
    return {"kind": "FX_SPOT", "symbol": symbol, "quote_date": day, "value": value, "source": "ECB"} | fields


def ndjson(*rows: dict[str, Any]) -> bytes:
    return "".join(f"{json.dumps(one)}\n" for one in rows).encode()


def as_csv(*rows: dict[str, Any]) -> bytes:
    text = io.StringIO()
    names = list(dict.fromkeys(name for one in rows for name in one))
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def parquet(*rows: dict[str, Any]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows)), sink)
    return sink.getvalue()


WRITERS = {NDJSON: ndjson, CSV: as_csv, PARQUET: parquet}


def asked(content: bytes, *, media_type: str = NDJSON, on: date = book.START, **fields: Any) -> upsert.Asked:
    return upsert.Asked(content, media_type, **({"source_system": SOURCE, "valid_from": on} | fields))


def sent(*rows: dict[str, Any], actor: Any, media_type: str = NDJSON, **fields: Any) -> Any:
    content = WRITERS[media_type](*rows)
    return upsert.upsert(asked(content, media_type=media_type, **fields), actor=actor)
