"""What instruments are worth on given days: every kind through its formula, arrays of shape (instruments, days).

Units: quote currency of the risk, asset +; days are ordinals. An instrument is looked at up to its settlement (an
option to its expiry, a future to its last day): later days repeat that day's value, which is what was realised.
Reference: rules section 3. A future is settled every day: its present value is 0, its gain stands in `profit`, like
what the resets of a cross-currency swap have settled.
"""

from dataclasses import dataclass

import numpy as np

from hedges.domain.cross_currency_values import cross_currency_swaps
from hedges.domain.forward_values import forwards
from hedges.domain.lookup import Lookup
from hedges.domain.option_values import options
from hedges.domain.swap_values import interest_rate_swaps
from hedges.domain.terms import FORWARDS, KIND, Flows, Found, Terms
from hedges.enums import InstrumentKind
from treasury.quant.numbers import Bool, Float, Int
from treasury.quant.valuation.futures import futures_profit
from treasury.quant.valuation.spot import spot_value

_FLOATS = (
    "present_value", "spot_element", "forward_element", "basis_element", "undiscounted_spot_element", "intrinsic_value",
    "time_value", "clean_value", "accrued_amount", "profit", "spot_rate", "forward_rate", "discount_factor",
    "implied_volatility", "delta",
)  # fmt: skip


@dataclass(slots=True)
class Values:
    """Float columns by name, NaN where a kind has no such number or a quote is missing.

    `stale`: a quote is too old; `not_built`: a curve could not be made from its quotes.
    """

    numbers: dict[str, Float]
    stale: Bool
    not_built: Bool

    def __getitem__(self, name: str) -> Float:
        return self.numbers[name]

    def put(self, rows: Int, found: Found, stale_after: Int) -> None:
        """Takes in the numbers of some rows."""
        for name, values in found.numbers.items():
            self.numbers[name][rows] = values
        self.stale[rows] = found.age > stale_after[:, None]
        self.not_built[rows] = found.not_built


def instrument_values(terms: Terms, flows: Flows, lookup: Lookup, days: Int, spot_since: Int) -> Values:
    """Values on `days` (instruments, days), spot elements measured from the spot of `spot_since` (instruments,).

    Days before it are the history that a test looks at: a cross-currency swap has made its first exchange there.
    """
    shape = (terms.kind.size, days.shape[1])
    flags = np.zeros(shape, dtype=bool)
    values = Values({name: np.full(shape, np.nan) for name in _FLOATS}, flags, flags.copy())
    kinds = {
        FORWARDS: forwards,
        (KIND[InstrumentKind.OPTION],): options,
        (KIND[InstrumentKind.FUTURE],): _futures,
        (KIND[InstrumentKind.NATURAL_OFFSET],): _offsets,
    }
    for members, formula in kinds.items():
        rows = np.flatnonzero(np.isin(terms.kind, members))
        if rows.size:
            part = terms.take(rows)
            last = np.minimum(days[rows], part.settlement_date[:, None])
            values.put(rows, formula(part, lookup, last, spot_since[rows]), part.stale_after)
    for member in (KIND[InstrumentKind.INTEREST_RATE_SWAP], KIND[InstrumentKind.CROSS_CURRENCY_SWAP]):
        rows = np.flatnonzero(terms.kind == member)
        if rows.size:
            part, own = terms.take(rows), flows.take(rows)
            # Payments that a trade brought along may end before its maturity.
            last = np.minimum(days[rows], np.minimum(part.settlement_date, own.last_date)[:, None])
            if member == KIND[InstrumentKind.CROSS_CURRENCY_SWAP]:
                found = cross_currency_swaps(part, own, lookup, last, spot_since[rows])
            else:
                found = interest_rate_swaps(part, own, lookup, last)
            values.put(rows, found, part.stale_after)
    return values


def _futures(terms: Terms, lookup: Lookup, days: Int, since: Int) -> Found:
    series = terms.future[:, None]
    price = lookup.market.value(lookup.market.futures, days, series)
    profit = futures_profit(
        terms.entry_price[:, None], price, terms.multiplier[:, None], terms.contract_count[:, None]
    )
    numbers = {
        "present_value": np.where(np.isnan(price), np.nan, 0.0),
        "profit": profit,
        "spot_rate": lookup.spot(terms.risk[:, None], days),
        "forward_rate": price,
    }
    return Found(numbers, lookup.market.age(lookup.market.futures, days, series))


def _offsets(terms: Terms, lookup: Lookup, days: Int, since: Int) -> Found:
    risk = terms.risk[:, None]
    spot = lookup.spot(risk, days)
    value = spot_value(terms.notional[:, None], spot)
    return Found({"present_value": value, "spot_rate": spot}, lookup.spot_age(risk, days))
