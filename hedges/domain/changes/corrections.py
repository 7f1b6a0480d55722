"""What today's knowledge would change of what was published: the list that goes with a correction.

A closed period stays as it was closed; the difference is posted into the open one, because every entry is the rounded
cumulative amount less what is posted already. A closed period about whose time nothing became known since its close
(`known_later`), or whose inputs are those of its close (`inputs_digest`), changes nothing and is not measured. Any
other one is measured again with what is known now (or was at a time) and held against its own rows, amount by amount,
in the functional currency; the answer that a test gave a closed period stays. What was found stays in this process for
as long as the inputs are the same; what the worker has found (`measuring_again`) is handed in by its inputs.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from hedges.domain.changes.inputs_digest import book_at, digest
from hedges.domain.measurement.book import read
from hedges.domain.measurement.measure import measure
from hedges.domain.measurement.measured import Measured
from hedges.domain.sealed import Shard
from hedges.domain.unsealed import database_time, inputs_now
from hedges.enums import PeriodStatus
from hedges.models import AccountingPeriod, HedgeRelationship, MeasurementResult
from hedges.queries.known_later import touched
from treasury.kernel.money import from_minor_units
from treasury.models import CalculationRun, Entity
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


@dataclass(frozen=True, slots=True)
class Month:
    """A closed month: what would change, or None where its inputs have changed and nobody has worked it out yet."""

    period_end: date
    run_id: int
    found: tuple[Correction, ...] | None
    inputs: str = ""


class Before(NamedTuple):
    """What was found before by run and digest of the inputs, read when it is needed; `number` is another one then."""

    number: int = 0
    read: Callable[[], Mapping[tuple[int, str], tuple[Correction, ...]]] = dict


#: The newest answers, by what they are about and what the book knew; of months, by their inputs.
_kept: dict[tuple[object, ...], tuple[Month, ...]] = {}
_of_month: dict[tuple[object, ...], tuple[Correction, ...]] = {}
#: Digests of what closes had; a close does not change.
_had: dict[tuple[object, ...], str] = {}
KEPT, MONTHS_KEPT = 16, 600


def would_change(entity: Entity, *, known_at: datetime | None = None) -> list[Correction]:
    """By period, relationship and field; empty where what is known now changes nothing. A fixed number of queries a
    closed period; one where it was asked before and nothing has been recorded since."""
    return [one for month in months(entity, known_at=known_at) for one in month.found or ()]


def months(
    entity: Entity, *, known_at: datetime | None = None, measuring: bool = True, before: Before | None = None,
    report: Callable[[int, int], None] | None = None,
) -> list[Month]:  # fmt: skip
    """Every closed month with what would change. Not `measuring`, one that would have to be measured is left open.

    So it stays, without being looked at again, until something is recorded or it is measured. `report` hears how many
    months are looked at, and of how many.
    """
    name = connection.settings_dict["NAME"]
    key = (name, entity.pk, known_at, *extent_of_knowledge(known_at))
    before = before or Before()
    left_open = (*key, "left open", before.number)
    answer = _kept.get(key) or (None if measuring else _kept.get(left_open))
    if answer is None:
        answer = tuple(_found(entity, known_at, measuring, before, report))
        is_whole = all(one.found is not None for one in answer)
        _keep(_kept, key if is_whole else left_open, answer, KEPT)
    return list(answer)


def _found(
    entity: Entity,
    known_at: datetime | None,
    measuring: bool,
    before: Before,
    report: Callable[[int, int], None] | None,
) -> Iterator[Month]:
    closed = AccountingPeriod.objects.filter(entity=entity, status=PeriodStatus.CLOSED).select_related("run")
    runs = [period.run for period in closed.order_by("period_start") if period.run is not None]
    moment = known_at or database_time()
    later = touched(entity.pk, [(run.pk, run.as_of_date, _sealed_at(run)) for run in runs], moment)
    for place, run in enumerate(runs, 1):
        if run.pk not in later and moment >= _sealed_at(run):
            yield Month(run.as_of_date, run.pk, ())
        else:
            yield _of(entity, run, known_at, moment, measuring, before)
        if report:
            report(place, len(runs))


def _of(
    entity: Entity,
    run: CalculationRun,
    known_at: datetime | None,
    moment: datetime,
    measuring: bool,
    before: Before,
) -> Month:
    book = book_at(run, entity.pk, moment)
    published = set(MeasurementResult.objects.filter(run=run).values_list("relationship_id", flat=True))
    inputs = digest(book, run, moment)
    if published == set(book.relationships["relationship_id"].tolist()) and inputs == _close_had(run, entity):
        return Month(run.as_of_date, run.pk, ())
    key = (connection.settings_dict["NAME"], run.pk, inputs)
    if key not in _of_month:
        known = before.read().get((run.pk, inputs))
        if known is None and measuring:
            known = tuple(_measured_again(entity, run, known_at))
        if known is not None:
            _keep(_of_month, key, known, MONTHS_KEPT)
    return Month(run.as_of_date, run.pk, _of_month.get(key), inputs)


def _sealed_at(run: CalculationRun) -> datetime:
    assert run.known_at is not None
    return run.known_at


def _close_had(run: CalculationRun, entity: Entity) -> str:
    key, known_at = (connection.settings_dict["NAME"], run.pk), _sealed_at(run)
    if key not in _had:
        _keep(_had, key, digest(book_at(run, entity.pk, known_at), run, known_at), MONTHS_KEPT)
    return _had[key]


def _keep(kept: dict[tuple[object, ...], Any], key: tuple[object, ...], value: Any, most: int) -> None:
    kept[key] = value
    for old in list(kept)[:-most]:
        kept.pop(old, None)


def _measured_again(entity: Entity, run: CalculationRun, known_at: datetime | None) -> list[Correction]:
    found = []
    codes = dict(HedgeRelationship.objects.filter(entity=entity).values_list("pk", "code"))
    day, run_id = run.as_of_date, run.pk
    published = _published(run_id)
    for pk, recomputed, reasons in _recomputed(entity, day, run_id, known_at):
        row = published.pop(pk, None)
        found += _differences(pk, codes[pk], day, run_id, entity, row, recomputed, reasons)
    for pk, row in published.items():
        found += _differences(pk, codes[pk], day, run_id, entity, row, dict.fromkeys(FIELDS, Decimal(0)), ())
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
