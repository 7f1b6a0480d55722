"""A loss in the reserve that a person states will not be recovered leaves it for profit or loss on the day stated.

Formula, statement by statement: balance B = kept − left so far; taken = 0 where B ≥ 0, else −min(stated, −B), or
share · B. It comes out of every part of the reserve alike: of what waits for items to come, and of what left with an
item and affects profit or loss only later. So a gain is never taken, the balance never changes its side, and what
leaves with the items afterwards is less by what was taken.
Units: minor units of the functional currency, cumulative at each knot, losses −; a share in millionths. On one day
flows leave first. Reference: IFRS 9 6.5.11(d)(iii); IAS 39.97, 39.98; ASC 815-30-35-40; rules section 5.
Worked example: kept −900, stated 400 → taken −400; at the item −500 leave, and the balance is 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from treasury.quant.measurement.shares import plus_share
from treasury.quant.numbers import Int

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Stated:
    """One row a statement, of a path's ``row`` at its ``knot``, in the order in which they count.

    ``amount`` ≥ 0 in minor units where a loss is stated, else 0 and ``share`` from 1 to a million millionths.
    """

    row: Int
    knot: Int
    amount: Int
    share: Int

    def turns(self) -> list[Int]:
        """Which statements are the first of their rows, which the second, and so on."""
        order = np.lexsort((np.arange(self.row.size), self.knot, self.row))
        rows = self.row[order]
        first = np.searchsorted(rows, rows, side="left")
        turn = np.arange(rows.size) - first
        return [order[turn == number] for number in range(int(turn.max(initial=-1)) + 1)]


@dataclass(frozen=True, slots=True)
class Taken:
    """(rows, knots). ``total``: cumulative, never above 0; ``waiting``: of it what came out of what is still to leave
    with items; ``delayed``: by the knot of the item, out of what left with it and had yet to affect profit or loss."""

    waiting: Int
    delayed: Int
    total: Int

    @classmethod
    def nothing(cls, shape: tuple[int, ...]) -> Taken:
        return cls(*(np.zeros(shape, dtype=np.int64) for _ in range(3)))

    def take(self, rows: Int) -> Taken:
        return Taken(self.waiting[rows], self.delayed[rows], self.total[rows])

    def add(self, stated: Stated, turn: Int, balance: Int, delayed: Int) -> None:
        """One statement a row, with the balance of its row at its knot, and the steps (statements, knots) delayed."""
        row, knot = stated.row[turn], stated.knot[turn]
        loss = np.maximum(-balance, 0)
        by_share = plus_share(np.zeros_like(loss), loss, stated.share[turn], np.full_like(loss, MILLION))
        out = np.where(stated.amount[turn] > 0, np.minimum(stated.amount[turn], loss), by_share)
        whole = np.maximum(loss, 1)[:, None]
        of_steps = np.asarray(plus_share(np.zeros_like(delayed), delayed, out[:, None], whole))
        since = np.arange(self.total.shape[1]) >= knot[:, None]
        self.delayed[row] += of_steps
        self.waiting[row] += np.where(since, (-out - of_steps.sum(axis=1))[:, None], 0)
        self.total[row] += np.where(since, -out[:, None], 0)
