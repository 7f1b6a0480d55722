"""Instruments, relationships, proposals and accounting months that a search finds; one read each."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from hedges.models import AccountingPeriod, HedgeProposal, HedgeRelationshipVersion, InstrumentVersion
from treasury.queries.rows import Row, listed


def instruments(meant: Q, *, entity_ids: list[int], limit: int) -> list[Row]:
    found = InstrumentVersion.objects.filter(meant, entity_id__in=entity_ids)
    newest = found.order_by("instrument_id", "-version_number").distinct("instrument_id")
    return listed(
        newest.values(
            "kind", "notional_amount", "settlement_date", thing_id=F("instrument_id"),
            reference=F("instrument__external_reference"), unit=F("notional_currency_id"),
            counterparty_code=F("counterparty__code"), entity_code=F("entity__code"),
        )[:limit]
    )  # fmt: skip


def relationships(meant: Q, *, entity_ids: list[int], limit: int) -> list[Row]:
    found = HedgeRelationshipVersion.objects.filter(meant, entity_id__in=entity_ids)
    newest = found.order_by("relationship_id", "-version_number").distinct("relationship_id")
    return listed(
        newest.values(
            "hedge_type", "framework", "objective", thing_id=F("relationship_id"), code=F("relationship__code"),
            risk_code=F("risk__code"), entity_code=F("entity__code"),
        )[:limit]
    )  # fmt: skip


def proposals(meant: Q, *, entity_ids: list[int], limit: int) -> list[Row]:
    """Proposals for a band and saved strategies, the newest first."""
    found = HedgeProposal.objects.filter(meant, entity_id__in=entity_ids).order_by("-kind", "-id")
    return listed(
        found.values(
            "id", "kind", "title", "recorded_at", entity_code=F("entity__code"), author_name=F("author__username")
        )[:limit]
    )  # fmt: skip


def months(month: date | None, code: str, *, entity_ids: list[int], limit: int) -> list[Row]:
    """Accounting months on record: those of a month, and those of the entity with this code, the newest first."""
    meant = Q(entity__code__iexact=code) | (Q(period_start=month) if month else Q(pk__in=[]))
    found = AccountingPeriod.objects.filter(meant, entity_id__in=entity_ids).order_by(
        "-period_start", "entity__code"
    )
    return listed(found.values("period_start", "status", entity_code=F("entity__code"))[:limit])
