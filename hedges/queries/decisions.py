"""What waits for a second person among the hedges, and what that person is shown."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, QuerySet

from hedges.models import AccountMapVersion, AssessmentRecord, HedgeRelationshipVersion
from hedges.queries import decidable
from treasury.enums import Decision
from treasury.queries.rows import Row, listed, one

VERSION = (
    "id", "relationship_id", "entity_id", "version_number", "valid_from", "recorded_at", "author_id", "change_kind",
    "change_cause", "change_reason", "framework", "designation_date", "accounting_from", "late_reason",
    "content_digest", "late_acceptance__id", "approval__decision",
)  # fmt: skip
TERMS = (
    "status", "hedge_type", "risk__code", "designated_component", "hedge_end_date", "designated_hedge_ratio",
    "assessment_method", "objective", "rationale", "ineffectiveness_sources", "volumes", "effect",
)  # fmt: skip
FILE = (
    "instrument_description", "item_description", "risk_description", "assessment_description",
    "hedge_ratio_description", "strategy", "reporting_scope", "release_pattern", "excluded_treatment",
    "basis_excluded", "cost_relation", "keeps_basis_in_reserve", "earnings_lag_days", "spot_is_discounted",
    "qualitative_after_inception", "content_digest",
)  # fmt: skip


def _named(found: QuerySet, *more: str) -> QuerySet:
    return found.values(
        *VERSION, *more,
        code=F("relationship__code"), entity_code=F("entity__code"), author_name=F("author__username"),
    )  # fmt: skip


def waiting(entity_ids: list[int], *, person_id: int, limit: int = 200) -> list[Row]:
    """Versions of relationships that nobody has decided on, the longest waiting first."""
    found = HedgeRelationshipVersion.objects.filter(entity_id__in=entity_ids, approval=None)
    known = decidable.annotated("relationship", found, person_id=person_id)
    return listed(_named(known, "overtaken", "is_own").order_by("recorded_at", "id")[:limit])


def version(version_id: int, *, entity_ids: list[int]) -> Row | None:
    return _whole(HedgeRelationshipVersion.objects.filter(pk=version_id, entity_id__in=entity_ids))


def newest(relationship_id: int, *, entity_ids: list[int]) -> Row | None:
    """The newest approved version of a relationship, with its file."""
    found = HedgeRelationshipVersion.objects.filter(
        relationship_id=relationship_id, entity_id__in=entity_ids, approval__decision=Decision.APPROVED
    )
    return _whole(found.order_by("-version_number")[:1])


def _whole(found: QuerySet) -> Row | None:
    return one(
        _named(
            found, *TERMS, "inception_file_id", "approval__decided_by__username", "approval__comment",
            "late_acceptance__accepted_by__username",
            "late_acceptance__accepted_by_id", "late_acceptance__comment",
            *(f"inception_file__{name}" for name in FILE), "inception_file__rule_pack__code",
        )
    )  # fmt: skip


def before(row: Row) -> Row | None:
    """The approved version that this one follows."""
    found = HedgeRelationshipVersion.objects.filter(
        relationship_id=row["relationship_id"],
        version_number__lt=row["version_number"],
        approval__decision=Decision.APPROVED,
    ).order_by("-version_number")[:1]
    return one(_named(found, *TERMS))


def authors(row: Row) -> set[int]:
    """Those who wrote a version since the last approved one: none of them may decide."""
    last = before(row)
    found = HedgeRelationshipVersion.objects.filter(
        relationship_id=row["relationship_id"],
        version_number__gt=last["version_number"] if last else 0,
        version_number__lte=row["version_number"],
    )
    return set(found.values_list("author_id", flat=True))


def assessments(version_ids: Iterable[int]) -> list[Row]:
    """Tests outside the night of these versions, the newest first."""
    return listed(
        AssessmentRecord.objects.filter(version_id__in=list(version_ids))
        .order_by("-id")
        .values(
            "id", "occasion", "as_of_date", "effectiveness_status", "numbers", "critical_terms", "hypothetical",
            "content_digest", "recorded_at",
        )
    )  # fmt: skip


def waiting_maps(entity_ids: list[int]) -> list[Row]:
    found = AccountMapVersion.objects.filter(account_map__entity_id__in=entity_ids, approval=None)
    return listed(
        found.order_by("recorded_at", "id").values(
            "id", "version_number", "valid_from", "recorded_at", "author_id", "content_digest", "change_reason",
            entity_id=F("account_map__entity_id"), entity_code=F("account_map__entity__code"),
            author_name=F("author__username"),
        )
    )  # fmt: skip
