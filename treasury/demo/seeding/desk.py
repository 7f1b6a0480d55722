"""What people do at their desk with one thing at a time: a flow or a trade, by the domain's verbs."""

from typing import Any

from exposures.domain import lifecycle, splitting
from exposures.domain.next_version import Change
from exposures.models import Exposure
from hedges.domain.trade_life import exercise, fixing, lapse, record, roll
from hedges.domain.trade_life.standing import standing
from hedges.models import Instrument
from treasury.demo.company.last_week import LifeSpec
from treasury.demo.company.trade_events import EventSpec
from treasury.demo.seeding.book import DemoBook

PLANS: dict[str, Any] = {"exercise": exercise, "lapse": lapse, "fixing": fixing, "roll": roll}


def live(life: LifeSpec, book: DemoBook, reason: str) -> None:
    """One change in the life of an exposure."""
    pk = Exposure.objects.values_list("pk", flat=True).get(external_reference=life.reference)
    done: dict[str, Any] = {"actor": book.people["treasurer"], "reason": reason}
    if life.parts:
        parts = [splitting.Part(size, name, day) for name, size, day in life.parts]
        getattr(splitting, life.verb)(splits=[splitting.Split(pk, life.valid_from, parts)], **done)
    else:
        getattr(lifecycle, life.verb)(changes=[Change(pk, life.valid_from, life.terms)], **done)


def happen(event: EventSpec, book: DemoBook, reason: str) -> None:
    """One event of a trade."""
    trade = Instrument.objects.get(external_reference=event.reference, source_system="DEALS")
    plan = PLANS[event.verb].plan(standing(trade.pk, entity_ids=[trade.entity_id]), **event.terms)
    record.record(plan, actor=book.people["treasurer"], reason=reason)
