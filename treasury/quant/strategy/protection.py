"""What an exposure ends up with at each rate: left open, by a forward, by a bought option, by a collar.

Formula, w = +1 for a receivable and −1 for a payable, p the premium paid and q the one received, per unit of base, at
rate S: open S; forward F; option w·max(w·S, w·K) − w·p; collar w·min(max(w·S, w·K), w·C) − w·(p − q), C the strike of
what is sold. Break-even with the forward: S = F + w·(p − q), where the option (collar) follows the market there; with
the open position: S = K − w·(p − q), where that is no gain for nothing. Premiums count as they are paid, without
interest. Units: quote currency per unit of base. Reference: FAQ §12, rules section 2 (options).
Worked example: a receivable, F 1.10, put at K 1.08 for 0.02: at S 1.00 the option leaves 1.06, at 1.20 it leaves 1.18;
break-even with the forward 1.12, with the open position 1.06.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.numbers import Float, floats


@dataclass(frozen=True, slots=True)
class EffectiveRates:
    """Rates that an exposure is turned at, one a scenario."""

    open: Float
    forward: Float
    option: Float
    collar: Float


def effective_rates(
    way: int,
    spot_rates: ArrayLike,
    forward: float,
    strike: float,
    premium: float,
    cap: float,
    received: float,
) -> EffectiveRates:
    """`way` +1 a receivable, −1 a payable; `cap` the strike that is sold, NaN for no collar."""
    spot = floats(spot_rates)
    protected = way * np.maximum(way * spot, way * strike)
    capped = way * np.minimum(way * protected, way * cap)
    return EffectiveRates(
        spot, np.full(spot.shape, forward), protected - way * premium, capped - way * (premium - received)
    )


def break_even_with_forward(way: int, forward: float, strike: float, net_premium: float, cap: float) -> float:
    """The rate at expiry at which protection has come out as the forward; NaN where it never does. `cap` ±inf: none."""
    rate = forward + way * net_premium
    follows = way * rate >= way * strike and way * rate <= way * cap
    return rate if follows else float("nan")


def break_even_with_open_position(way: int, strike: float, net_premium: float) -> float:
    """The rate beyond which protection has paid; NaN where a premium is received and nothing has to be made up."""
    return strike - way * net_premium if net_premium >= 0 else float("nan")
