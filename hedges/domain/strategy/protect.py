"""One exposure left open, sold or bought forward, under an option, under a collar: cost today and what each ends with.

Units: rates quote per base, amounts quote currency, gain +; a cost is what is paid (+) or received (−) today. The worst
and the best are over the scenarios shown; `bound` is the rate that is certain whatever comes (None: there is none).
Reference: FAQ §12; rules section 2 (options) and section 3.
"""

from dataclasses import dataclass

import numpy as np

from hedges.domain.lookup import Lookup
from hedges.domain.strategy.priced import COLLAR_ROOM, forward_rate, free_strike, premiums, spot_rate
from treasury.quant.numbers import Float
from treasury.quant.strategy.protection import (
    break_even_with_forward,
    break_even_with_open_position,
    effective_rates,
)

OPEN, FORWARD, OPTION, COLLAR = "open", "forward", "option", "collar"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to go. `premium` is paid and `received` taken in for one unit of base. Rates None with `reason`."""

    name: str
    cost: float | None
    strike: float | None
    sold_strike: float | None
    volatility: float | None
    bound: float | None
    worst: float | None
    best: float | None
    beats_forward_at: float | None
    beats_open_at: float | None
    rates: Float
    reason: str = ""
    premium: float | None = None
    received: float | None = None


@dataclass(frozen=True, slots=True)
class Protection:
    """`amount` signed in the base unit: a receivable is +. `rates` are the scenarios; amounts are amount × rate."""

    amount: float
    spot: float
    forward: float
    scenarios: Float
    ways: tuple[Way, ...]


def protection(
    look: Lookup,
    today: int,
    risk: int,
    amount: float,
    due: int,
    *,
    strike: float | None,
    collar_strike: float | None,
    sold_strike: float | None,
    reach: float,
    steps: int,
    stale_after: int,
) -> Protection:
    """`strike` None: at the forward; `collar_strike` None: 5 % worse than it; `sold_strike` None: the one that
    makes the collar cost nothing."""
    way = 1 if amount > 0 else -1
    spot, forward = spot_rate(look, today, risk), forward_rate(look, today, risk, due)
    bought = forward if strike is None else strike
    kind = -way
    paid = premiums(look, today, risk, kind, np.array([bought]), due, stale_after)
    premium, volatility = float(paid.premiums[0]), _known(paid.volatilities[0])
    floor = forward * (1 - way * COLLAR_ROOM) if collar_strike is None else collar_strike
    under = premiums(look, today, risk, kind, np.array([floor]), due, stale_after)
    floor_premium = float(under.premiums[0])
    cap, received = _sold(look, today, risk, kind, floor_premium, forward, due, stale_after, sold_strike)
    scenarios = spot * np.linspace(1 - reach, 1 + reach, steps)
    rates = effective_rates(way, scenarios, forward, bought, premium, cap, received)
    collar = effective_rates(way, scenarios, forward, floor, floor_premium, cap, received).collar
    none, net = float("nan"), floor_premium - received
    no_cap = way * float("inf")
    missing = "missing_data"
    ways = (
        _way(OPEN, way, rates.open, amount, cost=0.0, reason="" if np.isfinite(spot) else missing),
        _way(
            FORWARD, way, rates.forward, amount, cost=0.0, strike=forward, bound=forward,
            beats_open=forward, reason="" if np.isfinite(forward) else missing,
        ),
        _way(
            OPTION, way, rates.option, amount, cost=premium, premium=premium, strike=bought, volatility=volatility,
            bound=bought - way * premium, beats_forward=break_even_with_forward(way, forward, bought, premium, no_cap),
            beats_open=break_even_with_open_position(way, bought, premium), reason=paid.reason,
        ),
        _way(
            COLLAR, way, collar, amount, cost=net, premium=floor_premium, received=received, strike=floor, sold=cap,
            volatility=_known(under.volatilities[0]),
            bound=floor - way * net,
            beats_forward=none if np.isnan(cap) else break_even_with_forward(way, forward, floor, net, cap),
            beats_open=break_even_with_open_position(way, floor, net),
            reason=under.reason or ("no_strike" if np.isnan(cap) or np.isnan(received) else ""),
        ),
    )  # fmt: skip
    return Protection(amount, spot, forward, scenarios, ways)


def _sold(
    look: Lookup,
    today: int,
    risk: int,
    kind: int,
    premium: float,
    forward: float,
    due: int,
    stale_after: int,
    sold_strike: float | None,
) -> tuple[float, float]:
    """Strike and premium of the option that is sold; NaN where there is none."""
    if np.isnan(premium):
        return float("nan"), float("nan")
    if sold_strike is None:
        # What it brings is what the other costs, but for the last digits of the search.
        cap = free_strike(look, today, risk, kind, premium, forward, due, stale_after)
        return cap, premium
    found = premiums(look, today, risk, -kind, np.array([sold_strike]), due, stale_after)
    return sold_strike, float(found.premiums[0])


def _way(
    name: str,
    way: int,
    rates: Float,
    amount: float,
    *,
    cost: float,
    strike: float | None = None,
    sold: float | None = None,
    volatility: float | None = None,
    bound: float | None = None,
    beats_forward: float | None = None,
    beats_open: float | None = None,
    premium: float | None = None,
    received: float | None = None,
    reason: str = "",
) -> Way:
    if reason:
        return Way(
            name, None, strike, None, None, None, None, None, None, None, np.full(rates.shape, np.nan), reason
        )
    amounts = amount * rates
    return Way(
        name=name, cost=abs(amount) * cost, strike=strike, sold_strike=_known(sold), volatility=volatility,
        bound=_known(bound), worst=float(amounts.min()), best=float(amounts.max()),
        beats_forward_at=_known(beats_forward), beats_open_at=_known(beats_open), rates=rates, premium=_known(premium),
        received=_known(received),
    )  # fmt: skip


def _known(value: float | None) -> float | None:
    return float(value) if value is not None and np.isfinite(value) else None
