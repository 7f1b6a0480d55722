"""Reports as files: `format=csv` or `format=xlsx` in the address of their page."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence

from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse

from reports.domain.files import csv_file, xlsx_file
from reports.domain.table import ReportTable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked(request: HttpRequest) -> str:
    wanted = request.GET.get("format", "")
    return wanted if wanted in ("csv", "xlsx") else ""


def download(
    request: HttpRequest, name: str, tables: Callable[[], Sequence[ReportTable]]
) -> HttpResponseBase | None:
    """The file that the address asks for, or None: then the page is shown."""
    wanted = asked(request)
    if not wanted:
        return None
    made = list(tables())
    if wanted == "csv":
        lines = csv_file.lines(made[0]) if len(made) == 1 else csv_file.of_tables(made)
        answer: HttpResponseBase = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it when it has been sent
        xlsx_file.write(made, file)
        file.seek(0)
        answer = FileResponse(file, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{wanted}"'
    return answer
