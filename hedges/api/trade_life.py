"""What happens to a trade: each verb shown first (`preview/`), then recorded, and counting once another person approves
the version that it makes."""

from typing import Any, ClassVar

from rest_framework.response import Response

from hedges.api import trade_life_fields as fields
from hedges.api.instrument_events import InstrumentEvents, InstrumentEventSerializer
from hedges.domain.trade_life import (
    cancellation,
    ending,
    exercise,
    fixing,
    lapse,
    novation,
    partial_settlement,
    rates,
    reversal,
    rolling,
    unwinding,
)
from hedges.domain.trade_life.plan import Plan
from hedges.domain.trade_life.record import record
from hedges.domain.trade_life.standing import Standing, standing
from hedges.enums import LifeEventMethod
from hedges.models import Instrument, InstrumentEvent
from hedges.queries import instrument_life, instruments
from treasury.api.bodies import Body, refuse_scale
from treasury.api.links import Made
from treasury.api.writing import PREPARERS, Action, address, read_back, seen
from treasury.kernel.errors import InputError, shown
from treasury.queries import reference

Told = dict[str, Any]


class _Verb(Action):
    roles = PREPARERS
    response_schema: Any = InstrumentEventSerializer
    makes = Made("instrument-events")
    previews: ClassVar[bool] = False

    def found(self, where: dict[str, Any]) -> Any:
        return seen(instruments.things(self.request.user).filter(pk=where["key"]))

    def act(self, subject: Instrument, told: Told) -> Response:
        _refuse_negative(told)
        return self.answered(self.plan(standing(subject.pk, entity_ids=[subject.entity_id]), told), told)

    def plan(self, stands: Standing, told: Told) -> Plan:
        raise NotImplementedError

    def answered(self, plan: Plan, told: Told) -> Response:
        agreed = told.get("cash_amount")
        if agreed and plan.event.cash_currency_id:
            refuse_scale(agreed, plan.event.cash_currency_id, "cash_amount")
        if self.previews:
            return self.made(fields.planned(plan))
        event = record(plan, actor=self.request.user, reason=told["reason"])
        row = read_back(InstrumentEvents, self.request.user, event.pk)
        return self.made(row, address=address("instrument-events", event.pk))


class _Preview(_Verb):
    saves = False
    response_schema = fields.PlanSerializer
    status_code = 200
    previews = True


class SettlePart(_Verb):
    """Settles a forward, or the far leg of an FX swap, before its date, in part or whole, at the contract rate."""

    operation = "instruments_settle_part"
    body: ClassVar[Body] = fields.SETTLE

    def plan(self, stands: Standing, told: Told) -> Plan:
        return partial_settlement.plan(
            stands, on=told["event_date"], amount=told["amount"], agreed=told["cash_amount"]
        )


class PreviewSettlePart(_Preview, SettlePart):
    """What settling early would do. Nothing is recorded."""

    operation = "instruments_settle_part_preview"


class Unwind(_Verb):
    """Closes a trade with its bank, whole or in part; its value is paid."""

    operation = "instruments_unwind"
    body: ClassVar[Body] = fields.UNWIND

    def plan(self, stands: Standing, told: Told) -> Plan:
        return unwinding.plan(
            stands, on=told["event_date"], amount=told["amount"], rate=told["rate"],
            discount_factor=told["discount_factor"], rate_source=told["rate_source"], agreed=told["cash_amount"],
            cash_date=told["cash_date"],
        )  # fmt: skip


class PreviewUnwind(_Preview, Unwind):
    """What unwinding would pay. Nothing is recorded."""

    operation = "instruments_unwind_preview"


class Roll(_Verb):
    """Rolls a forward, deliverable or not: the old one settles on its date against a near leg, a new one of the size
    follows. A future is closed at a price, and goes on in another contract."""

    operation = "instruments_roll"
    body: ClassVar[Body] = fields.ROLL

    def plan(self, stands: Standing, told: Told) -> Plan:
        return rolling.plan(
            stands, on=told["event_date"], near_rate=told["rate"], far_rate=told["far_rate"],
            value_date=told["value_date"], method=told["method"], fixing_date=told["fixing_date"],
            contract=told["contract"], contract_count=told["contract_count"], rate_source=told["rate_source"],
        )  # fmt: skip


class PreviewRoll(_Preview, Roll):
    """The cash of a roll and the trade that would follow. Nothing is recorded."""

    operation = "instruments_roll_preview"


class Novate(_Verb):
    """Another bank from a day on; the terms stay."""

    operation = "instruments_novate"
    body: ClassVar[Body] = fields.NOVATE

    def plan(self, stands: Standing, told: Told) -> Plan:
        bank = reference.counterparties().filter(code=told["counterparty"]).first()
        if bank is None:
            raise InputError("counterparty", "the code of a bank or broker", got=shown(told["counterparty"]))
        return novation.plan(stands, on=told["event_date"], counterparty=bank, agreed=told["cash_amount"])


class PreviewNovate(_Preview, Novate):
    """What a novation would do. Nothing is recorded."""

    operation = "instruments_novate_preview"


class Exercise(_Verb):
    """Exercises an option on its expiry date, by delivery or in cash."""

    operation = "instruments_exercise"
    body: ClassVar[Body] = fields.EXERCISE

    def plan(self, stands: Standing, told: Told) -> Plan:
        on = _expiry(stands)
        return exercise.plan(stands, on=on, method=LifeEventMethod(told["method"]), **_rate(stands, on, told))


class PreviewExercise(_Preview, Exercise):
    """What exercise would pay or deliver. Nothing is recorded."""

    operation = "instruments_exercise_preview"


class Lapse(_Verb):
    """Lets an option lapse on its expiry date."""

    operation = "instruments_lapse"
    body: ClassVar[Body] = fields.LAPSE

    def plan(self, stands: Standing, told: Told) -> Plan:
        on = _expiry(stands)
        return lapse.plan(stands, on=on, **_rate(stands, on, told))


class PreviewLapse(_Preview, Lapse):
    """What is let go when the option lapses. Nothing is recorded."""

    operation = "instruments_lapse_preview"


class Fix(_Verb):
    """Fixes a non-deliverable forward at the rate of its fixing date."""

    operation = "instruments_fix"
    body: ClassVar[Body] = fields.FIX

    def plan(self, stands: Standing, told: Told) -> Plan:
        on = stands.version.fixing_date or stands.version.settlement_date
        told_rate = _rate(stands, on, told)
        if told_rate["rate"] is None:
            raise InputError("rate", f"the fixing of {on}: none is on record", got="null or nothing")
        return fixing.plan(stands, **told_rate)


class PreviewFix(_Preview, Fix):
    """The amount that the fixing would give. Nothing is recorded."""

    operation = "instruments_fix_preview"


class End(_Verb):
    """Ends a natural offset: from a day on its item is an exposure again."""

    operation = "instruments_end"
    body: ClassVar[Body] = fields.END

    def plan(self, stands: Standing, told: Told) -> Plan:
        return ending.plan(stands, on=told["event_date"])


class PreviewEnd(_Preview, End):
    """What ending the natural offset would do. Nothing is recorded."""

    operation = "instruments_end_preview"


class Cancel(_Verb):
    """Cancels a trade of any kind that was recorded or approved by mistake: it counts on no day."""

    operation = "instruments_cancel"
    body: ClassVar[Body] = fields.CANCEL

    def plan(self, stands: Standing, told: Told) -> Plan:
        return cancellation.plan(stands)


class PreviewCancel(_Preview, Cancel):
    """Whether the trade can be cancelled, and from when on it would not count. Nothing is recorded."""

    operation = "instruments_cancel_preview"


class Reverse(_Verb):
    """Takes the last event of a trade back by an event of its own: the terms of before count again."""

    operation = "instrument_events_reverse"
    body: ClassVar[Body] = fields.REVERSE

    def found(self, where: dict[str, Any]) -> InstrumentEvent:
        return seen(instrument_life.events(self.request.user).filter(pk=where["key"]))

    def act(self, subject: Any, told: Told) -> Response:
        stands = standing(subject.instrument_id, entity_ids=[subject.entity_id], ended=True)
        return self.answered(reversal.plan(stands, event=subject), told)


class PreviewReverse(_Preview, Reverse):
    """What taking the event back would do. Nothing is recorded."""

    operation = "instrument_events_reverse_preview"


def _refuse_negative(told: Told) -> None:
    for name in ("rate", "far_rate", "discount_factor"):
        if told.get(name) is not None and told[name] < 0:
            raise InputError(name, "a rate from zero on", got=shown(str(told[name])))


def _expiry(stands: Standing) -> Any:
    """Of another kind of trade any day will do: the verb refuses it."""
    return stands.version.expiry_date or stands.version.settlement_date


def _rate(stands: Standing, on: Any, told: Told) -> dict[str, Any]:
    """As it was sent, else as it is on record for the day."""
    if told["rate"] is not None:
        return {"rate": told["rate"], "rate_source": told["rate_source"]}
    quoted = rates.fixing(stands.version, on)
    if quoted is None:
        return {"rate": None, "rate_source": ""}
    return {"rate": quoted.rate, "rate_source": quoted.source}
