"""Rows in bulk over HTTP: JSON lines, CSV or Parquet come in as they are, and each row is answered in its order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO, Any, ClassVar, NamedTuple

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from treasury.api.bodies import Body
from treasury.api.parameters import Parameter
from treasury.api.problems import problem
from treasury.api.schema import ReadSchema
from treasury.api.writing import Action
from treasury.domain.bulk import parquet
from treasury.domain.bulk.answers import OUTCOMES
from treasury.domain.bulk.rows import (
    CSV,
    MEDIA_TYPES,
    MOST_BYTES,
    MOST_ROWS,
    NDJSON,
    PARQUET,
    Field,
    RowProblem,
)
from treasury.kernel.errors import InputError

ALL_OR_NOTHING, ROW_WISE = "all-or-nothing", "row-wise"
MODE = Parameter(
    "mode",
    "Whether a wrong row stops the others.",
    "choice",
    choices=(ALL_OR_NOTHING, ROW_WISE),
    default=ALL_OR_NOTHING,
)
#: So many wrong fields stand in a problem document; the others are counted in its words.
MOST_SHOWN = 1_000


class Raw(NamedTuple):
    content: bytes
    media_type: str


class _Raw(BaseParser):
    """The bytes of the body as they are, at most as many as are taken."""

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Raw:
        content = stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise InputError("document", f"at most {MOST_BYTES} bytes")
        return Raw(content, self.media_type)


class JsonLines(_Raw):
    media_type = NDJSON


class Csv(_Raw):
    media_type = CSV


class Parquet(_Raw):
    media_type = PARQUET


class _RawBody(Body):
    """What is in the bytes is read by the domain, row by row."""

    def read(self, given: Any, path: str = "") -> dict[str, Any]:
        if not isinstance(given, Raw):
            raise InputError("document", "rows as " + ", ".join(MEDIA_TYPES))
        return given._asdict()


class RowProblemSerializer(serializers.Serializer):
    """One field of a row that was refused."""

    field = serializers.CharField(allow_blank=True, help_text="Empty: the row as a whole.")
    code = serializers.CharField()
    expected = serializers.CharField()
    got = serializers.CharField(allow_null=True, allow_blank=True)


class RowAnswerSerializer(serializers.Serializer):
    index = serializers.IntegerField(help_text="Position among the rows, from 0.")
    outcome = serializers.ChoiceField([(outcome, outcome) for outcome in OUTCOMES])
    id = serializers.IntegerField(allow_null=True, help_text="Of the thing in the book.")
    problems = RowProblemSerializer(many=True)


class BulkAnswerSerializer(serializers.Serializer):
    """What became of every row."""

    mode = serializers.CharField()
    import_id = serializers.IntegerField(
        allow_null=True,
        help_text="What was recorded, to be decided on and taken back as one; null: nothing was.",
    )
    created = serializers.IntegerField()
    amended = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    refused = serializers.IntegerField()
    results = RowAnswerSerializer(many=True)


class BulkSchema(ReadSchema):
    """Besides what other writes have: parameters in the address, and the job that 202 answers with."""

    def get_override_parameters(self) -> list[Any]:
        found = [
            OpenApiParameter(
                one.name, one.schema, OpenApiParameter.QUERY, required=one.required, description=one.meaning
            )
            for one in self.view.query_parameters()
        ]
        return [*super().get_override_parameters(), *found]

    def get_response_serializers(self) -> Any:
        found = super().get_response_serializers()
        return found | ({202: self.view.job_schema} if 202 in found else {})


class BulkAction(Action):
    """Rows of one kind. `fields`: what a row may have; the body is not JSON but one of three kinds of tables."""

    schema = BulkSchema()
    job_schema: ClassVar[Any] = None

    fields: ClassVar[Sequence[Field]] = ()
    example: ClassVar[Mapping[str, str]] = {}
    parser_classes = (JsonLines, Csv, Parquet)
    body = _RawBody()
    status_code = 200
    most_bytes = MOST_BYTES

    @property
    def request_schema(self) -> dict[str, Any]:
        most = f"At most {MOST_ROWS:,} rows and {MOST_BYTES // 2**20} MB."
        return {
            NDJSON: {
                "type": "string",
                "description": f"One JSON object a line. {most}",
                "contentMediaType": "application/json",
                "contentSchema": _row_schema(self.fields),
                "examples": [self.example[NDJSON]],
            },
            CSV: {
                "type": "string",
                "description": f"UTF-8, commas, the names of the fields in the first line, ISO dates. {most}",
                "examples": [self.example[CSV]],
            },
            PARQUET: {
                "type": "string",
                "format": "binary",
                "description": "A column a field: texts, decimals and dates (date32); doubles for numbers."
                f" {most}",
            },
        }

    def asks_for_a_job(self) -> bool:
        return prefers_a_job(self.request)


def prefers_a_job(request: Request) -> bool:
    """RFC 7240: `Prefer: respond-async`."""
    preferred = request.headers.get("Prefer", "")
    return any(part.strip().lower() == "respond-async" for part in preferred.split(","))


def counted(content: bytes, media_type: str) -> int:
    """About how many rows these are, without reading them."""
    return parquet.counted(content) if media_type == PARQUET else content.count(b"\n")


def refused(words: str, wrong: Mapping[int, Sequence[RowProblem]]) -> Response:
    """A problem document in which each wrong field has the index of its row."""
    errors = [one._asdict() | {"index": index} for index in sorted(wrong) for one in wrong[index]]
    shown = errors[:MOST_SHOWN]
    if len(errors) > len(shown):
        words += f" The first {len(shown):,} of {len(errors):,} wrong fields stand here."
    return problem(400, "rows_refused", words, errors=shown)


_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"}, "date": {"type": "string", "format": "date"},
    "decimal": {"type": "string", "format": "decimal", "pattern": r"^[+-]?[0-9]+(\.[0-9]+)?$"},
    "number": {"type": ["number", "string"]}, "integer": {"type": "integer"}, "boolean": {"type": "boolean"},
}  # fmt: skip


def _row_schema(fields: Sequence[Field]) -> dict[str, Any]:
    properties = {}
    for one in fields:
        found = _TYPES[one.kind] | {"description": one.meaning}
        if one.choices:
            found["enum"] = list(one.choices)
        if one.example is not None:
            found["examples"] = [one.example]
        if not one.required and isinstance(found["type"], str):
            found["type"] = [found["type"], "null"]
            if one.choices:
                found["enum"] = [*one.choices, None]
        properties[one.name] = found
    required = [one.name for one in fields if one.required]
    return {"type": "object", "additionalProperties": False, "properties": properties, "required": required}
