"""The journal as a file that a ledger can take: the file of its page, row for row."""

import base64
import hashlib
import io
from datetime import date
from typing import Any

from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from hedges.enums import PostingRule
from reports.domain.files import csv_file, xlsx_file
from reports.domain.journal_export import journal
from reports.domain.table import ReportTable
from reports.queries.journal_entries import Asked
from reports.queries.span import month_of
from treasury.api.parameters import Parameter
from treasury.api.permissions import OfEntities
from treasury.api.views import ApiView
from treasury.enums import AccountingFramework
from treasury.queries import access

CSV, XLSX = "csv", "xlsx"
MEDIA_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class FileSerializer(serializers.Serializer):
    file_name = serializers.CharField()
    media_type = serializers.CharField()
    digest = serializers.CharField(help_text="SHA-256 of the file; the same rows give the same bytes.")
    content = serializers.CharField(help_text="The file, base64.")


class JournalFile(ApiView):
    """Journal lines with their totals by currency as CSV or XLSX; without `framework` each entity's own ledger."""

    permission_classes = (OfEntities,)
    operation = "journal_entries_file"
    response_schema = FileSerializer
    parameters = (
        Parameter("kind", "Of the file.", "choice", choices=(CSV, XLSX), default=CSV),
        Parameter("entity", "Code of the entity; without it all that you may see."),
        Parameter("first", "A day of the first month.", "date"),
        Parameter("last", "A day of the last month.", "date"),
        Parameter("framework", "The ledger of this framework.", "choice", choices=tuple(AccountingFramework.values)),
        Parameter("rule", "Those posted by this rule.", "choice", choices=tuple(PostingRule.values)),
        Parameter("relationship", "Code of the hedge relationship."),
        Parameter("known_at", "Those recorded by this time.", "time"),
    )  # fmt: skip

    def get(self, request: Request) -> Response:
        values = self.read_query(request)
        entities = access.visible_entities(request.user)
        if "entity" in values:
            entities = entities.filter(code=values["entity"])
            if not entities.exists():
                raise Http404
        framework = values.get("framework", "")
        asked = Asked(
            list(entities.values_list("pk", flat=True)), first=_month(values.get("first")),
            last=_month(values.get("last")),
            framework=framework, own_ledger=not framework, rule=values.get("rule", ""),
            relationship=values.get("relationship", ""), known_at=values.get("known_at"),
        )  # fmt: skip
        kind = values["kind"]
        content = _content(kind, journal(asked))
        of = "".join(f"-{part.lower()}" for part in (values.get("entity"), framework) if part)
        return Response(
            {
                "file_name": f"journal{of}.{kind}", "media_type": MEDIA_TYPES[kind],
                "digest": hashlib.sha256(content).hexdigest(), "content": base64.b64encode(content).decode(),
            }
        )  # fmt: skip


def _month(day: date | None) -> date | None:
    return month_of(day) if day else None


def _content(kind: str, table: ReportTable) -> bytes:
    if kind == CSV:
        return b"".join(_bytes(line) for line in csv_file.lines(table))
    file = io.BytesIO()
    xlsx_file.write([table], file)
    return file.getvalue()


def _bytes(line: Any) -> bytes:
    return line if isinstance(line, bytes) else str(line).encode()
