"""Cancelling a trade that was recorded or approved by mistake: it counts on no day, known from now.

A trade that was closed is unwound; cancelled is what was never a trade. So nothing may hang on it: no hedge that was
designated or measured, nothing that has happened to it, no margin. Each refusal says what is in the way and what to do.
Nights that were published before keep it, and so does what was known before.
"""

from __future__ import annotations

from hedges.domain.trade_life.plan import Plan, event_of, next_version, said
from hedges.domain.trade_life.standing import Standing
from hedges.enums import InstrumentStatus, LifeEventKind
from hedges.models import InstrumentVersion
from hedges.queries import cancelling, instrument_life
from treasury.domain.refusals import Refusal


def plan(stands: Standing) -> Plan:
    """Dated today; the version counts from the first day of the trade. Raises Refusal naming what is in the way."""
    before = stands.version
    _refuse_what_is_in_the_way(before)
    on = max(stands.today, before.trade_date)
    event = event_of(
        before, LifeEventKind.CANCELLATION, on, amount=before.notional_amount,
        amount_unit_id=before.notional_currency_id,
    )  # fmt: skip
    words = f"Cancelled on {on}: {said(before.notional_amount, before.notional_currency_id)} count on no day."
    item = before.instrument.offset_exposure
    if item is not None:
        words += f" {item} counts as an exposure, as if it had never been a natural offset."
    structure = before.instrument.structure_reference
    version = next_version(
        before,
        counts_from=cancelling.first_day(before.instrument_id) or before.valid_from,
        number=stands.number,
        status=InstrumentStatus.CANCELLED,
        valid_to=None,
    )
    notes = (
        [f"It is a leg of {structure}: the other leg stays until it is cancelled too."] if structure else []
    )
    return Plan(event, before, version, words, notes=notes)


def _refuse_what_is_in_the_way(before: InstrumentVersion) -> None:
    """The trigger holds the same, also against what comes between this and the decision."""
    name, pk = before.instrument.external_reference, before.instrument_id
    for hedge in cancelling.hedges(pk):
        raise Refusal(_designated(name, hedge))
    follows = instrument_life.made_by(pk)
    if follows is not None:
        raise Refusal(
            f"{name} follows from what happened to {follows['instrument__external_reference']} on"
            f" {follows['event_date']} ({LifeEventKind(follows['kind']).label}): take that back instead, and {name} is"
            " cancelled with it."
        )
    for event in instrument_life.of(pk, known_at=None):
        if event["state"] == instrument_life.COUNTS and event["kind"] != LifeEventKind.REVERSAL:
            raise Refusal(
                f"{name} was {LifeEventKind(event['kind']).label} on {event['event_date']}: take that back first."
            )
    margin = cancelling.margin(pk)
    if margin is not None:
        raise Refusal(
            f"Margin of {margin.days} days is on record of {name}, {said(margin.paid, margin.currency)} in all: cash"
            f" that was paid is not cancelled. Unwind it on its trade date {before.trade_date} at its entry price; the"
            " next day with a price returns what was paid."
        )


def _designated(name: str, hedge: cancelling.Hedge) -> str:
    if hedge.waits:
        return f"{name} is in the designation of {hedge.code}, which waits for a decision: have that rejected first."
    measured = f", and the close of {hedge.closed:%Y-%m} has measured it" if hedge.closed else ""
    return (
        f"{name} is or was designated in {hedge.code}{measured}: what has hedged is not cancelled. Unwind it on the day"
        " on which it was closed with its bank; the book then demands the end of the hedge."
    )
