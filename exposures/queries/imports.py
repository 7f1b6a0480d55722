"""What the pages of the imports read. It is seen by those who see all entities that it touches; before it touches one
by who began it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, QuerySet

from exposures.enums import RowOutcome
from exposures.models import (
    Exposure,
    Import,
    ImportChange,
    ImportCorrection,
    ImportFile,
    ImportMapping,
    ImportProblem,
)
from treasury.queries.rows import Row, listed, one

TERMS = (
    "risk__code", "kind", "status", "description", "exposure_amount", "exposure_currency_id", "expected_date",
    "window_start", "window_end", "certainty_ratio",
)  # fmt: skip


def visible(entity_ids: list[int], user_id: int) -> Q:
    return Q(entity_ids__contained_by=entity_ids) & (Q(event__actor_id=user_id) | ~Q(entity_ids=[]))


def imports(*, entity_ids: list[int], user_id: int) -> QuerySet:
    return Import.objects.filter(visible(entity_ids, user_id)).values(
        "id", "source_system", "file_name", "status", "row_count", "problem_count", "is_checked", "recorded_at",
        actor_name=F("event__actor__username"),
    )  # fmt: skip


def found(pk: int, *, entity_ids: list[int], user_id: int) -> Row | None:
    return one(
        Import.objects.filter(visible(entity_ids, user_id), pk=pk).values(
            "id", "source_system", "file_name", "status", "settings", "attempt", "is_checked", "row_count",
            "problem_count", "recorded_at", "entity_ids", "commit_event_id", "undo_event_id",
            actor_id=F("event__actor_id"), actor_name=F("event__actor__username"),
            committed_by=F("commit_event__actor__username"), committed_at=F("commit_event__recorded_at"),
            undone_by=F("undo_event__actor__username"), undone_at=F("undo_event__recorded_at"),
            undo_reason=F("undo_event__reason"),
        )
    )  # fmt: skip


def files(pk: int) -> list[Row]:
    """Every file of an import without its bytes, the newest first."""
    return listed(
        ImportFile.objects.filter(exposure_import_id=pk)
        .order_by("-id")
        .values("id", "name", "digest", "recorded_at", actor_name=F("event__actor__username"))
    )


def file(pk: int, file_id: int) -> ImportFile | None:
    return ImportFile.objects.filter(exposure_import_id=pk, pk=file_id).first()


def corrections(pk: int) -> list[Row]:
    return listed(
        ImportCorrection.objects.filter(file__exposure_import_id=pk)
        .order_by("-id")
        .values(
            "row_number", "column_number", "old_value", "new_value", "recorded_at",
            actor_name=F("event__actor__username"),
        )[:50]
    )  # fmt: skip


def outcomes(pk: int, attempt: int) -> dict[str, int]:
    """How many rows are new, changed and unchanged."""
    counted = dict(
        ImportChange.objects.filter(exposure_import_id=pk, attempt=attempt)
        .values_list("outcome")
        .annotate(rows=Count("id"))
    )
    return {outcome: counted.get(outcome, 0) for outcome in RowOutcome.values}


def problems(pk: int, attempt: int) -> QuerySet:
    return ImportProblem.objects.filter(exposure_import_id=pk, attempt=attempt).values(
        "row_number", "column_number", "column_name", "field", "code", "value", "expected"
    )


def problem_codes(pk: int, attempt: int) -> list[Row]:
    """How often each thing is wrong, the most frequent first."""
    return listed(
        ImportProblem.objects.filter(exposure_import_id=pk, attempt=attempt)
        .order_by()
        .values("code", "column_name")
        .annotate(cells=Count("id"))
        .order_by("-cells", "code", "column_name")[:20]
    )


def changed(pk: int, attempt: int) -> QuerySet:
    """Rows that change an exposure, with its terms before."""
    return (
        ImportChange.objects.filter(exposure_import_id=pk, attempt=attempt, outcome=RowOutcome.CHANGED)
        .order_by("row_number")
        .values(
            "row_number", "reference", "exposure_id", *TERMS,
            **{f"old_{name}": F(f"base_version__{name}") for name in TERMS},
        )
    )  # fmt: skip


def mappings(seen: QuerySet[ImportMapping], source_system: str) -> list[Row]:
    """The newest version of each saved mapping of a source among those that are seen, the one saved last first."""
    newest = (
        seen.filter(source_system=source_system)
        .order_by("name", "-version_number")
        .distinct("name")
        .values("pk")
    )
    return listed(
        ImportMapping.objects.filter(pk__in=newest)
        .order_by("-id")
        .values(
            "id", "name", "version_number", "settings", "recorded_at", actor_name=F("event__actor__username")
        )
    )


def sources(entity_ids: list[int]) -> list[str]:
    """Sources that the person's exposures come from."""
    return list(
        Exposure.objects.filter(entity_id__in=entity_ids)
        .order_by("source_system")
        .values_list("source_system", flat=True)
        .distinct()
    )


_TOTALS = """
SELECT e.code AS entity_code, m.unit, sum(m.before) AS before, sum(m.change) AS change,
       sum(m.before + m.change) AS after
FROM (
    SELECT n.entity_id, n.exposure_currency_id AS unit, n.exposure_amount AS before, 0 AS change FROM (
        SELECT DISTINCT ON (v.exposure_id) v.* FROM exposures_exposureversion v
        LEFT JOIN exposures_exposureversionapproval a ON a.version_id = v.id
            AND a.recorded_at <= %(known_at)s::timestamptz
        WHERE v.entity_id = ANY (%(entities)s) AND a.decision IS DISTINCT FROM 'REJECTED'
            AND v.recorded_at <= %(known_at)s::timestamptz
        ORDER BY v.exposure_id, v.version_number DESC) n WHERE n.status = 'OPEN'
    UNION ALL
    SELECT c.entity_id, c.exposure_currency_id, 0, c.exposure_amount FROM exposures_importchange c
    WHERE c.exposure_import_id = %(import)s AND c.attempt = %(attempt)s AND c.outcome <> 'UNCHANGED'
      AND c.status = 'OPEN'
    UNION ALL
    SELECT b.entity_id, b.exposure_currency_id, 0, -b.exposure_amount FROM exposures_importchange c
    JOIN exposures_exposureversion b ON b.id = c.base_version_id AND b.status = 'OPEN'
    WHERE c.exposure_import_id = %(import)s AND c.attempt = %(attempt)s AND c.outcome = 'CHANGED') m
JOIN treasury_entity e ON e.id = m.entity_id
GROUP BY e.code, m.unit ORDER BY e.code, m.unit
"""


def totals(pk: int, attempt: int, *, entity_ids: list[int], known_at: datetime | None = None) -> list[Row]:
    """Open exposures by entity and currency before and after the import, signed; what waits for approval counts."""
    with connection.cursor() as cursor:
        told: dict[str, Any] = {
            "entities": entity_ids, "import": pk, "attempt": attempt, "known_at": known_at or "infinity",
        }  # fmt: skip
        cursor.execute(_TOTALS, told)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def today() -> Any:
    """Today by the database's clock, in UTC."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (hedgebook_now() AT TIME ZONE 'UTC')::date")
        return cursor.fetchone()[0]
