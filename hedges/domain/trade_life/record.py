"""Recording what was planned: the event, its version and the trades that it makes, all or nothing, to be approved."""

from __future__ import annotations

from typing import Any

from hedges.domain.entitled import prepares
from hedges.domain.schedules import with_schedule
from hedges.domain.trade_life.plan import Plan
from hedges.enums import LifeEventKind
from hedges.models import Instrument, InstrumentEvent, InstrumentVersion
from treasury.domain import audit
from treasury.domain.exactness import refuse_rounding
from treasury.domain.refusals import Refusal, as_refusal

_ACTIONS = {
    LifeEventKind.PARTIAL_SETTLEMENT: "settled_in_part",
    LifeEventKind.ROLL: "rolled",
    LifeEventKind.UNWINDING: "unwound",
    LifeEventKind.NOVATION: "novated",
    LifeEventKind.EXERCISE: "exercised",
    LifeEventKind.LAPSE: "lapsed",
    LifeEventKind.FIXING: "fixed",
    LifeEventKind.ENDING: "ended",
    LifeEventKind.CANCELLATION: "cancelled",
    LifeEventKind.REVERSAL: "event_taken_back",
}
_MOST = 400


def record(plan: Plan, *, actor: Any, reason: str) -> InstrumentEvent:
    """Records the plan; it counts once a second person has approved its version.

    Raises Refusal: no role at the entity, no reason, or whatever the book's guards refuse, among them that somebody
    else was quicker.
    """
    prepares(actor, plan.before.entity_id, "records what happens to its trades")
    if not reason.strip():
        raise Refusal("reason: is missing. Say why; it stands in the audit trail.")
    event, version = plan.event, plan.version
    event.reason = reason.strip()[:_MOST]
    version.change_reason = f"{plan.words} {reason.strip()}"[:_MOST]
    versions = [version, *plan.cancelled]
    for cancelled in plan.cancelled:
        cancelled.change_reason = version.change_reason
    dealt = [trade for trade in (plan.near_leg, plan.successor) if trade]
    name = f"hedges.instrument.{_ACTIONS[LifeEventKind(event.kind)]}"
    for row in (event, *versions, *(first for _, first in dealt)):
        refuse_rounding([row])
    with as_refusal(), audit.action(name, actor=actor, subject=event.instrument, reason=event.reason):
        InstrumentVersion.objects.bulk_create(versions)
        Instrument.objects.bulk_create([trade for trade, _ in dealt])
        for trade, first in dealt:
            first.instrument, first.entity_id, first.kind = trade, trade.entity_id, trade.kind
            first.change_reason = version.change_reason
            with_schedule(first)
        InstrumentVersion.objects.bulk_create([first for _, first in dealt])
        event.successor = plan.successor[0] if plan.successor else None
        event.near_leg = plan.near_leg[0] if plan.near_leg else None
        event.version = version
        InstrumentEvent.objects.bulk_create([event])
    return InstrumentEvent.objects.select_related("version", "successor", "near_leg").get(pk=event.pk)
