"""What today's knowledge would change of what was published: the list that goes with a correction.

A closed period stays as it was closed; the difference is posted into the open one, because every entry is the rounded
cumulative amount less what is posted already. Each closed period is measured again with what is known now (or was at a
time) and held against its own rows, amount by amount, in the functional currency; the answer that a test gave a closed
period stays. That takes as long as so many closes: until an event is recorded the answer is kept in this process.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from hedges.domain.measurement.book import read
from hedges.domain.measurement.measure import measure
from hedges.domain.measurement.measured import Measured
from hedges.domain.sealed import Shard
from hedges.domain.unsealed import inputs_now
from hedges.enums import PeriodStatus
from hedges.models import AccountingPeriod, HedgeRelationship, MeasurementResult
from treasury.kernel.money import from_minor_units
from treasury.models import Entity
from treasury.quant.codes import reason_names
from treasury.queries.extent_of_knowledge import extent_of_knowledge

#: The published amounts.
FIELDS = tuple(one.name for one in MeasurementResult._meta.concrete_fields if getattr(one, "measure", ""))


@dataclass(frozen=True, slots=True)
class Correction:
    """One published amount that would be another one; None where it was not published, or cannot be known now."""

    relationship_id: int
    code: str
    period_end: date
    run_id: int
    field: str
    currency: str
    published: Decimal | None
    recomputed: Decimal | None
    reasons: tuple[str, ...]

    @property
    def difference(self) -> Decimal | None:
        """Recomputed less published."""
        if self.recomputed is None:
            return None
        return self.recomputed - (self.published or Decimal(0))


#: The newest few answers, by what they are about and what the book knew.
_kept: dict[tuple[object, ...], tuple[Correction, ...]] = {}
KEPT = 16


def would_change(entity: Entity, *, known_at: datetime | None = None) -> list[Correction]:
    """By period, relationship and field; empty where what is known now changes nothing. A fixed number of queries a
    closed period; one where it was asked before and nothing has been recorded since."""
    key = (connection.settings_dict["NAME"], entity.pk, known_at, *extent_of_knowledge(known_at))
    answer = _kept.get(key)
    if answer is None:
        answer = _kept[key] = tuple(_found(entity, known_at))
        for old in list(_kept)[:-KEPT]:
            _kept.pop(old, None)
    return list(answer)


def _found(entity: Entity, known_at: datetime | None) -> list[Correction]:
    closed = AccountingPeriod.objects.filter(entity=entity, status=PeriodStatus.CLOSED).select_related("run")
    codes = dict(HedgeRelationship.objects.filter(entity=entity).values_list("pk", "code"))
    found = []
    for period in closed.order_by("period_start"):
        assert period.run is not None
        day, run_id = period.run.as_of_date, period.run.pk
        published = _published(run_id)
        for pk, recomputed, reasons in _recomputed(entity, day, run_id, known_at):
            row = published.pop(pk, None)
            found += _differences(pk, codes[pk], day, run_id, entity, row, recomputed, reasons)
        for pk, row in published.items():
            found += _differences(
                pk, codes[pk], day, run_id, entity, row, dict.fromkeys(FIELDS, Decimal(0)), ()
            )
    return sorted(found, key=lambda one: (one.period_end, one.code, FIELDS.index(one.field)))


def _published(run_id: int) -> dict[int, dict[str, Any]]:
    rows = MeasurementResult.objects.filter(run_id=run_id).values("relationship_id", *FIELDS)
    return {row["relationship_id"]: row for row in rows}


def _recomputed(
    entity: Entity, day: date, run_id: int, known_at: datetime | None
) -> list[tuple[int, dict[str, Decimal], tuple[str, ...]]]:
    sealed = inputs_now(day, known_at=known_at, entity_id=entity.pk)
    found = measure(sealed, read(Shard(sealed, 0, 1).at, run_id=run_id))
    ids = found.relationships["relationship_id"].tolist()
    return [
        (pk, _amounts(found, place, entity.functional_currency_id), _reasons(found, place))
        for place, pk in enumerate(ids)
    ]


def _amounts(found: Measured, place: int, currency: str) -> dict[str, Decimal]:
    if not found.known[place]:
        return {}
    return {name: from_minor_units(int(found.amounts[name][place]), currency) for name in FIELDS}


def _reasons(found: Measured, place: int) -> tuple[str, ...]:
    return () if found.known[place] else tuple(reason_names(int(found.reasons[place])))


def _differences(
    pk: int,
    code: str,
    day: date,
    run_id: int,
    entity: Entity,
    row: dict[str, Any] | None,
    recomputed: dict[str, Decimal],
    reasons: tuple[str, ...],
) -> list[Correction]:
    found = []
    for name in FIELDS:
        was, now = row[name] if row else None, recomputed.get(name)
        if was == now or (was is None and now == 0):
            continue
        found.append(
            Correction(pk, code, day, run_id, name, entity.functional_currency_id, was, now, reasons)
        )
    return found
