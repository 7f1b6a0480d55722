"""A programme on the book of one entity and risk in the same few numbers, so that several stand side by side.

Over scenarios of the spot rate one horizon ahead (`weeks`): what is covered by forwards keeps its rate, what is covered
by options keeps the better one, a collar follows the rate from its bought to its sold strike; the rest moves with it.
The outcome of a scenario is the change of what all flows bring, less premiums. Units: quote currency of the
risk, gain +, loss + in the risk numbers. Reference: FAQ §4, §7, §8 and §12; rules section 2 (tail by linear
interpolation).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hedges.domain.lookup import Lookup
from hedges.domain.strategy import plan as plans
from hedges.domain.strategy.months import MonthBook
from hedges.domain.strategy.plan import Plan
from hedges.domain.strategy.priced import COLLAR_ROOM, forward_rate
from hedges.domain.strategy.struck import Struck, struck
from treasury.quant.codes import reason_names
from treasury.quant.numbers import Float, Int, ratio
from treasury.quant.ratios.hedge_turnover import hedge_turnover
from treasury.quant.ratios.tails import tail
from treasury.quant.strategy.layering import LadderColumns

PER_YEAR = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a plan does. Amounts in the risk's unit are minor units, money is in its quote currency.

    `turnover` per year and `dynamic` (None: undefined) of the measure `hedge_turnover` over the trades of the ladder.
    `carry`: what the forwards traded now bring against today's spot (+ earns). `expected` is the mean over the
    scenarios. `struck`: of a plan with options, by the month of the exposure. None with `reason`.
    """

    plan: Plan
    ladder: LadderColumns
    traded_now: int
    traded_in_all: int
    hedged_after: int
    ratio_before: float | None
    ratio_after: float | None
    ratio_at_end: float | None
    months_in_band: int
    months_with_band: int
    turnover: float | None
    dynamic: bool | None
    carry: float | None
    premium: float | None
    value_at_risk: float | None
    expected_shortfall: float | None
    worst: float | None
    best: float | None
    expected: float | None
    struck: Mapping[int, Struck]
    reasons: tuple[str, ...]


def outcome(
    look: Lookup,
    book: MonthBook,
    plan: Plan,
    steps: int,
    moves: Float,
    *,
    confidence_level: float,
    stale_after: int,
) -> Outcome:
    """`moves`: relative changes of the spot rate, one a scenario; none: risk is None with `too_few_points`."""
    ladder = plan.of(book, steps)
    traded = ladder.trades[0]
    inside, judged = _in_band(book, ladder.hedges[0])
    today = book.as_of_date.toordinal()
    rows = np.flatnonzero(traded)
    forwards = np.array([forward_rate(look, today, book.risk, int(book.due[row])) for row in rows])
    spot = float(look.spot(np.array([book.risk]), np.array([today]))[0])
    sizes = book.major(traded)[rows]
    carry = float(-(sizes * (forwards - spot)).sum()) if plan.instrument == plans.FORWARD else 0.0
    bought = _bought(look, book, plan, rows, sizes, forwards, stale_after)
    loss = _risk(book, ladder, plan, moves, spot, bought, confidence_level)
    turnover = hedge_turnover(*_path(book, ladder), steps / PER_YEAR)
    reasons = [*bought.reasons, *loss.reasons, *reason_names(int(turnover.reasons[0]))]
    missing = "" if np.isfinite(carry) else "missing_data"
    return Outcome(
        plan=plan, ladder=ladder, traded_now=int(traded.sum()), traded_in_all=int(np.abs(ladder.trades).sum()),
        hedged_after=int(ladder.hedges[0].sum()),
        ratio_before=_known(float(ratio(-book.hedge.sum(), book.exposure.sum()))),
        ratio_after=_known(ladder.ratios[0]), ratio_at_end=_known(ladder.ratios[-1]), months_in_band=inside,
        months_with_band=judged, turnover=_known(turnover.turnover_ratio[0]),
        dynamic=None if turnover.dynamic[0] < 0 else bool(turnover.dynamic[0]),
        carry=_known(carry), premium=_known(bought.premium), value_at_risk=loss.value,
        expected_shortfall=loss.shortfall,
        worst=loss.worst, best=loss.best, expected=loss.expected, struck=bought.struck,
        reasons=tuple(dict.fromkeys([*reasons, *([missing] if missing else [])])),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Bought:
    """Options bought: size traded (signed), where protection begins and gains end, in shares of the rate."""

    premium: float
    sizes: Float
    floors: Float
    caps: Float
    struck: Mapping[int, Struck]
    reasons: tuple[str, ...] = ()


def _bought(
    look: Lookup, book: MonthBook, plan: Plan, rows: Int, sizes: Float, forwards: Float, stale_after: int
) -> _Bought:
    none = np.zeros(0)
    if plan.instrument == plans.FORWARD or not rows.size:
        return _Bought(0.0, none, none, none, {})
    is_collar, floors = plan.instrument == plans.COLLAR, np.zeros(rows.size)
    today, caps, total = book.as_of_date.toordinal(), np.full(rows.size, np.inf), 0.0
    found: dict[int, Struck] = {}
    for place, row in enumerate(rows.tolist()):
        side, due = (1 if sizes[place] > 0 else -1), int(book.due[row])
        one = struck(look, today, book.risk, side=side, due=due, is_collar=is_collar, stale_after=stale_after)
        found[row] = one
        if one.premium is None:
            total = float("nan")
        elif not is_collar:
            total += abs(sizes[place]) * one.premium
        else:
            floors[place] = -COLLAR_ROOM
            caps[place] = np.nan if one.sold_strike is None else abs(one.sold_strike / forwards[place] - 1)
    why = tuple(dict.fromkeys(one.reason for one in found.values() if one.reason))
    return _Bought(total, sizes, floors, caps, found, why)


@dataclass(frozen=True, slots=True)
class _Risk:
    value: float | None = None
    shortfall: float | None = None
    worst: float | None = None
    best: float | None = None
    expected: float | None = None
    reasons: tuple[str, ...] = ()


def _risk(
    book: MonthBook,
    ladder: LadderColumns,
    plan: Plan,
    moves: Float,
    spot: float,
    bought: _Bought,
    level: float,
) -> _Risk:
    if not moves.size:
        return _Risk(reasons=("too_few_points",))
    open_amount = float(book.major(book.exposure + ladder.hedges[0]).sum())
    result = open_amount * spot * moves
    # An option that was counted as cover keeps the move that helps; a collar follows the rate between its strikes.
    for size, floor, cap in zip(
        bought.sizes.tolist(), bought.floors.tolist(), bought.caps.tolist(), strict=True
    ):
        helps = np.minimum(np.maximum(-np.sign(size) * moves, floor), cap)
        result = result + abs(size) * spot * helps
    result = result - bought.premium
    if np.isnan(result).any():
        return _Risk(reasons=bought.reasons or ("missing_data",))
    value, shortfall = tail(-result, level)
    return _Risk(
        float(value), float(shortfall), float(result.min()), float(result.max()), float(result.mean())
    )


def _in_band(book: MonthBook, hedges: Int) -> tuple[int, int]:
    """Months with an exposure and a band, and how many of them stand inside it; on the edge is inside."""
    judged = (book.exposure != 0) & ~np.isnan(book.lower)
    share = ratio(-hedges, book.exposure)
    with np.errstate(invalid="ignore"):
        inside = judged & (share >= book.lower - 1e-9) & (share <= book.upper + 1e-9)
    return int(inside.sum()), int(judged.sum())


def _path(book: MonthBook, ladder: LadderColumns) -> tuple[Float, Float]:
    """Hedge and exposure after each step with what has fallen due left in: only trades move it."""
    hedge = book.hedge.sum() + np.cumsum(ladder.trades.sum(axis=1))
    return book.major(hedge), np.full(hedge.shape, float(book.major(book.exposure.sum())))


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
