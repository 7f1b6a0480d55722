"""Runs of free units, ascending and without an end: taken from below, so that no call looks at all of them again.

A run is [first, past its last unit); what is beyond the capacity is cut off by whoever asks.
"""

from bisect import bisect_right
from collections.abc import Iterable

Run = tuple[int, int]
#: Beyond every capacity (minor units stay below 2^53).
ENDLESS = 2**62


class FreeRuns:
    """`seen`: how many of the taken rows are noted here."""

    def __init__(self) -> None:
        self.seen = 0
        self._firsts: list[int] = [0]
        self._ends: list[int] = [ENDLESS]

    def note(self, taken: Iterable[Run]) -> None:
        """Takes the units of some runs away, overlapping or not."""
        for first, past_last in sorted(taken):
            self._take(first, past_last)

    def lowest(self, wanted: int, capacity: int, unit_from: int | None = None) -> list[Run] | None:
        """The lowest runs that are so many units, or the one run from `unit_from` on; None where they are not free."""
        if unit_from is not None:
            place = bisect_right(self._firsts, unit_from) - 1
            fits = place >= 0 and unit_from + wanted <= min(self._ends[place], capacity)
            return [(unit_from, unit_from + wanted)] if fits and wanted else None
        found: list[Run] = []
        for first, past_last in zip(self._firsts, self._ends, strict=True):
            if not wanted or first >= capacity:
                break
            units = min(wanted, min(past_last, capacity) - first)
            found.append((first, first + units))
            wanted -= units
        return found if not wanted else None

    def _take(self, first: int, past_last: int) -> None:
        if first >= past_last:
            return
        start = max(bisect_right(self._firsts, first) - 1, 0)
        stop = bisect_right(self._firsts, past_last - 1)
        left: list[Run] = []
        for run in zip(self._firsts[start:stop], self._ends[start:stop], strict=True):
            left += [
                part
                for part in ((run[0], min(run[1], first)), (max(run[0], past_last), run[1]))
                if part[0] < part[1]
            ]
        self._firsts[start:stop] = [run[0] for run in left]
        self._ends[start:stop] = [run[1] for run in left]
