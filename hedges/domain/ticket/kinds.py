"""The kinds of ticket and the fields of each, in the order in which a dealer says them.

"Sell EUR 5m against USD, three months, with bank X, at 1.0825": side, currency, amount, against, value_date,
counterparty, rate. The names are those of the form and of the address (`?kind=FORWARD&currency=EUR&amount=5m`): a
proposal, a roll or a copy links to a ticket by them. A collar is a structure of two options.
"""

from hedges.enums import InstrumentKind

COLLAR = "COLLAR"

_DEALT = ("side", "currency", "amount", "against")
#: Kind of ticket -> its own fields; every one also has `entity`, `trade_date` and `reason`.
FIELDS: dict[str, tuple[str, ...]] = {
    InstrumentKind.FORWARD: (*_DEALT, "value_date", "counterparty", "rate", "counter_amount"),
    InstrumentKind.NON_DELIVERABLE_FORWARD: (
        *_DEALT, "value_date", "counterparty", "rate", "counter_amount", "fixing_date", "settlement_currency",
    ),
    InstrumentKind.FUTURE: ("side", "contract_count", "contract", "counterparty", "rate"),
    InstrumentKind.OPTION: (
        "side", "option_kind", "currency", "amount", "against", "expiry_date", "counterparty", "rate",
        "premium_amount", "premium_currency", "value_date",
    ),
    COLLAR: (
        *_DEALT, "expiry_date", "counterparty", "rate", "sold_rate", "premium_amount", "sold_premium_amount",
        "premium_currency", "value_date",
    ),
    InstrumentKind.FX_SWAP: (
        *_DEALT, "near_date", "value_date", "counterparty", "near_rate", "rate", "near_counter_amount",
        "counter_amount",
    ),
    InstrumentKind.INTEREST_RATE_SWAP: (
        "side", "amount", "index", "start_date", "value_date", "counterparty", "fixed_rate", "payment_months",
        "day_count", "floating_payment_months", "floating_day_count", "spread_rate",
    ),
    InstrumentKind.CROSS_CURRENCY_SWAP: (
        *_DEALT, "start_date", "value_date", "counterparty", "rate", "counter_amount", "fixed_rate",
        "counter_fixed_rate", "payment_months", "resets_notional",
    ),
    InstrumentKind.NATURAL_OFFSET: ("exposure",),
}  # fmt: skip
COMMON = ("entity", "trade_date", "reason")

#: What can be left empty; everything else a kind has is needed.
OPTIONAL = frozenset({
    "counter_amount", "near_counter_amount", "fixing_date", "settlement_currency", "premium_currency", "spread_rate",
    "start_date", "near_date", "resets_notional", "reason", "against", "trade_date", "day_count",
    "floating_payment_months", "floating_day_count",
})  # fmt: skip
#: Of these kinds the settlement has a default too.
SETTLES_BY_ITSELF = (InstrumentKind.OPTION, COLLAR)

#: What the two sides are called, + first: the sign of what is said first.
SIDES: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    COLLAR: (("BUY", "Protect a purchase of"), ("SELL", "Protect a sale of")),
    InstrumentKind.INTEREST_RATE_SWAP: (("BUY", "Pay fixed on"), ("SELL", "Receive fixed on")),
    InstrumentKind.CROSS_CURRENCY_SWAP: (
        ("BUY", "Receive at maturity"),
        ("SELL", "Pay at maturity"),
    ),
    InstrumentKind.FX_SWAP: (("BUY", "Buy on the far date"), ("SELL", "Sell on the far date")),
}
PLAIN_SIDES = (("BUY", "Buy"), ("SELL", "Sell"))


def instrument_kind(kind: str) -> str:
    """What is recorded: of a collar, options."""
    return InstrumentKind.OPTION.value if kind == COLLAR else InstrumentKind(kind).value


def needed(kind: str, field: str) -> bool:
    """Whether a field of the kind may not be empty."""
    return field not in OPTIONAL and not (field == "value_date" and kind in SETTLES_BY_ITSELF)
