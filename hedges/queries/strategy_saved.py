"""Saved strategies: proposals of their own kind, with who made them and out of which run."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, F

from hedges.enums import ProposalKind
from hedges.models import HedgeProposal
from treasury.queries.rows import Row, listed

MOST = 50
_FIELDS = ("id", "title", "recorded_at", "run_id", "content_digest", "entity_id")


def saved(entity_ids: list[int]) -> list[Row]:
    """The newest ones of these entities."""
    found = _found(entity_ids).annotate(line_count=Count("lines")).order_by("-id")[:MOST]
    return listed(
        found.values(*_FIELDS, "line_count", author_name=F("author__username"), entity_code=F("entity__code"),
                     day=F("run__as_of_date"), tool=F("assumptions__tool"))
    )  # fmt: skip


def one(entity_ids: list[int], proposal_id: int) -> Row | None:
    found = listed(
        _found(entity_ids).filter(pk=proposal_id)
        .values(*_FIELDS, "assumptions", author_name=F("author__username"), entity_code=F("entity__code"),
                day=F("run__as_of_date"))
    )  # fmt: skip
    return found[0] if found else None


def several(entity_ids: list[int], proposal_ids: Sequence[int]) -> list[Row]:
    """Those of these keys that belong to these entities, with their assumptions."""
    return listed(
        _found(entity_ids).filter(pk__in=proposal_ids).order_by("id")
        .values(*_FIELDS, "assumptions", author_name=F("author__username"), entity_code=F("entity__code"),
                day=F("run__as_of_date"))
    )  # fmt: skip


def _found(entity_ids: list[int]):  # type: ignore[no-untyped-def]
    return HedgeProposal.objects.filter(kind=ProposalKind.STRATEGY, entity_id__in=entity_ids)
