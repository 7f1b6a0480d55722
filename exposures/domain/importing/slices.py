"""Thousands of rows in a few slices, so that somebody sees how far it is and may stop it in between.

All slices are of one transaction, in the order of the keys: what two people do at once takes the rows of the book in
the same order, and what was stopped has recorded nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import ceil

from treasury.domain.stopping import never

#: A slice has at least so many rows, and there are at most so many slices.
LEAST, MOST = 1_000, 50

#: How far it is: rows done, of rows all. It raises where the work is to end.
Report = Callable[[int, int], None]


def unheard(done: int, count: int) -> None:
    """The report of work that nobody follows."""


def in_slices(
    keys: Sequence[int], ask: Callable[[], None] = never, report: Report = unheard
) -> Iterator[list[int]]:
    """Asks before each slice, and reports after it."""
    count = len(keys)
    size = max(LEAST, ceil(count / MOST))
    for start in range(0, count, size):
        ask()
        yield list(keys[start : start + size])
        report(min(start + size, count), count)
