"""What instruments are worth on given days: every kind through its formula, arrays of shape (instruments, days).

Units: quote currency of the risk, asset +; days are ordinals. An instrument is looked at up to its settlement (an
option to its expiry, a future to its last day): later days repeat that day's value, which is what was realised.
Reference: rules section 3. A future is settled every day: its present value is 0, its gain stands in `profit`.
"""

from dataclasses import dataclass

import numpy as np

from hedges.domain import swap_values
from hedges.domain.lookup import Lookup
from hedges.domain.terms import FORWARDS, KIND, Flows, Terms
from hedges.enums import InstrumentKind
from treasury.kernel.clock import DAYS_PER_YEAR
from treasury.quant.curves.price import implied_volatilities
from treasury.quant.curves.zero import discount_factors, zero_rates
from treasury.quant.numbers import Bool, Float, Int
from treasury.quant.valuation.futures import futures_profit
from treasury.quant.valuation.fx_forward import fx_forward_value
from treasury.quant.valuation.fx_option import fx_option_value
from treasury.quant.valuation.spot import spot_value

_FLOATS = (
    "present_value", "spot_element", "forward_element", "undiscounted_spot_element", "intrinsic_value", "time_value",
    "clean_value", "accrued_amount", "profit", "spot_rate", "forward_rate", "discount_factor", "implied_volatility",
    "delta",
)  # fmt: skip


@dataclass(slots=True)
class Values:
    """Float columns by name, NaN where a kind has no such number or a quote is missing; `stale`: a quote is too old."""

    numbers: dict[str, Float]
    stale: Bool

    def __getitem__(self, name: str) -> Float:
        return self.numbers[name]

    def put(self, rows: Int, found: dict[str, Float], age: Int, stale_after: Int) -> None:
        """Takes in the numbers of some rows."""
        for name, values in found.items():
            self.numbers[name][rows] = values
        self.stale[rows] = age > stale_after[:, None]


def instrument_values(terms: Terms, flows: Flows, lookup: Lookup, days: Int, spot_since: Int) -> Values:
    """Values on `days` (instruments, days), spot elements measured from the spot of `spot_since` (instruments,)."""
    shape = (terms.kind.size, days.shape[1])
    values = Values({name: np.full(shape, np.nan) for name in _FLOATS}, np.zeros(shape, dtype=bool))
    kinds = {
        FORWARDS: _forwards,
        (KIND[InstrumentKind.OPTION],): _options,
        (KIND[InstrumentKind.FUTURE],): _futures,
        (KIND[InstrumentKind.NATURAL_OFFSET],): _offsets,
    }
    for members, formula in kinds.items():
        rows = np.flatnonzero(np.isin(terms.kind, members))
        if rows.size:
            part = terms.take(rows)
            last = np.minimum(days[rows], part.settlement_date[:, None])
            found, age = formula(part, lookup, last, spot_since[rows])
            values.put(rows, found, age, part.stale_after)
    for member, swap in (
        (KIND[InstrumentKind.INTEREST_RATE_SWAP], swap_values.interest_rate_swaps),
        (KIND[InstrumentKind.CROSS_CURRENCY_SWAP], swap_values.cross_currency_swaps),
    ):
        rows = np.flatnonzero(terms.kind == member)
        if rows.size:
            part = terms.take(rows)
            last = np.minimum(days[rows], part.settlement_date[:, None])
            found, age = swap(part, flows.take(rows), lookup, last)
            values.put(rows, found, age, part.stale_after)
    return values


def forward_rates(risk: Int, lookup: Lookup, days: Int, target: Int) -> tuple[Float, Float]:
    """Spot on the days and forward to the target dates by covered parity; a quantity carries its quote's rate."""
    row = lookup.market.position(days)
    years = np.maximum(target - days, 0) / DAYS_PER_YEAR
    spot = lookup.spot(risk, days)
    base = discount_factors(lookup.market.curves, row, lookup.base_curve[risk], years)
    quote = discount_factors(lookup.market.curves, row, lookup.quote_curve[risk], years)
    return spot, spot * base / quote


def quote_factors(risk: Int, lookup: Lookup, days: Int, target: Int) -> Float:
    """Discount factor of the quote currency from the days to the target dates."""
    years = np.maximum(target - days, 0) / DAYS_PER_YEAR
    row = lookup.market.position(days)
    return discount_factors(lookup.market.curves, row, lookup.quote_curve[risk], years)


def _forwards(terms: Terms, lookup: Lookup, days: Int, since: Int) -> tuple[dict[str, Float], Int]:
    risk, settlement = terms.risk[:, None], terms.settlement_date[:, None]
    # After the fixing of a non-deliverable forward its rate stands; only discounting goes on.
    fixing = terms.fixing_date[:, None]
    rated = np.minimum(days, fixing)
    spot, forward = forward_rates(risk, lookup, rated, np.where(days >= fixing, rated, settlement))
    factor = quote_factors(risk, lookup, days, settlement)
    start = lookup.spot(risk, since[:, None])
    size = terms.notional[:, None]
    far = fx_forward_value(size, terms.strike_rate[:, None], forward, factor, spot, start)
    flat = fx_forward_value(
        size, terms.strike_rate[:, None], forward, factor, spot, start, discount_spot_element=False
    )
    is_swap = (terms.kind == KIND[InstrumentKind.FX_SWAP])[:, None]
    near_date = terms.near_settlement_date[:, None]
    open_near = is_swap & (days <= near_date)
    _, near_forward = forward_rates(risk, lookup, days, near_date)
    near_factor = quote_factors(risk, lookup, days, near_date)
    near = fx_forward_value(-size, terms.near_rate[:, None], near_forward, near_factor, spot, start)
    value = far.present_value + np.where(open_near, near.present_value, 0.0)
    element = far.spot_element + np.where(open_near, near.spot_element, 0.0)
    found = {
        "present_value": value,
        "spot_element": element,
        "forward_element": value - element,
        "undiscounted_spot_element": flat.spot_element,
        "spot_rate": spot,
        "forward_rate": forward,
        "discount_factor": factor,
    }
    return found, np.maximum(lookup.spot_age(risk, rated), lookup.curve_age(risk, days))


def _options(terms: Terms, lookup: Lookup, days: Int, since: Int) -> tuple[dict[str, Float], Int]:
    risk = terms.risk[:, None]
    days = np.minimum(days, terms.expiry_date[:, None])
    years = (terms.expiry_date[:, None] - days) / DAYS_PER_YEAR
    row = lookup.market.position(days)
    surface = lookup.volatility[risk]
    volatility = np.where(
        years == 0, 0.0, implied_volatilities(lookup.market.volatilities, row, surface, years)
    )
    size = terms.option_side[:, None] * np.abs(terms.notional)[:, None]
    curves = lookup.market.curves
    value = fx_option_value(
        terms.option_sign[:, None],
        size,
        lookup.spot(risk, days),
        terms.strike_rate[:, None],
        zero_rates(curves, row, lookup.base_curve[risk], years),
        zero_rates(curves, row, lookup.quote_curve[risk], years),
        volatility,
        years,
    )
    spot, forward = forward_rates(risk, lookup, days, terms.expiry_date[:, None])
    intrinsic = size * value.intrinsic_value
    found = {
        "present_value": value.present_value,
        "intrinsic_value": intrinsic,
        "time_value": value.present_value - intrinsic,
        "spot_rate": spot,
        "forward_rate": forward,
        "discount_factor": quote_factors(risk, lookup, days, terms.expiry_date[:, None]),
        "implied_volatility": np.where(years == 0, np.nan, volatility),
        "delta": value.delta,
    }
    rates = np.maximum(lookup.spot_age(risk, days), lookup.curve_age(risk, days))
    surface_age = np.where(years == 0, 0, lookup.market.age(lookup.market.volatility, days, surface))
    return found, np.maximum(rates, surface_age)


def _futures(terms: Terms, lookup: Lookup, days: Int, since: Int) -> tuple[dict[str, Float], Int]:
    series = terms.future[:, None]
    price = lookup.market.value(lookup.market.futures, days, series)
    profit = futures_profit(
        terms.entry_price[:, None], price, terms.multiplier[:, None], terms.contract_count[:, None]
    )
    found = {
        "present_value": np.where(np.isnan(price), np.nan, 0.0),
        "profit": profit,
        "spot_rate": lookup.spot(terms.risk[:, None], days),
        "forward_rate": price,
    }
    return found, lookup.market.age(lookup.market.futures, days, series)


def _offsets(terms: Terms, lookup: Lookup, days: Int, since: Int) -> tuple[dict[str, Float], Int]:
    risk = terms.risk[:, None]
    spot = lookup.spot(risk, days)
    value = spot_value(terms.notional[:, None], spot)
    return {"present_value": value, "spot_rate": spot}, lookup.spot_age(risk, days)
