"""The terms of an instrument in the order in which a dealer says them, and the parts of its value."""

from __future__ import annotations

from hedges.web.how import How, linked, nowhere
from treasury.web import formats, words
from treasury.web.tables import Column, Table

LABELS = {
    "status": "Status", "risk__code": "Risk", "counterparty__code": "With", "trade_date": "Traded",
    "start_date": "Start", "settlement_date": "Settles", "notional_amount": "Notional", "dealt_rate": "Dealt rate",
    "strike_rate": "Rate", "counter_amount": "Counter amount", "fixing_date": "Fixing",
    "settlement_currency_id": "Settled in", "contract__code": "Contract",
    "contract__contract_multiplier": "Contract multiplier",
    "contract_count": "Contracts", "entry_price": "Entry price", "option_kind": "Right", "option_side": "Side",
    "expiry_date": "Expires", "premium_amount": "Premium", "near_settlement_date": "Near leg settles",
    "near_rate": "Near rate", "near_counter_amount": "Near counter amount", "pay_fixed": "Pays fixed",
    "fixed_rate": "Fixed rate", "spread_rate": "Spread", "counter_fixed_rate": "Fixed rate of the other leg",
    "resets_notional": "Notional follows the rate",
    "payment_months": "Months between payments", "day_count": "Day count",
    "floating_payment_months": "Floating leg, months",
    "floating_day_count": "Floating leg, day count", "dealt_pair": "Dealt pair",
}  # fmt: skip
AMOUNTS = {
    "notional_amount": "notional_currency_id", "counter_amount": "counter_currency_id",
    "near_counter_amount": "counter_currency_id", "premium_amount": "premium_currency_id",
}  # fmt: skip
PERCENTS = {"fixed_rate", "spread_rate", "counter_fixed_rate"}
RATES = {"strike_rate", "near_rate", "entry_price", "dealt_rate"}

COMPONENTS = {
    "spot_element": "Spot element", "forward_element": "Forward element",
    "basis_element": "of which currency basis", "intrinsic_value": "Intrinsic value",
    "time_value": "Time value", "clean_value": "Clean value", "accrued_amount": "Accrued interest",
}  # fmt: skip
MARKET = {
    "spot_rate": "Spot rate", "forward_rate": "Forward rate", "discount_factor": "Discount factor",
    "implied_volatility": "Implied volatility", "delta": "Delta",
}  # fmt: skip


def kind_words(row: dict) -> str:
    if row["option_kind"]:
        return f"{words.label(row['option_side'])} {words.label(row['option_kind']).lower()}"
    return words.label(row["kind"])


def terms(found: dict, row: dict) -> list[tuple[str, object]]:
    said: list[tuple[str, object]] = [
        ("Entity", f"{found['entity__code']} {found['entity__name']}"),
        ("Kind", words.label(row["kind"])),
        ("Direction", f"{'Buys' if row['notional_amount'] > 0 else 'Sells'} {row['notional_currency_id']}"),
    ]
    said += [
        (label, _in_full(name, row))
        for name, label in LABELS.items()
        if row[name] not in (None, "") and name != "dealt_pair"
    ]
    said += [("Structure", found["structure_reference"]), ("Source", found["source_system"])]
    said.append(("Approval", formats.state(row["state"])))
    return [(name, value) for name, value in said if value not in (None, "")]


def _in_full(name: str, row: dict) -> object:
    """A term on the page of its trade: rates with their units, the bank by name, and no life before the approval."""
    said = show(name, row)
    if name == "counterparty__code":
        return f"{said} {row['counterparty__name']}"
    if name == "status" and row["state"] == "AWAITING_APPROVAL":
        return f"{said}, once it is approved"
    if name == "dealt_rate" and row["dealt_pair"]:
        return f"{said} {row['dealt_pair'][3:]} per {row['dealt_pair'][:3]}"
    if name == "strike_rate" and row["counter_currency_id"]:
        return f"{said} {row['counter_currency_id']} per {row['notional_currency_id']}"
    return said


def show(name: str, row: dict) -> object:
    value = row[name]
    if name in AMOUNTS:
        return f"{formats.number(value, 2)} {row[AMOUNTS[name]]}"
    if name in PERCENTS:
        return formats.percent(value, 4)
    if name in RATES:
        return formats.rate(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name.endswith("_date"):
        return formats.day(value)
    if name in ("contract_count", "contract__contract_multiplier"):
        return formats.number(value)
    return words.label(value)


def _amount(row: dict) -> object:
    return formats.why(row["reason"]) if row["amount"] is None else formats.number(row["amount"], 2)


def components(value: dict, how: How = nowhere) -> Table:
    currency = value["value_currency"]
    lines = [(label, name, currency) for name, label in COMPONENTS.items() if value[name] is not None]
    lines.append(("Present value", "present_value", currency))
    if value["profit_amount"] is not None:
        lines.append(("Gain settled in cash since the trade", "profit_amount", currency))
    lines += [
        ("Credit value adjustment", "credit_value_adjustment", currency),
        ("Debit value adjustment", "debit_value_adjustment", currency),
        ("Fair value", "fair_value", currency),
    ]
    if value["functional_currency"] != currency:
        lines.append(("Fair value", "fair_value_functional", value["functional_currency"]))
    reason = (value["reasons"] or [None])[0]
    rows = [
        {
            "part": part,
            "field": field,
            "amount": value[field],
            "unit": unit,
            "reason": reason,
            "lead": part in ("Present value", "Fair value"),
        }
        for part, field, unit in lines
    ]
    columns = [
        Column("part", "Part of the value"),
        Column("amount", "Amount", "money",
               cell=lambda row: linked(_amount(row), how(row["field"]))),
        Column("unit", "In"),
    ]  # fmt: skip
    return Table(
        columns,
        rows,
        caption="Value, assets are plus",
        short=True,
        row_class=lambda row: "lead" if row["lead"] else "",
    )


def market(value: dict, how: How = nowhere) -> list[tuple[str, object]]:
    return [
        (label, linked(formats.statistic(value[name], 6), how(name)))
        for name, label in MARKET.items()
        if value[name] is not None
    ]
