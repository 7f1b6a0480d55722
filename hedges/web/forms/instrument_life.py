"""The forms of what happens to a trade, one a verb; rates are typed as the trade was dealt."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from hedges.enums import InstrumentKind, LifeEventMethod
from hedges.models import InstrumentVersion
from treasury.kernel import shorthand
from treasury.kernel.errors import InputError
from treasury.web.forms import AmountField, DayField, DeskForm, text

SETTLE, UNWIND, ROLL, NOVATE, EXERCISE, LAPSE, FIX, END, CANCEL, TAKE_BACK = (
    "settle", "unwind", "roll", "novate", "exercise", "lapse", "fix", "end", "cancel", "take-back",
)  # fmt: skip
_STEP = Decimal(1).scaleb(-10)
_SIGNED = "Received +, paid −."


class TypedAmount(AmountField):
    """An amount as the ticket reads it: `5m`, `250k`; `unit` stands in its frame."""

    unit = ""

    def to_python(self, value: object) -> Decimal | None:
        typed = str(value).strip() if value is not None else ""
        if not typed:
            return None
        try:
            return shorthand.amount(typed)
        except InputError as error:
            raise forms.ValidationError(f"Expected {error.expected}, got {error.got}.") from None


class RateField(TypedAmount):
    """A rate as the trade was dealt; `inverted` ones become quote currency per base unit of the risk."""

    inverted = False

    def to_python(self, value: object) -> Decimal | None:
        if str(value or "").strip()[-1:].isalpha():
            raise forms.ValidationError("Expected a rate such as 1.0825.")
        return super().to_python(value)

    def clean(self, value: object) -> Decimal | None:
        found = super().clean(value)
        if found is None:
            return None
        if found < 0 or (self.inverted and found == 0):
            raise forms.ValidationError("Expected a rate above zero, such as 1.0825.")
        if found >= Decimal(10**10) or found != round(found, 10):
            raise forms.ValidationError("Expected a rate with at most ten decimals.")
        return (1 / found).quantize(_STEP) if self.inverted else found


def rate_unit(version: InstrumentVersion) -> tuple[str, bool]:
    """`USD per 1 EUR`, and whether that is the other way round than the book keeps it."""
    base, quote = version.notional_currency_id, version.counter_currency_id or version.risk.quote_currency_id
    if version.dealt_pair and quote and version.dealt_pair != base + quote:
        return f"{base} per 1 {quote}", True
    return f"{quote} per 1 {base}", False


class LifeForm(DeskForm):
    """`version`: what it happens to; `seen` holds its id, so that a form that is out of date says so."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=18)

    def __init__(self, *arguments: Any, version: InstrumentVersion, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name, field in self.fields.items():
            if isinstance(field, RateField) and name != "discount_factor":
                field.unit, field.inverted = rate_unit(version)
                if version.kind in (InstrumentKind.FUTURE, InstrumentKind.OPTION) and self.priced:
                    field.unit, field.inverted = _price_unit(version), False
            if name == "amount":
                field.unit = version.notional_currency_id
            if name == "cash_amount":
                field.unit = _cash_unit(version, settles=self.priced)

    priced = False


def _price_unit(version: InstrumentVersion) -> str:
    if version.contract is not None:
        return str(version.contract.price_currency_id)
    return f"{version.counter_currency_id} per 1 {version.notional_currency_id}"


def _cash_unit(version: InstrumentVersion, *, settles: bool) -> str:
    """What an amount that was agreed is paid in: `settles` a trade that is closed, in its settlement currency."""
    if version.contract is not None:
        return str(version.contract.price_currency_id)
    found = version.settlement_currency_id if settles else None
    return str(found or version.counter_currency_id or version.risk.quote_currency_id or "")


class SettleForm(LifeForm):
    event_date = DayField(label="Day")
    amount = TypedAmount(label="Amount", required=False, help_text="Empty: the whole.")
    cash_amount = TypedAmount(label="For the earlier day", required=False, help_text=_SIGNED)
    reason = text("Reason", most=400)


class UnwindForm(LifeForm):
    priced = True
    event_date = DayField(label="Day")
    amount = TypedAmount(label="Amount", required=False, help_text="Empty: the whole.")
    rate = RateField(label="Rate", required=False)
    discount_factor = RateField(
        label="Discount factor to the payment", required=False, help_text="Of a forward; empty: 1."
    )
    cash_amount = TypedAmount(
        label="Amount agreed", required=False, help_text=f"{_SIGNED} Empty: worked out from the rate."
    )
    cash_date = DayField(label="Paid on", required=False, help_text="Empty: that day.")
    reason = text("Reason", most=400)


class RollForm(LifeForm):
    event_date = DayField(label="Day")
    value_date = forms.CharField(
        label="New settlement",
        max_length=40,
        help_text="3M from the old settlement, or a date.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    method = forms.ChoiceField(
        label="Difference",
        choices=[
            (LifeEventMethod.AT_MARKET, "is paid on the old settlement: new rate at the market"),
            (LifeEventMethod.HISTORIC_RATE, "is carried: historic rate and points"),
        ],
    )
    rate = RateField(label="Near rate")
    far_rate = RateField(label="Market's rate to the new settlement")
    reason = text("Reason", most=400)


class RollNonDeliverableForm(RollForm):
    fixing_date = DayField(
        label="New fixing", required=False, help_text="Empty: two business days before the new settlement."
    )
    field_order = ("event_date", "value_date", "fixing_date", "method", "rate", "far_rate", "reason")


class ContractsField(forms.IntegerField):
    unit = "contracts"


class RollFutureForm(LifeForm):
    """Into another contract: what is closed, and what is opened on the same day."""

    priced = True
    event_date = DayField(label="Day")
    rate = RateField(label="Closed at")
    contract = forms.ChoiceField(label="Next contract")
    contract_count = ContractsField(
        label="Opened",
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text="Empty: as many as are closed.",
    )
    far_rate = RateField(label="Entry price")
    reason = text("Reason", most=400)

    def __init__(self, *arguments: Any, contracts: Sequence[dict], **options: Any) -> None:
        super().__init__(*arguments, **options)
        field = self.fields["contract"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (row["code"], f"{row['code']}, trades to {row['last_trade_date']}") for row in contracts
        ]
        if not contracts:
            field.help_text = (
                "No later contract on this risk is on record: record it among the futures contracts."
            )


class NovateForm(LifeForm):
    event_date = DayField(label="From")
    counterparty = forms.ChoiceField(label="New bank")
    cash_amount = TypedAmount(label="Paid for it", required=False, help_text=_SIGNED)
    reason = text("Reason", most=400)

    def __init__(self, *arguments: Any, banks: Sequence[dict], **options: Any) -> None:
        super().__init__(*arguments, **options)
        field = self.fields["counterparty"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(row["code"], f"{row['code']} {row['name']}") for row in banks]


class _FixingForm(LifeForm):
    rate = RateField(label="Rate")
    rate_source = forms.CharField(label="Whose rate it is", max_length=60)
    reason = text("Reason", most=400)


class ExerciseForm(_FixingForm):
    method = forms.ChoiceField(
        label="Settled",
        choices=[
            (LifeEventMethod.PHYSICAL, "by delivery: a forward follows"),
            (LifeEventMethod.CASH, "in cash, at the rate"),
        ],
    )
    field_order = ("method", "rate", "rate_source", "reason")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name in ("rate", "rate_source"):
            self.fields[name].required = False


class LapseForm(_FixingForm):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name in ("rate", "rate_source"):
            self.fields[name].required = False


class FixForm(_FixingForm):
    pass


class EndForm(LifeForm):
    event_date = DayField(label="Cover up to, without the day itself")
    reason = text("Reason", most=400)


class CancelForm(LifeForm):
    reason = text("Why it was a mistake", most=400)


class TakeBackForm(LifeForm):
    reason = text("Reason", most=400)


FORMS: dict[str, type[LifeForm]] = {
    SETTLE: SettleForm, UNWIND: UnwindForm, ROLL: RollForm, NOVATE: NovateForm, EXERCISE: ExerciseForm,
    LAPSE: LapseForm, FIX: FixForm, END: EndForm, CANCEL: CancelForm, TAKE_BACK: TakeBackForm,
}  # fmt: skip
_ROLLS: dict[str, type[LifeForm]] = {
    InstrumentKind.NON_DELIVERABLE_FORWARD: RollNonDeliverableForm, InstrumentKind.FUTURE: RollFutureForm,
}  # fmt: skip


def form_of(verb: str, kind: str) -> type[LifeForm]:
    """A roll is said in other words of other kinds."""
    return _ROLLS.get(kind, RollForm) if verb == ROLL else FORMS[verb]
