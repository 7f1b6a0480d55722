"""Rows of a market that the one before it in this process had as well are not worked out again.

Markets of neighbouring dates differ in their last rows only. What is kept is the last answer to each question, with all
that it was made of, to the last bit: a row is taken over while everything in it and in the rows above is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[Any]


@dataclass(frozen=True, slots=True)
class _Answer:
    """``made`` row by row of ``inputs``, all of them on the nodes ``common``."""

    common: bytes
    inputs: tuple[Rows, ...]
    made: tuple[Rows, ...]


_last: dict[Hashable, _Answer] = {}


def by_rows(
    question: Hashable, make: Callable[..., tuple[Rows, ...]], common: Rows, *inputs: Rows
) -> tuple[Rows, ...]:
    """``make(*inputs, common)``, for a ``make`` in which no row depends on another one.

    ``question`` names what is asked (a curve, a pair), so that the answers of one question are compared.
    """
    before = _last.get(question)
    same = 0
    if before is not None and before.common == common.tobytes():
        same = _same_rows(before.inputs, inputs)
    made = make(*(rows[same:] for rows in inputs), common)
    if same and before is not None:
        joined = zip(before.made, made, strict=True)
        made = tuple(np.concatenate([old[:same], new]) for old, new in joined)
    _last[question] = _Answer(common.tobytes(), inputs, made)
    return made


def _same_rows(before: tuple[Rows, ...], now: tuple[Rows, ...]) -> int:
    """How many rows from the first on are the same in all arrays, bit by bit."""
    if [rows.shape[1:] for rows in before] != [rows.shape[1:] for rows in now]:
        return 0
    count = min(before[0].shape[0], now[0].shape[0])
    if not count:
        return 0
    same = np.ones(count, dtype=bool)
    for old, new in zip(before, now, strict=True):
        bits = old[:count].view(np.int64) == new[:count].view(np.int64)
        same &= bits.reshape(count, -1).all(axis=1)
    return count if same.all() else int(same.argmin())
