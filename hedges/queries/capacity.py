"""How much of exposures and notionals is designated, by which relationship and when, and how much is free.

Units are minor units of the absolute amount, counted from 0; amounts are signed like what they are part of. Units are
taken for one framework, risk and component in a period (IFRS 9 6.2.4, B6.3.21): free for one is not free for another.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F

from exposures.models import ExposureVersion
from hedges.enums import DesignatedComponent
from hedges.models import InstrumentAllocation, InstrumentVersion, ItemAllocation
from treasury.enums import Decision
from treasury.kernel.money import from_minor_units
from treasury.queries import as_known

#: Which parts of value a component takes; two components overlap where their parts do (see the EXCLUDE constraints).
PARTS: Mapping[str, frozenset[int]] = {
    DesignatedComponent.WHOLE: frozenset({0, 1}),
    DesignatedComponent.SPOT: frozenset({0}),
    DesignatedComponent.INTRINSIC: frozenset({0}),
    DesignatedComponent.FORWARD: frozenset({1}),
    DesignatedComponent.TIME_VALUE: frozenset({1}),
}


@dataclass(frozen=True)
class Use:
    """One layer that a relationship has taken; `is_approved` is no while the designation waits for its approval."""

    relationship_id: int
    code: str
    is_approved: bool
    framework: str
    risk_id: int
    designated_component: str
    unit_from: int
    unit_to: int
    amount: Decimal
    period_from: date
    period_to: date


@dataclass(frozen=True)
class FreeLayer:
    unit_from: int
    unit_to: int
    amount: Decimal


@dataclass(frozen=True)
class Capacity:
    """An exposure or instrument as its newest approved version has it, with every use, the first period first."""

    subject_id: int
    version_id: int
    external_reference: str
    risk_id: int
    unit: str
    amount: Decimal
    units: int
    uses: tuple[Use, ...]

    def free(
        self,
        framework: str,
        component: str = DesignatedComponent.WHOLE,
        *,
        period_from: date,
        period_to: date,
        risk_id: int | None = None,
    ) -> list[FreeLayer]:
        """What nothing takes on any day of the period (end exclusive), lowest units first; risk: its own by itself."""
        risk = self.risk_id if risk_id is None else risk_id
        taken = [
            (use.unit_from, use.unit_to)
            for use in self.uses
            if use.framework == framework
            and use.risk_id == risk
            and PARTS[use.designated_component] & PARTS[component]
            and overlap(use.period_from, use.period_to, period_from, period_to)
        ]
        return [
            FreeLayer(first, past_last, _amount(past_last - first, self.unit, self.amount))
            for first, past_last in free_runs(taken, self.units)
        ]


def of_exposures(
    exposure_ids: Iterable[int], *, entity_ids: Iterable[int], known_at: datetime | None = None
) -> list[Capacity]:
    """Of the exposures that have an approved version and belong to these entities, by id; two queries."""
    rows = _newest(ExposureVersion, "exposure", exposure_ids, entity_ids, known_at).values(
        "risk_id", version_id=F("id"), subject_id=F("exposure_id"),
        external_reference=F("exposure__external_reference"), unit=F("exposure_currency_id"),
        amount=F("exposure_amount"), units=F("capacity_units"),
    )  # fmt: skip
    return _capacities(list(rows), ItemAllocation, "exposure_id", known_at)


def of_instruments(
    instrument_ids: Iterable[int], *, entity_ids: Iterable[int], known_at: datetime | None = None
) -> list[Capacity]:
    """Of the instruments that have an approved version and belong to these entities, by id; two queries."""
    rows = _newest(InstrumentVersion, "instrument", instrument_ids, entity_ids, known_at).values(
        "risk_id", version_id=F("id"), subject_id=F("instrument_id"),
        external_reference=F("instrument__external_reference"), unit=F("notional_currency_id"),
        amount=F("notional_amount"), units=F("capacity_units"),
    )  # fmt: skip
    return _capacities(list(rows), InstrumentAllocation, "instrument_id", known_at)


def free_runs(taken: Iterable[tuple[int, int]], capacity: int) -> list[tuple[int, int]]:
    """Runs of units below `capacity` that none of the ranges `taken` (upper ends exclusive) holds, ascending."""
    free, start = [], 0
    for first, past_last in sorted(taken):
        if min(first, capacity) > start:
            free.append((start, min(first, capacity)))
        start = max(start, past_last)
    if start < capacity:
        free.append((start, capacity))
    return free


def overlap(from_a: date, to_a: date, from_b: date, to_b: date) -> bool:
    """Whether two periods (ends exclusive) share a day; one that was released to its beginning has none."""
    return max(from_a, from_b) < min(to_a, to_b)


def _newest(
    model: Any, subject: str, ids: Iterable[int], entity_ids: Iterable[int], known_at: datetime | None
) -> Any:
    until = {} if known_at is None else {"approval__recorded_at__lte": known_at}
    rows = model._default_manager.filter(
        **{f"{subject}_id__in": set(ids)}, **until, entity_id__in=set(entity_ids),
        approval__decision=Decision.APPROVED,
    )  # fmt: skip
    return rows.order_by(f"{subject}_id", "-version_number").distinct(f"{subject}_id")


def _capacities(
    rows: list[dict[str, Any]], model: Any, subject: str, known_at: datetime | None
) -> list[Capacity]:
    """`known_at`: units that were released later, or decided on, were taken then, or waited; one query more."""
    uses: dict[int, list[Use]] = defaultdict(list)
    own = {f"{subject}__in": [row["subject_id"] for row in rows]}
    found = as_known.recorded_by(model._default_manager.filter(**own), known_at)
    then: dict[int, dict[str, Any]] = {}
    if known_at is None:
        found = found.filter(period_to__gt=F("period_from"))
    else:
        then = as_known.values_then(model._meta.db_table, found.values_list("pk", flat=True), known_at)
    for row in found.order_by("period_from", "unit_from", "id").values(
        "id", subject, "framework", "risk_id", "designated_component", "unit_from", "unit_to", "period_from",
        "period_to",
        amount=F("designated_amount"), relationship_id=F("relationship_version__relationship_id"),
        code=F("relationship_version__relationship__code"), decision=F("relationship_version__approval__decision"),
        decided_at=F("relationship_version__approval__recorded_at"),
    ):  # fmt: skip
        before, decided_at = then.get(row.pop("id")), row.pop("decided_at")
        if before:
            row["period_to"] = date.fromisoformat(before["period_to"])
        if row["period_to"] <= row["period_from"]:
            continue
        is_approved = row.pop("decision") == Decision.APPROVED and (
            known_at is None or decided_at <= known_at
        )
        uses[row.pop(subject)].append(Use(**row, is_approved=is_approved))
    return [Capacity(**row, uses=tuple(uses[row["subject_id"]])) for row in rows]


def _amount(units: int, unit: str, like: Decimal) -> Decimal:
    return from_minor_units(units, unit).copy_sign(like)
