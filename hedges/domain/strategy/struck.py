"""Where protection is struck when nothing else is asked for, and what it costs for one unit of the risk's base.

An option is bought at the forward; a collar protects from 5 % worse than the forward on and sells the other option at
the strike that pays for it, so that it costs nothing. Who sells is protected by a put, who buys by a call. Units: rates
and premiums quote currency of the risk per unit of base, mid of the stored surface. Reference: FAQ §12, rules
section 3.
"""

from dataclasses import dataclass

import numpy as np

from hedges.domain.lookup import Lookup
from hedges.domain.strategy.priced import CALL, COLLAR_ROOM, PUT, forward_rate, free_strike, premiums


@dataclass(frozen=True, slots=True)
class Struck:
    """`premium` is of the bought option; a collar's sold one (`sold_strike`) brings the same. None with `reason`."""

    strike: float | None
    premium: float | None
    sold_strike: float | None = None
    reason: str = ""


def struck(
    look: Lookup, today: int, risk: int, *, side: int, due: int, is_collar: bool, stale_after: int
) -> Struck:
    """`side` +1 who buys the base, −1 who sells it; exchanged on `due`."""
    forward, kind = forward_rate(look, today, risk, due), CALL if side > 0 else PUT
    strike = forward * (1 + side * COLLAR_ROOM) if is_collar else forward
    if not np.isfinite(strike):
        return Struck(None, None, reason="missing_data")
    found = premiums(look, today, risk, kind, np.array([strike]), due, stale_after)
    if found.reason:
        return Struck(strike, None, reason=found.reason)
    premium = float(found.premiums[0])
    if not is_collar:
        return Struck(strike, premium)
    sold = free_strike(look, today, risk, kind, premium, forward, due, stale_after)
    if np.isnan(sold):
        return Struck(strike, premium, reason="no_strike")
    return Struck(strike, premium, sold)
