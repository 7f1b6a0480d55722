"""JSON in and out: fast on the way out, strict on the way in, nothing but JSON either way."""

from collections.abc import Mapping
from typing import IO, Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

from treasury.kernel import parsing

_OPTIONS = orjson.OPT_UTC_Z


class Json(BaseRenderer):
    """Dates and times are ISO 8601, times in UTC. A Decimal has no place here: a field says how it is written."""

    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return b"" if data is None else orjson.dumps(data, option=_OPTIONS)


class StrictJson(BaseParser):
    """One JSON document, read by `kernel.parsing`: each key once, finite numbers, limits on size and depth."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise RequestDataTooBig(f"at most {limit} bytes")
        return parsing.document(body)
