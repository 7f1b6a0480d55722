"""Pairs of relationships that are one hedge under two frameworks, and what the journal has of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hedges.enums import ChangeCause
from hedges.models import HedgeRelationship, HedgeRelationshipVersion, MeasurementResult
from reports.queries.span import Span, closes, month_before, run_at
from reports.queries.statements import LINES, rows
from treasury.enums import Decision
from treasury.queries import access
from treasury.queries.rows import Row, listed

_AMOUNTS = f"""WITH {LINES}
SELECT relationship_id, framework, currency, account_role, rule, period_start < %(first)s AS is_opening,
       sum(amount) AS amount
FROM line WHERE relationship_id = ANY(%(relationships)s::bigint[])
GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6"""


def pairs(entity_ids: Sequence[int]) -> QuerySet:
    """One row a parallel relationship, with the one that it is parallel to (the first framework)."""
    found = HedgeRelationship.objects.filter(entity_id__in=list(entity_ids), parallel_of__isnull=False)
    return found.values(
        "id", "code", "entity_id", "parallel_of_id", entity_code=F("entity__code"),
        first_code=F("parallel_of__code"), currency=F("entity__functional_currency_id"),
    )  # fmt: skip


def named(found: QuerySet, code: str) -> QuerySet:
    """Those pairs of which one has this code."""
    return found.filter(Q(code__iexact=code) | Q(parallel_of__code__iexact=code))


def visible(user: Any) -> QuerySet[HedgeRelationship]:
    found = HedgeRelationship.objects.filter(parallel_of__isnull=False)
    return access.scoped(
        found.annotate(first_framework=_framework("parallel_of_id"), second_framework=_framework("pk")), user
    )


def _framework(of: str) -> Subquery:
    first = HedgeRelationshipVersion.objects.filter(relationship_id=OuterRef(of), version_number=1)
    return Subquery(first.values("framework"))


def amounts(span: Span, relationship_ids: Sequence[int]) -> list[Row]:
    """Journal lines of the relationships by role and rule, before the span and in it; credit less debit."""
    return rows(_AMOUNTS, span.parameters | {"relationships": list(relationship_ids)})


def frameworks(relationship_ids: Sequence[int]) -> dict[int, str]:
    """The framework of each relationship, also of one that has no entry yet."""
    found = HedgeRelationshipVersion.objects.filter(
        relationship_id__in=list(relationship_ids), version_number=1
    )
    return dict(found.values_list("relationship_id", "framework"))


def measurements(span: Span, relationship_ids: Sequence[int]) -> dict[tuple[int, bool], Row]:
    """What was measured of each relationship by the closes that end the span (False) and the months before it (True),
    with what its file says about where amounts leave to."""
    closed = closes(span)
    found: dict[tuple[int, bool], Row] = {}
    for is_opening, month in ((True, month_before(span.first)), (False, span.last)):
        runs = [run for one in span.entity_ids if (run := run_at(closed, one, month)) is not None]
        measured = MeasurementResult.objects.filter(
            run_id__in=runs, relationship_id__in=list(relationship_ids)
        )
        for row in listed(
            measured.annotate(
                release_pattern=_of_file("release_pattern"), cost_relation=_of_file("cost_relation")
            ).values()
        ):
            found[row["relationship_id"], is_opening] = row
    return found


def _of_file(name: str) -> Coalesce:
    """A change refreshes the documentation at most; the file of the designation stays where it names no other."""
    first = HedgeRelationshipVersion.objects.filter(
        relationship_id=OuterRef("relationship_id"), version_number=1
    )
    return Coalesce(
        F(f"relationship_version__inception_file__{name}"),
        Subquery(first.values(f"inception_file__{name}")[:1]),
    )


def no_longer_expected(span: Span, relationship_ids: Sequence[int]) -> set[int]:
    """Relationships with an approved change, up to the end of the span, because the flows are no longer expected."""
    found = HedgeRelationshipVersion.objects.filter(
        relationship_id__in=list(relationship_ids), change_cause=ChangeCause.NO_LONGER_EXPECTED,
        approval__decision=Decision.APPROVED, valid_from__lte=span.end,
    )  # fmt: skip
    if span.known_at:
        found = found.filter(approval__recorded_at__lte=span.known_at)
    return set(found.values_list("relationship_id", flat=True))
