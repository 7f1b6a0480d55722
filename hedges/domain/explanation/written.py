"""Formulas with the numbers put in, in the order in which a treasurer would write them down."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

#: (code, field) -> the sum over the names of the inputs. A measure over whole series has its inputs listed instead.
SUMS = {
    ("fx_forward_value", "present_value"): "{notional_amount} × ({forward_rate} − {strike_rate}) × {discount_factor}",
    ("fx_forward_value", "spot_element"): "{notional_amount} × ({spot_rate} − {spot_rate_at_designation})"
    " × {discount_factor}",
    ("fx_forward_value", "forward_element"): "present value − spot element"
    " = {notional_amount} × (({forward_rate} − {strike_rate}) − ({spot_rate} − {spot_rate_at_designation}))"
    " × {discount_factor}",
    ("fx_forward_value", "basis_element"): "{notional_amount} × ({forward_rate} − {covered_parity_forward_rate})"
    " × {discount_factor}",
    ("fx_option_value", "present_value"): "{side} {option_kind} on {notional_amount}:"
    " S {spot_rate}, K {strike_rate}, r_b {base_rate}, r_q {quote_rate}, σ {implied_volatility}, T {years_to_expiry}",
    ("credit_adjustment", "credit_value_adjustment"): "−max({present_value}, 0)"
    " × (1 − e^(−{counterparty_spread} × {years}))",
    ("credit_adjustment", "debit_value_adjustment"): "max(−({present_value}), 0) × (1 − e^(−{own_spread} × {years}))",
    ("futures_profit", "profit_amount"): "({exit_price} − {entry_price}) × {contract_multiplier} × {contract_count}",
    ("hedge_ratio", "hedge_ratio"): "−({hedged_amount}) / {exposure_amount}",
    ("hedge_ratio", "open_amount"): "{exposure_amount} + {hedged_amount}",
    ("position_count_ratio", "position_count_ratio"): "{positions_hedged} / {positions_total}",
    ("credit_dominance", "credit_ratio"): "|{credit_change_amount}| / |{economic_change_amount}|",
}  # fmt: skip
DIGITS = 12
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def put_in(code: str, field: str, inputs: dict[str, Any], result: Any) -> str:
    """The formula with these inputs; empty where a measure has none that fits on a line or an input is missing."""
    pattern = SUMS.get((code, field))
    if pattern is None:
        return ""
    try:
        text = pattern.format_map({name: number(value) for name, value in inputs.items()})
    except KeyError:
        return ""
    return f"{text} = {number(result)}"


def number(value: Any) -> str:
    """A number as it is read: twelve digits at most, a real minus sign."""
    if value is None:
        return "not defined"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return number(Decimal(value)) if NUMBER.fullmatch(value) else value
    text = f"{value:.{DIGITS}g}" if isinstance(value, float) else _exact(value)
    return text.replace("-", "\u2212")


def _exact(value: Any) -> str:
    if not isinstance(value, Decimal):
        return str(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
