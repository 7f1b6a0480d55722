"""Bodies and answers of what happens to a trade. Rates are quote currency per base unit of the risk."""

from typing import Any

from rest_framework import serializers

from hedges.api.instrument_events import InstrumentEventSerializer
from hedges.api.ticket_answers import TicketTerms, terms
from hedges.domain.trade_life.plan import Plan
from hedges.enums import HedgeType, InstrumentStatus, LifeEventMethod
from hedges.models import InstrumentVersion
from hedges.queries import instrument_life
from treasury.api.bodies import Body, Input, body
from treasury.api.fields import Money, money_or_null
from treasury.api.rows import Row
from treasury.enums import AccountingFramework

REASON = Input("reason", "Why; it stands in the audit trail.")
_DAY = Input(
    "event_date", "The day on which it is done: today where the entity is, or a day before it.", "date"
)
_AMOUNT = Input("amount", "The part, without sign; the whole if it is not given.", "amount", False)
_AGREED = "Received +, paid −, as agreed with the bank"
_RATE = "Quote currency per base unit of the risk"
_WHOSE = Input(
    "rate_source", "Whose rate it is, for example PTAX.", required=False, limit=60, blank=True, default=""
)
_ON_RECORD = "the one on record for the day, with its source, if it is not given"

SETTLE = body(
    _DAY, _AMOUNT, Input("cash_amount", f"{_AGREED} for the earlier day.", "amount", False), REASON,
    example={"event_date": "2026-10-30", "amount": "200000.00", "cash_amount": "-12.50", "reason": "Paid early."},
)  # fmt: skip
UNWIND = body(
    _DAY, _AMOUNT,
    Input("rate", f"{_RATE}: the forward to the settlement, the price of an option or a future.", "rate", False),
    Input("discount_factor", "To the payment, of a forward; 1 if it is not given.", "rate", False),
    _WHOSE,
    Input("cash_amount", f"{_AGREED}; worked out from the rate if it is not given. Of a swap it is needed.", "amount",
          False),
    Input("cash_date", "Day of the payment; that of the event if it is not given.", "date", False),
    REASON,
    example={"event_date": "2026-10-30", "rate": "0.93", "discount_factor": "0.99", "cash_date": "2026-11-03",
             "reason": "The order was cancelled."},
)  # fmt: skip
ROLL = body(
    _DAY,
    Input("value_date", "The new settlement: a date, or a tenor such as 3M from the old one. Needed but of a future.",
          required=False, limit=40),
    Input("method", "AT_MARKET: the difference is paid on the old settlement; HISTORIC_RATE: it is carried. Of a future"
          " AT_MARKET.", "choice", required=False, default=LifeEventMethod.AT_MARKET.value,
          choices=(LifeEventMethod.AT_MARKET.value, LifeEventMethod.HISTORIC_RATE.value)),
    Input("rate", f"{_RATE}: the near rate, to the old settlement; of a future the price at which it is closed.",
          "rate"),
    Input("far_rate", f"{_RATE}: the market's to the new settlement; of a future the entry price of the new one.",
          "rate"),
    Input("fixing_date", "Of a non-deliverable forward the fixing of the new one; two business days before its"
          " settlement if it is not given.", "date", False),
    Input("contract", "Of a future the code of the contract in which it goes on; needed.", required=False, limit=20),
    Input("contract_count", "Of a future the contracts opened, without sign; as many as are closed if it is not given.",
          "number", False, limit=1_000_000),
    _WHOSE, REASON,
    example={"event_date": "2026-10-30", "value_date": "3M", "method": "AT_MARKET", "rate": "0.92",
             "far_rate": "0.926", "reason": "The customer pays later."},
)  # fmt: skip
NOVATE = body(
    Input("event_date", "First day with the new bank; it may lie ahead, up to the settlement.", "date"),
    Input("counterparty", "Code of the new bank.", limit=100),
    Input("cash_amount", f"{_AGREED} for it.", "amount", False), REASON,
    example={"event_date": "2026-11-06", "counterparty": "BANK02", "reason": "Limits."},
)  # fmt: skip
EXERCISE = body(
    Input("method", "PHYSICAL: a forward of the same amounts follows; CASH: settled at the rate.", "choice",
          choices=(LifeEventMethod.PHYSICAL.value, LifeEventMethod.CASH.value)),
    Input("rate", f"{_RATE}: the fixing of the expiry date; {_ON_RECORD}.", "rate", False), _WHOSE, REASON,
    example={"method": "CASH", "rate": "0.90", "rate_source": "ECB", "reason": "It is in the money."},
)  # fmt: skip
LAPSE = body(
    Input("rate", f"{_RATE}: the market's on the expiry date; {_ON_RECORD}.", "rate", False), _WHOSE, REASON,
    example={"reason": "It is out of the money."},
)  # fmt: skip
FIX = body(
    Input("rate", f"{_RATE}: the fixing; {_ON_RECORD}.", "rate", False), _WHOSE, REASON,
    example={"rate": "5.20", "rate_source": "PTAX", "reason": "Fixed."},
)  # fmt: skip
END = body(
    Input("event_date", "First day on which it is no cover; it may lie ahead, up to the item's date.", "date"), REASON,
    example={"event_date": "2026-11-02", "reason": "The loan was repaid early."},
)  # fmt: skip
CANCEL: Body = body(REASON, example={"reason": "Recorded twice; the other one is FWD-4711."})
REVERSE: Body = body(REASON, example={"reason": "Recorded for the wrong trade."})


class _PlannedEventSerializer(InstrumentEventSerializer):
    """The event as it would be recorded."""

    id = None
    external_reference = None
    entity_id = None
    entity = None
    reason = None
    version_id = None
    decision = None
    successor_id = None
    near_leg_id = None
    recorded_by = None
    recorded_at = None


class PlannedVersionSerializer(TicketTerms):
    external_reference = serializers.CharField()
    status = serializers.ChoiceField(InstrumentStatus.choices)
    version_number = serializers.IntegerField()
    valid_from = serializers.DateField()


class UsedBySerializer(serializers.Serializer):
    """A hedge relationship that uses the trade on the day or after it."""

    relationship_id = serializers.IntegerField()
    code = serializers.CharField()
    hedge_type = serializers.ChoiceField(HedgeType.choices)
    framework = serializers.ChoiceField(AccountingFramework.choices)
    period_from = serializers.DateField()
    period_to = serializers.DateField(help_text="Exclusive.")
    designated_amount = Money(unit="amount_unit", allow_null=True, help_text="On the day; null: none on it.")


class PlanSerializer(serializers.Serializer):
    """What it would do, before it is done. Nothing is recorded."""

    words = serializers.CharField()
    notes = serializers.ListField(child=serializers.CharField())
    event = _PlannedEventSerializer()
    version = PlannedVersionSerializer(help_text="The next version of the trade.")
    successor = PlannedVersionSerializer(allow_null=True, help_text="The trade that follows.")
    near_leg = PlannedVersionSerializer(
        allow_null=True, help_text="The trade that closes the old one to its settlement, when it is rolled."
    )
    cancelled = serializers.CharField(
        allow_null=True, help_text="Reference of the trade that had followed and is cancelled with it."
    )
    cancelled_near_leg = serializers.CharField(
        allow_null=True, help_text="Reference of the near leg that is cancelled with it."
    )
    hedges = UsedBySerializer(many=True)


def planned(plan: Plan) -> Row:
    event, before = plan.event, plan.before
    unit = before.notional_currency_id
    used = instrument_life.designated(before.instrument_id, plan.version.valid_from)
    cancelled = [one.instrument.external_reference for one in plan.cancelled]
    row: Row = {}
    for name, field in _PlannedEventSerializer().fields.items():
        value = getattr(event, field.source or name)
        if isinstance(field, Money):
            value = money_or_null(value, getattr(event, field.unit))
        is_rate = name in ("rate", "discount_factor") and value is not None
        row[name] = field.to_representation(value) if is_rate else value
    return {
        "words": plan.words, "notes": plan.notes, "event": row,
        "version": _version(plan.version, before.instrument.external_reference, plan),
        "successor": plan.successor
        and _version(plan.successor[1], plan.successor[0].external_reference, plan, number=1),
        "near_leg": plan.near_leg
        and _version(plan.near_leg[1], plan.near_leg[0].external_reference, plan, number=1),
        **dict(zip(("cancelled", "cancelled_near_leg"), [*cancelled, None, None], strict=False)),
        "hedges": [_used(one, unit) for one in used],
    }  # fmt: skip


def _version(version: InstrumentVersion, reference: str, plan: Plan, number: int | None = None) -> Row:
    bank = version.counterparty or plan.before.counterparty
    contract = version.contract
    codes: dict[str, Any] = {
        "risk.code": plan.before.risk.code, "counterparty.code": bank and bank.code,
        "contract.code": contract and contract.code,
    }  # fmt: skip
    numbers = {"external_reference": reference, "version_number": number or version.version_number}
    return terms(PlannedVersionSerializer, version, codes | numbers)


def _used(row: Row, unit: str) -> Row:
    amount = row["designated_amount"]
    return {
        "relationship_id": row["id"],
        **{name: row[name] for name in ("code", "hedge_type", "framework", "period_from", "period_to")},
        "designated_amount": money_or_null(amount, unit),
    }
