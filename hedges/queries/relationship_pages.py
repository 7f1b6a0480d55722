"""What the pages about hedge relationships read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import F, OuterRef, QuerySet, Subquery

from hedges.models import (
    EffectivenessCriterionResult,
    EffectivenessResult,
    HedgeRelationship,
    HedgeRelationshipVersion,
    InstrumentAllocation,
    ItemAllocation,
)
from hedges.queries.releases import as_known
from treasury.queries import version_pages
from treasury.queries.rows import Row, listed, one

TERMS = (
    "status", "hedge_type", "framework", "risk__code", "designated_component", "designation_date", "hedge_end_date",
    "designated_hedge_ratio", "assessment_method", "objective", "rationale", "ineffectiveness_sources",
)  # fmt: skip
STATUSES = (
    "effectiveness_status",
    "economic_relationship_status",
    "credit_risk_status",
    "hedge_ratio_status",
)

ALLOCATED = ("designated_component", "designated_amount", "unit_from", "unit_to", "capacity_units", "period_from",
             "period_to", "planned_to", "released_at")  # fmt: skip


def relationships(
    *, entity_ids: list[int], on: date, known_at: datetime | None, show: str, filters: dict[str, object]
) -> QuerySet:
    found = version_pages.versions(
        HedgeRelationshipVersion, "relationship", entity_ids=entity_ids, on=on, known_at=known_at, show=show
    )
    return found.filter(**filters).values(
        "relationship_id", "hedge_type", "framework", "designated_component", "designation_date", "hedge_end_date",
        "designated_hedge_ratio", "status", "version_number",
        code=F("relationship__code"), entity_code=F("entity__code"), risk_code=F("risk__code"),
        decision=F("approval__decision"),
    )  # fmt: skip


def with_status(run_id: int, status: str) -> QuerySet:
    return EffectivenessResult.objects.filter(run_id=run_id, effectiveness_status=status).values(
        "relationship_id"
    )


def of_exposure(exposure_id: int) -> QuerySet:
    return ItemAllocation.objects.filter(exposure_id=exposure_id).values(
        "relationship_version__relationship_id"
    )


def of_instrument(instrument_id: int) -> QuerySet:
    return InstrumentAllocation.objects.filter(instrument_id=instrument_id).values(
        "relationship_version__relationship_id"
    )


def by_status(found: QuerySet, run_id: int | None, name: str) -> QuerySet:
    """With what a list is sorted by: one of `STATUSES` of each in the run (`status_now`), by the results' key."""
    result = EffectivenessResult.objects.filter(run_id=run_id, relationship_id=OuterRef("relationship_id"))
    return found.annotate(status_now=Subquery(result.values(name)[:1]))


def statuses(run_id: int | None, relationship_ids: list[int]) -> dict[int, Row]:
    if run_id is None:
        return {}
    rows = EffectivenessResult.objects.filter(run_id=run_id, relationship_id__in=relationship_ids).values(
        "relationship_id", *STATUSES, "reasons"
    )
    return {row["relationship_id"]: row for row in rows}


def relationship(relationship_id: int, *, entity_ids: list[int]) -> Row | None:
    return one(
        HedgeRelationship.objects.filter(pk=relationship_id, entity_id__in=entity_ids).values(
            "id",
            "code",
            "recorded_at",
            "entity_id",
            "parallel_of_id",
            "parallel_of__code",
            "entity__code",
            "entity__name",
            currency=F("entity__functional_currency_id"),
        )
    )


def story(relationship_id: int, *, known_at: datetime | None) -> list[Row]:
    return version_pages.story(
        HedgeRelationshipVersion, "relationship", relationship_id, known_at=known_at, terms=TERMS
    )


def items(relationship_id: int, *, known_at: datetime | None) -> list[Row]:
    """Allocations of all versions: a later version goes on with those of the one before it."""
    return _known(
        ItemAllocation.objects.filter(relationship_version__relationship_id=relationship_id)
        .order_by("id")
        .values(
            *ALLOCATED,
            thing_id=F("exposure_id"),
            reference=F("exposure__external_reference"),
            kind=F("exposure_version__kind"),
            unit=F("exposure_version__exposure_currency_id"),
            amount=F("exposure_version__exposure_amount"),
            due=F("exposure_version__expected_date"),
            risk_code=F("exposure_version__risk__code"),
            counterparty=F("exposure_version__description"),
        ),
        known_at,
    )


def _known(allocations: QuerySet, known_at: datetime | None) -> list[Row]:
    rows = listed(allocations.filter(recorded_at__lte=known_at) if known_at else allocations)
    for row in rows:
        as_known(row, known_at)
    return rows


def instruments(relationship_id: int, *, known_at: datetime | None) -> list[Row]:
    return _known(
        InstrumentAllocation.objects.filter(relationship_version__relationship_id=relationship_id)
        .order_by("id")
        .values(
            *ALLOCATED,
            thing_id=F("instrument_id"),
            reference=F("instrument__external_reference"),
            kind=F("instrument_version__kind"),
            unit=F("instrument_version__notional_currency_id"),
            amount=F("instrument_version__notional_amount"),
            due=F("instrument_version__settlement_date"),
            risk_code=F("instrument_version__risk__code"),
            counterparty=F("instrument_version__counterparty__code"),
            rate=F("instrument_version__strike_rate"),
        ),
        known_at,
    )


def criteria(run_id: int | None, relationship_id: int) -> list[Row]:
    if run_id is None:
        return []
    return listed(
        EffectivenessCriterionResult.objects.filter(run_id=run_id, relationship_id=relationship_id)
        .order_by("-is_deciding", "criterion")
        .values(
            "criterion",
            "effectiveness_status",
            "is_deciding",
            "value",
            "lower_limit",
            "upper_limit",
            "margin",
            "reasons",
        )
    )


def awaiting(entity_ids: list[int]) -> int:
    return version_pages.awaiting(HedgeRelationshipVersion, entity_ids)


def risks(entity_ids: list[int]) -> list[str]:
    return list(
        HedgeRelationshipVersion.objects.filter(entity_id__in=entity_ids)
        .order_by("risk__code")
        .values_list("risk__code", flat=True)
        .distinct()
    )


def ids_of(codes: Iterable[str], *, entity_ids: list[int]) -> dict[str, int]:
    """Relationships by their codes."""
    found = HedgeRelationship.objects.filter(code__in=set(codes), entity_id__in=entity_ids)
    return dict(found.values_list("code", "pk"))
