"""Every row of one check of an import, with what it does: new, changed, unchanged, wrong, or twice in its file."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Subquery, Value, When

from exposures.enums import PreviewOutcome
from exposures.models import ImportChange, ImportProblem, ImportRow
from exposures.queries.imports import TERMS
from treasury.queries.rows import Row, listed

#: What a check finds of a reference that stands in the file a second time.
TWICE = "duplicate_in_file"


def rows(pk: int, attempt: int) -> QuerySet[ImportRow]:
    """With `outcome`, and with the exposure that there is. A wrong row makes nothing, whatever else is right in it."""
    place = {
        "exposure_import_id": OuterRef("exposure_import_id"), "attempt": OuterRef("attempt"),
        "row_number": OuterRef("row_number"),
    }  # fmt: skip
    change = ImportChange.objects.filter(**place)
    twice = Exists(ImportProblem.objects.filter(**place, code=TWICE))
    return ImportRow.objects.filter(exposure_import_id=pk, attempt=attempt).annotate(
        makes=Subquery(change.values("outcome")[:1]),
        exposure_id=Subquery(change.values("exposure_id")[:1]),
        outcome=Case(
            When(makes__isnull=False, then=F("makes")),
            When(twice, then=Value(PreviewOutcome.TWICE.value)),
            default=Value(PreviewOutcome.WRONG.value),
            output_field=CharField(),
        ),
    )


def counts(
    pk: int, attempt: int, *, row_count: int, outcomes: dict[str, int], has_problems: bool
) -> dict[str, int]:
    """Rows by outcome, each row once; `outcomes`: of the rows without a problem, which are known already."""
    twice = 0
    if has_problems:
        of_the_file = ImportProblem.objects.filter(exposure_import_id=pk, attempt=attempt, code=TWICE)
        twice = of_the_file.order_by().values("row_number").distinct().count()
    wrong = row_count - sum(outcomes.values()) - twice
    return outcomes | {PreviewOutcome.WRONG.value: wrong, PreviewOutcome.TWICE.value: twice}


def tell(pk: int, attempt: int, found: list[Row]) -> None:
    """Adds to rows what they change (`change`) and their wrong cells (`problems`): two reads for all of them."""
    numbers = [row["row_number"] for row in found]
    of: dict[str, Any] = {"exposure_import_id": pk, "attempt": attempt, "row_number__in": numbers}
    changes = ImportChange.objects.filter(**of).values(
        "row_number", *TERMS, **{f"old_{name}": F(f"base_version__{name}") for name in TERMS}
    )
    by_row = {change["row_number"]: change for change in changes}
    problems: dict[int, list[Row]] = {}
    wrong = ImportProblem.objects.filter(**of).order_by("row_number", "column_number", "id")
    for problem in listed(wrong.values("row_number", "column_name", "field", "code", "value", "expected")):
        problems.setdefault(problem["row_number"], []).append(problem)
    for row in found:
        row["change"] = by_row.get(row["row_number"])
        row["problems"] = problems.get(row["row_number"], [])
