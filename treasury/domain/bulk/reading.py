"""From the bytes of a request to rows of texts."""

from __future__ import annotations

from collections.abc import Sequence

from treasury.domain.bulk import json_lines, parquet, table
from treasury.domain.bulk.rows import CSV, MOST_BYTES, NDJSON, Field, Rows
from treasury.kernel.errors import InputError


def read(content: bytes, media_type: str, fields: Sequence[Field]) -> Rows:
    """Raises InputError where the request as a whole cannot be read; a wrong row is among its `refused`."""
    if len(content) > MOST_BYTES:
        raise InputError("document", f"at most {MOST_BYTES} bytes", got=str(len(content)))
    if media_type == NDJSON:
        return json_lines.read(content, fields)
    return (table if media_type == CSV else parquet).read(content, fields)
