"""What a designation can choose from: open exposures and live instruments of one entity, as they are approved."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Case, F, Max, Min, Model, QuerySet, Sum, Value, When

from exposures.enums import ExposureStatus
from exposures.models import ExposureVersion
from hedges.enums import InstrumentStatus
from hedges.models import HedgeRelationship, InstrumentAllocation, InstrumentVersion, ItemAllocation
from hedges.queries import capacity
from treasury.enums import Decision
from treasury.models import Risk
from treasury.queries.rows import Row, listed, one

LIMIT = 200


def exposures(entity_id: int, risk_code: str, on: date, *, also: Collection[int] = ()) -> list[Row]:
    """Open exposures to the risk, the earliest first; `also` names versions that are shown in any case."""
    found = _newest(ExposureVersion, "exposure", entity_id=entity_id).filter(
        risk__code=risk_code, status=ExposureStatus.OPEN
    )
    near = found.filter(expected_date__gte=on).order_by("expected_date", "id")
    return _rows(
        _shown(found, near, also),
        thing_id=F("exposure_id"), reference=F("exposure__external_reference"), amount=F("exposure_amount"),
        unit=F("exposure_currency_id"), due=F("expected_date"), text=F("description"),
    )  # fmt: skip


def instruments(entity_id: int, on: date, *, first_risk: str = "", also: Collection[int] = ()) -> list[Row]:
    """Live instruments of the entity, those of `first_risk` first; of any risk: a proxy hedge has another one.

    Near legs of rolls hedge nothing.
    """
    found = _newest(InstrumentVersion, "instrument", entity_id=entity_id).filter(
        status=InstrumentStatus.LIVE, instrument__closes=None
    )
    other = Case(When(risk__code=first_risk, then=Value(0)), default=Value(1))
    near = found.filter(settlement_date__gte=on).order_by(other, "settlement_date", "id")
    rows = _rows(
        _shown(found, near, also),
        thing_id=F("instrument_id"), reference=F("instrument__external_reference"), amount=F("notional_amount"),
        unit=F("notional_currency_id"), due=F("settlement_date"), text=F("counterparty__code"),
    )  # fmt: skip
    return sorted(rows, key=lambda row: row["risk_code"] != first_risk)


def _newest(model: type[Model], thing: str, **among: object) -> QuerySet:
    """Of each thing among those its newest approved version: the only one that can be designated."""
    approved = model._default_manager.filter(approval__decision=Decision.APPROVED, **among)
    chosen = approved.order_by(f"{thing}_id", "-version_number").distinct(f"{thing}_id").values("pk")
    return model._default_manager.filter(pk__in=chosen)


def _shown(found: QuerySet, near: QuerySet, also: Collection[int]) -> QuerySet:
    """The nearest, and what of `also` may be chosen: only where it is not among those is the newest asked for again."""
    keys = list(near.values_list("pk", flat=True)[:LIMIT])
    further = [key for key in also if key not in keys]
    return (
        found.filter(pk__in=keys + further) if further else found.model._default_manager.filter(pk__in=keys)
    )


def _rows(found: QuerySet, **named: F) -> list[Row]:
    return listed(
        found.values("id", "kind", "capacity_units", risk_code=F("risk__code"), **named).order_by("due", "id")
    )


def relationships(entity_id: int) -> int:
    """How many relationships the entity has: the number that the next one's code proposes comes after it."""
    return HedgeRelationship.objects.filter(entity_id=entity_id).count()


def versions(kind: str, ids: Collection[int]) -> dict[int, ExposureVersion | InstrumentVersion]:
    """The versions that were chosen, by id, in one read."""
    if kind == "item":
        return dict(ExposureVersion.objects.select_related("exposure").in_bulk(list(ids)))
    return dict(InstrumentVersion.objects.select_related("instrument").in_bulk(list(ids)))


def risks() -> list[str]:
    return list(Risk.objects.order_by("code").values_list("code", flat=True))


def risk_id(code: str) -> int:
    return Risk.objects.values_list("pk", flat=True).get(code=code)


def unsaved_relationship(entity_id: int, code: str, parallel_of: int | None) -> HedgeRelationship:
    first = HedgeRelationship.objects.get(pk=parallel_of) if parallel_of else None
    return HedgeRelationship(entity_id=entity_id, code=code, parallel_of=first)


def recorded_code(code: str) -> Row | None:
    """The relationship that has the code, with who designated it."""
    found = HedgeRelationship.objects.filter(code=code, versions__version_number=1)
    return one(found.values("id", "entity_id", author_id=F("versions__author_id")))


def allocated(kind: str, relationship_id: int) -> list[Row]:
    """What is in force by exposure or instrument: amount, first day, the one after the last, version."""
    allocation, thing = (
        (ItemAllocation, "exposure") if kind == "item" else (InstrumentAllocation, "instrument")
    )
    model = ExposureVersion if kind == "item" else InstrumentVersion
    sums = (
        allocation._default_manager.filter(
            relationship_version__relationship_id=relationship_id, released_at=None
        )
        .values(f"{thing}_id")
        .annotate(total=Sum("designated_amount"), first=Min("period_from"), past_last=Max("period_to"))
        .values_list(f"{thing}_id", "total", "first", "past_last")
    )
    amounts = {pk: (total, first, past_last) for pk, total, first, past_last in sums}
    newest = _newest(model, thing, **{f"{thing}_id__in": list(amounts)}).values_list("pk", f"{thing}_id")
    return [
        dict(
            zip(
                ("version_id", "amount", "period_from", "period_to"),
                (version_id, *amounts[thing_id]),
                strict=True,
            )
        )
        for version_id, thing_id in newest
    ]


def with_capacity(
    items: list[Row],
    instruments: list[Row],
    *,
    entity_id: int,
    framework: str,
    component: str,
    risk: str,
    period_from: date,
    until: date,
    but: str = "",
) -> None:
    """Writes into each candidate what is free of it for this framework, risk and component in the period.

    And `used_in`: the other relationships under the framework that have some of it then; `but` is not another one.
    """
    hedged, period_to = risk_id(risk), until + timedelta(days=1)
    for rows, read in ((items, capacity.of_exposures), (instruments, capacity.of_instruments)):
        free: dict[int, Decimal] = {}
        used: dict[int, list[str]] = {}
        for of in read([row["thing_id"] for row in rows], entity_ids=[entity_id]):
            layers = of.free(
                framework, component, period_from=period_from, period_to=period_to, risk_id=hedged
            )
            free[of.subject_id] = sum((layer.amount for layer in layers), Decimal(0))
            used[of.subject_id] = sorted({
                use.code for use in of.uses
                if use.framework == framework and use.code != but
                and capacity.overlap(use.period_from, use.period_to, period_from, period_to)
            })  # fmt: skip
        for row in rows:
            row["free"] = free.get(row["thing_id"])
            row["used_in"] = used.get(row["thing_id"], [])
