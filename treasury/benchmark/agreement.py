"""Whether two sides agree: the largest difference, and where it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from treasury.quant.numbers import Float, Int


class Disagreement(Exception):
    """Two sides differ by more than is allowed; the sentence names the worst row."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The largest difference found, as a fraction of what it is measured against."""

    largest_difference: float
    allowed: float


def agreement(
    kind: str, other: str, names: tuple[str, ...], rows: Int, ours: Float, theirs: Float, against: Float,
    allowed: float,
) -> Agreement:  # fmt: skip
    """Compares tables (rows, names); ``against`` is what a difference is a fraction of, NaN differs from
    everything.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = np.where(ours == theirs, 0.0, np.abs(ours - theirs) / against)
    difference = np.where(np.isnan(difference), np.inf, difference)
    row, column = np.unravel_index(int(difference.argmax()), difference.shape)
    largest = float(difference[row, column])
    if largest > allowed:
        raise Disagreement(
            f"{kind}: {names[column]} of row {rows[row]} is {ours[row, column]!s}, {other} has "
            f"{theirs[row, column]!s}: they differ by {largest:.1e}, allowed is {allowed:.0e}."
        )
    return Agreement(largest, allowed)
