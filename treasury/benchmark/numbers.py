"""The comparison: first that all sides agree, then how fast each one is.

A million rows go through in blocks, so that neither the inputs nor the answers of all of them are in memory at once.
"""

from __future__ import annotations

import resource
import sys
from dataclasses import dataclass

import numpy as np

from treasury.benchmark.agreement import Agreement, agreement
from treasury.benchmark.market import market
from treasury.benchmark.sizes import Sizes
from treasury.benchmark.subjects import Kind, Subject, kinds
from treasury.benchmark.timing import best_by_turns
from treasury.quant.numbers import Int

BLOCK_ROWS = 100_000
BLOCK_POINTS = 6_000_000
ROUNDS, LEAST_ROUNDS = 9, 3
MEMORY_LIMIT = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Line:
    """One kind against one other side, rates in rows per second of processor time; ``floor`` is the least ratio that
    is aimed at, if there is one.
    """

    kind: str
    unit: str
    rows: int
    ours_per_second: float
    other: str
    sample: int
    other_per_second: float
    ratio: float
    floor: float | None
    largest_difference: float
    allowed_difference: float

    @property
    def under_its_floor(self) -> bool:
        """Whether the ratio is less than is aimed at; machines differ, so that this is no failure."""
        return self.floor is not None and self.ratio < self.floor


@dataclass(frozen=True, slots=True)
class Report:
    """All lines, and the most memory that the process has had."""

    lines: list[Line]
    peak_memory_bytes: int
    memory_limit_bytes: int = MEMORY_LIMIT


def compare_and_time(sizes: Sizes, disturbed: str | None = None) -> Report:
    """Raises ``Disagreement`` before any clock runs. ``disturbed`` is a kind in whose sample one of our numbers
    is made wrong by a millionth: what a test of the comparison needs.
    """
    every = kinds(market())
    agreements = [_agreements(kind, sizes, disturbed == kind.name) for kind in every]
    lines = []
    for kind, found in zip(every, agreements, strict=True):
        lines += _timed(kind, sizes, found)
    return Report(lines, peak_memory())


def peak_memory() -> int:
    """The largest resident size of this process so far, in bytes."""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size if sys.platform == "darwin" else size * 1024


def _blocks(kind: Kind, sizes: Sizes) -> list[int]:
    """Rows of each block."""
    if kind.unit == "instruments":
        total, most = sizes.instruments, BLOCK_ROWS
    else:
        total, most = sizes.relationships, max(1, min(BLOCK_ROWS, BLOCK_POINTS // sizes.points))
    return [min(most, total - start) for start in range(0, total, most)]


def _sample(count: int, sizes: Sizes) -> Int:
    """Rows spread evenly over a block."""
    return np.unique(np.linspace(0, count - 1, min(count, sizes.slow_sample)).astype(np.int64))


def _first(kind: Kind, sizes: Sizes) -> tuple[Subject, Int]:
    count = _blocks(kind, sizes)[0]
    rows = _sample(count, sizes)
    return kind.make(count, sizes.points, 0, rows), rows


def _agreements(kind: Kind, sizes: Sizes, disturbed: bool) -> dict[str, Agreement]:
    subject, rows = _first(kind, sizes)
    mine = subject.pick(subject.run(), rows)
    if disturbed:
        mine[rows.size // 2, 0] *= 1.0 + 1e-6
    found = {}
    for other, loop in subject.others.items():
        theirs = loop()
        found[other] = agreement(
            kind.name, other, subject.names, rows, mine, theirs, subject.against(theirs), subject.allowed
        )
    return found


def _timed(kind: Kind, sizes: Sizes, found: dict[str, Agreement]) -> list[Line]:
    blocks = _blocks(kind, sizes)
    rounds = max(LEAST_ROUNDS, ROUNDS // len(blocks))
    ours, theirs = 0.0, [float("inf")] * len(found)
    sample = _sample(blocks[0], sizes)
    for seed, count in enumerate(blocks):
        rows = _sample(count, sizes)
        subject = kind.make(count, sizes.points, seed, rows)
        # The other sides take part as long as their sample has its size and they have not had their rounds.
        others = list(subject.others.values()) if rows.size == sample.size and seed < LEAST_ROUNDS else []
        mine, *best = best_by_turns([subject.run, *others], rounds)
        ours += mine
        theirs = [min(pair) for pair in zip(theirs, best, strict=True)] if best else theirs
    total = sum(blocks)
    return [
        Line(
            kind=kind.name,
            unit=kind.unit,
            rows=total,
            ours_per_second=total / ours,
            other=other,
            sample=sample.size,
            other_per_second=sample.size / seconds,
            ratio=(total / ours) / (sample.size / seconds),
            floor=kind.floors.get(other),
            largest_difference=agreed.largest_difference,
            allowed_difference=agreed.allowed,
        )
        for (other, agreed), seconds in zip(found.items(), theirs, strict=True)
    ]
