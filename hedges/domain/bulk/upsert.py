"""Trades in bulk into the book, in one transaction: new ones, and further versions of those that have changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Case, Max, When

from hedges.domain.bulk import guards
from hedges.domain.bulk import reading as trades_read
from hedges.domain.bulk.fields import FIELDS
from hedges.domain.ticket import send
from hedges.enums import InstrumentStatus
from hedges.models import Instrument, InstrumentVersion
from treasury.domain import audit
from treasury.domain.bulk import plans, reading
from treasury.domain.bulk.answers import AMENDED, CREATED, UNCHANGED, Answer, RowsRefused, answer
from treasury.domain.bulk.rows import RowProblem
from treasury.domain.exactness import refuse_rounding
from treasury.domain.refusals import Refusal, as_refusal
from treasury.enums import Decision
from treasury.queries.access import PREPARERS, roles

#: So many at a time are held against the book and recorded; the transaction is one.
AT_A_TIME = 5_000
_NOTHING = dict.fromkeys(("external_reference", "id", "version_id", "version_number"))
Trades = dict[int, tuple[Instrument, InstrumentVersion]]


@dataclass(frozen=True)
class Asked:
    """`is_row_wise`: wrong rows stop no other. `entity_ids`: where rows may be recorded at all; None: anywhere."""

    content: bytes
    media_type: str
    source_system: str
    valid_from: date
    is_row_wise: bool = False
    reason: str = ""
    entity_ids: Collection[int] | None = None

    @property
    def why(self) -> str:
        return (self.reason.strip() or f"In bulk from {self.source_system}")[:400]


class Held(NamedTuple):
    """By index the trades that could be read, and what is wrong with the other rows, of all rows."""

    trades: Trades
    wrong: dict[int, list[RowProblem]]
    row_count: int


def upsert(asked: Asked, *, actor: Any) -> Answer:
    """Raises InputError where the request cannot be read, RowsRefused where a row is wrong and all or nothing was asked
    for, Refusal where the book does not take it; then nothing is recorded."""
    return recorded(asked, held(asked, actor=actor), actor=actor)


def held(asked: Asked, *, actor: Any, told: Callable[[int, int], None] | None = None) -> Held:
    """`told` hears how many rows are read, and of how many."""
    source = asked.source_system
    if not source.strip() or not source.isprintable() or len(source) > 20:
        raise Refusal("Name the source in at most 20 characters, e.g. TMS.")
    if not roles(actor) & set(PREPARERS):
        raise Refusal("You have no role that records trades. Nothing was changed.")
    rows = reading.read(asked.content, asked.media_type, FIELDS)
    found, wrong = trades_read.trades(
        rows, of=trades_read.known(actor, asked.entity_ids), source_system=source, valid_from=asked.valid_from,
        reason=asked.why, told=told,
    )  # fmt: skip
    return Held(found, wrong | rows.refused, rows.count)


def recorded(
    asked: Asked, found: Held, *, actor: Any, within: Callable[[Answer], None] | None = None
) -> Answer:
    """`within`: what else is written in the same transaction, once the answer stands. What was held is used up."""
    wrong, fine = dict(found.wrong), dict[int, dict[str, Any]]()
    with as_refusal(), transaction.atomic(), ExitStack() as opened:
        with connection.cursor() as cursor:  # one bulk of a source after the other
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"trades {asked.source_system}"]
            )
        plans.by_key()
        event, places = 0, list(found.trades)
        for start in range(0, len(places), AT_A_TIME):
            some = {place: found.trades.pop(place) for place in places[start : start + AT_A_TIME]}
            standing = _standing(
                asked.source_system, [instrument.external_reference for instrument, _ in some.values()]
            )
            changed = _compared(some, standing, wrong)
            wrong |= guards.refused({place: some[place][1] for place in changed})
            new = {place: some[place] for place in changed if place not in wrong}
            if wrong and not asked.is_row_wise:
                continue
            if new:
                if not event:
                    event = opened.enter_context(
                        audit.action("hedges.bulk.recorded", actor=actor, reason=asked.why)
                    )
                _record(list(new.values()))
            fine |= {
                place: _row(trade, standing.get(trade[0].external_reference), is_changed=place in new)
                for place, trade in some.items()
                if place not in wrong
            }
        if wrong and not asked.is_row_wise:
            raise RowsRefused(wrong, found.row_count)
        _name_versions(fine, event)
        made = answer(fine, wrong, found.row_count, references={}, nothing=_NOTHING)
        if within:
            if not event:
                opened.enter_context(
                    audit.action("hedges.bulk.found_unchanged", actor=actor, reason=asked.why)
                )
            within(made)
        return made


def _standing(source_system: str, references: list[str]) -> dict[str, InstrumentVersion]:
    """By reference the newest version that nobody has rejected, or without one the newest, which `is_rejected` says;
    `highest` is the highest number that there is."""
    versions = InstrumentVersion.objects.filter(
        instrument__source_system=source_system, instrument__external_reference__in=references
    )
    highest = dict(versions.order_by().values_list("instrument_id").annotate(last=Max("version_number")))
    rejected = Case(When(approval__decision=Decision.REJECTED, then=True), default=False)
    newest = (
        versions.annotate(is_rejected=rejected)
        .order_by("instrument_id", "is_rejected", "-version_number")
        .distinct("instrument_id")
        .select_related("instrument")
    )
    found: dict[str, InstrumentVersion] = {}
    for version in newest:
        version.highest = highest[version.instrument_id]  # type: ignore[attr-defined]
        found[version.instrument.external_reference] = version
    return found


def _compared(
    found: Trades, standing: Mapping[str, InstrumentVersion], wrong: dict[int, list[RowProblem]]
) -> list[int]:
    """The rows that are new or change something, ready to be recorded."""
    changed = []
    for place, (instrument, version) in found.items():
        before = standing.get(instrument.external_reference)
        if before is None:
            changed.append(place)
            continue
        known = before.instrument
        if (known.entity_id, known.kind) != (instrument.entity_id, instrument.kind):
            expected = "a reference that the source does not use for another entity or kind"
            wrong[place] = [
                RowProblem("external_reference", "reference_taken", expected, known.external_reference)
            ]
        elif before.is_rejected:  # type: ignore[attr-defined]
            version.instrument, version.version_number = known, before.highest + 1  # type: ignore[attr-defined]
            changed.append(place)
        elif before.status != InstrumentStatus.LIVE:
            expected = "a trade that has not ended; take back what ended it first"
            wrong[place] = [RowProblem("external_reference", "ended", expected, before.status)]
        else:
            send.keep_payment_days(version, before)
            if send.differences(version, before):
                version.instrument, version.version_number = known, before.highest + 1  # type: ignore[attr-defined]
                changed.append(place)
    return changed


def _record(trades: Sequence[tuple[Instrument, InstrumentVersion]]) -> None:
    """All of them, inside an action: the instruments that are new in one statement, the versions by COPY."""
    refuse_rounding([version for _, version in trades])
    new = [(instrument, version) for instrument, version in trades if version.instrument_id is None]
    Instrument.objects.bulk_create([instrument for instrument, _ in new])
    for instrument, version in new:
        version.instrument, version.version_number = instrument, 1
    guards.record(version for _, version in trades)


def _name_versions(fine: Mapping[int, dict[str, Any]], event: int) -> None:
    """Writes into each row that was recorded under the event which version that made."""
    made = (
        dict(InstrumentVersion.objects.filter(event_id=event).values_list("instrument_id", "pk"))
        if event
        else {}
    )
    for row in fine.values():
        if row["outcome"] != UNCHANGED:
            row["version_id"] = made[row["id"]]


def _row(
    trade: tuple[Instrument, InstrumentVersion], before: InstrumentVersion | None, *, is_changed: bool
) -> dict[str, Any]:
    instrument, version = trade
    outcome = UNCHANGED if not is_changed else CREATED if before is None else AMENDED
    stands = version if is_changed or before is None else before
    return {
        "outcome": outcome, "external_reference": instrument.external_reference, "id": stands.instrument_id,
        "version_id": stands.pk, "version_number": stands.version_number,
    }  # fmt: skip
