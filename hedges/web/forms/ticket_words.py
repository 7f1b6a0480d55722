"""What the fields of a ticket are called, what helps beside them, and the unit in their frame."""

from hedges.domain.ticket.kinds import COLLAR
from hedges.enums import InstrumentKind
from treasury.web import words

KIND_LABELS = {COLLAR: "Collar"}

LABELS = {
    "entity": "For", "side": "Side", "currency": "Currency or risk", "amount": "Amount", "against": "Against",
    "value_date": "Value date", "counterparty": "With", "rate": "Rate", "counter_amount": "Counter amount",
    "fixing_date": "Fixing", "settlement_currency": "Settled in", "contract_count": "Contracts",
    "contract": "Contract", "option_kind": "Right", "expiry_date": "Expires", "premium_amount": "Premium",
    "premium_currency": "Premium in", "sold_rate": "Strike of the sold option",
    "sold_premium_amount": "Premium of the sold option", "near_date": "Near date", "near_rate": "Near rate",
    "near_counter_amount": "Near counter amount", "index": "Index", "start_date": "Starts",
    "fixed_rate": "Fixed rate", "spread_rate": "Spread on the index",
    "counter_fixed_rate": "Fixed rate of the other leg",
    "payment_months": "Paid every", "day_count": "Counted", "floating_payment_months": "Floating leg paid every",
    "floating_day_count": "Floating leg counted", "resets_notional": "The notional follows the spot rate",
    "exposure": "Recorded item",
    "trade_date": "Traded on", "reason": "Remark", "counts_from": "Counts from",
}  # fmt: skip
LABELS_OF = {
    (InstrumentKind.FUTURE, "rate"): "Price",
    (InstrumentKind.OPTION, "rate"): "Strike",
    (InstrumentKind.OPTION, "value_date"): "Settles",
    (COLLAR, "rate"): "Strike of the bought option",
    (COLLAR, "value_date"): "Settles",
    (COLLAR, "premium_amount"): "Premium of the bought option",
    (InstrumentKind.FX_SWAP, "value_date"): "Far date",
    (InstrumentKind.FX_SWAP, "rate"): "Far rate",
    (InstrumentKind.FX_SWAP, "counter_amount"): "Far counter amount",
    (InstrumentKind.INTEREST_RATE_SWAP, "value_date"): "Matures",
    (InstrumentKind.INTEREST_RATE_SWAP, "payment_months"): "Fixed leg paid every",
    (InstrumentKind.INTEREST_RATE_SWAP, "day_count"): "Fixed leg counted",
    (InstrumentKind.CROSS_CURRENCY_SWAP, "value_date"): "Matures",
}  # fmt: skip
HELP = {
    "currency": "What is bought or sold: USD, or the code of a commodity or index.",
    "amount": "5m, 250k, 1.5bn",
    "against": "EUR, or the pair as its rate is quoted: EURUSD.",
    "value_date": "3M, spot, spot+2, IMM1, 2027-01-15",
    "near_date": "Empty: spot.",
    "start_date": "Empty: spot.",
    "counter_amount": "Empty: worked out from the rate.",
    "near_counter_amount": "Empty: worked out from the rate.",
    "fixing_date": "Empty: two business days before.",
    "settlement_currency": "Empty: the functional currency.",
    "premium_currency": "Empty: the other currency.",
    "expiry_date": "3M, 2027-01-15",
    "premium_amount": "0 where none is paid.",
    "sold_premium_amount": "0 where none is received.",
    "day_count": "Empty: as the money market; as the market's fixed legs once the floating leg is typed.",
    "floating_payment_months": "Empty: as the fixed leg.",
    "floating_day_count": "Empty: as the money market of the currency.",
    "trade_date": "Empty: today in the book.",
    "counts_from": "From this business date the new terms count.",
}
HELP_OF = {
    (InstrumentKind.OPTION, "value_date"): "Empty: spot after the expiry.",
    (COLLAR, "value_date"): "Empty: spot after the expiry.",
    (InstrumentKind.INTEREST_RATE_SWAP, "value_date"): "5Y from the start, or a date.",
    (InstrumentKind.CROSS_CURRENCY_SWAP, "value_date"): "5Y from the start, or a date.",
    (InstrumentKind.OPTION, "side"): "The right is one on the currency named next.",
}  # fmt: skip
UNITS = {"fixed_rate": "%", "spread_rate": "%", "counter_fixed_rate": "%", "payment_months": "months",
         "floating_payment_months": "months"}  # fmt: skip


def kind_label(kind: str) -> str:
    return KIND_LABELS.get(kind) or words.label(kind)


def label(kind: str, name: str) -> str:
    return LABELS_OF.get((kind, name)) or LABELS[name]  # type: ignore[call-overload, no-any-return]


def help_text(kind: str, name: str) -> str:
    return HELP_OF.get((kind, name)) or HELP.get(name, "")  # type: ignore[call-overload, no-any-return]
