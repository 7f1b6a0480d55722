"""What hedge accounting makes of a relationship on its knots: recognised, reclassified, basis-adjusted, ineffective.

Formula, cumulative at each knot: recognised L by the kind of hedge and framework (``cash_flow_hedge_reserve``,
``net_investment_reserve``, 0 in a fair value hedge); adjustment of the item by ``fair_value_hedge``, 0 in any other;
ineffectiveness = ΔHI − L + adjustment. What is kept (L, or the adjustment) leaves by the documented pattern: a share
with each item (``item_release``); as the recognised item is remeasured, the rest with the item; or straight-line by
days from the end of the hedge to the end of the item, an item's adjustment at its recalculated effective rate
(``amortised_share``). With an item it goes into the cost of a non-financial item
(IFRS 9 always, IAS 39 unless it is kept) or to profit or loss, ``lag_days`` later where the cost was not adjusted. What
is gained once the item stands in the books goes to profit or loss as it arises, whatever became of the rest. A loss
that is stated not to be recovered leaves ahead of all this (``loss_not_recovered``).
Units: int64 minor units of the functional currency, gains +; dates are ordinals. Reference: IFRS 9 6.5.8 to 6.5.14;
IAS 39.89 to 39.102; ASC 815-30-35-3, 35-38, 40-4, 815-25-35, 815-35-35; rules section 5.
Worked example: ΔHI 23,100, 30,800 and the sale at the second knot → L 23,100, 30,800; reclassified 0, 30,800.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any

import numpy as np

from treasury.quant.codes import Framework
from treasury.quant.measurement.cash_flow_hedge_reserve import cash_flow_hedge_reserve
from treasury.quant.measurement.checks import changes
from treasury.quant.measurement.columns import LifeColumns
from treasury.quant.measurement.fair_value_hedge import fair_value_hedge
from treasury.quant.measurement.item_release import item_release
from treasury.quant.measurement.loss_not_recovered import Stated, Taken
from treasury.quant.measurement.net_investment import net_investment_reserve
from treasury.quant.measurement.shares import plus_share
from treasury.quant.numbers import Bool, Int


class HedgeKind(IntEnum):
    """Kinds of hedge accounting, numbered as in the book's columns."""

    FAIR_VALUE = 0
    CASH_FLOW = 1
    NET_INVESTMENT = 2


class Pattern(IntEnum):
    """How a reserve leaves equity, numbered as in the book's columns."""

    WITH_ITEM = 0
    BASIS_ADJUSTMENT = 1
    AS_REMEASURED = 2
    OVER_TERM = 3
    ON_DISPOSAL = 4


@dataclass(frozen=True, slots=True)
class Path:
    """Relationships × knots; amounts cumulative. One-dimensional columns are one a relationship.

    ``hypothetical_changes`` mirror the item. ``happening`` to ``hedged``: units as in ``item_release``.
    ``remeasured``: what offsets the remeasurement of a recognised item so far. ``ended_on``: when hedge accounting
    stopped, a date after all knots where it has not; ``items_end``: the last date of the items. ``worn_off``: of the
    item's adjustment so far, where ``is_worn`` (n,); else it goes by days from the end of the hedge. ``stated``: losses
    that are not expected to be recovered.
    """

    dates: Int
    instrument_changes: Int
    hypothetical_changes: Int
    qualifying: Bool
    happening: Int
    lost: Int
    designated: Int
    in_books: Int
    hedged: Int
    remeasured: Int
    ended_on: Int
    items_end: Int
    framework: Int
    hedge_kind: Int
    pattern: Int
    keeps_basis: Bool
    lag_days: Int
    worn_off: Int | None = None
    is_worn: Bool | None = None
    stated: Stated | None = None

    def take(self, rows: Int) -> Path:
        """Some of the relationships, without their statements."""
        taken: dict[str, Any] = {
            one.name: None if getattr(self, one.name) is None else getattr(self, one.name)[rows]
            for one in fields(self)
            if one.name != "stated"
        }
        return Path(**taken)


def life(path: Path) -> LifeColumns:
    """Every cumulative amount at every knot, shape (n, knots). A knot that nothing happens at may be left out."""
    fair_value = (path.hedge_kind == HedgeKind.FAIR_VALUE)[:, None]
    recognised = np.where(fair_value, 0, recognised_in_equity(path))
    adjustment = np.where(fair_value, item_adjustment(path), 0)
    kept = recognised + adjustment
    taken = _not_recovered(path, kept)
    with_items, lost, afterwards, _ = _leaving(path, kept, taken)
    to_result = lost + afterwards
    released = with_items + to_result
    into_cost = _adjusts_cost(path)[:, None]
    return LifeColumns(
        recognised=recognised,
        ineffectiveness=path.instrument_changes - recognised + adjustment,
        reclassified=np.where(fair_value, 0, np.where(into_cost, to_result, released)),
        basis_adjusted=np.where(into_cost, with_items, 0),
        adjustment=adjustment,
        adjustment_released=np.where(fair_value, released, 0),
        not_recovered=taken.total,
    )


def recognised_in_equity(path: Path) -> Int:
    """What other comprehensive income has taken so far, by the rule of each row's framework and kind."""
    result = np.zeros_like(path.instrument_changes)
    for chosen, rule in (
        (path.hedge_kind != HedgeKind.NET_INVESTMENT, cash_flow_hedge_reserve),
        (path.hedge_kind == HedgeKind.NET_INVESTMENT, net_investment_reserve),
    ):
        if chosen.any():
            result[chosen] = rule(
                path.instrument_changes[chosen],
                path.hypothetical_changes[chosen],
                path.framework[chosen],
                path.qualifying[chosen],
            ).reserve
    return result


def item_adjustment(path: Path) -> Int:
    """What a fair value hedge has moved the item's carrying amount by so far."""
    found = fair_value_hedge(
        changes(path.instrument_changes),
        changes(-path.hypothetical_changes),
        path.framework,
        path.qualifying,
    )
    return np.asarray(found.carrying_amount_adjustment)


def _adjusts_cost(path: Path) -> Bool:
    """ASC 815 never adjusts the cost of an item; IAS 39 lets the company choose (39.98)."""
    stays = (path.framework == Framework.ASC815) | ((path.framework == Framework.IAS39) & path.keeps_basis)
    return (path.pattern == Pattern.BASIS_ADJUSTMENT) & (path.hedge_kind == HedgeKind.CASH_FLOW) & ~stays


def _not_recovered(path: Path, kept: Int) -> Taken:
    """Statement by statement, since each takes from what the ones before have left."""
    taken = Taken.nothing(kept.shape)
    if path.stated is None:
        return taken
    for turn in path.stated.turns():
        row, knot = path.stated.row[turn], path.stated.knot[turn]
        own, so_far = path.take(row), taken.take(row)
        happened, lost, afterwards, steps = _leaving(own, kept[row], so_far)
        one = np.arange(row.size)
        balance = (kept[row] - happened - lost - afterwards - so_far.total)[one, knot]
        due = own.dates + own.lag_days[:, None]
        waits = (own.dates <= own.dates[one, knot][:, None]) & (due > own.dates[one, knot][:, None])
        taken.add(path.stated, turn, balance, np.where(waits, steps, 0))
    return taken


def _leaving(path: Path, kept: Int, taken: Taken) -> tuple[Int, Int, Int, Int]:
    """What has left with items, with flows that are not expected any more, and what was gained after the items; and
    what each item's date adds to the first where that is delayed, 0 elsewhere."""
    out = item_release(
        kept, path.happening, path.lost, path.designated, path.in_books, path.hedged, taken.waiting
    )
    happened, lost, afterwards = (np.asarray(part) for part in (out.happened, out.lost, out.afterwards))
    all_left = (np.cumsum(path.happening + path.lost, axis=1) >= path.designated) & (path.designated > 0)
    pattern = path.pattern[:, None]
    over_term = pattern == Pattern.OVER_TERM
    remeasured = (pattern == Pattern.AS_REMEASURED) & (path.hedge_kind == HedgeKind.CASH_FLOW)[:, None]
    by_time = np.where(over_term, _over_term(path, kept, taken), path.remeasured)
    rest = kept - taken.total
    happened = np.where(over_term | remeasured, np.where(all_left, rest - lost, by_time - lost), happened)
    happened, steps = _later(path, happened, taken)
    return happened, lost, np.where(over_term | remeasured, 0, afterwards), steps


def _over_term(path: Path, kept: Int, taken: Taken) -> Int:
    """By days from the end of the hedge; what a statement has left in the reserve goes over the days that are left."""
    term = np.maximum(path.items_end - path.ended_on, 1)[:, None]
    passed = np.clip(path.dates - path.ended_on[:, None], 0, term)
    spread = np.asarray(plus_share(np.zeros_like(kept), kept, passed, term))
    stated = np.flatnonzero(taken.total.any(axis=1))
    if stated.size:
        spread[stated] = _spread_anew(kept[stated], taken.total[stated], passed[stated], term[stated, 0])
    if path.worn_off is not None and path.is_worn is not None:
        spread = np.where(path.is_worn[:, None], path.worn_off, spread)
    return spread


def _spread_anew(kept: Int, taken: Int, passed: Int, term: Int) -> Int:
    """From each statement on the rest over the rest of the days, so that a date more between two changes nothing."""
    result = np.zeros_like(kept)
    by_then, gone, since = (np.zeros(term.size, dtype=np.int64) for _ in range(3))
    for knot in range(kept.shape[1]):
        left = np.maximum(term - since, 1)
        result[:, knot] = plus_share(by_then, kept[:, knot] - by_then - gone, passed[:, knot] - since, left)
        is_new = taken[:, knot] != gone
        by_then = np.where(is_new, result[:, knot], by_then)
        since = np.where(is_new, passed[:, knot], since)
        gone = taken[:, knot]
    return result


def _later(path: Path, happened: Int, taken: Taken) -> tuple[Int, Int]:
    """Amounts that affect profit or loss a while after their item, and their steps."""
    steps = np.zeros_like(happened)
    late = np.flatnonzero(
        (path.lag_days > 0) & ~_adjusts_cost(path) & (path.pattern <= Pattern.BASIS_ADJUSTMENT)
    )
    if not late.size:
        return happened, steps
    result, leaving = happened.copy(), path.happening[late] > 0
    steps[late] = _between(happened[late], leaving) - taken.delayed[late]
    due = path.dates[late] + path.lag_days[late, None]
    for knot in range(happened.shape[1]):
        come = due <= path.dates[late, knot][:, None]
        result[late, knot] = np.where(come, steps[late], 0)[:, : knot + 1].sum(axis=1)
    return result, steps


def _between(happened: Int, leaving: Bool) -> Int:
    """What each date of an item added since the date before on which one left."""
    width = happened.shape[1]
    last = np.maximum.accumulate(np.where(leaving, np.arange(width), -1), axis=1)
    before = np.concatenate([np.full((len(last), 1), -1), last[:, :-1]], axis=1)
    known = np.take_along_axis(happened, np.maximum(before, 0), axis=1)
    return np.where(leaving, happened - np.where(before >= 0, known, 0), 0)
