"""Counterparties, risks, policies and runs that a search finds; one read each."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from treasury.enums import RunKind
from treasury.models import CalculationRun, Counterparty, Policy, Risk
from treasury.queries.rows import Row, listed


def counterparties(text: str, *, limit: int) -> list[Row]:
    found = Counterparty.objects.filter(
        Q(code__icontains=text) | Q(name__icontains=text) | Q(lei__istartswith=text)
    )
    return listed(found.order_by("code").values("id", "code", "name", "country", "credit_rating")[:limit])


def policies(text: str, *, entity_ids: list[int], limit: int) -> list[Row]:
    found = Policy.objects.filter(
        Q(risk__code__icontains=text) | Q(risk__name__icontains=text) | Q(entity__code__iexact=text),
        entity_id__in=entity_ids,
    )
    return listed(
        found.order_by("entity__code", "risk__code").values(
            "id", risk_code=F("risk__code"), risk_name=F("risk__name"), entity_code=F("entity__code")
        )[:limit]
    )


def risks(text: str, *, limit: int) -> list[Row]:
    found = Risk.objects.filter(Q(code__icontains=text) | Q(name__icontains=text))
    return listed(found.order_by("code").values("code", "name", "kind")[:limit])


def runs(*, number: int | None, on: date | None, codes: list[str], limit: int) -> list[Row]:
    """By number or by business date; without either, none."""
    if number is None and on is None:
        return []
    meant = Q(as_of_date=on) if on else Q(pk=number)
    seen = Q(kind=RunKind.NIGHTLY) | Q(scope__in=codes)
    found = CalculationRun.objects.filter(meant, seen).order_by("-as_of_date", "-revision")
    return listed(found.values("id", "kind", "scope", "as_of_date", "revision", "status")[:limit])
