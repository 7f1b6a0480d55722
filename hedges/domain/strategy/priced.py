"""What protection of one amount to one date costs today, by the formulas and the market of the night.

Options are bought mid of the stored surface, for one unit of the risk's base, expiring two days before the exchange (a
quantity on the day itself). A collar sells the other option so far out that its premium pays for the bought one. Units:
quote currency of the risk per unit of base; premiums are paid today. Reference: rules section 3, FAQ §12.
"""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from hedges.domain.lookup import Lookup
from hedges.domain.option_values import options
from hedges.domain.terms import KIND, Terms
from hedges.enums import InstrumentKind
from treasury.quant.numbers import Float

CALL, PUT = 1, -1
SPOT_LAG = 2
#: How far from the forward the sold strike of a collar is looked for, and how finely: 4 rounds of 65 strikes.
REACH, ROUNDS, POINTS = 0.6, 4, 65
#: A collar protects from so far beyond the forward on, where nothing else is asked for: at the forward it were one.
COLLAR_ROOM = 0.05


@dataclass(frozen=True, slots=True)
class Priced:
    """`premiums` NaN where `reason` says why."""

    premiums: Float
    volatilities: Float
    reason: str = ""


def forward_rate(look: Lookup, today: int, risk: int, target: int) -> float:
    place, day, end = np.array([[risk]]), np.array([[today]]), np.array([[target]])
    return float(look.forward(place, day, end)[0, 0])


def spot_rate(look: Lookup, today: int, risk: int) -> float:
    return float(look.spot(np.array([risk]), np.array([today]))[0])


def premiums(
    look: Lookup, today: int, risk: int, kind: int, strikes: Float, target: int, stale_after: int
) -> Priced:
    """Of bought options of one kind on one unit of base, by strike; they are settled on `target`."""
    known = _terms(
        risk, kind, strikes, target, max(today, target - (SPOT_LAG if look.is_pair[risk] else 0)), look
    )
    days = np.full((strikes.size, 1), today)
    found = options(known, look, days, known.trade_date)
    value, stale = found.numbers["present_value"][:, 0], (found.age > stale_after)[:, 0]
    broken = np.broadcast_to(np.asarray(found.not_built), days.shape)[:, 0]
    reason = ""
    if np.isnan(value).all():
        reason = "curve_not_built" if broken.any() else "missing_data"
    elif stale.any():
        reason = "stale_data"
    volatility = found.numbers["implied_volatility"][:, 0]
    gone = np.full(strikes.shape, bool(reason))
    return Priced(np.where(gone, np.nan, value), np.where(gone, np.nan, volatility), reason)


def free_strike(
    look: Lookup,
    today: int,
    risk: int,
    kind: int,
    premium: float,
    forward: float,
    target: int,
    stale_after: int,
) -> float:
    """The strike of the option of the other kind that is sold for `premium`; NaN where none within reach pays it.

    A call is sold above the forward, a put below it: the premium falls the further out it is.
    """
    sold = -kind
    near, far = forward, forward * (1 + sold * REACH)
    for _ in range(ROUNDS):
        strikes = np.linspace(near, far, POINTS)
        found = premiums(look, today, risk, sold, strikes, target, stale_after).premiums
        with np.errstate(invalid="ignore"):
            enough = np.flatnonzero(found >= premium)
        if not enough.size or enough[-1] == POINTS - 1:
            # At the forward both cost the same, but for the digits.
            return forward if np.isclose(found[0], premium, rtol=1e-9, atol=0) else float("nan")
        near, far = strikes[enough[-1]], strikes[enough[-1] + 1]
    return float((near + far) / 2)


def _terms(risk: int, kind: int, strikes: Float, target: int, expiry: int, look: Lookup) -> Terms:
    """Options as the night's formulas take them; what they do not read is 0."""
    count = strikes.size
    whole: dict[str, Any] = {field.name: np.zeros(count, dtype=np.int64) for field in fields(Terms)}
    told = {
        "kind": KIND[InstrumentKind.OPTION], "risk": risk, "settlement_date": target, "expiry_date": expiry,
        "option_sign": kind, "option_side": 1,
    }  # fmt: skip
    arrays = whole | {name: np.full(count, value, dtype=np.int64) for name, value in told.items()}
    return Terms(**(arrays | {"notional": np.ones(count), "strike_rate": strikes}))
