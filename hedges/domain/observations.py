"""Weekly observations of relationships: levels on a grid become changes, exact in minor units.

The grid's weeks end on the as-of date. Column 0 of the levels is the designation date, the others are the grid's dates,
oldest first. In the week in which a relationship was designated the change starts at the designation; a week without a
quote has no change, and the next one spans it.
"""

from dataclasses import dataclass

import numpy as np

from treasury.quant.numbers import Bool, Int

DAYS_PER_WEEK = 7


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes per week, shape (n, weeks). `opening`: what had changed between the designation and a later start."""

    instrument: Int
    item: Int
    observed: Bool
    designated_from: Int
    opening_instrument: Int
    opening_item: Int
    is_struck: Bool

    @property
    def designated(self) -> Bool:
        """The weeks that count since the designation."""
        weeks = np.arange(self.observed.shape[1])
        return self.observed & (weeks >= self.designated_from[:, None]) & self.is_struck[:, None]

    def recent(self, weeks: int) -> Bool:
        """The observed weeks among the last so many."""
        width = self.observed.shape[1]
        return self.observed & (np.arange(width) >= width - weeks)


def grid(today: int, weeks: int) -> Int:
    """Ordinals of `weeks` + 1 dates seven days apart that end today."""
    return today - DAYS_PER_WEEK * np.arange(weeks, -1, -1, dtype=np.int64)


def changes(instrument: Int, item: Int, known: Bool, designation: Int, dates: Int) -> Changes:
    """`instrument`, `item`: levels in minor units (n, 1 + dates); `known`: where both are; `dates`: the grid."""
    count, weeks = known.shape[0], dates.size - 1
    # The first grid date after the designation: the week that ends there starts at the designation instead.
    first = (dates <= designation[:, None]).sum(axis=1)
    found = np.zeros((2, count, weeks), dtype=np.int64)
    observed = np.zeros((count, weeks), dtype=bool)
    opening = np.zeros((2, count), dtype=np.int64)
    levels = np.stack([instrument, item])
    last, has_last = levels[:, :, 1].copy(), known[:, 1].copy()
    struck = known[:, 0]
    begins = (first == 0) & struck & has_last
    opening[:, begins] = levels[:, begins, 1] - levels[:, begins, 0]
    for week in range(weeks):
        here, level = known[:, week + 2], levels[:, :, week + 2]
        reset = first == week + 1
        last[:, reset], has_last[reset] = levels[:, reset, 0], struck[reset]
        both = here & has_last
        found[:, both, week] = level[:, both] - last[:, both]
        observed[both, week] = True
        late = (first == 0) & struck & here & ~has_last
        opening[:, late] = level[:, late] - levels[:, late, 0]
        last[:, here] = level[:, here]
        has_last |= here
    return Changes(
        instrument=found[0],
        item=found[1],
        observed=observed,
        designated_from=np.maximum(first - 1, 0),
        opening_instrument=opening[0],
        opening_item=opening[1],
        is_struck=struck,
    )
