"""What a trade would be worth on the newest published market, by the formulas and arrays of the night.

Present value in the quote currency of the risk, asset +, rounded once to its minor unit; the market's forward to each
exchange; of an option its model value beside the premium; of a swap the fixed rate of zero value. What cannot be worked
out is None with its reason. Reference: rules section 3.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from hedges.domain.cross_currency_values import cross_currency_swaps
from hedges.domain.instrument_values import Values, instrument_values
from hedges.domain.rounding import rounded
from hedges.domain.swap_values import unit_legs
from hedges.domain.terms import Flows, Terms, flows_of, terms
from hedges.domain.ticket.columns import as_columns, as_flows
from hedges.domain.ticket.market import PublishedMarket
from hedges.enums import InstrumentKind
from hedges.models import InstrumentVersion
from treasury.kernel.money import exponents
from treasury.quant.numbers import Int
from treasury.quant.valuation.interest_rate_swap import interest_rate_swap_value

NO_CURVE, TOO_OLD, NO_RATE = "curve_not_built", "stale_data", "missing_data"


@dataclass(frozen=True, slots=True)
class Worth:
    """Of one version. Rates are quote per base unit of the risk; `reason` says why the value is None."""

    present_value: Decimal | None
    currency: str
    reason: str = ""
    spot_rate: float | None = None
    forward_rate: float | None = None
    near_forward_rate: float | None = None
    par_rate: float | None = None
    implied_volatility: float | None = None
    premium_value: Decimal | None = None


def worth(versions: Sequence[InstrumentVersion], seen: PublishedMarket) -> list[Worth]:
    """In the order of `versions`, in one pass however many they are; unsaved ones too."""
    rows, look = as_columns(versions), seen.lookup
    known = terms(rows, seen.reference, seen.contracts, look)
    flows = flows_of(rows["instrument_id"], as_flows(versions))
    days = np.full((len(versions), 1), seen.as_of_date.toordinal(), dtype=np.int64)
    # The night measures elements from the trade's spot; a trade of after the night has none yet.
    values = instrument_values(known, flows, look, days, np.minimum(known.trade_date, days[:, 0]))
    # As in the night, what rests on a quote that is too old is not defined.
    stale = values.stale[:, 0]
    numbers = {name: np.where(stale, np.nan, found[:, 0]) for name, found in values.numbers.items()}
    present = numbers["present_value"]
    units = look.quote_exponents[known.risk]
    amounts = rounded(present, units)
    near = look.forward(known.risk[:, None], days, known.near_settlement_date[:, None])[:, 0]
    par = _par_rates(known, flows, seen, days)
    premiums = _premiums(versions, known, seen, days)
    return [
        Worth(
            present_value=Decimal(amounts.texts[row]) if amounts.defined[row] else None,
            currency=look.quote_currencies[known.risk[row]],
            reason="" if amounts.defined[row] else _reason(values, row),
            spot_rate=_seen(numbers["spot_rate"][row]),
            forward_rate=_seen(numbers["forward_rate"][row]),
            near_forward_rate=None
            if stale[row] or version.kind != InstrumentKind.FX_SWAP
            else _seen(near[row]),
            par_rate=None if stale[row] else _seen(par[row]),
            implied_volatility=_seen(numbers["implied_volatility"][row]),
            premium_value=premiums[row],
        )
        for row, version in enumerate(versions)
    ]


def _par_rates(known: Terms, flows: Flows, seen: PublishedMarket, days: Int) -> np.ndarray:
    """The fixed rate at which a swap is worth nothing; of a cross-currency one that of its quote leg."""
    found = np.full(known.kind.size, np.nan)
    kinds = list(InstrumentKind.values)
    rows = np.flatnonzero(known.kind == kinds.index(InstrumentKind.INTEREST_RATE_SWAP))
    if rows.size:
        part, own = known.take(rows), flows.take(rows)
        legs = unit_legs(own, part.risk, part.spread_rate, part.stale_after, seen.lookup, days[rows])
        par = interest_rate_swap_value(
            np.abs(part.notional), part.pay_fixed, part.fixed_rate, legs.annuity, legs.floating
        ).par_rate
        found[rows] = par[0]
    rows = np.flatnonzero(known.kind == kinds.index(InstrumentKind.CROSS_CURRENCY_SWAP))
    if rows.size:
        part, own = known.take(rows), flows.take(rows)
        # The value is linear in the coupon: two coupons say where it is zero.
        at_zero, at_one = (
            cross_currency_swaps(
                replace(part, counter_fixed_rate=np.full(rows.size, rate)), own, seen.lookup, days[rows]
            ).numbers["present_value"][:, 0]
            for rate in (0.0, 1.0)
        )
        with np.errstate(divide="ignore", invalid="ignore"):
            found[rows] = at_zero / (at_zero - at_one)
    return found


def _premiums(
    versions: Sequence[InstrumentVersion], known: Terms, seen: PublishedMarket, days: Int
) -> list[Decimal | None]:
    """Premiums in the quote currency, as paid (−) or received (+); one in the base currency at today's spot."""
    spot = seen.lookup.spot(known.risk[:, None], days)[:, 0]
    found: list[Decimal | None] = []
    for row, version in enumerate(versions):
        amount = version.premium_amount
        quote = seen.lookup.quote_currencies[known.risk[row]]
        if amount is None or version.premium_currency_id == quote:
            found.append(amount)
            continue
        worth_now = rounded(np.array([float(amount) * spot[row]]), exponents([quote]))
        found.append(Decimal(worth_now.texts[0]) if worth_now.defined[0] else None)
    return found


def _reason(values: Values, row: int) -> str:
    if np.isnan(values["present_value"][row, 0]):
        return NO_CURVE if values.not_built[row, 0] else NO_RATE
    return TOO_OLD if values.stale[row, 0] else NO_RATE


def _seen(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
