"""The rows of a list as a CSV file: codes and plain numbers, so that a spreadsheet can count with them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.http import StreamingHttpResponse

from treasury.web.tables import Column

#: A spreadsheet takes a text that begins with one of these for a formula.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Line:
    def write(self, text: str) -> str:
        return text


def plain(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value else "0"
    if isinstance(value, date):
        return value.isoformat()
    text = "" if value is None else str(value)
    # The apostrophe makes a formula text again.
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) and not isinstance(value, (int, float)) else text


def csv_file(name: str, columns: Sequence[Column], rows: Iterable[dict]) -> StreamingHttpResponse:
    writer = csv.writer(Line())

    def lines() -> Iterator[str]:
        yield writer.writerow([column.key for column in columns])
        for row in rows:
            yield writer.writerow([plain(row.get(column.key)) for column in columns])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
