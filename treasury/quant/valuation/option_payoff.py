"""What an option brings at expiry, and the rate that its exposure ends up with.

Formula: buyer's call max(S − K, 0) − p, buyer's put max(K − S, 0) − p, the writer the negative. A payable
covered by a bought call costs min(S, K) + p; a receivable covered by a bought put earns max(S, K) − p.
Written against an exposure: a receivable with a sold call earns min(S, K) + p, a payable with a sold put
costs max(S, K) − p, the same two rates.
Units: quote currency per unit of base, gain +. Reference: FAQ §12, rules section 2.
Worked example: call K 1.10, p 0.02, S 1.15 → payoff 0.05, profit 0.03, a payable costs 1.12.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from treasury.quant.columns import OptionPayoffColumns
from treasury.quant.numbers import floats


def option_payoff(
    kind: ArrayLike, side: ArrayLike, strike_rate: ArrayLike, premium_rate: ArrayLike, spot_rate: ArrayLike
) -> OptionPayoffColumns:
    """Payoff, profit, exercise and effective rate; ``kind`` +1 call −1 put, ``side`` +1 bought −1 sold;
    broadcasts.

    At the strike an option is not exercised; it makes no difference to any rate.
    """
    way, position = floats(kind), floats(side)
    strike, premium, spot = floats(strike_rate), floats(premium_rate), floats(spot_rate)
    inner = np.maximum(way * (spot - strike), 0.0)
    payoff = position * inner + 0.0
    profit = payoff - position * premium
    effective = np.where(way > 0, np.minimum(spot, strike) + premium, np.maximum(spot, strike) - premium)
    return OptionPayoffColumns(payoff, profit, np.asarray(inner > 0), effective)
