"""What a check has found, staged in Postgres by COPY and compared with the book in a fixed number of statements.

A row is compared with the newest version of its exposure that nobody has rejected: what waits for approval counts, so
that a file that comes twice a day does not record a change twice. What the file has no column for stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from exposures.domain.importing.checks import Checked
from exposures.domain.importing.layout import Layout
from exposures.domain.importing.problems import Problems
from exposures.domain.importing.slices import Report, in_slices, unheard
from treasury.domain.stopping import never
from treasury.queries import copy

_SQL = Path(__file__).parent / "sql"


def stage(
    checked: Checked, layout: Layout, *, import_id: int, attempt: int, source_system: str,
    ask: Callable[[], None] = never, report: Report = unheard,
) -> int:  # fmt: skip
    """Writes rows, problems and changes of one attempt; returns how many problems there are.

    `ask` is called between slices of rows, and `report` hears how many are held against the book.
    """
    copy.write("exposures_importrow", _rows(checked, import_id, attempt))
    copy.write("exposures_importproblem", _problems(checked.problems, import_id, attempt))
    told: dict[str, Any] = {
        "import": import_id, "attempt": attempt, "source": source_system,
        "has_window": layout.has("window_start") or layout.has("window_end"),
        "reference_column": layout.column_of("reference"),
        "reference_name": layout.names.get("reference", "Reference"),
        "date_column": layout.column_of("expected_date"),
        "date_name": layout.names.get("expected_date", "Expected date"),
        "risk_column": layout.column_of("risk"), "risk_name": layout.names.get("risk", "Risk"),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute((_SQL / "compare_problems.sql").read_text(encoding="utf-8"), told)
        statement = (_SQL / "compare_changes.sql").read_text(encoding="utf-8")
        for rows in in_slices(checked.grid.row_numbers, ask, report):
            cursor.execute(statement, told | {"rows": rows})
        cursor.execute(
            "SELECT count(*) FROM exposures_importproblem"
            " WHERE exposure_import_id = %(import)s AND attempt = %(attempt)s",
            told,
        )
        return int(cursor.fetchone()[0])


def _rows(checked: Checked, import_id: int, attempt: int) -> dict[str, list[str]]:
    count, fine = len(checked.grid.rows), checked.problems
    reference = np.array([*checked.texts["reference"], ""], dtype=object)[:-1]
    kept = np.where(fine.wrong("reference"), "", reference).tolist()
    amount_there = ~fine.wrong("amount") & ~fine.wrong("direction")
    return {
        "exposure_import_id": copy.repeated(import_id, count),
        "attempt": copy.repeated(attempt, count),
        "row_number": copy.whole(np.array(checked.grid.row_numbers, dtype=np.int64)),
        "reference": copy.texts(kept),
        "entity_id": copy.whole(checked.ids["entity"], checked.ids["entity"] >= 0),
        "risk_id": copy.whole(checked.ids["risk"], checked.ids["risk"] >= 0),
        "kind": _masked(checked.texts["kind"], ~fine.wrong("kind")),
        "exposure_amount": copy.amounts(checked.amounts, checked.exponents, amount_there),
        "exposure_currency_id": _masked(checked.units["unit"], checked.ids["risk"] >= 0),
        "expected_date": _days(checked, "expected_date", count),
        "window_start": _days(checked, "window_start", count),
        "window_end": _days(checked, "window_end", count),
        "status": _optional(checked, "status", count),
        "description": _optional(checked, "description", count),
        "certainty_ratio": copy.amounts(
            checked.certainties, np.full(count, 6), ~fine.wrong("certainty")
        ) if checked.has_certainty else copy.repeated(copy.NULL, count),
    }  # fmt: skip


def _problems(found: Problems, import_id: int, attempt: int) -> dict[str, list[str]]:
    count = len(found.row_numbers)
    return {
        "exposure_import_id": copy.repeated(import_id, count),
        "attempt": copy.repeated(attempt, count),
        "row_number": [str(number) for number in found.row_numbers],
        "column_number": [str(number) if number else copy.NULL for number in found.columns],
        "column_name": copy.texts(found.column_names()),
        "field": copy.texts(found.fields),
        "code": copy.texts(found.codes),
        "value": copy.texts(found.values),
        "expected": copy.texts(found.expected),
    }


def _masked(texts: list[str], there: NDArray[np.bool_]) -> list[str]:
    return [
        text if shown else copy.NULL for text, shown in zip(copy.texts(texts), there.tolist(), strict=True)
    ]


def _optional(checked: Checked, name: str, count: int) -> list[str]:
    if name not in checked.texts:
        return copy.repeated(copy.NULL, count)
    return _masked(checked.texts[name], ~checked.problems.wrong(name))


def _days(checked: Checked, name: str, count: int) -> list[str]:
    if name not in checked.days:
        return copy.repeated(copy.NULL, count)
    days, there = checked.days[name]
    return _masked(days.astype(str).tolist(), there)
