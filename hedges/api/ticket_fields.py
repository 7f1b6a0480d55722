"""The body of a trade: the fields of each kind of ticket, in the order in which a dealer says them.

The names are those of `hedges.domain.ticket.kinds`; what is read here goes to the same reader as what is typed, so that
there is one understanding of a trade.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from hedges.domain.ticket.kinds import COLLAR, FIELDS, needed
from hedges.domain.ticket.swaps import MOST_MONTHS
from hedges.domain.ticket.understand import MOST_CONTRACTS
from hedges.enums import DayCount, InstrumentKind, OptionKind
from treasury.api.bodies import Body, Input, body, choices
from treasury.kernel import parsing
from treasury.kernel.money import plain

SIDES = ("BUY", "SELL")
#: Typed per cent on a ticket, sent as a fraction like every ratio of the API.
PER_CENT = ("fixed_rate", "spread_rate", "counter_fixed_rate")
_DAY = (
    "A date, which stands as it is, or a tenor such as 3M, spot+2 or IMM1, by the calendars of what is paid"
)
_WITHOUT_SIGN = "Without sign; the side says it."
_SIDE_WORDS = {
    COLLAR: "BUY protects a purchase, SELL a sale.",
    InstrumentKind.INTEREST_RATE_SWAP: "BUY pays fixed, SELL receives it.",
    InstrumentKind.CROSS_CURRENCY_SWAP: "Of the amount at maturity: BUY receives it, SELL pays it.",
    InstrumentKind.FX_SWAP: "Of the amount on the far date.",
}
_TEXTS: dict[str, str] = {
    "currency": "Of the amount; or the code of a risk that is a quantity, such as WTI.",
    "against": "The other currency, or the pair as its rate is quoted: EURUSD is USD per 1 EUR.",
    "value_date": f"{_DAY}: the settlement or maturity.",
    "near_date": f"{_DAY}; spot if it is not given.",
    "start_date": f"{_DAY}; spot if it is not given.",
    "expiry_date": f"{_DAY}.",
    "fixing_date": f"{_DAY}; two business days before the settlement if it is not given.",
    "counterparty": "Code of the bank or broker.",
    "contract": "Code of a futures contract that is still traded.",
    "index": "Code of a rate index such as EURIBOR6M.",
    "exposure": "Reference of an open item of the entity, which becomes the natural offset.",
    "settlement_currency": "One of the two; the functional currency if it is one of them.",
    "premium_currency": "One of the two; the quote currency of the risk if it is not given.",
}
_AMOUNTS = {
    "amount": _WITHOUT_SIGN,
    "counter_amount": f"As agreed, within 0.01 % of the rate's; worked out if it is not given. {_WITHOUT_SIGN}",
    "near_counter_amount": f"The same of the near leg. {_WITHOUT_SIGN}",
    "premium_amount": f"Of the bought option of a collar, or of the option. {_WITHOUT_SIGN}",
    "sold_premium_amount": f"Of the sold option. {_WITHOUT_SIGN}",
}
_RATES = {
    "rate": "As dealt, quoted as the pair says; of a quantity, a future or an option on one its price.",
    "near_rate": "Of the near leg, as dealt.",
    "sold_rate": "Strike of the sold option.",
    "fixed_rate": "A fraction a year: 0.0275 is 2.75 %. Of the amount's own currency.",
    "spread_rate": "A fraction a year on the floating leg; 0 if it is not given.",
    "counter_fixed_rate": "A fraction a year, of the other currency.",
}

_MONTHS = {
    "payment_months": "Months of a period, from 1 on; of an interest-rate swap of the fixed leg.",
    "floating_payment_months": "Months of a period of the floating leg; as the fixed leg if it is not given.",
}
_COUNTS = {
    "day_count": "Of the fixed leg. Without it and without `floating_…` both legs count as the money market of the"
    " currency; with a term of the floating leg the market's count of fixed legs, in EUR 30/360.",
    "floating_day_count": "Of the floating leg; as the money market of the currency if it is not given.",
}


def _field(kind: str, name: str) -> Input:
    required = needed(kind, name)
    if name == "side":
        meaning = _SIDE_WORDS.get(kind, "Of what is named first.")
        return Input(name, meaning, "choice", required, choices=SIDES)
    if name == "option_kind":
        return Input(name, "The right on the amount.", "choice", required, choices=choices(OptionKind))
    if name in _AMOUNTS:
        return Input(name, _AMOUNTS[name], "amount", required)
    if name in _RATES:
        return Input(name, _RATES[name], "rate", required)
    if name == "contract_count":
        return Input(name, "From 1 on; the side says the sign.", "number", required, limit=MOST_CONTRACTS)
    if name in _MONTHS:
        return Input(name, _MONTHS[name], "number", required, limit=MOST_MONTHS)
    if name in _COUNTS:
        return Input(name, _COUNTS[name], "choice", required, choices=choices(DayCount))
    if name == "resets_notional":
        return Input(name, "The quote notional follows the spot rate.", "boolean", required, default=False)
    return Input(name, _TEXTS[name], required=required, limit=60)


def _said(kind: str) -> tuple[Input, ...]:
    return (
        Input("kind", "The kind of ticket.", "choice", choices=(kind,)),
        *(_field(kind, name) for name in FIELDS[kind]),
        Input("trade_date", "Today where the entity is, if it is not given.", "date", required=False),
    )


REASON = Input("reason", "Goes into the audit event.", required=False, blank=True, default="")
_WHOSE = Input("entity", "Code of the entity whose trade it is.", limit=100)
_MORE = (
    REASON,
    Input("source_system", "The system that it comes from; together with `external_reference`.", required=False,
          limit=20),
    Input("external_reference", "Its reference there, recorded once for ever; without it the book gives one.",
          required=False, limit=58),
    Input("key", "UUID of the sending, as of a draft: the same key again is the same trade.", "uuid", required=False),
    Input("is_another", "It is another deal than those that seem to be the same.", "boolean", False, default=False),
    Input("proposal_line", "Id of the line of a proposal that this deals.", "key", required=False),
)  # fmt: skip
_EXAMPLES: dict[str, dict[str, Any]] = {
    InstrumentKind.FORWARD: {
        "entity": "DE01", "kind": "FORWARD", "side": "SELL", "currency": "USD", "amount": "600000.00",
        "against": "EURUSD", "value_date": "2027-04-30", "counterparty": "BANK01", "rate": "1.0825",
        "source_system": "DEALS", "external_reference": "4711",
    },
    InstrumentKind.OPTION: {
        "entity": "DE01", "kind": "OPTION", "side": "BUY", "option_kind": "PUT", "currency": "USD",
        "amount": "500000.00", "against": "EURUSD", "expiry_date": "6M", "counterparty": "BANK01", "rate": "1.09",
        "premium_amount": "9000.00", "premium_currency": "EUR",
    },
    InstrumentKind.INTEREST_RATE_SWAP: {
        "entity": "DE01", "kind": "INTEREST_RATE_SWAP", "side": "BUY", "amount": "2000000.00", "index": "EURIBOR6M",
        "value_date": "5Y", "counterparty": "BANK01", "fixed_rate": "0.0275", "payment_months": 12,
        "day_count": "30/360", "floating_payment_months": 6, "floating_day_count": "ACT/360",
    },
}  # fmt: skip


@dataclass(frozen=True)
class OneOf(Body):
    """An object whose `kind` says which fields it has."""

    kinds: Mapping[str, Body] = field(default_factory=dict)

    @property
    def schema(self) -> dict[str, Any]:
        found: dict[str, Any] = {"oneOf": [one.schema for one in self.kinds.values()]}
        return found | ({"description": self.meaning} if self.meaning else {})

    def read(self, given: Any, path: str = "") -> dict[str, Any]:
        told = parsing.mapping(given, path or "document")
        return self.kinds[parsing.choice(told.get("kind"), "kind", tuple(self.kinds))].read(given, path)


def _of_kinds(*before: Input, more: tuple[Input, ...], examples: Mapping[str, Any] | None = None) -> OneOf:
    return OneOf(
        kinds={
            str(kind): body(*before, *_said(str(kind)), *more, example=(examples or {}).get(kind))
            for kind in FIELDS
        }
    )


TICKET = _of_kinds(_WHOSE, more=_MORE, examples=_EXAMPLES)
AMENDMENT = _of_kinds(
    more=(
        Input("counts_from", "First date on which the new terms count.", "date"),
        Input("reason", "Why the trade is amended; part of the audit trail."),
    )
)


def as_typed(told: Mapping[str, Any]) -> dict[str, str]:
    """What was sent, as it would stand on the form."""
    return {name: _typed(name, value) for name, value in told.items() if value is not None}


def _typed(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, Decimal):
        return plain(value.scaleb(2) if name in PER_CENT else value)
    return value.isoformat() if isinstance(value, date) else str(value)
