"""Taking an event back: the terms of before count again, from the day from which the event had changed them.

Nothing is edited: the reversal is an event of its own with a version of its own, and a second person decides. Only the
last event of a trade can be taken back, once. A trade that had followed is cancelled with it, and so is a near leg.
Past runs stay as they are. Margin that a future's days have paid meanwhile for the contracts that were left is put
right with its next day.
"""

from __future__ import annotations

from hedges.domain.trade_life.plan import Plan, cash, event_of, next_version, said
from hedges.domain.trade_life.standing import Standing
from hedges.enums import InstrumentStatus, LifeEventKind
from hedges.models import InstrumentEvent, InstrumentVersion
from hedges.queries import instrument_life
from treasury.domain.refusals import Refusal
from treasury.enums import Decision


def plan(stands: Standing, *, event: InstrumentEvent) -> Plan:
    """`stands` may have ended. What was paid is taken back on the same day, with the other sign."""
    before = stands.version
    if event.instrument_id != before.instrument_id or event.version_id != before.pk:
        raise Refusal(
            "Only the last thing that happened can be taken back: take back or amend what came after it first."
        )
    if event.kind == LifeEventKind.MARGIN:
        raise Refusal(
            "Variation margin follows from prices and contracts: put these right, and the next day pays the difference."
        )
    if event.kind == LifeEventKind.REVERSAL:
        raise Refusal("This is not taken back: record what is right instead.")
    earlier = (
        InstrumentVersion.objects.filter(
            instrument_id=before.instrument_id,
            version_number__lt=before.version_number,
            approval__decision=Decision.APPROVED,
        )
        .select_related("instrument", "risk", "counterparty", "contract", "entity")
        .order_by("-version_number")
        .first()
    )
    assert earlier is not None, "the database lets nothing happen to a trade that was not approved"
    taken = event_of(
        before, LifeEventKind.REVERSAL, max(event.event_date, before.trade_date), reverses=event,
        amount=-event.amount if event.amount is not None else None, amount_unit_id=event.amount_unit_id,
    )  # fmt: skip
    words = f"Taken back: {LifeEventKind(event.kind).label} on {event.event_date}."
    if event.cash_amount is not None and event.cash_currency_id and event.cash_date:
        cash(taken, -event.cash_amount, event.cash_currency_id, event.cash_date)
        words += f" {said(taken.cash_amount, taken.cash_currency_id)} on {taken.cash_date}."
    version = next_version(earlier, counts_from=before.valid_from, number=stands.number)
    cancelled = [_cancelled(pk) for pk in (event.successor_id, event.near_leg_id) if pk is not None]
    if cancelled:
        names = " and ".join(one.instrument.external_reference for one in cancelled)
        words += f" {names} {'are' if len(cancelled) > 1 else 'is'} cancelled."
    return Plan(taken, before, version, words, cancelled=cancelled, notes=_of_one_term(event, earlier))


def _of_one_term(event: InstrumentEvent, earlier: InstrumentVersion) -> list[str]:
    """A cancellation has covered every version of the trade; the last terms alone come back."""
    if event.kind != LifeEventKind.CANCELLATION or earlier.version_number == 1:
        return []
    return [
        f"The terms of version {earlier.version_number} then count from the first day on, also where earlier versions"
        " had others. Amend the trade from its first day on where that matters."
    ]


def _cancelled(instrument_id: int) -> InstrumentVersion:
    """The next version of a trade that the event had made. Nothing may have happened to that one since."""
    versions = list(
        InstrumentVersion.objects.filter(instrument_id=instrument_id)
        .select_related("instrument", "risk", "approval")
        .order_by("-version_number")
    )
    newest = versions[0]
    name = newest.instrument.external_reference
    if newest.status != InstrumentStatus.LIVE or instrument_life.has_events(instrument_id):
        raise Refusal(f"{name} followed from this and has a life of its own by now: take that back first.")
    if newest.version_number > 1 and getattr(newest, "approval", None) is None:
        raise Refusal(
            f"Version {newest.version_number} of {name} waits for a decision: have it approved or rejected first."
        )
    return next_version(
        newest, counts_from=newest.trade_date, number=newest.version_number, status=InstrumentStatus.CANCELLED
    )
