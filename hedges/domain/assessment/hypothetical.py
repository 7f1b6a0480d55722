"""The hypothetical derivative of each item, struck where hedge accounting begins, with its value there as proof.

Built from the item's terms alone, with the sign of the hedge: a forward by covered parity (of a quantity: at the
market's forward price), a swap at the par rate, an option at the hedged level (at the forward where that is in the
money), for items and spot elements that are taken at the spot rate an exchange at spot. The strikes are those of the
night's item values; the value is worked out by `hypothetical_derivative` at the strike, not assumed. Numbers are exact
decimals as texts; amounts in the unit, values in the quote currency.
Reference: IFRS 9 B6.5.5, 6.2.4(a); rules section 5.
"""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from hedges.domain.assessment.outcome import Gathered
from hedges.domain.item_values import Items, is_forward, schedules
from hedges.domain.levels import designated_items, is_one_sided, option_pairs
from hedges.domain.lookup import Lookup
from hedges.domain.rounding import rounded
from hedges.domain.swap_values import projected
from hedges.queries.explained import exposure_names
from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.kernel.money import from_minor_units
from treasury.quant.codes import Reason, names
from treasury.quant.measurement.columns import HypotheticalColumns
from treasury.quant.measurement.hypothetical_derivative import (
    hypothetical_forward,
    hypothetical_option,
    hypothetical_swap,
)
from treasury.quant.numbers import Float, Int

#: No volatility enters an intrinsic value; the valuation function asks for one.
ANY_VOLATILITY = 0.1
MEASURE = "hypothetical_derivative"


def hypotheticals(of: Gathered) -> list[list[dict[str, Any]]]:
    """Of each relationship a list with one entry an item; for one-sided risk one an item and option leg."""
    items, relationship = designated_items(of.shard, of.found, of.items)
    look, begins = of.shard.sealed.lookup, of.found["accounting_from"][relationship]
    one_sided = is_one_sided(of.found, relationship, of.used)
    forward = is_forward(items, look) & ~one_sided
    floating = look.is_rate[items.risk] & (items.payment_months > 0)
    entries: dict[int, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    base = _Base(of, items, begins)
    for rows, found in (
        (np.flatnonzero(forward), _forwards),
        (np.flatnonzero(floating), _swaps),
        (np.flatnonzero(~forward & ~floating & ~one_sided), _spots),
    ):
        if rows.size:
            for row, entry in zip(rows.tolist(), found(base, rows), strict=True):
                entries[int(relationship[row])].append((row, entry))
    if one_sided.any():
        pairs = option_pairs(items, relationship, one_sided, of.used)
        for row, entry in zip(pairs[0].tolist(), _options(base, *pairs), strict=True):
            entries[int(relationship[row])].append((row, entry))
    count = of.found["relationship_id"].size
    return [[entry for _, entry in sorted(entries[place], key=lambda one: one[0])] for place in range(count)]


class _Base:
    """What all kinds share: the market on the day, and an entry's first words."""

    def __init__(self, of: Gathered, items: Items, begins: Int) -> None:
        self.of, self.items, self.begins = of, items, begins
        self.look: Lookup = of.shard.sealed.lookup
        self.names = exposure_names(of.items["exposure_id"].tolist())

    def market(self, rows: Int) -> tuple[Float, Float, Float, Float]:
        """Spot, the two rates that carry it to the night's parity forward and discount factor, and years."""
        items, day = self.items, self.begins[rows]
        risk, target = items.risk[rows], items.expected_date[rows]
        years = np.maximum(target - day, 0) / DAYS_PER_YEAR
        spot, forward = self.look.spot(risk, day), self.look.parity_forward(risk, day, target)
        factor = self.look.factor(risk, day, target)
        with np.errstate(divide="ignore", invalid="ignore"):
            quote = np.where(years > 0, -np.log(factor) / years, 0.0)
            base = np.where(years > 0, quote - np.log(forward / spot) / years, 0.0)
        return spot, base, quote, years

    def entries(self, kind: str, rows: Int, found: HypotheticalColumns) -> list[dict[str, Any]]:
        """With amount, dates, strike and value; the value is rounded to the minor unit of its currency."""
        look, risk = self.look, self.items.risk[rows]
        value = rounded(found.present_value_at_designation, look.quote_exponents[risk]).texts
        return [
            {
                "item": self.names.get(int(self.of.items["exposure_id"][row]), ""),
                "exposure_id": int(self.of.items["exposure_id"][row]),
                "kind": kind,
                "measure": MEASURE,
                "notional_amount": str(
                    -from_minor_units(int(self.of.items["units"][row]), look.base_units[place])
                ),
                "unit": look.base_units[place],
                "struck_on": _day(self.begins[row]),
                "matures_on": _day(self.items.expected_date[row]),
                "struck_rate": number(found.struck_rate[at]),
                "value_at_designation": value[at],
                "currency": look.quote_currencies[place],
                "reasons": names(Reason, int(np.broadcast_to(found.reasons, rows.shape)[at])),
            }
            for at, (row, place) in enumerate(zip(rows.tolist(), risk.tolist(), strict=True))
        ]


def _forwards(base: _Base, rows: Int) -> list[dict[str, Any]]:
    spot, base_rate, quote_rate, years = base.market(rows)
    found = hypothetical_forward(spot, base_rate, quote_rate, years, notional=-base.items.amount[rows])
    inputs = {"spot_rate": spot, "base_rate": base_rate, "quote_rate": quote_rate, "years": years}
    return _with("fx_forward", base.entries("FORWARD", rows, found), inputs)


def _swaps(base: _Base, rows: Int) -> list[dict[str, Any]]:
    """Receives the interest that a debt pays, floating or fixed, for the other; a loan's the other way round."""
    items, look = base.items, base.look
    flows = schedules(items, rows, look.quote_currencies)
    on = base.begins[rows][None, flows.row]
    rates, factors = projected(flows, items.risk[rows], items.stale_after[rows], look, on)
    amount = items.amount[rows]
    # Of a debt whose fixed interest is hedged the fair value is mirrored: fixed received, floating paid.
    pay_fixed = (amount < 0) != items.is_fixed[rows]
    found = hypothetical_swap(np.abs(amount), pay_fixed, flows.offsets, rates[0], flows.accrual, factors[0])
    entries = base.entries("SWAP", rows, found)
    for at, entry in enumerate(entries):
        days = slice(int(flows.offsets[at]), int(flows.offsets[at + 1]))
        entry["pay_fixed"] = bool(pay_fixed[at])
        entry["payment_dates"] = [_day(day) for day in flows.pay_date[days]]
        entry["inputs"] = {
            "kind": "interest_rate_swap",
            "notional_amount": number(abs(amount[at])),
            "pay_fixed": entry["pay_fixed"],
            "payment_years": [
                number(years) for years in (flows.pay_date[days] - int(base.begins[rows[at]])) / DAYS_PER_YEAR
            ],
            "forward_rates": [number(rate) for rate in rates[0][days]],
            "accruals": [number(part) for part in flows.accrual[days]],
            "discount_factors": [number(factor) for factor in factors[0][days]],
        }
    return entries


def _spots(base: _Base, rows: Int) -> list[dict[str, Any]]:
    """An exchange at the spot rate or price of the day: amount × (S − S), undiscounted."""
    spot = base.look.spot(base.items.risk[rows], base.begins[rows])
    value = -base.items.amount[rows] * (spot - spot)
    found = HypotheticalColumns(spot, value, np.zeros(rows.size, dtype=np.int64))
    return _with("", base.entries("SPOT", rows, found), {"spot_rate": spot})


def _options(base: _Base, item: Int, leg: Int, amount: Float) -> list[dict[str, Any]]:
    spot, base_rate, quote_rate, years = base.market(item)
    terms = base.of.used.terms.take(leg)
    size = terms.option_side * np.abs(amount)
    market = (base_rate, quote_rate, ANY_VOLATILITY, years)
    found = hypothetical_option(terms.option_sign, size, spot, terms.strike_rate, *market)
    entries = base.entries("OPTION", item, found)
    for at, entry in enumerate(entries):
        entry["notional_amount"] = number(size[at])
        entry["option_kind"] = "CALL" if terms.option_sign[at] > 0 else "PUT"
        entry["hedged_rate"] = number(terms.strike_rate[at])
    inputs = {"spot_rate": spot, "base_rate": base_rate, "quote_rate": quote_rate, "years_to_expiry": years}
    for at, entry in enumerate(_with("option", entries, inputs)):
        entry["inputs"] |= {
            "option_kind": entry["option_kind"].lower(),
            "side": "bought" if size[at] > 0 else "sold",
            "notional_amount": number(abs(size[at])),
            "strike_rate": entry["hedged_rate"],
            "implied_volatility": number(ANY_VOLATILITY),
        }
    return entries


def _with(kind: str, entries: list[dict[str, Any]], inputs: dict[str, Float]) -> list[dict[str, Any]]:
    """With the measure's inputs, so that anybody can work it out again."""
    for at, entry in enumerate(entries):
        named = {"kind": kind} if kind else {}
        entry["inputs"] = named | {name: number(values[at]) for name, values in inputs.items()}
    return entries


def number(value: float) -> str | None:
    """The shortest exact decimal of a float; null where it is undefined."""
    return format(Decimal(repr(float(value))), "f") if np.isfinite(value) else None


def _day(ordinal: int) -> str:
    return date.fromordinal(int(ordinal)).isoformat()
